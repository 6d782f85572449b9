//! How much `inspect` shows, and what it shows beside the files themselves.

use crate::model::coverage::CoverageReport;
use crate::model::tests::TestReport;

/// How much of each file is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Totals and problems.
    #[default]
    Summary,
    /// Also every case and every source file.
    Full,
}

/// All files as one run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Merged<'a> {
    /// `None` when no file is a test report.
    pub tests: Option<&'a TestReport>,
    /// `None` when no file is a coverage report.
    pub coverage: Option<&'a CoverageReport>,
}
