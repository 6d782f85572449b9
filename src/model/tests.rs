//! Test reports: suites, cases, outcomes.

use std::cmp::Ordering;
use std::sync::Arc;

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Ran and held.
    Passed,
    /// An assertion did not hold.
    Failed,
    /// Something else went wrong.
    Errored,
    /// Did not run, or its failure is tolerated.
    Skipped,
}

impl Outcome {
    /// Which of two attempts or parts decides: errored over failed over skipped over passed.
    pub fn badness(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Skipped => 1,
            Self::Failed => 2,
            Self::Errored => 3,
        }
    }

    /// The word in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Errored => "errored",
            Self::Skipped => "skipped",
        }
    }

    /// Failed or errored.
    pub fn is_failing(self) -> bool {
        matches!(self, Self::Failed | Self::Errored)
    }
}

/// What identifies a case across files and runs. Ordered by suite, class, name and cell, so that lists of cases are
/// stable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CaseId {
    /// The path of suites joined by `/`; empty when there is none.
    pub suite: Arc<str>,
    /// Class name, where the format has one.
    pub class: Option<Arc<str>>,
    /// The case's own name; empty when the file gives none.
    pub name: Arc<str>,
    /// Which of several matrix cells the case ran in; `None` while only one cell has it. See [`super::origin`].
    pub cell: Option<Arc<str>>,
}

impl CaseId {
    /// The case as people look for it: its class, or its suite where it has none, its name, and its cell where there
    /// are several. Not escaped.
    pub fn title(&self) -> String {
        let owner = self.class.as_deref().filter(|class| !class.is_empty()).unwrap_or(&self.suite);
        let parts: Vec<&str> =
            owner.split('/').chain([&*self.name]).filter(|part| !part.is_empty()).collect();
        let title = if parts.is_empty() { "a case without a name".to_owned() } else { parts.join(" › ") };
        match &self.cell {
            Some(cell) => format!("{title} [{cell}]"),
            None => title,
        }
    }

    /// Suite, class and name: what the case is called in every cell.
    pub fn plain(&self) -> (&str, Option<&str>, &str) {
        (&self.suite, self.class.as_deref(), &self.name)
    }
}

impl Ord for CaseId {
    fn cmp(&self, other: &Self) -> Ordering {
        by_text(Some(&self.suite), Some(&other.suite))
            .then_with(|| by_text(self.class.as_ref(), other.class.as_ref()))
            .then_with(|| self.name.cmp(&other.name))
            .then_with(|| by_text(self.cell.as_ref(), other.cell.as_ref()))
    }
}

impl PartialOrd for CaseId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Neighbours share their text, which need not be looked at then.
fn by_text(one: Option<&Arc<str>>, other: Option<&Arc<str>>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if Arc::ptr_eq(one, other) => Ordering::Equal,
        (one, other) => one.cmp(&other),
    }
}

/// A place that the trace of a failure names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// As the trace names it, with `/`.
    pub file: String,
    /// 1-based.
    pub line: u32,
}

/// What a failing or skipped case says about itself, kept short for display.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseDetail {
    /// First line that is not blank, at most 500 characters.
    pub message: Option<String>,
    /// Source file, as the report names it; shared by the cases in it.
    pub file: Option<Arc<str>>,
    /// 1-based line in `file`.
    pub line: Option<u32>,
    /// The first frames of its trace, innermost first; empty once the place in the repository is settled.
    pub frames: Vec<Frame>,
}

/// One test case of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCase {
    /// Suite path, class and name.
    pub id: CaseId,
    /// How it ended, after reruns.
    pub outcome: Outcome,
    /// Failed and passed on the same commit; inside passed.
    pub flaky: bool,
    /// Nanoseconds; absent when the report does not say.
    pub duration: Option<u64>,
    /// Message and place; absent for many passing cases, and shared by neighbours that say the same.
    pub detail: Option<Arc<CaseDetail>>,
}

/// A failure outside any case: a class that does not load, a hook, a package that does not build.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SuiteError {
    /// Path of the suite.
    pub suite: Arc<str>,
    /// First line of what it says.
    pub message: String,
}

/// Numbers of cases by outcome. `flaky` is inside `passed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCounts {
    /// passed + failed + errored + skipped.
    pub total: u64,
    /// Including flaky ones.
    pub passed: u64,
    /// Failed assertions.
    pub failed: u64,
    /// Other errors.
    pub errored: u64,
    /// Not run, or tolerated.
    pub skipped: u64,
    /// Failed and then passed.
    pub flaky: u64,
}

impl TestCounts {
    /// Counts `cases`.
    pub fn of<'a>(cases: impl IntoIterator<Item = &'a TestCase>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.add(case.outcome, case.flaky);
        }
        counts
    }

    /// Counts one case.
    pub fn add(&mut self, outcome: Outcome, flaky: bool) {
        self.total += 1;
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Errored => self.errored += 1,
            Outcome::Skipped => self.skipped += 1,
        }
        self.flaky += u64::from(flaky);
    }

    /// Failed and errored cases.
    pub fn failing(&self) -> u64 {
        self.failed + self.errored
    }
}

/// One test report, or several merged into one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestReport {
    /// Number of suites seen.
    pub suites: u64,
    /// In document order; merged runs are ordered by identity.
    pub cases: Vec<TestCase>,
    /// Failures outside any case; never green.
    pub suite_errors: Vec<SuiteError>,
    /// The tool that wrote the file, when it can be told.
    pub producer: Option<String>,
    /// The cells that a merged run comes from, in order; empty for a single report.
    pub cells: Vec<Arc<str>>,
}

impl TestReport {
    /// Counts of the cases themselves.
    pub fn counts(&self) -> TestCounts {
        TestCounts::of(&self.cases)
    }

    /// Sum of the durations of all cases, in nanoseconds.
    pub fn duration(&self) -> u64 {
        self.cases.iter().filter_map(|case| case.duration).fold(0, u64::saturating_add)
    }
}

#[cfg(test)]
mod titles {
    use super::*;

    #[test]
    fn a_case_is_called_by_its_class_or_suite_and_its_name() {
        let id = |suite: &str, class: Option<&str>, name: &str| CaseId {
            suite: suite.into(),
            class: class.map(Into::into),
            name: name.into(),
            cell: None,
        };
        let in_cell = CaseId { cell: Some("ubuntu".into()), ..id("", None, "t") };
        assert_eq!(in_cell.title(), "t [ubuntu]");
        assert_eq!(id("run", Some("a.T"), "t").title(), "a.T › t");
        assert_eq!(id("a/b", None, "t").title(), "a › b › t");
        assert_eq!(id("", None, "").title(), "a case without a name");
    }
}
