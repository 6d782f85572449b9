//! The team's phases one after the other.

use std::cmp::Reverse;

use num_traits::{Signed, Zero};

use super::raised::{effort, hours, set, total, unknown};
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::order;
use crate::model::plan::{Hours, PhaseOutcome, Phases, Raise, Rest};
use crate::policy::{Phase, Policy};
use crate::score::apportion::{Ties, apportion};
use crate::score::points::{CheckScore, Scorecard};
use crate::score::verdict::verdict;

/// What the policy's phases bring; nothing when it has none.
pub(super) fn phases(policy: &Policy, card: &Scorecard<'_>) -> Option<Phases> {
    let mut now = card.clone();
    let steps: Vec<PhaseOutcome> =
        policy.plan.phases.iter().map(|phase| step(phase, policy, &mut now)).collect();
    if steps.is_empty() {
        return None;
    }
    Some(Phases {
        gain: now.shown() - card.shown(),
        effort: total(steps.iter().map(|step| step.effort.as_ref())),
        rest: rest(&now),
        steps,
    })
}

/// Raises what `phase` raises. A check that is higher already stays where it is: no phase takes points away.
fn step(phase: &Phase, policy: &Policy, now: &mut Scorecard<'_>) -> PhaseOutcome {
    let before = now.clone();
    let mut raises: Vec<Raise> = Vec::new();
    for (id, wanted) in &phase.raises {
        let Some(score) = now.check(id) else { continue };
        let raise = raise(score, wanted);
        set(now, id, &raise.to);
        raises.push(raise);
    }
    let gain = now.shown() - before.shown();
    let parts: Vec<Exact> = raises.iter().map(|raise| raise.exact.clone()).collect();
    for (raise, shown) in raises.iter_mut().zip(apportion(&parts, gain, Ties::EarlierFirst)) {
        raise.gain = shown;
    }
    let effort = phase.effort.as_ref().map(hours).or_else(|| effort(&before, now));
    let exact: Exact = parts.iter().sum();
    PhaseOutcome {
        name: phase.name.clone(),
        unknown: unknown(&before, &phase.raises),
        points_per_hour: per_hour(&exact, effort.as_ref()),
        score: now.shown(),
        verdict: verdict(policy, now),
        raises,
        exact,
        gain,
        effort,
    }
}

fn raise(score: &CheckScore<'_>, wanted: &Exact) -> Raise {
    let from = score.attainment.clone();
    let to = wanted.max(&from).clone();
    Raise { check: score.check.id.clone(), exact: &score.max * (&to - &from), from, to, gain: Tenths::ZERO }
}

fn per_hour(points: &Exact, effort: Option<&Hours>) -> Option<Exact> {
    let (low, high) = effort?;
    let middle = (low + high) / whole(2);
    middle.is_positive().then(|| points / middle)
}

/// The gaps that are left, shown so that they sum to what the score lacks of 100.
fn rest(card: &Scorecard<'_>) -> Vec<Rest> {
    let gaps: Vec<Exact> = card.checks.iter().map(CheckScore::gap).collect();
    let shown = apportion(&gaps, Tenths(1000) - card.shown(), Ties::LaterFirst);
    let mut rest: Vec<(Exact, Rest)> = card
        .checks
        .iter()
        .zip(gaps.into_iter().zip(shown))
        .filter(|(_, (gap, _))| !gap.is_zero())
        .map(|(score, (gap, points))| (gap, Rest { check: score.check.id.clone(), points }))
        .collect();
    order::sort_by_key(&mut rest, |(gap, _)| Reverse(gap.clone()));
    rest.into_iter().map(|(_, rest)| rest).collect()
}
