//! The report's sections on tests, coverage, measurements and sources.

use serde::Serialize;

use crate::model::coverage::PatchCoverage;
use crate::model::evidence::Source;
use crate::model::exact::Tenths;
use crate::model::input::Kind;
use crate::model::report::{
    CaseNote, Comparison, CoverageSection, FileReport, IndirectChange, MeasurementReport, TestsReport,
};
use crate::model::tests::{SuiteError, TestCounts};

use super::component::Component;
use super::coverage_change::{CoverageMoved, Reports};
use super::number::{Number, seconds};
use super::parts::{NamedNumber, Percentage, Ratio, Totals};

#[derive(Serialize)]
pub(super) struct Tests<'a> {
    #[serde(flatten)]
    counts: Counts,
    suite_errors: usize,
    duration_seconds: f64,
    base: Option<Counts>,
    new_failures: Vec<Case<'a>>,
    still_failing: Vec<Case<'a>>,
    fixed: Vec<Case<'a>>,
    /// The cases; their number is the list's length.
    flaky: Vec<Case<'a>>,
    added: u64,
    removed: Vec<Case<'a>>,
    newly_skipped: Vec<Case<'a>>,
    slower: Vec<Case<'a>>,
    outside_cases: Vec<Outside<'a>>,
}

impl<'a> From<&'a TestsReport> for Tests<'a> {
    fn from(tests: &'a TestsReport) -> Self {
        Self {
            counts: tests.counts.into(),
            suite_errors: tests.suite_errors.len(),
            duration_seconds: seconds(tests.duration),
            base: tests.base_counts.map(Counts::from),
            new_failures: cases(&tests.new_failures),
            still_failing: cases(&tests.still_failing),
            fixed: cases(&tests.fixed),
            flaky: cases(&tests.flaky),
            added: tests.added,
            removed: cases(&tests.removed),
            newly_skipped: cases(&tests.newly_skipped),
            slower: cases(&tests.slower),
            outside_cases: tests.suite_errors.iter().map(Outside::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct Counts {
    total: u64,
    passed: u64,
    failed: u64,
    errored: u64,
    skipped: u64,
}

impl From<TestCounts> for Counts {
    fn from(counts: TestCounts) -> Self {
        Self {
            total: counts.total,
            passed: counts.passed,
            failed: counts.failed,
            errored: counts.errored,
            skipped: counts.skipped,
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
    message: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head_seconds: Option<f64>,
}

fn cases(notes: &[CaseNote]) -> Vec<Case<'_>> {
    notes.iter().map(Case::from).collect()
}

impl<'a> From<&'a CaseNote> for Case<'a> {
    fn from(note: &'a CaseNote) -> Self {
        Self {
            suite: &note.id.suite,
            class: note.id.class.as_deref(),
            name: &note.id.name,
            cell: note.id.cell.as_deref(),
            message: note.detail.message.as_deref(),
            file: note.detail.file.as_deref(),
            line: note.detail.line,
            base_seconds: note.durations.map(|(base, _)| seconds(base)),
            head_seconds: note.durations.map(|(_, head)| seconds(head)),
        }
    }
}

#[derive(Serialize)]
struct Outside<'a> {
    suite: &'a str,
    message: &'a str,
}

impl<'a> From<&'a SuiteError> for Outside<'a> {
    fn from(error: &'a SuiteError) -> Self {
        Self { suite: &error.suite, message: &error.message }
    }
}

#[derive(Serialize)]
pub(super) struct Coverage<'a> {
    #[serde(flatten)]
    totals: Totals,
    base: Option<Totals>,
    patch: Option<Patch<'a>>,
    files: Vec<File<'a>>,
    indirect: Vec<Indirect<'a>>,
    change: Option<CoverageMoved<'a>>,
    reports: Reports<'a>,
    components: Vec<Component<'a>>,
    unmatched: &'a [String],
    ambiguous: &'a [String],
    paths_invalid: Option<&'a str>,
}

impl<'a> From<&'a CoverageSection> for Coverage<'a> {
    fn from(section: &'a CoverageSection) -> Self {
        Self {
            totals: (&section.totals).into(),
            base: section.base_totals.as_ref().map(Totals::from),
            patch: section.patch.as_ref().map(Patch::from),
            files: section.files.iter().map(File::from).collect(),
            indirect: section.indirect.iter().map(Indirect::from).collect(),
            change: section.change.as_ref().map(CoverageMoved::from),
            reports: (&section.report_set).into(),
            components: section.components.iter().map(Component::from).collect(),
            unmatched: &section.paths.unmatched,
            ambiguous: &section.paths.ambiguous,
            paths_invalid: section.paths.invalid.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Patch<'a> {
    #[serde(flatten)]
    lines: Percentage,
    not_coverable: u64,
    files: Vec<PatchedFile<'a>>,
}

impl<'a> From<&'a PatchCoverage> for Patch<'a> {
    fn from(patch: &'a PatchCoverage) -> Self {
        let files = patch.files.iter().map(|(path, file)| PatchedFile {
            path,
            lines: file.lines.into(),
            missed: &file.missed,
        });
        Self { lines: patch.lines.into(), not_coverable: patch.not_coverable, files: files.collect() }
    }
}

#[derive(Serialize)]
struct PatchedFile<'a> {
    path: &'a str,
    lines: Ratio,
    missed: &'a [u32],
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    lines: Ratio,
    branches: Option<Ratio>,
    delta: Option<Number>,
}

impl<'a> From<(&'a String, &'a FileReport)> for File<'a> {
    fn from((path, file): (&'a String, &'a FileReport)) -> Self {
        Self {
            path,
            lines: file.lines.into(),
            branches: file.branches.map(Ratio::from),
            delta: file.delta.map(Number::from),
        }
    }
}

#[derive(Serialize)]
struct Indirect<'a> {
    path: &'a str,
    lost: &'a [u32],
    gained: &'a [u32],
}

impl<'a> From<&'a IndirectChange> for Indirect<'a> {
    fn from(change: &'a IndirectChange) -> Self {
        Self { path: &change.path, lost: &change.lost, gained: &change.gained }
    }
}

#[derive(Serialize)]
pub(super) struct Measured<'a> {
    #[serde(flatten)]
    measurement: NamedNumber<'a>,
    base: Option<Number>,
    change_percent: Option<f64>,
    comparison: Option<&'static str>,
}

impl<'a> From<&'a MeasurementReport> for Measured<'a> {
    fn from(report: &'a MeasurementReport) -> Self {
        Self {
            measurement: (&report.measurement).into(),
            base: report.base.as_ref().map(Number::of),
            change_percent: report.change().map(Tenths::to_f64),
            comparison: report.comparison.map(Comparison::name),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SourceFile<'a> {
    path: &'a str,
    format: Option<&'a str>,
    kind: Option<&'static str>,
    state: &'static str,
    holds: &'a str,
    problem: Option<&'a str>,
}

impl<'a> From<&'a Source> for SourceFile<'a> {
    fn from(source: &'a Source) -> Self {
        Self {
            path: &source.path,
            format: source.format.as_deref(),
            kind: source.kind.map(Kind::name),
            state: source.state.name(),
            holds: &source.holds,
            problem: source.problem.as_deref(),
        }
    }
}
