//! Metrics of the test run.

use super::{absent, measured, unmeasured};
use crate::model::exact::{Exact, ratio, whole};
use crate::model::input::Kind;
use crate::model::metric::{Metric, MetricState, Unit};
use crate::model::tests::{Outcome, TestCase, TestCounts};
use crate::policy::{Selection, TestMetric};
use crate::score::facts::Facts;
use crate::score::show::count as shown;

/// Which cases count; a case without a class or file is not selected by globs on it.
pub(in crate::score) struct Selected<'a> {
    pub(in crate::score) suites: &'a Selection,
    pub(in crate::score) classes: &'a Selection,
    pub(in crate::score) files: &'a Selection,
}

impl Selected<'_> {
    pub(in crate::score) fn has(&self, case: &TestCase) -> bool {
        let file = case.detail.as_ref().and_then(|detail| detail.file.as_deref());
        self.suites.matches(&case.id.suite)
            && matches(self.classes, case.id.class.as_deref())
            && matches(self.files, file)
    }
}

fn matches(selection: &Selection, value: Option<&str>) -> bool {
    value.map_or(selection.patterns.is_empty(), |value| selection.matches(value))
}

pub(super) fn measure(metric: TestMetric, selected: &Selected<'_>, facts: &Facts<'_>) -> Metric {
    let unit = unit(metric);
    let Some(report) = &facts.evidence.tests else {
        return absent(Kind::Tests, unit, "no test report was read", facts);
    };
    if let Some(reason) = facts.shortfall(Kind::Tests) {
        return unmeasured(MetricState::Invalid, unit, reason);
    }
    let cases = || report.cases.iter().filter(|case| selected.has(case));
    let counts = TestCounts::of(cases());
    let lost =
        facts.lost.map_or(0, |lost| lost.cases.iter().filter(|case| selected.has(case)).count() as u64);
    match metric {
        TestMetric::Total => count(counts.total),
        TestMetric::Passed => count(counts.passed),
        TestMetric::Failed => fewer(counts.failed, lost, &counts),
        TestMetric::Errored => fewer(counts.errored, lost, &counts),
        TestMetric::Skipped => fewer(counts.skipped, lost, &counts),
        TestMetric::Flaky => fewer(counts.flaky, lost, &counts),
        TestMetric::PassRate => pass_rate(&counts, lost),
        TestMetric::Duration if lost > 0 => unmeasured(MetricState::Invalid, unit, did_not_run(lost)),
        TestMetric::Duration => duration(cases()),
    }
}

fn did_not_run(lost: u64) -> String {
    format!("{} of the base did not run", shown(lost, "case"))
}

/// A case that did not run counts as the worst that it could be.
fn with_lost(metric: Metric, lost: u64) -> Metric {
    let reason = (lost > 0).then(|| {
        let verb = if lost == 1 { "counts as if it" } else { "count as if they" };
        format!("{} and {verb} had failed", did_not_run(lost))
    });
    Metric { reason, ..metric }
}

fn unit(metric: TestMetric) -> Unit {
    match metric {
        TestMetric::PassRate => Unit::Ratio,
        TestMetric::Duration => Unit::Milliseconds,
        _ => Unit::Count,
    }
}

fn count(number: u64) -> Metric {
    measured(whole(number), Unit::Count)
}

/// Fewer is better here, so a selection that selects nothing must not look perfect.
fn fewer(number: u64, lost: u64, counts: &TestCounts) -> Metric {
    if counts.total == 0 { no_case(Unit::Count) } else { with_lost(count(number + lost), lost) }
}

fn no_case(unit: Unit) -> Metric {
    unmeasured(MetricState::NoEvidence, unit, "no test case is selected".to_owned())
}

fn pass_rate(counts: &TestCounts, lost: u64) -> Metric {
    let run = counts.total - counts.skipped;
    let due = run + lost;
    match ratio(counts.passed, due).filter(|_| run > 0) {
        Some(value) => {
            with_lost(Metric { counts: Some((counts.passed, due)), ..measured(value, Unit::Ratio) }, lost)
        }
        None if counts.total == 0 => no_case(Unit::Ratio),
        None => {
            unmeasured(MetricState::NoEvidence, Unit::Ratio, "every selected case was skipped".to_owned())
        }
    }
}

fn duration<'a>(cases: impl Iterator<Item = &'a TestCase>) -> Metric {
    let mut nanoseconds = None;
    for case in cases.filter(|case| case.outcome != Outcome::Skipped) {
        if let Some(duration) = case.duration {
            nanoseconds = Some(nanoseconds.unwrap_or(0_u128) + u128::from(duration));
        }
    }
    let Some(sum) = nanoseconds else {
        let reason = "no selected case says how long it took".to_owned();
        return unmeasured(MetricState::NoEvidence, Unit::Milliseconds, reason);
    };
    measured(Exact::new(sum.into(), 1_000_000.into()), Unit::Milliseconds)
}
