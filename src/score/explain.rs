//! One check of a finished report, back to the evidence that it was computed from.

use std::cmp::Reverse;

use super::measure::{Selected, SelectedFindings, is_counted, selected_todos};
use crate::model::coverage::{CoverageReport, Covered, FileCoverage};
use crate::model::evidence::{Evidence, Source};
use crate::model::exact::Exact;
use crate::model::explanation::{Counted, CountedCase, CountedFile, Explanation, Share};
use crate::model::findings::{Finding, FindingCounts, FindingsReport};
use crate::model::input::Kind;
use crate::model::order;
use crate::model::report::{CheckReport, Report};
use crate::model::tests::{Outcome, TestCase, TestCounts};
use crate::model::todos::{Todo, TodosSection};
use crate::policy::{
    CoverageMetric, FindingMetric, MetricSelector, Policy, Selection, Subject, TestMetric, TodoMetric,
};

/// How the check `id` of `report`, which `policy` and `evidence` gave, came to its points; nothing when the policy has no
/// such check.
pub fn explain(policy: &Policy, evidence: &Evidence, report: &Report, id: &str) -> Option<Explanation> {
    let (dimension, check) = policy.checks().find(|(_, check)| check.id == id)?;
    let scored = report.dimensions.iter().flat_map(|dimension| &dimension.checks).find(|row| row.id == id)?;
    let dimension_share = Share { weight: dimension.weight, of: all_weights(policy) };
    let check_share =
        Share { weight: check.weight, of: dimension.checks.iter().map(|check| check.weight).sum() };
    let max_points = points(dimension_share, check_share);
    Some(Explanation {
        dimension: dimension.name.clone(),
        dimension_share,
        check_share,
        points: &max_points * &scored.attainment,
        max_points,
        selection: selection(&check.subject),
        sources: sources(&check.subject, &evidence.sources),
        counted: if is_known(&check.subject, scored) {
            counted(&check.subject, evidence, report)
        } else {
            Counted::Nothing
        },
        check: scored.clone(),
    })
}

/// Whether anything was counted: of markers nobody knows the number where nobody knows which are new.
fn is_known(subject: &Subject, scored: &CheckReport) -> bool {
    scored.value.is_some() || !matches!(subject, Subject::Metric(MetricSelector::Todos { .. }))
}

fn all_weights(policy: &Policy) -> u64 {
    policy.dimensions.iter().map(|dimension| dimension.weight).sum()
}

/// 100 · both shares.
fn points(dimension: Share, check: Share) -> Exact {
    let share = |share: Share| Exact::new(share.weight.into(), share.of.max(1).into());
    Exact::from_integer(100.into()) * share(dimension) * share(check)
}

fn selection(subject: &Subject) -> Vec<(&'static str, Vec<String>)> {
    let Subject::Metric(selector) = subject else { return Vec::new() };
    let keys: Vec<(&'static str, &Selection)> = match selector {
        MetricSelector::Tests { suites, classes, files, .. } => {
            vec![("suites", suites), ("classes", classes), ("files", files)]
        }
        MetricSelector::Coverage { paths, .. } | MetricSelector::Todos { paths, .. } => {
            vec![("paths", paths)]
        }
        MetricSelector::Findings { tools, rules, paths, .. } => {
            vec![("tools", tools), ("rules", rules), ("paths", paths)]
        }
        MetricSelector::Named(_) => Vec::new(),
    };
    let written = keys.into_iter().filter(|(_, globs)| !globs.patterns.is_empty());
    written.map(|(key, globs)| (key, globs.patterns.clone())).collect()
}

/// The inputs of the subject's kind, also those that could not be read.
fn sources(subject: &Subject, all: &[Source]) -> Vec<Source> {
    let kind = match subject {
        Subject::Metric(MetricSelector::Tests { .. }) => Kind::Tests,
        Subject::Metric(MetricSelector::Coverage { .. }) => Kind::Coverage,
        Subject::Metric(MetricSelector::Findings { .. }) => Kind::Findings,
        Subject::Metric(MetricSelector::Named(_)) => Kind::Measurements,
        Subject::Metric(MetricSelector::Todos { .. }) | Subject::Attestation(_) => return Vec::new(),
    };
    all.iter().filter(|source| source.kind == Some(kind)).cloned().collect()
}

fn counted(subject: &Subject, evidence: &Evidence, report: &Report) -> Counted {
    match subject {
        Subject::Metric(MetricSelector::Tests { metric, suites, classes, files }) => {
            let selected = Selected { suites, classes, files };
            evidence.tests.as_ref().map_or(Counted::Nothing, |run| cases(*metric, &selected, &run.cases))
        }
        Subject::Metric(MetricSelector::Coverage { metric: CoverageMetric::Patch, paths }) => {
            Counted::Files(added(paths, report))
        }
        Subject::Metric(MetricSelector::Coverage { metric, paths }) => {
            evidence.coverage.as_ref().map_or(Counted::Nothing, |coverage| files(*metric, paths, coverage))
        }
        Subject::Metric(MetricSelector::Named(name)) => {
            let found = evidence.measurements.iter().find(|measurement| measurement.id == *name);
            found.cloned().map_or(Counted::Nothing, Counted::Measurement)
        }
        Subject::Metric(MetricSelector::Findings { metric, tools, rules, paths }) => {
            let selected = SelectedFindings { tools, rules, paths };
            evidence.findings.as_ref().map_or(Counted::Nothing, |report| found(*metric, &selected, report))
        }
        Subject::Metric(MetricSelector::Todos { metric, paths }) => {
            report.todos.as_ref().map_or(Counted::Nothing, |section| marked(*metric, paths, section))
        }
        Subject::Attestation(claim) => Counted::Claim {
            text: claim.claim.clone(),
            owner: claim.owner.clone(),
            date: claim.date,
            expires: claim.expires,
            link: claim.link.clone(),
        },
    }
}

fn cases(metric: TestMetric, selected: &Selected<'_>, all: &[TestCase]) -> Counted {
    let mut chosen: Vec<&TestCase> = all.iter().filter(|case| selected.has(case)).collect();
    let counts = TestCounts::of(chosen.iter().copied());
    order::sort_by_key(&mut chosen, |case| {
        (!speaks(metric, case), Reverse(weight_of(case.outcome)), !case.flaky)
    });
    let listed = chosen.into_iter().map(|case| CountedCase {
        id: case.id.clone(),
        outcome: case.outcome,
        flaky: case.flaky,
        detail: case.detail.as_deref().cloned().unwrap_or_default(),
    });
    Counted::Cases(counts, listed.collect())
}

/// Whether `case` is one of those that the metric is about.
fn speaks(metric: TestMetric, case: &TestCase) -> bool {
    match metric {
        TestMetric::Skipped => case.outcome == Outcome::Skipped,
        TestMetric::Flaky => case.flaky,
        TestMetric::Errored => case.outcome == Outcome::Errored,
        TestMetric::Failed => case.outcome == Outcome::Failed,
        TestMetric::Total | TestMetric::Passed | TestMetric::PassRate | TestMetric::Duration => {
            case.outcome.is_failing()
        }
    }
}

fn weight_of(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Errored => 3,
        Outcome::Failed => 2,
        Outcome::Skipped => 1,
        Outcome::Passed => 0,
    }
}

fn files(metric: CoverageMetric, paths: &Selection, report: &CoverageReport) -> Counted {
    let chosen = report.files.iter().filter(|(path, _)| paths.matches(path));
    let listed = chosen.filter_map(|(path, file)| {
        let missed = file.lines.iter().filter(|line| line.hits == 0).map(|line| line.line).collect();
        Some(CountedFile { path: path.clone(), covered: total(metric, file)?, missed })
    });
    Counted::Files(most_missing_first(listed.collect()))
}

fn total(metric: CoverageMetric, file: &FileCoverage) -> Option<Covered> {
    match metric {
        CoverageMetric::Lines | CoverageMetric::Patch => Some(file.line_total()),
        CoverageMetric::Branches => file.branch_total(),
        CoverageMetric::Functions => file.function_total(),
        CoverageMetric::Statements => file.statement_total(),
    }
}

fn added(paths: &Selection, report: &Report) -> Vec<CountedFile> {
    let patch = report.coverage.as_ref().and_then(|coverage| coverage.patch.as_ref());
    let files = patch.into_iter().flat_map(|patch| &patch.files);
    let chosen = files.filter(|(path, _)| paths.matches(path));
    let listed = chosen.map(|(path, file)| CountedFile {
        path: path.clone(),
        covered: file.lines,
        missed: file.missed.clone(),
    });
    most_missing_first(listed.collect())
}

/// The selected findings; those that the metric is about stand first, the worst of them before all.
fn found(metric: FindingMetric, selected: &SelectedFindings<'_>, report: &FindingsReport) -> Counted {
    let mut chosen: Vec<&Finding> = report.findings.iter().filter(|finding| selected.has(finding)).collect();
    let counts = FindingCounts::of(chosen.iter().copied());
    order::sort_by_key(&mut chosen, |finding| {
        let counts = is_counted(metric, finding);
        (!counts, finding.suppressed.is_some(), Reverse((finding.severity, finding.level)))
    });
    Counted::Findings(counts, chosen.into_iter().cloned().collect())
}

/// The markers that count, by place.
fn marked(metric: TodoMetric, paths: &Selection, section: &TodosSection) -> Counted {
    let others = if metric.is_of_change() { [].as_slice() } else { &section.others };
    let lists = [section.new.as_slice(), others];
    let mut todos: Vec<Todo> =
        lists.iter().flat_map(|todos| selected_todos(metric, paths, todos)).cloned().collect();
    order::sort(&mut todos);
    Counted::Todos(section.files, todos)
}

fn most_missing_first(mut files: Vec<CountedFile>) -> Vec<CountedFile> {
    order::sort_by_key(&mut files, |file| Reverse(file.covered.total.saturating_sub(file.covered.covered)));
    files
}
