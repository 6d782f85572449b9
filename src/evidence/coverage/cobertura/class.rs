//! What a report says about one class: lines of its own, and those of its methods.

use super::super::counted::CountedBranches;
use super::super::functions::FunctionRecords;
use super::super::number;
use crate::model::coverage::{Covered, FileCoverage, LineHits, Lines};

/// The records of one `<class>`.
#[derive(Debug, Default)]
pub(super) struct Class {
    /// Normalised; empty when the report names no file.
    pub(super) path: String,
    pub(super) name: String,
    own: Records,
    of_methods: Records,
    functions: FunctionRecords,
}

/// The method that is being read.
#[derive(Debug, Default)]
pub(super) struct Method {
    /// Class, name and signature.
    name: String,
    has_lines: bool,
    ran: bool,
}

/// The line that is being read.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) hits: u32,
    /// The line says that it has branches.
    pub(super) has_branches: bool,
    /// From `condition-coverage`.
    pub(super) counted: Option<Covered>,
    /// The sum of its `<condition>` elements.
    pub(super) conditions: Option<Covered>,
}

#[derive(Debug, Default)]
struct Records {
    lines: Vec<LineHits>,
    branches: CountedBranches,
}

impl Line {
    /// Adds a `<condition>`: a jump goes two ways; of other kinds nobody says how many there are. Without a percent
    /// sign it is one branch, taken (1) or not (0), as grcov before version 0.9 writes them.
    pub(super) fn add_condition(&mut self, kind: &str, coverage: &str) {
        if let Some(covered) = ["0", "1"].iter().position(|way| *way == coverage.trim()) {
            let branch = Covered { covered: covered as u64, total: 1 };
            self.conditions = Some(self.conditions.unwrap_or_default() + branch);
            return;
        }
        let total = if kind == "jump" { 2 } else { 1 };
        let percent = coverage.trim().trim_end_matches('%').split(['.', ',']).next();
        let percent = percent.and_then(|percent| percent.trim().parse::<u64>().ok()).unwrap_or(0);
        let covered = percent.min(100) * total / 100;
        self.conditions = Some(self.conditions.unwrap_or_default() + Covered { covered, total });
    }

    /// The branches of the line, unless none are told.
    pub(super) fn branches(&self) -> Option<Covered> {
        self.counted.or(self.conditions).filter(|branches| branches.total > 0)
    }
}

/// `covered` of `total` in a `condition-coverage`.
pub(super) fn condition_coverage(text: &str) -> Option<Covered> {
    number::fraction(text).map(|(covered, total)| Covered { covered, total })
}

impl Method {
    pub(super) fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }
}

impl Class {
    pub(super) fn new(path: String, name: String) -> Self {
        Self { path, name, ..Self::default() }
    }

    /// Takes in a line of the class, or of `method`.
    pub(super) fn add(&mut self, line: &Line, method: Option<&mut Method>) {
        let records = match method {
            None => &mut self.own,
            Some(method) => {
                method.has_lines = true;
                method.ran |= line.hits > 0;
                &mut self.of_methods
            }
        };
        records.add(line);
    }

    /// Takes in a whole method. One without lines says nothing.
    pub(super) fn add_method(&mut self, method: &Method) {
        if method.has_lines {
            self.functions.add(&method.name, method.ran);
        }
    }

    /// The path and the coverage of the class's file, as far as this class knows it.
    pub(super) fn finish(mut self) -> (String, FileCoverage) {
        let mut records = if self.own.lines.is_empty() { self.of_methods } else { self.own };
        let branches: Vec<_> = records.branches.finish().collect();
        let file = FileCoverage {
            lines: Lines::take(&mut records.lines, u32::max),
            branches: (!branches.is_empty()).then_some(branches),
            functions: (!self.functions.is_empty()).then(|| self.functions.take()),
            ..FileCoverage::default()
        };
        (self.path, file)
    }
}

impl Records {
    fn add(&mut self, line: &Line) {
        self.lines.push(LineHits { line: line.number, hits: line.hits });
        if let Some(branches) = line.branches() {
            self.branches.add(line.number, branches);
        }
    }
}
