//! Dimensions, checks and gaps. Every table ends with the sum that the report shows.

use crate::model::exact::{Tenths, whole};
use crate::model::metric::MetricState;
use crate::model::report::{CheckReport, DimensionReport, Gap, Report};
use crate::render::escape::markdown::{Place, prose};
use crate::render::{plan_words, wording};

use super::layout::{Extent, bar, bold, cell, delta, details, table};

/// One row per dimension and their sum.
pub(super) fn dimensions(report: &Report) -> String {
    let mut rows: Vec<Vec<String>> = report.dimensions.iter().map(dimension).collect();
    let weight: u64 = report.dimensions.iter().filter(|d| d.in_policy).map(|d| d.weight).sum();
    let most: Tenths = report.dimensions.iter().map(|dimension| dimension.max_points).sum();
    let (score, change) = (report.score.shown, delta(report.delta));
    let change = if change.is_empty() { change } else { bold(change) };
    let sums =
        [bold("all"), bar(score), bold(score), weight.to_string(), bold(score), most.to_string(), change];
    rows.push(sums.to_vec());
    table(&["dimension", "", ">score", ">weight", ">points", ">of", ">delta"], &rows)
}

fn dimension(dimension: &DimensionReport) -> Vec<String> {
    vec![
        format!("{}{}", prose(&dimension.name, Place::Cell), wording::gone(dimension)),
        bar(dimension.score),
        dimension.score.to_string(),
        dimension.weight.to_string(),
        dimension.points.to_string(),
        dimension.max_points.to_string(),
        delta(dimension.delta),
    ]
}

/// Every check with its value.
pub(super) fn checks(report: &Report) -> String {
    let checks: Vec<&CheckReport> =
        report.dimensions.iter().flat_map(|dimension| &dimension.checks).collect();
    let rows: Vec<Vec<String>> = checks.iter().map(|check| check_row(check)).collect();
    let headings =
        ["check", "metric", ">value", ">floor", ">target", ">attained", ">points", ">of", ">delta"];
    details(&format!("All {}", wording::listed(&checks, "check")), &table(&headings, &rows))
}

fn check_row(check: &CheckReport) -> Vec<String> {
    let number = |value| wording::amount(value, check.unit);
    let required = if check.required { " (required)" } else { "" };
    vec![
        format!("{}{required}", cell(&check.id)),
        cell(&check.metric),
        value(check),
        number(&check.floor),
        number(&check.target),
        format!("{} %", Tenths::floor(&(&check.attainment * whole(100)))),
        check.points.to_string(),
        check.max_points.to_string(),
        delta(check.delta),
    ]
}

/// The value, or the state that stands in its place with the reason.
fn value(check: &CheckReport) -> String {
    let reason = check.reason.as_deref().map(|reason| format!(": {}", prose(reason, Place::Cell)));
    match (&check.value, check.state) {
        (Some(value), MetricState::Measured) => {
            let counts = check.counts.map(|(part, all)| format!(" ({part} of {all})")).unwrap_or_default();
            format!("{}{counts}", wording::amount(value, check.unit))
        }
        (_, state) => format!("⚠️ {}{}", state.name(), reason.unwrap_or_default()),
    }
}

/// What is missing to 100.
pub(super) fn gaps(report: &Report, extent: Extent) -> String {
    if report.gaps.is_empty() {
        return String::new();
    }
    let mut rows: Vec<Vec<String>> = report.gaps.iter().take(extent.list()).map(gap_row).collect();
    let rest: Vec<&Gap> = report.gaps.iter().skip(extent.list()).collect();
    if !rest.is_empty() {
        let points: Tenths = rest.iter().map(|gap| gap.points).sum();
        let last =
            [points.to_string(), format!("{} more", rest.len()), String::new(), String::new(), String::new()];
        rows.push(last.to_vec());
    }
    let missing = Tenths(1000) - report.score.shown;
    let sum = [bold(missing), bold("all"), String::new(), String::new(), String::new()];
    rows.push(sum.to_vec());
    let table = table(&[">points", "check", "what to do", ">effort", ">points per hour"], &rows);
    details(&format!("The missing {missing} points"), &table)
}

fn gap_row(gap: &Gap) -> Vec<String> {
    vec![
        gap.points.to_string(),
        cell(&gap.check),
        prose(&gap.advice, Place::Cell),
        gap.effort_hours.as_ref().map(wording::effort).unwrap_or_default(),
        plan_words::rate(gap.points_per_hour.as_ref()),
    ]
}
