//! The steps in their order.

use super::candidate::{Candidate, candidate, makes_every_case_pass, step};
use super::cheapest::{cheapest, effort};
use super::conditions::{case_step, every_case_passes, is_about_cases, is_forced, is_plain, plain_step};
use super::need::needs;
use super::part::part_of;
use super::passing::passing_first;
use crate::model::exact::Tenths;
use crate::model::gate::Gate;
use crate::model::order;
use crate::model::report::{Gap, WayToGreen};
use crate::score::gate::Context;
use crate::score::layout::BaseCards;

/// The way, when any condition fails.
pub(in crate::score) fn way(
    context: &Context<'_>,
    gate: &Gate,
    gaps: &[Gap],
    base: Option<&BaseCards<'_>>,
) -> Option<WayToGreen> {
    gate.failing().next()?;
    let passing = every_case_passes(context, gate);
    let (forced, optional) = candidates(context, gate, passing);
    let (needs, beyond) = needs(context, gate, base, (&forced, &optional));
    let mut chosen: Vec<&Candidate<'_>> = forced.iter().collect();
    let bought = cheapest(&optional, &needs, &forced);
    let part = part_of(&bought, context, gate, &(&needs, &forced));
    chosen.extend(part.as_ref().map_or(bought, |part| vec![part]));
    let (cases, gaps_alone): (Vec<_>, Vec<_>) =
        chosen.iter().copied().partition(|candidate| candidate.comes_with_passing);
    let mut steps: Vec<(String, Tenths)> = Vec::new();
    steps.extend(case_step(gate, passing, cases.iter().map(|candidate| step(candidate, gaps).1).sum()));
    steps.extend(gaps_alone.iter().map(|candidate| step(candidate, gaps)));
    let covered = passing || chosen.iter().any(|candidate| makes_every_case_pass(candidate));
    let plain = gate
        .failing()
        .filter(|condition| !(covered && is_about_cases(condition)))
        .filter(|condition| is_plain(condition, &forced) || beyond.contains(&condition.id));
    let plain = plain.map(|condition| (plain_step(condition), Tenths::ZERO));
    // Renewing a claim may be the way out of its own condition and of one on points.
    let plain: Vec<_> = plain.filter(|(step, _)| steps.iter().all(|(known, _)| known != step)).collect();
    let priced = plain.is_empty() && part.is_none() && (!passing || !cases.is_empty());
    let effort_hours = if priced { effort(&chosen) } else { None };
    steps.extend(plain);
    Some(WayToGreen { steps, effort_hours })
}

/// The gaps that have to be closed whatever it costs, and those that may be, largest gain first.
fn candidates<'a>(
    context: &Context<'a>,
    gate: &Gate,
    passing: bool,
) -> (Vec<Candidate<'a>>, Vec<Candidate<'a>>) {
    let (mut forced, mut optional) = (Vec::new(), Vec::new());
    let policy = context.situation.policy;
    for candidate in context.card.checks.iter().filter_map(|score| candidate(score, policy)) {
        let is_forced = is_forced(&candidate, gate);
        let (with_passing, rest) =
            if passing { passing_first(candidate, context) } else { (None, Some(candidate)) };
        forced.extend(with_passing);
        if is_forced { forced.extend(rest) } else { optional.extend(rest) }
    }
    order::sort_by(&mut optional, |one, other| other.gain.cmp(&one.gain));
    (forced, optional)
}
