//! What became of each file that was handed to Readiness.

use super::coverage::CoverageReport;
use super::coverage::half::CoverageHalf;
use super::coverage::summary::CoverageSummary;
use super::findings::FindingsReport;
use super::left_out::LeftOut;
use super::metric::Measurement;
use super::mutation::MutationRun;
use super::origin::Origin;
use super::tests::TestReport;

/// The state that every input ends in; exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputState {
    /// Read whole.
    Measured,
    /// Cut short; the complete part is kept.
    Incomplete,
    /// Read well, holds nothing.
    Empty,
    /// Not readable as the format that it is.
    Invalid,
    /// No known format.
    Unrecognised,
}

impl InputState {
    /// The word in JSON and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Incomplete => "incomplete",
            Self::Empty => "empty",
            Self::Invalid => "invalid",
            Self::Unrecognised => "unrecognised",
        }
    }

    /// `incomplete` and `invalid` fail the gate; an unrecognised file among globbed ones is only named.
    pub fn is_bad_evidence(self) -> bool {
        matches!(self, Self::Incomplete | Self::Invalid)
    }
}

/// What a file speaks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Outcomes of test cases.
    Tests,
    /// Executed lines, branches and functions.
    Coverage,
    /// Results of static analysis.
    Findings,
    /// Named numbers.
    Measurements,
}

impl Kind {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tests => "tests",
            Self::Coverage => "coverage",
            Self::Findings => "findings",
            Self::Measurements => "measurements",
        }
    }
}

/// How loud a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Shown; the evidence stands.
    Warning,
    /// The file is incomplete or invalid.
    Error,
}

impl Severity {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that is wrong or odd in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// What was found; may hold text from the file, so outputs escape it.
    pub message: String,
    /// 1-based.
    pub line: Option<u64>,
    /// 1-based, in characters.
    pub column: Option<u64>,
}

impl Problem {
    /// A warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, message: message.into(), line: None, column: None }
    }

    /// An error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, message: message.into(), line: None, column: None }
    }

    /// The same problem at a 1-based place.
    #[must_use]
    pub fn at(mut self, line: u64, column: u64) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// Line and column, to sort by; what has no place comes first.
    pub fn place(&self) -> (Option<u64>, Option<u64>) {
        (self.line, self.column)
    }
}

/// What a reader took out of one file.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A test report.
    Tests(TestReport),
    /// A coverage report.
    Coverage(CoverageReport),
    /// A test report with the coverage of the same run in it.
    TestsAndCoverage(TestReport, CoverageReport),
    /// A part of a coverage report that says nothing alone.
    CoverageHalf(CoverageHalf),
    /// What linters and scanners found.
    Findings(FindingsReport),
    /// Named numbers.
    Measurements(Vec<Measurement>),
    /// Mutation testing, with the numbers that follow from it.
    Mutation(Vec<Measurement>, MutationRun),
}

impl Content {
    /// What the content speaks about.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Tests(_) | Self::TestsAndCoverage(..) => Kind::Tests,
            Self::Coverage(_) | Self::CoverageHalf(_) => Kind::Coverage,
            Self::Findings(_) => Kind::Findings,
            Self::Measurements(_) | Self::Mutation(..) => Kind::Measurements,
        }
    }

    /// The test report, when there is one.
    pub fn tests(&self) -> Option<&TestReport> {
        match self {
            Self::Tests(report) | Self::TestsAndCoverage(report, _) => Some(report),
            _ => None,
        }
    }

    /// The coverage report, when there is a whole one.
    pub fn coverage(&self) -> Option<&CoverageReport> {
        match self {
            Self::Coverage(report) | Self::TestsAndCoverage(_, report) => Some(report),
            _ => None,
        }
    }

    /// The named numbers, when there are any.
    pub fn measurements(&self) -> Option<&[Measurement]> {
        match self {
            Self::Measurements(numbers) | Self::Mutation(numbers, _) => Some(numbers),
            _ => None,
        }
    }

    /// The findings, when there are any tools that look for some.
    pub fn findings(&self) -> Option<&FindingsReport> {
        match self {
            Self::Findings(report) => Some(report),
            _ => None,
        }
    }
}

/// The files of one run after reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// What was read.
    pub read: Vec<Input>,
    /// What was looked at and is not among them.
    pub left_out: LeftOut,
}

impl Inputs {
    /// Adds what was read elsewhere.
    pub fn add(&mut self, other: Self) {
        self.read.extend(other.read);
        self.left_out.add(other.left_out);
    }
}

/// One file after reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// As shown to people: the path below the working directory; `archive.zip!/entry` inside archives.
    pub path: String,
    /// Which job wrote it.
    pub origin: Origin,
    /// Size as found, before any decompression.
    pub bytes: u64,
    /// Name of the recognised format (`junit`, `lcov`, …).
    pub format: Option<&'static str>,
    /// The kind of the recognised format, also when nothing could be read out of it.
    pub kind: Option<Kind>,
    /// Exactly one of the five.
    pub state: InputState,
    /// The evidence, when there is any.
    pub content: Option<Content>,
    /// The coverage report in numbers, once its records were taken out of `content`.
    pub coverage: Option<CoverageSummary>,
    /// In order of their place.
    pub problems: Vec<Problem>,
}
