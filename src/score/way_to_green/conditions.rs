//! Failing conditions: which of them ask for points, which for passing cases, and which have a way out of their own.

use super::candidate::Candidate;
use crate::model::exact::Tenths;
use crate::model::gate::{Condition, Gate, GateNumber};
use crate::score::gate::Context;

/// Whether the gate turns green only when no case fails any more.
pub(super) fn every_case_passes(context: &Context<'_>, gate: &Gate) -> bool {
    let Some(tests) = context.tests else { return false };
    gate.failing().any(|condition| match condition.id.as_str() {
        "max-failures" => condition.limit == Some(GateNumber::Count(0)),
        "no-new-failures" => tests.new_failures.len() as u64 == tests.counts.failing(),
        _ => false,
    })
}

/// A condition whose way out is to make cases pass.
pub(super) fn is_about_cases(condition: &Condition) -> bool {
    let decided = condition.actual.is_some();
    decided && matches!(condition.id.as_str(), "max-failures" | "no-new-failures")
}

/// One step for all conditions about cases, with the points that come with it.
pub(super) fn case_step(gate: &Gate, passing: bool, points: Tenths) -> Option<(String, Tenths)> {
    let failing = || gate.failing().filter(|condition| passing && is_about_cases(condition));
    let all = failing().find(|condition| condition.id == "max-failures").or_else(|| failing().next())?;
    Some((plain_step(all), points))
}

/// A required check has to be attained whatever it costs.
pub(super) fn is_forced(candidate: &Candidate<'_>, gate: &Gate) -> bool {
    let closes = candidate.gain == candidate.score.gap();
    closes && gate.failing().any(|condition| required(condition) == Some(candidate.score.check.id.as_str()))
}

fn required(condition: &Condition) -> Option<&str> {
    condition.id.strip_prefix("required/")
}

pub(super) fn is_plain(condition: &Condition, forced: &[Candidate<'_>]) -> bool {
    match required(condition) {
        Some(id) => !forced.iter().any(|candidate| candidate.score.check.id == id),
        None => !is_about_points(condition),
    }
}

fn is_about_points(condition: &Condition) -> bool {
    matches!(condition.id.as_str(), "min-score" | "max-drop") || condition.id.starts_with("dimension-min/")
}

pub(super) fn plain_step(condition: &Condition) -> String {
    let way_out = condition.way_out.as_ref().unwrap_or(&condition.message);
    if is_about_points(condition) {
        format!("{way_out} (closing every gap is not enough)")
    } else {
        way_out.clone()
    }
}
