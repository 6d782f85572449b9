//! Evidence that grows while files are read.

use std::sync::{Mutex, PoisonError};

use super::coverage::{Mapped, United};
use super::expectations::{dates, shortfall};
use super::measurements::ByName;
use super::sources::source;
use crate::evidence::coverage::mapping::{Tree, files_behind};
use crate::evidence::coverage::v_cover;
use crate::evidence::findings;
use crate::evidence::measurements::mutation;
use crate::evidence::test_results::merge::merge;
use crate::evidence::test_results::places;
use crate::model::coverage::CoverageReport;
use crate::model::coverage::half::CoverageHalf;
use crate::model::coverage::summary::CoverageSummary;
use crate::model::evidence::{Evidence, Source};
use crate::model::findings::FindingsReport;
use crate::model::input::{Content, Input};
use crate::model::mutation::MutationRun;
use crate::model::order;
use crate::model::origin::Origin;
use crate::model::tests::TestReport;
use crate::policy::{EvidencePolicy, PathRule};

/// The files of the repository, asked for when there are paths to map, perhaps by several threads at once; without any
/// file nothing is known of it. Must not wait for other threads that read.
pub type Repository<'a> = dyn Fn() -> &'a Tree + Sync + 'a;

/// Merges `inputs`: tests into one run, coverage into one report on the paths of `tree`, measurements by name; and
/// notes which of the policy's expectations do not hold. Does not depend on the order of `inputs`.
pub fn collect(inputs: Vec<Input>, policy: &EvidencePolicy, tree: Option<&Tree>) -> Evidence {
    let unknown = Tree::default();
    let repository = || tree.unwrap_or(&unknown);
    let collector = Collector::new(policy, &repository);
    let inputs = inputs.into_iter().map(|input| collector.take(input)).collect();
    collector.finish(inputs)
}

/// Takes coverage out of inputs while others are read, and merges the rest when all are there.
pub struct Collector<'a> {
    policy: &'a EvidencePolicy,
    repository: &'a Repository<'a>,
    summary: fn(&CoverageReport) -> CoverageSummary,
    coverage: Mutex<United>,
}

impl<'a> Collector<'a> {
    /// A collector without evidence.
    pub fn new(policy: &'a EvidencePolicy, repository: &'a Repository<'a>) -> Self {
        Self { policy, repository, summary: CoverageSummary::of, coverage: Mutex::default() }
    }

    /// The same collector, which keeps the numbers of each source file of each report.
    #[must_use]
    pub fn listing_sources(self) -> Self {
        Self { summary: CoverageSummary::with_sources, ..self }
    }

    /// Takes in the coverage of `input`, of which only numbers are left. The result does not depend on the order of
    /// inputs, nor on the threads that they come from.
    pub fn take(&self, mut input: Input) -> Input {
        let (rest, report) = match input.content.take() {
            Some(Content::Coverage(report)) => (None, report),
            Some(Content::TestsAndCoverage(run, report)) => (Some(Content::Tests(run)), report),
            other => return Input { content: other, ..input },
        };
        let coverage = Some((self.summary)(&report));
        self.add(&input.path, report);
        Input { content: rest, coverage, ..input }
    }

    fn add(&self, place: &str, report: CoverageReport) {
        let mapped = Mapped::new(place, report, (self.repository)(), &self.policy.paths);
        self.coverage.lock().unwrap_or_else(PoisonError::into_inner).add(mapped);
    }

    /// All evidence: what was taken, and what is left in `inputs`.
    pub fn finish(self, inputs: Vec<Input>) -> Evidence {
        let mut inputs: Vec<Input> = inputs.into_iter().map(|input| self.take(input)).collect();
        order::sort_by(&mut inputs, |a, b| a.path.cmp(&b.path));
        let shortfalls =
            self.policy.expect.iter().flat_map(|expected| shortfall(expected, &inputs)).collect();
        let dates = dates(&inputs);
        let mut sources = Vec::with_capacity(inputs.len());
        let (mut tests, mut measurements) = (Vec::new(), ByName::default());
        let (mut halves, mut found, mut mutation) = (Vec::new(), Vec::new(), Vec::new());
        for input in inputs {
            let mut source = source(&input);
            match input.content {
                Some(Content::Tests(report)) => tests.push((input.origin, report)),
                Some(Content::CoverageHalf(half)) => halves.push((sources.len(), half)),
                Some(Content::Findings(report)) => found.push(report),
                Some(Content::Measurements(read)) => measurements.take(read, &mut source),
                Some(Content::Mutation(read, run)) => {
                    measurements.take(read, &mut source);
                    mutation.push(run);
                }
                // Coverage is taken already.
                Some(Content::Coverage(_) | Content::TestsAndCoverage(..)) | None => {}
            }
            sources.push(source);
        }
        if let Some(report) = joined_halves(&halves, &mut sources) {
            self.add("", report);
        }
        let (rules, repository) = (self.policy.paths.as_slice(), self.repository);
        let (coverage, paths) = self.coverage.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
        Evidence {
            sources,
            tests: (!tests.is_empty()).then(|| merge_tests(tests, rules, repository)),
            coverage,
            paths,
            findings: (!found.is_empty()).then(|| merge_findings(found, rules, repository)),
            measured_in: measurements.in_several(),
            measurements: measurements.into_list(),
            mutation: merge_mutation(mutation, rules, repository),
            shortfalls,
            dates,
            ..Evidence::default()
        }
    }
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

/// One run of all reports, its failures on the paths of the repository.
fn merge_tests(
    reports: Vec<(Origin, TestReport)>,
    rules: &[PathRule],
    repository: &Repository<'_>,
) -> TestReport {
    let mut run = merge(reports);
    places::settle(&mut run, |paths| behind(paths, rules, repository));
    run
}

/// All findings, on the paths of the repository.
fn merge_findings(
    mut reports: Vec<FindingsReport>,
    rules: &[PathRule],
    repository: &Repository<'_>,
) -> FindingsReport {
    findings::merge::settle(&mut reports, |paths| behind(paths, rules, repository));
    findings::merge::union(reports)
}

/// Mutation testing by tool, on the paths of the repository.
fn merge_mutation(
    mut runs: Vec<MutationRun>,
    rules: &[PathRule],
    repository: &Repository<'_>,
) -> Vec<MutationRun> {
    mutation::settle(&mut runs, |paths| behind(paths, rules, repository));
    mutation::merge(runs)
}

/// The files of the repository behind `paths`, which is not asked when there is none.
fn behind(paths: &[String], rules: &[PathRule], repository: &Repository<'_>) -> Vec<Option<String>> {
    if paths.is_empty() {
        return Vec::new();
    }
    let tree = repository();
    if tree.is_empty() { Vec::new() } else { files_behind(paths, tree, rules) }
}
