//! The report as a whole: verdict, tests, what weakens the score, where the numbers come from.

use super::amounts::{amount, counted, duration};
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::{MetricState, Unit};
use crate::model::report::{
    Cause, CheckReport, Comparison, DimensionReport, MeasurementReport, Report, TestsReport, Verdict,
};
use crate::model::tests::TestCounts;
use crate::render::sparkline;

/// Recorded runs in the line of bars.
const CHART: usize = 30;

/// The measurements that stand in no section of their own.
pub(crate) fn measurements(report: &Report) -> Vec<&MeasurementReport> {
    let elsewhere =
        |row: &&MeasurementReport| !report.mutation.is_empty() && row.measurement.id.starts_with("mutation.");
    report.measurements.iter().filter(|row| !elsewhere(row)).collect()
}

/// What became of a measurement since the base: `+7.2 %, worse`, of a share `-18.7 points`; nothing without a base.
pub(crate) fn change_of(report: &MeasurementReport) -> String {
    let (found, base) = (&report.measurement, report.base.as_ref());
    let (change, unit) = match base.filter(|_| found.unit == Unit::Ratio) {
        Some(base) => (Some(Tenths::floor(&((&found.value - base) * whole(100)))), "points"),
        None => (report.change(), "%"),
    };
    let change = change.map(|change| match change {
        Tenths::ZERO => format!("under 0.1 {unit}"),
        _ => format!("{} {unit}", change.signed()),
    });
    match report.comparison {
        None => String::new(),
        Some(Comparison::NotComparable) => "not comparable: another machine".to_owned(),
        Some(Comparison::Same) => Comparison::Same.name().to_owned(),
        Some(Comparison::Moved) => change.unwrap_or_else(|| Comparison::Moved.name().to_owned()),
        Some(other) => change.into_iter().chain([other.name().to_owned()]).collect::<Vec<_>>().join(", "),
    }
}

/// All cases by outcome, and what the base had.
pub(crate) fn test_counts(tests: &TestsReport) -> String {
    let TestCounts { total, passed, failed, errored, skipped, .. } = tests.counts;
    let mut said = vec![format!("{passed} of {total} passed")];
    let others = [(failed, "failed"), (errored, "errored"), (skipped, "skipped")];
    said.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    said.extend((tests.lost > 0).then(|| format!("{} lost and counted as failed", tests.lost)));
    said.push(format!("in {}", duration(tests.duration)));
    let base = tests.base_counts.map(|base| format!("; on the base {} of {}", base.passed, base.total));
    said.join(", ") + &base.unwrap_or_default()
}

/// What stands behind the name of a dimension that only the base's policy has.
pub(in crate::render) fn gone(dimension: &DimensionReport) -> &'static str {
    if dimension.in_policy { "" } else { " (left the policy)" }
}

/// Value on the base and here: `80.0 % -> 71.4 %`.
pub(crate) fn change(check: &CheckReport) -> String {
    let shown = |value: &Option<Exact>| value.as_ref().map(|value| amount(value, check.unit));
    let before = shown(&check.base_value).unwrap_or_else(|| String::from("none"));
    let after = shown(&check.value).unwrap_or_else(|| String::from(check.state.name()));
    let lost = check.reason.as_ref().filter(|_| check.value.is_some() && check.cause == Cause::EvidenceLost);
    let lost = lost.map(|reason| format!(": {reason}")).unwrap_or_default();
    if before == after { after + &lost } else { format!("{before} -> {after}{lost}") }
}

/// What weakens the score: missing evidence, claims, a verdict that a required check holds down.
pub(crate) fn caveats(report: &Report) -> Vec<String> {
    let claimed = points_in(report, |state| state == MetricState::Claimed);
    let missing = points_in(report, |state| !matches!(state, MetricState::Measured | MetricState::Claimed));
    let mut said = Vec::new();
    if missing > Tenths::ZERO {
        let most = report.score.upper_bound;
        said.push(format!(
            "no evidence: {missing} of the 100.0 points have none; with it the score is at most {most}"
        ));
    }
    if claimed > Tenths::ZERO {
        let earned = report.score.claimed_points;
        said.push(format!("claimed, not measured: {claimed} of the 100.0 points, which earn {earned}"));
    }
    if let Some(check) = &report.verdict.capped_by {
        said.push(format!("the verdict is held down by the required check `{check}`"));
    }
    said
}

/// The points that the checks in `state` could earn, as shown.
fn points_in(report: &Report, state: fn(MetricState) -> bool) -> Tenths {
    let checks = report.dimensions.iter().flat_map(|dimension| &dimension.checks);
    checks.filter(|check| check.in_policy && state(check.state)).map(|check| check.max_points).sum()
}

/// Where the numbers come from: one sentence each on the base, the policy and the arithmetic.
pub(crate) fn provenance(report: &Report) -> Vec<String> {
    let mut said = vec![compared(report)];
    said.push(format!("policy: {}", report.policy.description));
    if let Some(score) = report.policy.proposed_score {
        said.push(format!("under the policy that this change proposes the score would be {score}"));
    }
    said.push(String::from(
        "each check earns its share of 100 points between floor and target; what has no evidence earns 0; \
         shown numbers are rounded down and add up",
    ));
    said
}

fn compared(report: &Report) -> String {
    let Some(base) = &report.base else {
        return String::from("compared with nothing: there is no baseline");
    };
    let branch = base.branch.as_ref().map(|branch| format!(" of `{branch}`")).unwrap_or_default();
    let distance = match base.distance {
        None => String::new(),
        Some(0) => String::from(", the merge base"),
        Some(steps) => format!(", {} before the merge base", counted(u64::from(steps), "commit")),
    };
    let recorded = base.recorded_at.as_ref().map(|at| format!(", recorded {at}")).unwrap_or_default();
    let commit = match base.sha.short() {
        "" => String::from("a snapshot that names no commit"),
        sha => format!("`{sha}`"),
    };
    format!("compared with {commit}{branch}{distance}{recorded}")
}

/// The base branch's scores and this one: bars, and what they say.
pub(crate) fn trend(report: &Report) -> Option<(String, String)> {
    let start = report.trend.len().saturating_sub(CHART);
    let first = report.trend.get(start)?;
    let bars = sparkline::of(&report.trend, Some(report.score.shown), CHART);
    let runs = counted((report.trend.len() - start) as u64, "recorded run");
    Some((bars, format!("from {} to {}, over {runs} and this one", first.score, report.score.shown)))
}

/// `ready, B`.
pub(crate) fn verdict(verdict: &Verdict) -> String {
    match &verdict.grade {
        Some(grade) => format!("{}, {grade}", verdict.band),
        None => verdict.band.clone(),
    }
}
