//! How one check came to its points: what was read, what of it counted, and the arithmetic.

use jiff::civil::Date;

use super::coverage::Covered;
use super::evidence::Source;
use super::exact::Exact;
use super::findings::{Finding, FindingCounts};
use super::metric::Measurement;
use super::report::CheckReport;
use super::tests::{CaseDetail, CaseId, Outcome, TestCounts};
use super::todos::Todo;

/// A weight among its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// As the policy writes it.
    pub weight: u64,
    /// The sum with all siblings.
    pub of: u64,
}

/// A case that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedCase {
    /// Which case.
    pub id: CaseId,
    /// How it ended.
    pub outcome: Outcome,
    /// Failed and then passed.
    pub flaky: bool,
    /// Message and place, where the report has them.
    pub detail: CaseDetail,
}

/// A source file that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedFile {
    /// Repository path.
    pub path: String,
    /// What the metric counts in it: lines, branches, functions, statements or added lines.
    pub covered: Covered,
    /// Coverable lines that did not run, ascending, 1-based.
    pub missed: Vec<u32>,
}

/// What a number was computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Test cases; those that cost points first, and all of them.
    Cases(TestCounts, Vec<CountedCase>),
    /// Source files; those with most uncovered first, and all of them.
    Files(Vec<CountedFile>),
    /// Findings; those that the metric counts first, and all of them.
    Findings(FindingCounts, Vec<Finding>),
    /// Markers in comments, in how many files, and all that count.
    Todos(u64, Vec<Todo>),
    /// The measurement of that name.
    Measurement(Measurement),
    /// A claim of a person.
    Claim {
        /// What is claimed.
        text: String,
        /// By whom.
        owner: String,
        /// Since when.
        date: Date,
        /// The last day on which it counts.
        expires: Date,
        /// Where to read more.
        link: Option<String>,
    },
    /// Nothing that could be listed.
    Nothing,
}

/// One check from its files to its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The check as the report has it.
    pub check: CheckReport,
    /// Display name of its dimension.
    pub dimension: String,
    /// The dimension among all dimensions.
    pub dimension_share: Share,
    /// The check among the checks of its dimension.
    pub check_share: Share,
    /// Points if attained in full, exact.
    pub max_points: Exact,
    /// Points, exact; the shown ones differ by less than a tenth or two, so that all parts add up.
    pub points: Exact,
    /// Keys of the policy that select a part of the evidence, each with its globs.
    pub selection: Vec<(&'static str, Vec<String>)>,
    /// The files that hold this kind of evidence.
    pub sources: Vec<Source>,
    /// What of them counted.
    pub counted: Counted,
}
