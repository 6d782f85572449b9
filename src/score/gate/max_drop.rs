//! `max-drop`: evidence does not take more than the limit off the shown score. Policy changes do not count.

use super::{Condition, Context, GateNumber, Tenths, condition, no_baseline, outcome, unless};
use crate::model::order;
use crate::model::report::Cause;
use crate::model::words::with_noun;
use crate::score::coverage_change::missing_with_lines;
use crate::score::show::{some_of, tenths};

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(limit) = context.gate().max_drop else { return Vec::new() };
    let limit_shown = Some(GateNumber::Tenths(limit));
    let Some(delta) = context.delta else { return vec![no_baseline("max-drop", limit_shown)] };
    let elsewhere = elsewhere(context);
    let drop = (Tenths::ZERO - delta.evidence - elsewhere).max(Tenths::ZERO);
    let holds = drop <= limit;
    let (fell, most) = (points(drop), tenths(limit));
    let message = match drop {
        Tenths::ZERO => format!("the score did not drop, a drop of {most} is allowed"),
        _ => format!("the score dropped by {fell}, at most {most} allowed{}", missing(context)),
    };
    let message = match elsewhere {
        Tenths::ZERO => message,
        _ => format!("{message}; not counted: {} less from another machine", points(elsewhere)),
    };
    vec![Condition {
        actual: Some(GateNumber::Tenths(drop)),
        limit: limit_shown,
        way_out: unless(holds, || format!("win back {}: {}", points(drop - limit), losses(context))),
        ..condition("max-drop", outcome(holds), message)
    }]
}

fn points(number: Tenths) -> String {
    with_noun(&tenths(number), "point")
}

/// Points of checks that were measured on another machine than on the base, and came out worse there.
fn elsewhere(context: &Context<'_>) -> Tenths {
    let checks = context.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let losses = checks
        .filter(|check| check.cause == Cause::NotComparable)
        .filter_map(|check| check.delta.map(|delta| (Tenths::ZERO - delta.evidence).max(Tenths::ZERO)));
    losses.sum()
}

/// A drop for want of a report is not one of the code.
fn missing(context: &Context<'_>) -> String {
    let lost = missing_with_lines(context.reports, |_| true);
    lost.map(|reason| format!("; {reason}")).unwrap_or_default()
}

/// Checks that lost points, the largest loss first.
fn losses(context: &Context<'_>) -> String {
    let checks = context.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let mut losses: Vec<(Tenths, &str)> =
        checks.filter_map(|check| Some((check.delta?.evidence, check.id.as_str()))).collect();
    losses.retain(|(points, _)| *points < Tenths::ZERO);
    order::sort_by_key(&mut losses, |(points, _)| *points);
    some_of(&losses, |(points, id)| format!("`{id}` lost {}", tenths(Tenths::ZERO - *points)))
}
