//! The cheapest set of steps that turns a failing gate green.
//!
//! Conditions on points (`min-score`, `max-drop`, `dimension-min`, `required`) are met by closing gaps; of all sets
//! of gaps that suffice the cheapest is named. Every other failing condition is one plain step: its own way out.
//! Work that meets two conditions is one step: where every failing case has to pass anyway, the gaps that this closes
//! come with it, as far as they do: a case that is lost does not pass with the others.

use num_traits::{Signed, Zero};

use super::attainment::between;
use super::facts::Facts;
use super::gaps::middle;
use super::gate::Context;
use super::layout::BaseCards;
use super::measure::Selected;
use super::points::CheckScore;
use super::show::count;
use crate::model::exact::{Exact, Tenths, ratio, whole};
use crate::model::gate::{Condition, Gate, GateNumber};
use crate::model::metric::MetricState;
use crate::model::order;
use crate::model::report::{Gap, WayToGreen};
use crate::policy::{Effort, MetricSelector, Policy, Subject, TestMetric};

/// Up to this many gaps every subset is tried, so the answer is the cheapest; beyond, it is a good one.
const EXACT_UP_TO: usize = 12;

/// A gap that somebody can close.
struct Candidate<'a> {
    score: &'a CheckScore<'a>,
    gain: Exact,
    /// Whether it is closed by making every case pass.
    comes_with_passing: bool,
    /// What to do, where that is not to close the check's whole gap.
    instead: Option<String>,
}

/// Points that are needed, in one dimension or in all.
struct Need<'a> {
    condition: &'a Condition,
    dimension: Option<&'a str>,
    points: Exact,
}

impl Need<'_> {
    fn counts(&self, candidate: &Candidate<'_>) -> bool {
        self.dimension.is_none_or(|id| candidate.score.dimension.id == id)
    }

    fn is_met<'a>(&self, chosen: impl Iterator<Item = &'a Candidate<'a>>) -> bool {
        let gains = chosen.filter(|candidate| self.counts(candidate)).map(|candidate| &candidate.gain);
        gains.fold(Exact::zero(), |sum, gain| sum + gain) >= self.points
    }
}

/// The way, when any condition fails.
pub(super) fn way(
    context: &Context<'_>,
    gate: &Gate,
    gaps: &[Gap],
    base: Option<&BaseCards<'_>>,
) -> Option<WayToGreen> {
    gate.failing().next()?;
    let policy = context.situation.policy;
    let candidates: Vec<Candidate<'_>> =
        context.card.checks.iter().filter_map(|score| candidate(score, policy)).collect();
    let passing = every_case_passes(context, gate);
    let (mut forced, mut optional) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let is_forced = is_forced(&candidate, gate);
        let (with_passing, rest) =
            if passing { passing_first(candidate, context) } else { (None, Some(candidate)) };
        forced.extend(with_passing);
        if is_forced { forced.extend(rest) } else { optional.extend(rest) }
    }
    order::sort_by(&mut optional, |one, other| other.gain.cmp(&one.gain));
    let (needs, beyond) = needs(context, gate, base, (&forced, &optional));
    let mut chosen: Vec<&Candidate<'_>> = forced.iter().collect();
    chosen.extend(cheapest(&optional, &needs, &forced));
    let (cases, gaps_alone): (Vec<_>, Vec<_>) =
        chosen.iter().copied().partition(|candidate| candidate.comes_with_passing);
    let covered = passing || chosen.iter().any(|candidate| makes_every_case_pass(candidate));
    let mut steps: Vec<(String, Tenths)> = Vec::new();
    steps.extend(case_step(gate, passing, cases.iter().map(|candidate| step(candidate, gaps).1).sum()));
    steps.extend(gaps_alone.iter().map(|candidate| step(candidate, gaps)));
    let plain = gate
        .failing()
        .filter(|condition| !(covered && is_about_cases(condition)))
        .filter(|condition| is_plain(condition, &forced) || beyond.contains(&condition.id));
    let plain = plain.map(|condition| (plain_step(condition), Tenths::ZERO));
    // Renewing a claim may be the way out of its own condition and of one on points.
    let plain: Vec<_> = plain.filter(|(step, _)| steps.iter().all(|(known, _)| known != step)).collect();
    let priced = plain.is_empty() && (!passing || !cases.is_empty());
    let effort_hours = if priced { effort(&chosen) } else { None };
    steps.extend(plain);
    Some(WayToGreen { steps, effort_hours })
}

/// Whether the gate turns green only when no case fails any more.
fn every_case_passes(context: &Context<'_>, gate: &Gate) -> bool {
    let Some(tests) = context.tests else { return false };
    gate.failing().any(|condition| match condition.id.as_str() {
        "max-failures" => condition.limit == Some(GateNumber::Count(0)),
        "no-new-failures" => tests.new_failures.len() as u64 == tests.counts.failing(),
        _ => false,
    })
}

/// A condition whose way out is to make cases pass.
fn is_about_cases(condition: &Condition) -> bool {
    let decided = condition.actual.is_some();
    decided && matches!(condition.id.as_str(), "max-failures" | "no-new-failures")
}

/// What of `candidate` comes with making every case pass, and what is left of it: cases of the base that did not run
/// count as failed whatever the others do.
fn passing_first<'a>(
    candidate: Candidate<'a>,
    context: &Context<'_>,
) -> (Option<Candidate<'a>>, Option<Candidate<'a>>) {
    let score = candidate.score;
    let Some((value, lost)) = once_all_pass(score, context) else { return (None, Some(candidate)) };
    let facts = Facts::head(context.situation, context.reports, context.lost);
    let gain = (between(score.check, &value, &facts) - &score.attainment) * &score.max;
    let left = &candidate.gain - &gain;
    let rest = left.is_positive().then(|| Candidate {
        gain: left,
        instead: Some(format!("run {} of the base again, and let them pass", count(lost, "lost case"))),
        ..whole_gap(score, Exact::zero())
    });
    (Some(Candidate { comes_with_passing: true, ..whole_gap(score, gain) }), rest)
}

/// The value of a check once no case fails, whichever cases it selects, and how many of them are lost.
fn once_all_pass(score: &CheckScore<'_>, context: &Context<'_>) -> Option<(Exact, u64)> {
    let Subject::Metric(MetricSelector::Tests { metric, suites, classes, files }) = &score.check.subject
    else {
        return None;
    };
    if score.metric.state != MetricState::Measured {
        return None;
    }
    let selected = Selected { suites, classes, files };
    let lost = context.lost.cases.iter().filter(|case| selected.has(case)).count() as u64;
    let value = match metric {
        TestMetric::PassRate => {
            let (_, due) = score.metric.counts?;
            ratio(due.saturating_sub(lost), due)?
        }
        TestMetric::Failed | TestMetric::Errored => whole(lost),
        _ => return None,
    };
    Some((value, lost))
}

/// A gap that is gone only when no case of the whole run fails.
fn makes_every_case_pass(candidate: &Candidate<'_>) -> bool {
    let Subject::Metric(MetricSelector::Tests { metric: TestMetric::PassRate, suites, classes, files }) =
        &candidate.score.check.subject
    else {
        return false;
    };
    let everything = [suites, classes, files].iter().all(|selection| selection.patterns.is_empty());
    let is_measured = candidate.score.metric.state == MetricState::Measured;
    everything && is_measured && candidate.score.check.target == whole(1)
}

/// One step for all conditions about cases, with the points that come with it.
fn case_step(gate: &Gate, passing: bool, points: Tenths) -> Option<(String, Tenths)> {
    let failing = || gate.failing().filter(|condition| passing && is_about_cases(condition));
    let all = failing().find(|condition| condition.id == "max-failures").or_else(|| failing().next())?;
    Some((plain_step(all), points))
}

/// A live claim cannot be closed by anybody's work on this commit, an expired one can be renewed.
fn candidate<'a>(score: &'a CheckScore<'a>, policy: &Policy) -> Option<Candidate<'a>> {
    let gain = match (&score.check.subject, score.metric.state) {
        (Subject::Metric(_), _) => score.gap(),
        (Subject::Attestation(_), MetricState::Expired) => &score.max * &policy.claim_factor,
        (Subject::Attestation(_), _) => Exact::zero(),
    };
    gain.is_positive().then(|| whole_gap(score, gain))
}

fn whole_gap<'a>(score: &'a CheckScore<'a>, gain: Exact) -> Candidate<'a> {
    Candidate { score, gain, comes_with_passing: false, instead: None }
}

/// A required check has to be attained whatever it costs.
fn is_forced(candidate: &Candidate<'_>, gate: &Gate) -> bool {
    let closes = candidate.gain == candidate.score.gap();
    closes && gate.failing().any(|condition| required(condition) == Some(candidate.score.check.id.as_str()))
}

fn required(condition: &Condition) -> Option<&str> {
    condition.id.strip_prefix("required/")
}

fn is_plain(condition: &Condition, forced: &[Candidate<'_>]) -> bool {
    match required(condition) {
        Some(id) => !forced.iter().any(|candidate| candidate.score.check.id == id),
        None => !is_about_points(condition),
    }
}

fn is_about_points(condition: &Condition) -> bool {
    matches!(condition.id.as_str(), "min-score" | "max-drop") || condition.id.starts_with("dimension-min/")
}

fn plain_step(condition: &Condition) -> String {
    let way_out = condition.way_out.as_ref().unwrap_or(&condition.message);
    if is_about_points(condition) {
        format!("{way_out} (closing every gap is not enough)")
    } else {
        way_out.clone()
    }
}

/// The points that failing conditions need, and the ids of those that all gaps together do not give.
fn needs<'a>(
    context: &Context<'a>,
    gate: &'a Gate,
    base: Option<&BaseCards<'_>>,
    (forced, optional): (&[Candidate<'_>], &[Candidate<'_>]),
) -> (Vec<Need<'a>>, Vec<String>) {
    let all: Vec<Need<'a>> = gate.failing().filter_map(|condition| need(condition, context, base)).collect();
    let (within, beyond): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|need| need.is_met(forced.iter().chain(optional)));
    (within, beyond.into_iter().map(|need| need.condition.id.clone()).collect())
}

fn need<'a>(
    condition: &'a Condition,
    context: &Context<'a>,
    base: Option<&BaseCards<'_>>,
) -> Option<Need<'a>> {
    let gate = &context.situation.policy.gate;
    let total = || context.card.total();
    let (dimension, points) = match condition.id.as_str() {
        "min-score" => (None, gate.min_score?.exact() - total()),
        "max-drop" => (None, (base?.rescored.shown() - gate.max_drop?).exact() - total()),
        id => {
            let id = id.strip_prefix("dimension-min/")?;
            let (_, least) = gate.dimension_min.iter().find(|(dimension, _)| dimension == id)?;
            let missing = least.exact() - context.card.dimension_score(id);
            let max = context.card.of(id).fold(Exact::zero(), |sum, score| sum + &score.max);
            (Some(id), missing * max / whole(100))
        }
    };
    Some(Need { condition, dimension, points })
}

/// The cheapest candidates that meet all needs together with the forced ones.
fn cheapest<'a>(
    optional: &'a [Candidate<'a>],
    needs: &[Need<'_>],
    forced: &'a [Candidate<'a>],
) -> Vec<&'a Candidate<'a>> {
    let enough = |chosen: &[&'a Candidate<'a>]| {
        needs.iter().all(|need| need.is_met(forced.iter().chain(chosen.iter().copied())))
    };
    let useful: Vec<&Candidate<'_>> =
        optional.iter().filter(|candidate| needs.iter().any(|need| need.counts(candidate))).collect();
    if useful.len() <= EXACT_UP_TO { smallest_cost(&useful, &enough) } else { pruned(&useful, &enough) }
}

/// Tries every subset.
fn smallest_cost<'a>(
    useful: &[&'a Candidate<'a>],
    enough: &dyn Fn(&[&'a Candidate<'a>]) -> bool,
) -> Vec<&'a Candidate<'a>> {
    let timed = useful.iter().all(|candidate| candidate.score.check.effort.is_some());
    let subset = |mask: u32| -> Vec<&'a Candidate<'a>> {
        let bits = useful.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
        bits.map(|(_, candidate)| *candidate).collect()
    };
    let subsets = (0..1_u32 << useful.len()).map(subset).filter(|chosen| enough(chosen));
    subsets.min_by_key(|chosen| cost(chosen, timed)).unwrap_or_default()
}

/// Takes the largest gains until they suffice, then leaves out what is not needed after all.
fn pruned<'a>(
    useful: &[&'a Candidate<'a>],
    enough: &dyn Fn(&[&'a Candidate<'a>]) -> bool,
) -> Vec<&'a Candidate<'a>> {
    let mut chosen: Vec<&Candidate<'_>> = Vec::new();
    for candidate in useful {
        if enough(&chosen) {
            break;
        }
        chosen.push(candidate);
    }
    for index in (0..chosen.len()).rev() {
        let without: Vec<_> =
            chosen.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, kept)| *kept).collect();
        if enough(&without) {
            chosen = without;
        }
    }
    chosen
}

/// Fewest hours when every gap has an effort, else fewest steps; then the least that suffices.
fn cost(chosen: &[&Candidate<'_>], timed: bool) -> (Exact, usize, Exact) {
    let hours = chosen.iter().filter_map(|candidate| candidate.score.check.effort.as_ref()).map(middle);
    let hours = if timed { hours.fold(Exact::zero(), |sum, hours| sum + hours) } else { Exact::zero() };
    let points = chosen.iter().fold(Exact::zero(), |sum, candidate| sum + &candidate.gain);
    (hours, chosen.len(), points)
}

fn step(candidate: &Candidate<'_>, gaps: &[Gap]) -> (String, Tenths) {
    let id = &candidate.score.check.id;
    let gap = gaps.iter().find(|gap| gap.check == *id);
    let closes = candidate.gain == candidate.score.gap();
    let points = gap.filter(|_| closes).map_or_else(|| Tenths::floor(&candidate.gain), |gap| gap.points);
    let advice = || gap.map_or_else(|| id.clone(), |gap| gap.advice.clone());
    (candidate.instead.clone().unwrap_or_else(advice), points)
}

/// Hours of all steps, when all have an effort.
fn effort(chosen: &[&Candidate<'_>]) -> Option<(Exact, Exact)> {
    let checks =
        order::map(chosen.iter().map(|candidate| (&candidate.score.check.id, candidate.score.check)));
    let efforts: Option<Vec<&Effort>> = checks.values().map(|check| check.effort.as_ref()).collect();
    let efforts = efforts.filter(|efforts| !efforts.is_empty())?;
    let sum = |end: fn(&Effort) -> &Exact| efforts.iter().map(|effort| end(effort)).sum();
    Some((sum(|effort| &effort.low), sum(|effort| &effort.high)))
}
