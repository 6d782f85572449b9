//! One section: what a tracefile says about one source file between `SF` and `end_of_record`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::merge;
use crate::model::coverage::{Covered, FileCoverage, LineBranches, LineHits};

/// The records of one section, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) path: String,
    lines: Vec<LineHits>,
    branches: Vec<NamedBranch>,
    functions: Option<BTreeMap<Box<str>, bool>>,
    groups: Groups,
    /// What `LF` and `LH` say.
    pub(super) stated_total: Option<u64>,
    pub(super) stated_covered: Option<u64>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct NamedBranch {
    line: u32,
    name: Box<str>,
    taken: bool,
}

/// Functions of LCOV 2.2 and later: several names of one place share an index, and count once.
#[derive(Debug, Default)]
struct Groups {
    names: HashMap<Box<str>, Box<str>>,
    taken: HashSet<Box<str>>,
}

impl Section {
    pub(super) fn new(path: String, lines: Vec<LineHits>) -> Self {
        Self { path, lines, ..Self::default() }
    }

    pub(super) fn add_line(&mut self, line: u32, hits: u32) {
        self.lines.push(LineHits { line, hits });
    }

    pub(super) fn add_branch(&mut self, line: u32, name: &str, taken: bool) {
        self.branches.push(NamedBranch { line, name: name.into(), taken });
    }

    /// A function, known by its name; it ran when any of its records says so.
    pub(super) fn add_function(&mut self, name: &str, ran: bool) {
        let functions = self.functions.get_or_insert_default();
        match functions.get_mut(name) {
            Some(known) => *known |= ran,
            None => drop(functions.insert(name.into(), ran)),
        }
    }

    /// `FNL`: the place of the group `index`. Indexes differ from file to file, places do not.
    pub(super) fn add_group(&mut self, index: &str, place: &str) {
        let mut name = format!("line {place}");
        for other in 2.. {
            if self.groups.taken.insert(name.as_str().into()) {
                break;
            }
            name = format!("line {place}, function {other}");
        }
        self.add_function(&name, false);
        self.groups.names.insert(index.into(), name.into());
    }

    /// `FNA`: one name of the group `index`.
    pub(super) fn add_alias(&mut self, index: &str, alias: &str, ran: bool) {
        let name = self.groups.names.get(index).cloned();
        self.add_function(name.as_deref().unwrap_or(alias), ran);
    }

    /// What the section states about itself, when it does.
    pub(super) fn stated(&self) -> Option<Covered> {
        Some(Covered { covered: self.stated_covered?, total: self.stated_total? })
    }

    /// The coverage of the file, and the list of lines for the next section to use.
    pub(super) fn finish(mut self) -> (String, FileCoverage, Vec<LineHits>) {
        // Instances of one template repeat lines within a section.
        merge::in_order(&mut self.lines, u32::max);
        let file = FileCoverage {
            // An exact copy: the list itself has room for the longest section of the whole report.
            lines: self.lines.as_slice().into(),
            branches: grouped(self.branches),
            functions: self.functions,
            ..FileCoverage::default()
        };
        self.lines.clear();
        (self.path, file, self.lines)
    }
}

fn grouped(mut branches: Vec<NamedBranch>) -> Option<BTreeMap<u32, LineBranches>> {
    branches.sort_unstable();
    // Of two records of one branch the later one in this order is taken if any is.
    branches.dedup_by(|next, kept| {
        let same = (next.line, &next.name) == (kept.line, &kept.name);
        kept.taken |= same && next.taken;
        same
    });
    let of_line = |chunk: &mut [NamedBranch]| {
        let line = chunk.first()?.line;
        let named = chunk.iter_mut().map(|branch| (std::mem::take(&mut branch.name), branch.taken));
        Some((line, LineBranches::Named(named.collect())))
    };
    let lines: BTreeMap<_, _> =
        branches.chunk_by_mut(|one, next| one.line == next.line).filter_map(of_line).collect();
    (!lines.is_empty()).then_some(lines)
}
