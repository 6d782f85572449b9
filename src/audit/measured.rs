//! What was measured, as plain numbers to hold claims against.

use crate::model::findings::FindingCounts;
use crate::model::metric::Measurement;
use crate::model::tests::TestCounts;

/// Covered and coverable.
pub type Share = (u64, u64);

/// The numbers of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Test cases by outcome.
    pub tests: Option<TestCounts>,
    /// Lines.
    pub lines: Option<Share>,
    /// Branches.
    pub branches: Option<Share>,
    /// Functions.
    pub functions: Option<Share>,
    /// Findings of scanners and linters by severity and level.
    pub findings: Option<FindingCounts>,
    /// Named numbers in base units.
    pub measurements: Vec<Measurement>,
    /// Numbers of suites, files, folders and rules.
    pub parts: Vec<Part>,
}

/// A part of what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As a report names it.
    pub name: String,
    /// What there is of it.
    pub counted: Counted,
}

/// What was counted of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Cases of a suite or class.
    Tests(TestCounts),
    /// Lines of a file, or of all below a folder.
    Lines(Share),
    /// Findings of a rule.
    Findings(u64),
}

impl Counted {
    /// Which of the three it is.
    pub(super) fn kind(&self) -> u8 {
        match self {
            Self::Tests(_) => 0,
            Self::Lines(_) => 1,
            Self::Findings(_) => 2,
        }
    }
}
