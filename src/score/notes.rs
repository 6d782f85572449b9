//! What a reader must know although no condition depends on it.

use jiff::civil::Date;

use super::Situation;
use super::components;
use super::coverage_change;
use super::layout::BaseCards;
use super::measure;
use super::show;
use crate::model::coverage_change::ReportSet;
use crate::model::exact::Tenths;
use crate::model::metric::{Better, MetricState};
use crate::model::report::ComponentReport;
use crate::policy::{Check, CoverageMetric, MetricSelector, Subject, Waiver, left};

use super::points::Scorecard;

/// Days before its end that a claim is spoken of.
const WARN_DAYS: i32 = 14;

/// The caller's notes, then ours.
pub(super) fn notes(
    situation: &Situation<'_>,
    card: &Scorecard<'_>,
    base: Option<&BaseCards<'_>>,
    (proposed, reports, components): (Option<Tenths>, &ReportSet, &[ComponentReport]),
) -> Vec<String> {
    let mut notes = situation.notes.clone();
    notes.extend(proposed.map(|score| {
        let own = show::tenths(card.shown());
        format!("the policy is edited here: this report is by the rules in force ({own}); by the edited ones the score is {}", show::tenths(score))
    }));
    notes.extend(rescored(situation, base));
    notes.extend(coverage_change::notes(situation, reports));
    notes.extend(components::notes(components));
    notes.extend(situation.evidence.left_out.warning());
    let taken_out = &situation.policy.not_applicable;
    notes.extend(taken_out.iter().map(|out| format!("{} is not applicable: {}", out.check, out.reason)));
    notes.extend(card.checks.iter().filter_map(|score| {
        let claimed = score.metric.state == MetricState::Claimed;
        if claimed { ending_claim(score.check, situation.today) } else { None }
    }));
    notes.extend(situation.policy.checks().filter_map(|(_, check)| direction(check, situation)));
    notes.extend(ending_waivers(situation));
    notes.extend(undated(situation));
    notes
}

fn rescored(situation: &Situation<'_>, base: Option<&BaseCards<'_>>) -> Option<String> {
    let (baseline, base) = (situation.baseline?, base?);
    let own = base.own.shown();
    let has_patch = baseline.policy.checks().any(|(_, check)| match &check.subject {
        Subject::Metric(MetricSelector::Coverage { metric, .. }) => *metric == CoverageMetric::Patch,
        Subject::Metric(MetricSelector::Todos { metric, .. }) => metric.is_of_change(),
        _ => false,
    });
    (own != baseline.score && !has_patch).then(|| {
        let then = show::tenths(baseline.score);
        format!(
            "the base was recorded with a score of {then}; computed again from its evidence it is {}",
            show::tenths(own)
        )
    })
}

fn ending_claim(check: &Check, today: Date) -> Option<String> {
    let Subject::Attestation(claim) = &check.subject else { return None };
    let left = today.until(claim.expires).ok()?.get_days();
    (left <= WARN_DAYS).then(|| {
        let days = show::count(u64::from(left.unsigned_abs()), "day");
        format!("the claim of {} by {} ends in {days}, on {}", check.id, claim.owner, claim.expires)
    })
}

/// A measurement that says the opposite of the policy about which way is better.
fn direction(check: &Check, situation: &Situation<'_>) -> Option<String> {
    let Subject::Metric(MetricSelector::Named(name)) = &check.subject else { return None };
    let found = situation.evidence.measurements.iter().find(|found| found.id == *name)?;
    let rewarded = match check.target.cmp(&check.floor) {
        std::cmp::Ordering::Greater => Better::Higher,
        std::cmp::Ordering::Less => Better::Lower,
        std::cmp::Ordering::Equal => return None,
    };
    let says = found.better.filter(|says| *says != rewarded)?;
    let (says, rewarded) = (says.name(), rewarded.name());
    Some(format!("{name} says that {says} is better, and {} rewards {rewarded} values", check.id))
}

/// Waivers that end soon or have ended: whoever answers for them should look again.
fn ending_waivers(situation: &Situation<'_>) -> Vec<String> {
    let waivers = situation.policy.waivers.iter().filter(|waiver| {
        let left = situation.today.until(waiver.expires).map_or(0, |span| span.get_days());
        left <= WARN_DAYS
    });
    let said = waivers.map(|Waiver { condition, owner, expires, .. }| {
        let end = if *expires < situation.today { String::new() } else { format!("ends on {expires}, ") };
        format!("the waiver of {condition} by {owner} {end}{}", left(*expires, situation.today))
    });
    said.collect()
}

/// An age limit cannot be decided on evidence without a date; that is said.
fn undated(situation: &Situation<'_>) -> Option<String> {
    let evidence = situation.evidence;
    let limited = situation.policy.checks().filter(|(_, check)| {
        let kind = measure::kind(check);
        let is_there =
            kind.is_some_and(|kind| evidence.sources.iter().any(|source| source.kind == Some(kind)));
        let is_dated = kind.is_some_and(|kind| evidence.dates.iter().any(|(of, _)| *of == kind));
        check.max_age_days.is_some() && !is_dated && is_there
    });
    let ids: Vec<String> = limited.map(|(_, check)| check.id.clone()).collect();
    (!ids.is_empty())
        .then(|| format!("`max-age` of {} was not decided: the evidence has no date", show::some(&ids)))
}
