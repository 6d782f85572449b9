//! From the inputs of one run to the evidence of one commit.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::coverage::mapping::{Tree, files_behind, to_repository};
use super::coverage::merge::union;
use super::coverage::v_cover;
use super::findings;
use super::measurements::mutation;
use super::test_results::merge::merge;
use super::test_results::places;
use crate::model::coverage::CoverageReport;
use crate::model::coverage_half::CoverageHalf;
use crate::model::evidence::{Evidence, PathMatching, Source};
use crate::model::findings::FindingsReport;
use crate::model::input::{Content, Input, InputState, Kind, Problem, Severity};
use crate::model::metric::Measurement;
use crate::model::mutation::MutationRun;
use crate::model::origin::Origin;
use crate::model::tests::TestReport;
use crate::policy::{EvidencePolicy, Expectation, PathRule};

/// Merges `inputs`: tests into one run, coverage into one report on the paths of `tree`, measurements by name; and
/// notes which of the policy's expectations do not hold. Does not depend on the order of `inputs`.
pub fn collect(mut inputs: Vec<Input>, policy: &EvidencePolicy, tree: Option<&Tree>) -> Evidence {
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let shortfalls = policy.expect.iter().flat_map(|expected| shortfall(expected, &inputs)).collect();
    let dates = dates(&inputs);
    let mut sources = Vec::with_capacity(inputs.len());
    let (mut tests, mut coverage, mut measurements) = (Vec::new(), Vec::new(), Measurements::default());
    let (mut halves, mut found, mut mutation) = (Vec::new(), Vec::new(), Vec::new());
    for input in inputs {
        let mut source = source(&input);
        match input.content {
            Some(Content::Tests(report)) => tests.push((input.origin, report)),
            Some(Content::Coverage(report)) => coverage.push((input.path, report)),
            Some(Content::TestsAndCoverage(run, report)) => {
                tests.push((input.origin, run));
                coverage.push((input.path, report));
            }
            Some(Content::CoverageHalf(half)) => halves.push((sources.len(), half)),
            Some(Content::Findings(report)) => found.push(report),
            Some(Content::Measurements(read)) => measurements.take(read, &mut source),
            Some(Content::Mutation(read, run)) => {
                measurements.take(read, &mut source);
                mutation.push(run);
            }
            None => {}
        }
        sources.push(source);
    }
    coverage.extend(joined_halves(&halves, &mut sources));
    let (coverage, paths) = merge_coverage(coverage, &policy.paths, tree);
    Evidence {
        sources,
        tests: (!tests.is_empty()).then(|| merge_tests(tests, &policy.paths, tree)),
        coverage,
        paths,
        findings: (!found.is_empty()).then(|| merge_findings(found, &policy.paths, tree)),
        measurements: measurements.into_list(),
        mutation: merge_mutation(mutation, &policy.paths, tree),
        shortfalls,
        dates,
        ..Evidence::default()
    }
}

/// The oldest date of each kind.
fn dates(inputs: &[Input]) -> Vec<(Kind, Timestamp)> {
    let mut dates: Vec<(Kind, Timestamp)> = Vec::new();
    for input in inputs {
        let (Some(kind), Some(date)) = (input.kind, input.origin.dated()) else { continue };
        match dates.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, oldest)) => *oldest = date.min(*oldest),
            None => dates.push((kind, date)),
        }
    }
    dates
}

/// The report that `halves` make together; counters of source files that nothing describes are said of the file that
/// holds them. `halves` stand beside the number of their source.
fn joined_halves(
    halves: &[(usize, CoverageHalf)],
    sources: &mut [Source],
) -> Option<(String, CoverageReport)> {
    let (report, unknown) = v_cover::join(halves.iter().map(|(_, half)| half));
    for (number, half) in halves {
        let CoverageHalf::Counters(all) = half else { continue };
        let lost = all.keys().filter(|id| unknown.contains(*id)).count();
        if let Some(source) = sources.get_mut(*number).filter(|_| lost > 0) {
            source.problem.get_or_insert_with(|| {
                format!(
                    "the counters of {lost} of {} source files have no file in `meta`; read that folder, too",
                    all.len()
                )
            });
        }
    }
    (!report.files.is_empty()).then(|| (String::new(), report))
}

/// The input as reports list it.
fn source(input: &Input) -> Source {
    Source {
        path: input.path.clone(),
        format: input.format.map(str::to_owned),
        kind: input.kind,
        state: input.state,
        holds: input.content.as_ref().map(holds).unwrap_or_default(),
        problem: first_problem(&input.problems),
    }
}

/// "12 cases", "340 lines in 7 files", "3 measurements".
fn holds(content: &Content) -> String {
    match content {
        Content::Tests(report) => cases(report),
        Content::Coverage(report) => lines(report),
        Content::TestsAndCoverage(run, report) => format!("{}, {}", cases(run), lines(report)),
        Content::CoverageHalf(half) => half.holds(),
        Content::Findings(report) => found_by(report),
        Content::Measurements(read) | Content::Mutation(read, _) => counted(read.len(), "measurement"),
    }
}

fn cases(report: &TestReport) -> String {
    counted(report.cases.len(), "case")
}

fn lines(report: &CoverageReport) -> String {
    let lines = report.files.values().map(|file| file.lines.len()).sum();
    format!("{} in {}", counted(lines, "line"), counted(report.files.len(), "file"))
}

/// "3 findings by bandit", "no findings by ruff".
fn found_by(report: &FindingsReport) -> String {
    let said = match (report.findings.len(), report.statements.len()) {
        (0, 0) => "no findings".to_owned(),
        (0, statements) => counted(statements, "statement"),
        (findings, _) => counted(findings, "finding"),
    };
    match report.tools().as_slice() {
        [] => said,
        tools => format!("{said} by {}", tools.join(", ")),
    }
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The first error, else the first warning, with its place in front.
fn first_problem(problems: &[Problem]) -> Option<String> {
    let error = problems.iter().find(|problem| problem.severity == Severity::Error);
    let problem = error.or(problems.first())?;
    Some(match (problem.line, problem.column) {
        (Some(line), Some(column)) => format!("{line}:{column}: {}", problem.message),
        (Some(line), None) => format!("{line}: {}", problem.message),
        _ => problem.message.clone(),
    })
}

/// One run of all reports, its failures on the paths of `tree`.
fn merge_tests(reports: Vec<(Origin, TestReport)>, rules: &[PathRule], tree: Option<&Tree>) -> TestReport {
    let mut run = merge(reports);
    places::settle(&mut run, |paths| match tree {
        Some(tree) => files_behind(paths, tree, rules),
        None => Vec::new(),
    });
    run
}

/// All findings, on the paths of `tree`.
fn merge_findings(
    mut reports: Vec<FindingsReport>,
    rules: &[PathRule],
    tree: Option<&Tree>,
) -> FindingsReport {
    findings::merge::settle(&mut reports, |paths| match tree {
        Some(tree) => files_behind(paths, tree, rules),
        None => Vec::new(),
    });
    findings::merge::union(reports)
}

/// Mutation testing by tool, on the paths of `tree`.
fn merge_mutation(mut runs: Vec<MutationRun>, rules: &[PathRule], tree: Option<&Tree>) -> Vec<MutationRun> {
    if let Some(tree) = tree {
        mutation::settle(&mut runs, |paths| files_behind(paths, tree, rules));
    }
    mutation::merge(runs)
}

fn merge_coverage(
    reports: Vec<(String, CoverageReport)>,
    rules: &[PathRule],
    tree: Option<&Tree>,
) -> (Option<CoverageReport>, PathMatching) {
    if reports.is_empty() {
        return (None, PathMatching::default());
    }
    let unknown = Tree::new(Vec::new());
    let tree = tree.unwrap_or(&unknown);
    let (mapped, matchings): (Vec<_>, Vec<_>) =
        reports.into_iter().map(|(place, report)| to_repository(report, &place, tree, rules)).unzip();
    (Some(union(mapped)), joined(matchings))
}

/// What did not match in any of the reports, each path once.
fn joined(matchings: Vec<PathMatching>) -> PathMatching {
    let (mut unmatched, mut ambiguous) = (BTreeSet::new(), BTreeSet::new());
    let mut all = PathMatching::default();
    for matching in matchings {
        unmatched.extend(matching.unmatched);
        ambiguous.extend(matching.ambiguous);
        all.total += matching.total;
        all.foreign += matching.foreign;
        all.invalid = all.invalid.or(matching.invalid);
    }
    all.unmatched = unmatched.into_iter().collect();
    all.ambiguous = ambiguous.into_iter().collect();
    all
}

/// Measurements by name.
#[derive(Default)]
struct Measurements(BTreeMap<String, Measurement>);

impl Measurements {
    /// Adds what `source` holds, which is told of a conflict when it has no other problem.
    fn take(&mut self, read: Vec<Measurement>, source: &mut Source) {
        let conflict = self.add(read, &source.path);
        source.problem = source.problem.take().or(conflict);
    }

    /// Adds what one file holds. Counts add up; of two other values for one name the worse stands, and the second
    /// file is told.
    fn add(&mut self, read: Vec<Measurement>, path: &str) -> Option<String> {
        let mut conflict = None;
        for measurement in read {
            match self.0.entry(measurement.id.clone()) {
                Entry::Vacant(free) => {
                    free.insert(measurement);
                }
                Entry::Occupied(mut known) => {
                    if added(known.get_mut(), &measurement) || *known.get() == measurement {
                        continue;
                    }
                    let id = &measurement.id;
                    conflict = conflict.or_else(|| {
                        Some(format!(
                            "`{id}` has another value in a file before `{path}`; the worse one counts"
                        ))
                    });
                    if measurement.is_worse_than(known.get()) {
                        known.insert(measurement);
                    }
                }
            }
        }
        conflict
    }

    fn into_list(self) -> Vec<Measurement> {
        self.0.into_values().collect()
    }
}

/// Adds the counts of `more` to those of `known`, where both have such.
fn added(known: &mut Measurement, more: &Measurement) -> bool {
    let both = known.counts.zip(more.counts).and_then(|(one, two)| one.with(two));
    let Some((counts, value)) = both.and_then(|counts| Some((counts, counts.value()?))) else { return false };
    known.counts = Some(counts);
    known.value = value;
    true
}

/// What is missing of an expectation, for each kind that its files speak about; for all kinds when there is no file.
fn shortfall(expected: &Expectation, inputs: &[Input]) -> Vec<(Kind, String)> {
    let matching: Vec<&Input> = inputs.iter().filter(|input| expected.files.matches(&input.path)).collect();
    let usable = |input: &&&Input| matches!(input.state, InputState::Measured | InputState::Empty);
    let found = matching.iter().filter(usable).count() as u64;
    if found >= expected.count {
        return Vec::new();
    }
    let known: BTreeSet<Kind> = matching.iter().filter_map(|input| input.kind).collect();
    let kinds = if known.is_empty() {
        BTreeSet::from([Kind::Tests, Kind::Coverage, Kind::Findings, Kind::Measurements])
    } else {
        known
    };
    let message = format!(
        "{}: {found} of {} files that match `{}` were read",
        expected.name,
        expected.count,
        expected.files.patterns.join("`, `")
    );
    kinds.into_iter().map(|kind| (kind, message.clone())).collect()
}
