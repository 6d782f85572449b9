//! The score, its dimensions and checks, what changed and what is missing.

use crate::model::exact::{Tenths, whole};
use crate::model::metric::MetricState;
use crate::model::report::{Cause, CheckReport, DimensionReport, Gap, Report};
use crate::render::{plan_words, wording};

use super::page::{Cell, Page, Tone};

pub(super) fn score(page: &mut Page, report: &Report) {
    page.heading("Score");
    let mut rows = Vec::new();
    for dimension in &report.dimensions {
        rows.push(dimension_row(dimension));
        rows.extend(dimension.checks.iter().map(check_row));
    }
    rows.push(sums(report));
    page.table(
        &[
            "dimension / check",
            "",
            ">weight",
            ">value",
            ">floor",
            ">target",
            ">attained",
            ">points",
            ">of",
            ">delta",
        ],
        rows,
    );
}

fn sums(report: &Report) -> Vec<Cell> {
    let weight: u64 = report.dimensions.iter().filter(|d| d.in_policy).map(|d| d.weight).sum();
    let most: Tenths = report.dimensions.iter().map(|dimension| dimension.max_points).sum();
    let score = report.score.shown;
    vec![
        Cell::text("sum"),
        Cell::bar(score.0),
        Cell::number(weight),
        Cell::number(score),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::number(score),
        Cell::number(most),
        Cell::number(report.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
    ]
}

fn dimension_row(dimension: &DimensionReport) -> Vec<Cell> {
    vec![
        Cell::text(&format!("{}{}", dimension.name, wording::gone(dimension))),
        Cell::bar(dimension.score.0),
        Cell::number(dimension.weight),
        Cell::number(dimension.score),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::number(dimension.points),
        Cell::number(dimension.max_points),
        Cell::number(dimension.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
    ]
}

fn check_row(check: &CheckReport) -> Vec<Cell> {
    let value = match (&check.value, check.state) {
        (Some(value), MetricState::Measured) => wording::amount(value, check.unit),
        (_, state) => state.name().to_owned(),
    };
    vec![
        Cell::toned(&check.id, Tone::Faint),
        Cell::toned(check.reason.as_deref().unwrap_or_default(), Tone::Faint),
        Cell::text(""),
        Cell::number(value),
        Cell::number(wording::amount(&check.floor, check.unit)),
        Cell::number(wording::amount(&check.target, check.unit)),
        Cell::number(format!("{} %", Tenths::floor(&(&check.attainment * whole(100))))),
        Cell::number(check.points),
        Cell::number(check.max_points),
        Cell::number(check.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
    ]
}

pub(super) fn changes(page: &mut Page, report: &Report) {
    let Some(delta) = report.delta else { return };
    page.heading("What changed");
    let (total, evidence, policy) = (delta.total.signed(), delta.evidence.signed(), delta.policy.signed());
    page.sentence(&format!("{total}: evidence {evidence}, policy {policy}"), Tone::Plain);
    let checks = report.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let changed = checks.filter(|check| check.cause != Cause::Unchanged);
    page.table(
        &[">delta", "check", "cause", "base and head"],
        changed.map(|check| {
            vec![
                Cell::number(check.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
                Cell::text(&check.id),
                Cell::text(check.cause.name()),
                Cell::text(&wording::change(check)),
            ]
        }),
    );
}

pub(super) fn gaps(page: &mut Page, report: &Report) {
    if report.gaps.is_empty() {
        return;
    }
    let missing = Tenths(1000) - report.score.shown;
    page.heading(&format!("The missing {missing} points"));
    let sum = vec![Cell::number(missing), Cell::text("all"), Cell::text(""), Cell::text(""), Cell::text("")];
    page.table(
        &[">points", "check", "what to do", ">effort", ">points per hour"],
        report.gaps.iter().map(gap).chain([sum]),
    );
}

fn gap(gap: &Gap) -> Vec<Cell> {
    vec![
        Cell::number(gap.points),
        Cell::text(&gap.check),
        Cell::text(&gap.advice),
        Cell::number(gap.effort_hours.as_ref().map(wording::effort).unwrap_or_default()),
        Cell::number(plan_words::rate(gap.points_per_hour.as_ref())),
    ]
}
