//! `readiness/inspect/v1`: what Readiness sees in each file.

use serde::Serialize;

use crate::model::coverage::summary::{CoverageSummary, SourceSummary};
use crate::model::input::{Content, Input, Kind, Problem};
use crate::model::left_out;
use crate::model::tests::TestCase;
use crate::render::json::writer::pretty;
use crate::render::{Detail, Merged, Shown, TestTotals};

use super::findings::Held;
use super::number::seconds;
use super::parts::{NamedNumber, Ratio, Totals};

/// The document for `files` and all of them `merged` as one run.
pub fn inspect(files: &[Shown], merged: &Merged, detail: Detail) -> String {
    pretty(&Document {
        schema: "readiness/inspect/v1",
        files: files.iter().map(|file| File::of(file, detail)).collect(),
        left_out: (!merged.left_out.is_empty()).then(|| LeftOut::from(&merged.left_out)),
        totals: All {
            tests: merged.tests.as_ref().map(Tests::from),
            coverage: merged.coverage.as_ref().map(Coverage::from),
        },
    })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    files: Vec<File<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOut<'a>>,
    totals: All,
}

/// Files that were looked at and are not among `files`.
#[derive(Serialize)]
struct LeftOut<'a> {
    unrelated: u64,
    unopened: u64,
    /// The first few of the archives that are not opened.
    names: &'a [String],
}

impl<'a> From<&'a left_out::LeftOut> for LeftOut<'a> {
    fn from(all: &'a left_out::LeftOut) -> Self {
        Self { unrelated: all.unrelated, unopened: all.unopened, names: &all.names }
    }
}

#[derive(Serialize)]
struct All {
    tests: Option<Tests>,
    coverage: Option<Coverage>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    kind: Option<&'static str>,
    format: Option<&'a str>,
    /// The tool that wrote the file, when it can be told.
    producer: Option<&'a str>,
    state: &'static str,
    bytes: u64,
    tests: Option<Tests>,
    coverage: Option<Coverage>,
    findings: Option<Held<'a>>,
    measurements: Option<Vec<NamedNumber<'a>>>,
    problems: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cases: Option<Vec<Case<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<SourceFile<'a>>>,
}

impl<'a> File<'a> {
    fn of(shown: &'a Shown, detail: Detail) -> Self {
        let input = &shown.input;
        let mut file = Self {
            path: &input.path,
            kind: input.kind.map(Kind::name),
            format: input.format,
            producer: shown.tests.as_ref().and_then(|tests| tests.producer.as_deref()),
            state: input.state.name(),
            bytes: input.bytes,
            tests: shown.tests.as_ref().map(Tests::from),
            coverage: input.coverage.as_ref().map(Coverage::from),
            findings: None,
            measurements: None,
            problems: input.problems.iter().map(Place::from).collect(),
            cases: (detail == Detail::Full).then(Vec::new),
            sources: (detail == Detail::Full).then(|| sources(input)),
        };
        file.fill(input.content.as_ref());
        file
    }

    fn fill(&mut self, content: Option<&'a Content>) {
        let Some(content) = content else { return };
        if let Some(report) = content.tests() {
            self.cases = self.cases.take().map(|_| report.cases.iter().map(Case::from).collect());
        }
        self.findings = content.findings().map(Held::from);
        let numbers = content.measurements();
        self.measurements = numbers.map(|numbers| numbers.iter().map(NamedNumber::from).collect());
    }
}

#[derive(Serialize)]
struct Tests {
    suites: u64,
    total: u64,
    passed: u64,
    failed: u64,
    errored: u64,
    skipped: u64,
    flaky: u64,
    suite_errors: usize,
    duration_seconds: f64,
}

impl From<&TestTotals> for Tests {
    fn from(report: &TestTotals) -> Self {
        let counts = report.counts;
        Self {
            suites: report.suites,
            total: counts.total,
            passed: counts.passed,
            failed: counts.failed,
            errored: counts.errored,
            skipped: counts.skipped,
            flaky: counts.flaky,
            suite_errors: report.suite_errors.len(),
            duration_seconds: seconds(report.duration),
        }
    }
}

#[derive(Serialize)]
struct Coverage {
    files: usize,
    #[serde(flatten)]
    totals: Totals,
    /// What the producer says of the same lines and statements.
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<Stated>,
}

#[derive(Serialize)]
struct Stated {
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Ratio>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Ratio>,
}

impl From<&CoverageSummary> for Coverage {
    fn from(report: &CoverageSummary) -> Self {
        let claimed = report.claimed;
        let stated = claimed.lines.or(claimed.statements).map(|_| Stated {
            lines: claimed.lines.map(Ratio::from),
            statements: claimed.statements.map(Ratio::from),
        });
        Self { files: report.files, totals: (&report.totals).into(), stated }
    }
}

#[derive(Serialize)]
struct Place<'a> {
    severity: &'static str,
    message: &'a str,
    line: Option<u64>,
    column: Option<u64>,
}

impl<'a> From<&'a Problem> for Place<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            severity: problem.severity.name(),
            message: &problem.message,
            line: problem.line,
            column: problem.column,
        }
    }
}

#[derive(Serialize)]
struct Case<'a> {
    suite: &'a str,
    class: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    outcome: &'static str,
    flaky: bool,
    duration_seconds: Option<f64>,
    message: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
}

impl<'a> From<&'a TestCase> for Case<'a> {
    fn from(case: &'a TestCase) -> Self {
        let detail = case.detail.as_deref();
        Self {
            suite: &case.id.suite,
            class: case.id.class.as_deref(),
            name: &case.id.name,
            cell: case.id.cell.as_deref(),
            outcome: case.outcome.name(),
            flaky: case.flaky,
            duration_seconds: case.duration.map(seconds),
            message: detail.and_then(|detail| detail.message.as_deref()),
            file: detail.and_then(|detail| detail.file.as_deref()),
            line: detail.and_then(|detail| detail.line),
        }
    }
}

#[derive(Serialize)]
struct SourceFile<'a> {
    path: &'a str,
    lines: Ratio,
    branches: Option<Ratio>,
    functions: Option<Ratio>,
    uncovered_lines: &'a [u32],
}

fn sources(input: &Input) -> Vec<SourceFile<'_>> {
    input.coverage.iter().flat_map(|report| &report.sources).map(SourceFile::from).collect()
}

impl<'a> From<&'a SourceSummary> for SourceFile<'a> {
    fn from(source: &'a SourceSummary) -> Self {
        let SourceSummary { path, totals, uncovered } = source;
        Self {
            path,
            lines: totals.lines.into(),
            branches: totals.branches.map(Ratio::from),
            functions: totals.functions.map(Ratio::from),
            uncovered_lines: uncovered,
        }
    }
}
