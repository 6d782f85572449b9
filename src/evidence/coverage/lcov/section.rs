//! One section: what a tracefile says about one source file between `SF` and `end_of_record`.

use super::branches::Branches;
use super::functions::SectionFunctions;
use crate::model::coverage::branches::SharedBranches;
use crate::model::coverage::{Covered, FileCoverage, LineHits, Lines};

/// The records of one section, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) path: String,
    lines: Vec<LineHits>,
    pub(super) branches: Branches,
    pub(super) functions: SectionFunctions,
    /// A part of it was put away already.
    pub(super) is_begun: bool,
    /// What `LF` and `LH` say.
    pub(super) stated_total: Option<u64>,
    pub(super) stated_covered: Option<u64>,
}

impl Section {
    /// Bytes of records after which a section is put away and begun anew: sections of generated code have no end.
    const FULL: usize = 4 << 20;

    pub(super) fn add_line(&mut self, line: u32, hits: u32) {
        self.lines.push(LineHits { line, hits });
    }

    /// Whether it is time to [`Section::take`] what is there.
    pub(super) fn is_full(&self) -> bool {
        self.branches.size() + self.functions.size() > Self::FULL
    }

    /// What the section states about itself, when it does.
    pub(super) fn stated(&self) -> Option<Covered> {
        Some(Covered { covered: self.stated_covered?, total: self.stated_total? })
    }

    /// The coverage of the file so far; afterwards the section holds no record.
    pub(super) fn take(&mut self, shared: &mut SharedBranches) -> FileCoverage {
        FileCoverage {
            // Instances of one template repeat lines within a section.
            lines: Lines::take(&mut self.lines, u32::max),
            branches: self.branches.take(shared),
            functions: self.functions.take(),
            ..FileCoverage::default()
        }
    }

    /// The emptied section, begun anew for the file `path`.
    pub(super) fn reused(mut self, path: String) -> Self {
        self.functions.end_section();
        Self { path, is_begun: false, stated_total: None, stated_covered: None, ..self }
    }
}
