//! How values and answers are said, the same in every output.

use num_traits::{Signed, ToPrimitive};

use crate::model::coverage::Covered;
use crate::model::coverage_change::{Change, Part};
use crate::model::exact::{Exact, Tenths, percent, whole};
use crate::model::findings::{Finding, FindingCounts, SecuritySeverity};
use crate::model::findings_change::FindingsSection;
use crate::model::gate::{Condition, ConditionOutcome, Gate, GateMode, GateNumber, GateOutcome};
use crate::model::metric::{MetricState, Unit};
use crate::model::report::{
    CheckReport, Comparison, ComponentReport, ComponentState, MeasurementReport, Report, TestsReport, Verdict,
};
use crate::model::tests::TestCounts;

/// `value` in `unit`: `61.1 %`, `182.4 ms`, `1.5 MB`, `30`. Rounded down, so nothing reads better than it is.
pub(super) fn amount(value: &Exact, unit: Unit) -> String {
    match unit {
        Unit::Count => decimal(value, 3),
        Unit::Ratio => format!("{} %", Tenths::floor(&(value * whole(100)))),
        Unit::Milliseconds if value.abs() >= whole(1000) => {
            format!("{} s", decimal(&(value / whole(1000)), 2))
        }
        Unit::Milliseconds => format!("{} ms", decimal(value, 2)),
        Unit::Bytes => bytes(value),
        Unit::PerSecond => format!("{}/s", decimal(value, 2)),
    }
}

/// What became of a measurement since the base: `+7.2 %, worse`; nothing without a base.
pub(super) fn change_of(report: &MeasurementReport) -> String {
    let change = report.change().map(|change| match change {
        Tenths::ZERO => "under 0.1 %".to_owned(),
        _ => format!("{} %", change.signed()),
    });
    match report.comparison {
        None => String::new(),
        Some(Comparison::NotComparable) => "not comparable: another machine".to_owned(),
        Some(Comparison::Same) => Comparison::Same.name().to_owned(),
        Some(Comparison::Moved) => change.unwrap_or_else(|| Comparison::Moved.name().to_owned()),
        Some(other) => change.into_iter().chain([other.name().to_owned()]).collect::<Vec<_>>().join(", "),
    }
}

/// At most `digits` digits after the point, rounded down, without trailing zeros.
pub(super) fn decimal(value: &Exact, digits: u32) -> String {
    let scaled = (value * whole(10_u64.pow(digits))).floor().to_integer();
    let sign = if scaled.is_negative() { "-" } else { "" };
    let all = format!("{:0>width$}", scaled.magnitude(), width = digits as usize + 1);
    let (integer, fraction) = all.split_at(all.len() - digits as usize);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{integer}"),
        fraction => format!("{sign}{integer}.{fraction}"),
    }
}

/// `units` of which `10^digits` are one, with as many decimals as it takes: `1.25`, `0.000001`, `3`.
pub(super) fn exact_decimal(units: u64, digits: u32) -> String {
    decimal(&(whole(units) / whole(10_u64.pow(digits))), digits)
}

fn bytes(value: &Exact) -> String {
    let mut scaled = value.clone();
    let mut units = ["B", "kB", "MB", "GB"].into_iter().peekable();
    while let Some(unit) = units.next() {
        if scaled < whole(1000) || units.peek().is_none() {
            return format!("{} {unit}", decimal(&scaled, 1));
        }
        scaled /= whole(1000);
    }
    decimal(value, 0)
}

/// Nanoseconds as people say them: `340 ms`, `1.3 s`, `2 min 5 s`.
pub(super) fn duration(nanoseconds: u64) -> String {
    let milliseconds = nanoseconds / 1_000_000;
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..60_000 => format!("{} s", Tenths(i64::try_from(milliseconds / 100).unwrap_or(i64::MAX))),
        _ => format!("{} min {} s", milliseconds / 60_000, milliseconds % 60_000 / 1_000),
    }
}

/// `1 test`, `2 tests`.
pub(super) fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// The length of a list with its noun.
pub(super) fn listed<T>(list: &[T], noun: &str) -> String {
    counted(list.len() as u64, noun)
}

/// The share of `covered`, or that there is nothing to cover.
pub(super) fn share(covered: Covered) -> String {
    percent(covered.covered, covered.total)
        .map_or_else(|| String::from("no data"), |share| format!("{share} %"))
}

/// `61.1 % (11 of 18)`.
pub(super) fn fraction(covered: Covered) -> String {
    format!("{} ({} of {})", share(covered), covered.covered, covered.total)
}

/// The parts of a change that are not nothing, by name, then the whole.
pub(super) fn parts(change: &Change) -> Vec<(&'static str, Part)> {
    let parts = [
        ("added lines", change.patch),
        ("removed lines", change.removed),
        ("lines outside the change", change.indirect),
        ("reports that came or went", change.reports),
    ];
    let moved = parts.into_iter().filter(|(_, part)| !part.lines.is_none());
    moved.chain([("together", change.total)]).collect()
}

/// What moved the coverage of one file: `added lines -10.0, removed lines +15.0`.
pub(super) fn why(change: &Change) -> String {
    let mut parts = parts(change);
    parts.pop();
    let said = |(name, part): &(&str, Part)| match part.points {
        Some(points) => format!("{name} {}", points.signed()),
        None => format!("{name} {:+}", part.lines.total),
    };
    parts.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// Where a component's numbers come from, unless they were all measured here: `2 files carried forward from
/// 3f2c9e1b04, 3 days old`.
pub(super) fn origin(component: &ComponentReport) -> String {
    let state = match component.state {
        ComponentState::NoEvidence | ComponentState::Invalid => Some(component.state.name().to_owned()),
        ComponentState::Measured | ComponentState::Carried => None,
    };
    let carried = component.carried.iter().map(ToString::to_string);
    state.into_iter().chain(carried).collect::<Vec<_>>().join("; ")
}

/// All cases by outcome, and what the base had.
pub(super) fn test_counts(tests: &TestsReport) -> String {
    let TestCounts { total, passed, failed, errored, skipped, .. } = tests.counts;
    let mut said = vec![format!("{passed} of {total} passed")];
    let others = [(failed, "failed"), (errored, "errored"), (skipped, "skipped")];
    said.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    said.push(format!("in {}", duration(tests.duration)));
    let base = tests.base_counts.map(|base| format!("; on the base {} of {}", base.passed, base.total));
    said.join(", ") + &base.unwrap_or_default()
}

/// Value on the base and here: `80.0 % -> 71.4 %`.
pub(super) fn change(check: &CheckReport) -> String {
    let shown = |value: &Option<Exact>| value.as_ref().map(|value| amount(value, check.unit));
    let before = shown(&check.base_value).unwrap_or_else(|| String::from("none"));
    let after = shown(&check.value).unwrap_or_else(|| String::from(check.state.name()));
    if before == after { after } else { format!("{before} -> {after}") }
}

/// How the gate's answer is used: `enforced`, `warns only`, `warns until 2026-12-01`.
pub(super) fn mode(gate: &Gate) -> String {
    match &gate.mode {
        GateMode::Enforce => String::from("enforced"),
        GateMode::Warn => String::from("warns only"),
        GateMode::EnforceAfter(day) if gate.enforced => format!("enforced since {day}"),
        GateMode::EnforceAfter(day) => format!("warns until {day}"),
    }
}

/// What weakens the score: missing evidence, claims, a verdict that a required check holds down.
pub(super) fn caveats(report: &Report) -> Vec<String> {
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
pub(super) fn provenance(report: &Report) -> Vec<String> {
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
    format!("compared with `{}`{branch}{distance}{recorded}", base.sha.short())
}

/// Line numbers as ranges: `3, 7-9, 12`; at most `limit` ranges, then how many lines are left out.
pub(super) fn ranges(lines: &[u32], limit: usize) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &line in lines {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(line) => *last = line,
            _ => ranges.push((line, line)),
        }
    }
    let shown = ranges
        .iter()
        .take(limit)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    let text = shown.collect::<Vec<_>>().join(", ");
    let left: u32 = ranges.iter().skip(limit).map(|(first, last)| last - first + 1).sum();
    if left == 0 { text } else { format!("{text} and {left} more") }
}

/// Hours from least to most: `2 h to 4 h`.
pub(super) fn effort(hours: &(Exact, Exact)) -> String {
    let (low, high) = hours;
    if low == high {
        format!("{} h", decimal(low, 1))
    } else {
        format!("{} h to {} h", decimal(low, 1), decimal(high, 1))
    }
}

/// `ready, B`.
pub(super) fn verdict(verdict: &Verdict) -> String {
    match &verdict.grade {
        Some(grade) => format!("{}, {grade}", verdict.band),
        None => verdict.band.clone(),
    }
}

/// What the gate says, in as few words as hold the number that decided.
pub(super) fn answer(gate: &Gate) -> String {
    let reason = first_reason(gate);
    match (gate.outcome, reason) {
        (GateOutcome::Fail, Some(reason)) => format!("gate failed: {reason}"),
        (GateOutcome::Fail, None) => String::from("gate failed"),
        (GateOutcome::Pass, Some(reason)) => format!("gate not enforced, would fail: {reason}"),
        (GateOutcome::Pass, None) => String::from("gate passed"),
    }
}

fn first_reason(gate: &Gate) -> Option<String> {
    let first = reason(gate.failing().next()?);
    let others = gate.failing().count().saturating_sub(1);
    Some(if others == 0 { first } else { format!("{first}, and {others} more") })
}

/// `7 findings: 5 errors, 2 warnings; 1 critical`; suppressed ones are named beside.
pub(super) fn findings(counts: &FindingCounts) -> String {
    let parts = |all: &[(u64, &str)]| -> Vec<String> {
        all.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| format!("{count} {noun}")).collect()
    };
    let plural = |count: u64, one, many| (count, if count == 1 { one } else { many });
    let levels = parts(&[
        plural(counts.errors, "error", "errors"),
        plural(counts.warnings, "warning", "warnings"),
        plural(counts.notes, "note", "notes"),
    ]);
    let severities = parts(&[
        (counts.critical, "critical"),
        (counts.high, "high"),
        (counts.medium, "medium"),
        (counts.low, "low"),
    ]);
    let suppressed = parts(&[(counts.suppressed, "suppressed")]);
    let said = [levels.join(", "), severities.join(", "), suppressed.join("")];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let total = if counts.total == 0 { "no findings".to_owned() } else { counted(counts.total, "finding") };
    if said.is_empty() { total } else { format!("{total}: {}", said.join("; ")) }
}

/// `critical`, else `error`.
pub(super) fn grade(finding: &Finding) -> &'static str {
    finding.severity.map_or(finding.level.name(), SecuritySeverity::name)
}

/// Which tools looked, which did not look to the end, and which did not look at all any more.
pub(super) fn looked(findings: &FindingsSection) -> Vec<String> {
    let mut said = Vec::new();
    if !findings.tools.is_empty() {
        said.push(format!("looked for by {}", findings.tools.join(", ")));
    }
    for run in &findings.failed {
        let tool = if run.tool.is_empty() { "a tool" } else { &run.tool };
        said.push(format!("{tool} {}", run.failure.as_deref().unwrap_or_default()));
    }
    for tool in &findings.lost_tools {
        said.push(format!("{tool} ran on the base and not here"));
    }
    said
}

/// The comparison that a failing condition rests on: `patch coverage 61.1 % < 80.0 %`.
pub(super) fn reason(condition: &Condition) -> String {
    let (Some(actual), Some(limit)) = (condition.actual, condition.limit) else {
        return condition.message.clone();
    };
    let (kind, subject) = condition.id.split_once('/').unwrap_or((&condition.id, ""));
    match kind {
        "min-score" => format!("score {} < {}", number(actual), number(limit)),
        "max-drop" => format!("score drop {} > {}", number(actual), number(limit)),
        "dimension-min" => format!("{subject} {} < {}", number(actual), number(limit)),
        "patch-coverage" => format!("patch coverage {} % < {} %", number(actual), number(limit)),
        "max-failures" => format!("{} > {}", count(actual, "failure"), number(limit)),
        "no-new-failures" => count(actual, "new failure"),
        "no-new-findings" => count(actual, "new finding"),
        "no-lost-tests" => count(actual, "lost test"),
        "max-new-flaky" => format!("{} > {}", count(actual, "new flaky test"), number(limit)),
        _ => condition.message.clone(),
    }
}

/// Whether the names behind a failing condition are worth a list: more than its way out has room for, and not cases
/// or lines, which stand in sections of their own.
pub(super) fn has_list(condition: &Condition) -> bool {
    let told_elsewhere = matches!(
        condition.id.as_str(),
        "no-new-failures" | "no-new-findings" | "max-failures" | "patch-coverage"
    );
    condition.outcome == ConditionOutcome::Fail && condition.names.len() > 3 && !told_elsewhere
}

fn number(number: GateNumber) -> String {
    match number {
        GateNumber::Tenths(tenths) => tenths.to_string(),
        GateNumber::Count(count) => count.to_string(),
    }
}

fn count(number: GateNumber, noun: &str) -> String {
    match number {
        GateNumber::Count(number) => counted(number, noun),
        GateNumber::Tenths(tenths) => counted(tenths.exact().to_u64().unwrap_or(0), noun),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::exact::{parse_decimal, ratio};

    fn shown(value: &str, unit: Unit) -> String {
        amount(&parse_decimal(value).unwrap(), unit)
    }

    #[test]
    fn amounts_carry_their_unit_and_never_round_up() {
        assert_eq!(amount(&ratio(2, 3).unwrap(), Unit::Ratio), "66.6 %");
        assert_eq!(shown("0.9999", Unit::Ratio), "99.9 %");
        assert_eq!(shown("182.456", Unit::Milliseconds), "182.45 ms");
        assert_eq!(shown("1500", Unit::Milliseconds), "1.5 s");
        assert_eq!(shown("1536000", Unit::Bytes), "1.5 MB");
        assert_eq!(shown("5000000000000", Unit::Bytes), "5000 GB");
        assert_eq!(shown("-0.5", Unit::Count), "-0.5");
        assert_eq!(shown("0.0001", Unit::Count), "0");
        assert_eq!(shown("30", Unit::PerSecond), "30/s");
    }

    #[test]
    fn durations_choose_their_unit() {
        let all = [999_999_999, 1_250_000_000, 125_000_000_000].map(duration);
        assert_eq!(all, ["999 ms", "1.2 s", "2 min 5 s"]);
    }

    #[test]
    fn neighbouring_lines_become_ranges() {
        assert_eq!(ranges(&[3, 7, 8, 9, 12], 5), "3, 7-9, 12");
        assert_eq!(ranges(&[1, 3, 5, 6, 9], 2), "1, 3 and 3 more");
        assert_eq!(ranges(&[u32::MAX], 2), u32::MAX.to_string());
    }
}
