//! The records of one source file, gathered in the order in which a report has them.

use std::collections::BTreeMap;

use super::counted::CountedBranches;
use super::functions::FunctionRecords;
use super::merge;
use crate::model::coverage::functions::Functions;
use crate::model::coverage::{
    Covered, FileCoverage, LineBranches, LineHits, Lines, Span, StatedTotals, Statements,
};
use crate::model::order;

/// What a report says about one source file.
#[derive(Debug, Default)]
pub(super) struct Records {
    lines: Vec<LineHits>,
    branches: BTreeMap<u32, BTreeMap<Box<str>, bool>>,
    counted: CountedBranches,
    functions: FunctionRecords,
    /// Of a format whose names may repeat.
    further_functions: BTreeMap<Box<str>, bool>,
    has_functions: bool,
    statements: Option<Vec<(Span, Statements)>>,
    /// What the report states where it has no records.
    pub(super) stated: StatedTotals,
}

impl Records {
    /// No records, only what the report states.
    pub(super) fn stating(stated: StatedTotals) -> Self {
        Self { stated, ..Self::default() }
    }

    /// A coverable line.
    pub(super) fn add_line(&mut self, line: u32, hits: u32) {
        self.lines.push(LineHits { line, hits });
    }

    /// A branch of `line`, known by its name; it was taken when any of its records says so.
    pub(super) fn add_branch(&mut self, line: u32, name: &str, taken: bool) {
        let branches = self.branches.entry(line).or_default();
        match branches.get_mut(name) {
            Some(known) => *known |= taken,
            None => drop(branches.insert(name.into(), taken)),
        }
    }

    /// Like [`Records::add_branch`] for a format whose names may repeat: a repeated one is another branch.
    pub(super) fn add_further_branch(&mut self, line: u32, name: &str, taken: bool) {
        let branches = self.branches.entry(line).or_default();
        branches.insert(unused(name, |name| branches.contains_key(name)), taken);
    }

    /// Branches of `line` of which only the numbers are known; of two records the larger numbers stand.
    pub(super) fn count_branches(&mut self, line: u32, branches: Covered) {
        self.counted.add(line, branches);
    }

    /// The format has functions, even if this file has none.
    pub(super) fn expect_functions(&mut self) {
        self.has_functions = true;
    }

    /// A function, known by its name; it ran when any of its records says so.
    pub(super) fn add_function(&mut self, name: &str, ran: bool) {
        self.functions.add(name, ran);
    }

    /// Like [`Records::add_function`] for a format whose names may repeat: a repeated one is another function.
    pub(super) fn add_further_function(&mut self, name: &str, ran: bool) {
        let known = &mut self.further_functions;
        known.insert(unused(name, |name| known.contains_key(name)), ran);
    }

    /// Statements; further ones in the same place are others.
    pub(super) fn add_statements(&mut self, span: Span, statements: Statements) {
        self.statements.get_or_insert_default().push((span, statements));
    }

    /// Takes over what other records of the same file say.
    pub(super) fn absorb(&mut self, other: Self) {
        self.lines.extend(other.lines);
        for (line, branches) in other.branches {
            for (name, taken) in branches {
                self.add_branch(line, &name, taken);
            }
        }
        self.counted.absorb(other.counted);
        self.has_functions |= other.has_functions;
        other.functions.iter().for_each(|(name, ran)| self.functions.add(name, ran));
        for (name, ran) in other.further_functions {
            self.functions.add(&name, ran);
        }
    }

    /// The coverage of the file: lines in ascending order, each once and with its largest hit count.
    pub(super) fn finish(mut self) -> FileCoverage {
        self.statements.iter_mut().for_each(|statements| merge::by_place(statements));
        let named = |(line, named): (u32, BTreeMap<Box<str>, bool>)| {
            (line, LineBranches::Named(named.into_iter().collect()))
        };
        let mut branches: Vec<_> = self.counted.finish().collect();
        // Names say more than counts.
        branches.retain(|(line, _)| !self.branches.contains_key(line));
        branches.extend(self.branches.into_iter().map(named));
        order::sort_by_key(&mut branches, |(line, _)| *line);
        let further = self.further_functions.iter().map(|(name, ran)| (name.as_ref(), *ran));
        let functions: Functions = self.functions.iter().chain(further).collect();
        FileCoverage {
            lines: Lines::take(&mut self.lines, u32::max),
            branches: (!branches.is_empty()).then_some(branches),
            functions: (self.has_functions || functions.count() > 0).then_some(functions),
            statements: self.statements,
            stated: self.stated,
        }
    }
}

/// `name`, or `name` with the first number behind it that is not used yet.
fn unused(name: &str, is_used: impl Fn(&str) -> bool) -> Box<str> {
    if !is_used(name) {
        return name.into();
    }
    let mut numbered = (2_u64..).map(|number| format!("{name}, {number}"));
    numbered.find(|name| !is_used(name)).unwrap_or_default().into()
}
