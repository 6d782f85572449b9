//! How much `inspect` shows, and what it shows beside the files themselves.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::coverage::summary::CoverageSummary;
use crate::model::input::{Content, Input};
use crate::model::left_out::LeftOut;
use crate::model::order;
use crate::model::tests::{SuiteError, TestCounts, TestReport};

/// How much of each file is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Totals and problems.
    #[default]
    Summary,
    /// Also every case and every source file.
    Full,
}

/// One file as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What became of it. Its test report is still there when every case is shown.
    pub input: Input,
    /// Its test report in numbers.
    pub tests: Option<TestTotals>,
}

impl Shown {
    /// The file as it was read.
    pub fn whole(input: Input) -> Self {
        let tests = input.content.as_ref().and_then(Content::tests).map(TestTotals::of);
        Self { input, tests }
    }
}

/// A test report in numbers.
#[derive(Clone, Debug, Default)]
pub struct TestTotals {
    /// Number of suites seen.
    pub suites: u64,
    /// Of the cases themselves.
    pub counts: TestCounts,
    /// Sum of the durations of all cases, in nanoseconds.
    pub duration: u64,
    /// Failures outside any case.
    pub suite_errors: Vec<SuiteError>,
    /// The tool that wrote the file, when it can be told.
    pub producer: Option<String>,
    /// Cases that are told apart by their matrix cell.
    pub told_apart: u64,
    /// The cells of a merged run.
    pub cells: Vec<Arc<str>>,
}

impl TestTotals {
    /// Counts `report`, in one walk over its cases: there may be many.
    pub fn of(report: &TestReport) -> Self {
        let mut totals = Self {
            suites: report.suites,
            suite_errors: report.suite_errors.clone(),
            producer: report.producer.clone(),
            cells: report.cells.clone(),
            ..Self::default()
        };
        for case in &report.cases {
            totals.counts.add(case.outcome, case.flaky);
            totals.duration = totals.duration.saturating_add(case.duration.unwrap_or(0));
            totals.told_apart += u64::from(case.id.cell.is_some());
        }
        if totals.cells.is_empty() && totals.told_apart > 0 {
            totals.cells = cells(report);
        }
        totals
    }
}

/// The cells that cases name, as those of a converted run do.
fn cells(report: &TestReport) -> Vec<Arc<str>> {
    let named: BTreeSet<&Arc<str>> = order::set(report.cases.iter().filter_map(|case| case.id.cell.as_ref()));
    named.into_iter().cloned().collect()
}

/// All files as one run.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// `None` when no file is a test report.
    pub tests: Option<TestTotals>,
    /// `None` when no file is a coverage report.
    pub coverage: Option<CoverageSummary>,
    /// What lay beside the files and was not read.
    pub left_out: LeftOut,
}
