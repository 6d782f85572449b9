//! From the inputs of one run to the evidence of one commit.

use std::borrow::Borrow;
use std::cell::LazyCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::coverage::mapping::{Tree, files_behind, to_repository};
use super::coverage::merge::Union;
use super::coverage::v_cover;
use super::test_results::merge::merge;
use super::test_results::places;
use crate::model::coverage::CoverageReport;
use crate::model::coverage_half::CoverageHalf;
use crate::model::evidence::{Evidence, PathMatching, Source};
use crate::model::input::{Content, Input, InputState, Kind, Problem, Severity};
use crate::model::metric::{Better, Measurement};
use crate::model::origin::Origin;
use crate::model::tests::TestReport;
use crate::policy::{EvidencePolicy, Expectation};

/// Merges `inputs`: tests into one run, coverage into one report on the paths of `tree`, measurements by name; and
/// notes which of the policy's expectations do not hold. Does not depend on the order of `inputs`.
pub fn collect(inputs: Vec<Input>, policy: &EvidencePolicy, tree: Option<&Tree>) -> Evidence {
    let mut collector = Collector::new(policy, || tree);
    for (number, input) in inputs.into_iter().enumerate() {
        collector.add(number, input);
    }
    collector.finish()
}

/// Evidence that grows file by file: coverage is united as it comes, since a project has many large reports of the same
/// source files. The result does not depend on the order.
pub struct Collector<'p, T, F> {
    policy: &'p EvidencePolicy,
    /// Made when the first report names paths.
    tree: LazyCell<Option<T>, F>,
    names_paths: bool,
    kept: Vec<Kept>,
    coverage: Union,
}

/// A file whose coverage is taken out.
struct Kept {
    input: Input,
    /// Where it was found, among files of the same path.
    number: usize,
    holds: String,
    paths: Option<PathMatching>,
}

impl<'p, T: Borrow<Tree>, F: FnOnce() -> Option<T>> Collector<'p, T, F> {
    /// Nothing yet; `tree` lists the repository's files, and is only called when there are paths to map.
    pub fn new(policy: &'p EvidencePolicy, tree: F) -> Self {
        let tree = LazyCell::new(tree);
        Self { policy, tree, names_paths: false, kept: Vec::new(), coverage: Union::default() }
    }

    /// Takes in one file, the `number`th that was found.
    pub fn add(&mut self, number: usize, mut input: Input) {
        let holds = input.content.as_ref().map(holds).unwrap_or_default();
        let (content, report) = parted(input.content.take());
        input.content = content;
        let paths = report.map(|report| self.unite(report, &input.path));
        self.names_paths |= paths.is_some() || input.content.as_ref().is_some_and(names_paths);
        self.kept.push(Kept { input, number, holds, paths });
    }

    /// Unites `report`, which lies at `place`, with what came before.
    fn unite(&mut self, report: CoverageReport, place: &str) -> PathMatching {
        let unknown = Tree::new(Vec::new());
        let tree = self.tree.as_ref().map_or(&unknown, Borrow::borrow);
        let (report, paths) = to_repository(report, place, tree, &self.policy.paths);
        self.coverage.add(report);
        paths
    }

    /// What all files say together.
    pub fn finish(mut self) -> Evidence {
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_by(|a, b| (&a.input.path, a.number).cmp(&(&b.input.path, b.number)));
        let inputs: Vec<&Input> = kept.iter().map(|kept| &kept.input).collect();
        let shortfalls =
            self.policy.expect.iter().flat_map(|expected| shortfall(expected, &inputs)).collect();
        let mut sources = Vec::with_capacity(kept.len());
        let (mut tests, mut halves, mut paths) = (Vec::new(), Vec::new(), Vec::new());
        let mut measurements = Measurements::default();
        for Kept { input, holds, paths: matching, .. } in kept {
            let mut source = source(&input, holds);
            paths.extend(matching);
            match input.content {
                Some(Content::Tests(report)) => tests.push((input.origin, report)),
                Some(Content::CoverageHalf(half)) => halves.push((sources.len(), half)),
                Some(Content::Measurements(read)) => {
                    let conflict = measurements.add(read, &source.path);
                    source.problem = source.problem.or(conflict);
                }
                Some(Content::Coverage(_) | Content::TestsAndCoverage(..)) | None => {}
            }
            sources.push(source);
        }
        paths.extend(joined_halves(&halves, &mut sources).map(|report| self.unite(report, "")));
        let tests = (!tests.is_empty()).then(|| self.merge_tests(tests));
        Evidence {
            sources,
            tests,
            coverage: (!self.coverage.is_empty()).then(|| self.coverage.finish()),
            paths: joined(paths),
            measurements: measurements.into_list(),
            shortfalls,
            ..Evidence::default()
        }
    }

    /// One run of all reports, its failures on the paths of the repository.
    fn merge_tests(&self, reports: Vec<(Origin, TestReport)>) -> TestReport {
        let mut run = merge(reports);
        let tree = if self.names_paths { self.tree.as_ref() } else { None };
        places::settle(&mut run, |paths| match tree {
            Some(tree) => files_behind(paths, tree.borrow(), &self.policy.paths),
            None => Vec::new(),
        });
        run
    }
}

/// The content without its coverage, and the coverage.
fn parted(content: Option<Content>) -> (Option<Content>, Option<CoverageReport>) {
    match content {
        Some(Content::Coverage(report)) => (None, Some(report)),
        Some(Content::TestsAndCoverage(run, report)) => (Some(Content::Tests(run)), Some(report)),
        other => (other, None),
    }
}

/// Whether the tree is wanted for what is not coverage.
fn names_paths(content: &Content) -> bool {
    let named = content.tests().is_some_and(|report| report.cases.iter().any(places::is_wanted));
    named || content.kind() == Kind::Coverage
}

/// The report that `halves` make together; counters of source files that nothing describes are said of the file that
/// holds them. `halves` stand beside the number of their source.
fn joined_halves(halves: &[(usize, CoverageHalf)], sources: &mut [Source]) -> Option<CoverageReport> {
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
    (!report.files.is_empty()).then_some(report)
}

/// The input as reports list it.
fn source(input: &Input, holds: String) -> Source {
    Source {
        path: input.path.clone(),
        format: input.format.map(str::to_owned),
        kind: input.kind,
        state: input.state,
        holds,
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
        Content::Measurements(read) => counted(read.len(), "measurement"),
    }
}

fn cases(report: &TestReport) -> String {
    counted(report.cases.len(), "case")
}

fn lines(report: &CoverageReport) -> String {
    let lines = report.files.values().map(|file| file.lines.len()).sum();
    format!("{} in {}", counted(lines, "line"), counted(report.files.len(), "file"))
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
    /// Adds what one file holds. Of two values for one name the worse stands, and the second file is told.
    fn add(&mut self, read: Vec<Measurement>, path: &str) -> Option<String> {
        let mut conflict = None;
        for measurement in read {
            match self.0.entry(measurement.id.clone()) {
                Entry::Vacant(free) => {
                    free.insert(measurement);
                }
                Entry::Occupied(mut known) if *known.get() != measurement => {
                    let id = &measurement.id;
                    conflict = conflict.or_else(|| {
                        Some(format!(
                            "`{id}` has another value in a file before `{path}`; the worse one counts"
                        ))
                    });
                    if is_worse(&measurement, known.get()) {
                        known.insert(measurement);
                    }
                }
                Entry::Occupied(_) => {}
            }
        }
        conflict
    }

    fn into_list(self) -> Vec<Measurement> {
        self.0.into_values().collect()
    }
}

/// Without a direction the lower value counts as worse for nobody knows what, so the first stays.
fn is_worse(new: &Measurement, known: &Measurement) -> bool {
    match known.better.or(new.better) {
        Some(Better::Higher) => new.value < known.value,
        Some(Better::Lower) => new.value > known.value,
        None => false,
    }
}

/// What is missing of an expectation, for each kind that its files speak about; for all kinds when there is no file.
fn shortfall(expected: &Expectation, inputs: &[&Input]) -> Vec<(Kind, String)> {
    let matching: Vec<&Input> =
        inputs.iter().copied().filter(|input| expected.files.matches(&input.path)).collect();
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
