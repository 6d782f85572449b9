//! Test results in the report.

use crate::model::tests::{CaseDetail, CaseId, SuiteError, TestCounts};

/// Tests of the head, and what changed in them. Lists are ordered by identity and complete; outputs cut them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestsReport {
    /// All cases.
    pub counts: TestCounts,
    /// The same on the base.
    pub base_counts: Option<TestCounts>,
    /// Sum of all durations, nanoseconds.
    pub duration: u64,
    /// Failing here, not failing on the base; without a baseline every failing case.
    pub new_failures: Vec<CaseNote>,
    /// Failing on both.
    pub still_failing: Vec<CaseNote>,
    /// Failing on the base, passed here.
    pub fixed: Vec<CaseNote>,
    /// Failed and passed here.
    pub flaky: Vec<CaseNote>,
    /// Cases that the base does not have.
    pub added: u64,
    /// Number of cases of the base that did not run, are not explained by the change, and count as failed.
    pub lost: u64,
    /// Cases of the base that are gone.
    pub removed: Vec<CaseNote>,
    /// Ran on the base, skipped here.
    pub newly_skipped: Vec<CaseNote>,
    /// Passed on both and took at least twice as long and a second longer; slowest growth first.
    pub slower: Vec<CaseNote>,
    /// Failures outside any case.
    pub suite_errors: Vec<SuiteError>,
}

/// A case with what it says, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNote {
    /// Which case.
    pub id: CaseId,
    /// Message and place.
    pub detail: CaseDetail,
    /// Nanoseconds on base and head, for slower cases.
    pub durations: Option<(u64, u64)>,
}
