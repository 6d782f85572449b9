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
}
