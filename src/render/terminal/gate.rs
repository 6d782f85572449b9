//! The gate's conditions and the cheapest way to green.

use crate::model::exact::Tenths;
use crate::model::gate::{Condition, ConditionOutcome, Gate};
use crate::model::report::Report;
use crate::render::{plan_words, wording};

use super::page::Page;
use super::style::Tone;

/// Most gaps; the JSON output has all.
const GAPS: usize = 5;
/// Most names under one condition.
const NAMES: usize = 10;

/// Every condition; those that fail with limit, names and way out.
pub(super) fn conditions(page: &mut Page, gate: &Gate) {
    page.heading(&format!("Gate ({})", wording::mode(gate)));
    if gate.conditions.is_empty() {
        page.sentence(2, "the policy sets no condition", Tone::Faint);
    }
    for condition in &gate.conditions {
        one(page, condition);
    }
}

fn one(page: &mut Page, condition: &Condition) {
    let word = condition.outcome.name();
    let (word, tone) = match condition.outcome {
        ConditionOutcome::Pass => (word, Tone::Good),
        ConditionOutcome::Fail => ("FAIL", Tone::Bad),
        ConditionOutcome::Waived => (word, Tone::Odd),
        ConditionOutcome::NoBaseline | ConditionOutcome::NotGated => (word, Tone::Faint),
    };
    let said = format!("{}: {}", condition.id, condition.message);
    page.item(2, &format!("{word:<13}"), &said, tone);
    if condition.outcome != ConditionOutcome::Fail {
        return;
    }
    if let Some(way_out) = &condition.way_out {
        page.item(15, "-> ", way_out, Tone::Normal);
    }
    if !wording::has_list(condition) {
        return;
    }
    for name in condition.names.iter().take(NAMES) {
        page.item(15, "- ", name, Tone::Normal);
    }
    if let Some(left) = condition.names.len().checked_sub(NAMES).filter(|left| *left > 0) {
        page.item(15, "- ", &format!("and {left} more"), Tone::Faint);
    }
}

/// What is missing to 100, most points first.
pub(super) fn gaps(page: &mut Page, report: &Report) {
    if report.gaps.is_empty() {
        return;
    }
    page.heading(&format!("The missing {} points", Tenths(1000) - report.score.shown));
    for gap in report.gaps.iter().take(GAPS) {
        let effort = gap.effort_hours.as_ref().map(|hours| format!(", {}", wording::effort(hours)));
        let rate = gap
            .points_per_hour
            .as_ref()
            .map(|rate| format!(", {} points per hour", plan_words::rate(Some(rate))));
        let said = format!("{}{}{}", gap.advice, effort.unwrap_or_default(), rate.unwrap_or_default());
        page.item(2, &format!("{:>5}  ", gap.points.to_string()), &said, Tone::Normal);
    }
    let rest: Tenths = report.gaps.iter().skip(GAPS).map(|gap| gap.points).sum();
    if rest > Tenths::ZERO {
        page.item(2, &format!("{:>5}  ", rest.to_string()), "in smaller gaps", Tone::Faint);
    }
}

/// What to do, in order.
pub(super) fn way_to_green(page: &mut Page, report: &Report) {
    let Some(way) = &report.way_to_green else { return };
    page.heading("Cheapest way to green");
    for (index, (advice, points)) in way.steps.iter().enumerate() {
        let gain =
            if *points == Tenths::ZERO { String::new() } else { format!(" ({} points)", points.signed()) };
        page.item(2, &format!("{}. ", index + 1), &format!("{advice}{gain}"), Tone::Normal);
    }
    if let Some(hours) = &way.effort_hours {
        page.sentence(2, &format!("effort: {}", wording::effort(hours)), Tone::Faint);
    }
}
