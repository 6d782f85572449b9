//! One step with two times.

use super::steps::Step;
use crate::audit::facts::{Facts, Phase};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, quantities, shown_range};
use crate::audit::words::is_within;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What happens once in a plan.
const ONCE: [&str; 6] = ["sign", "signoff", "launch", "cutover", "handover", "kickoff"];

pub(super) fn apply(facts: &Facts<'_>, steps: &[Step<'_>], findings: &mut Findings) {
    for (at, step) in steps.iter().enumerate() {
        if let Some(other) = steps.iter().take(at).find(|other| is_same(other, step) && apart(other, step)) {
            let (said, before) = (in_weeks(&step.first, &step.last), in_weeks(&other.first, &other.last));
            let message = format!("this is in {said} here and in {before} in line {}", other.line);
            findings.add(Rule::Timeline, step.line, message, (said, Some(before)));
        }
        if step.phase.is_none() {
            phases_named(facts, step, steps, findings);
        }
    }
}

pub(super) fn in_weeks(first: &Exact, last: &Exact) -> String {
    let name = if first == last { "week" } else { "weeks" };
    format!("{name} {}", shown_range(first, last))
}

/// The same phase of a plan that is told twice, or what happens once.
fn is_same(a: &Step<'_>, b: &Step<'_>) -> bool {
    match (a.phase, b.phase) {
        (Some(a), Some(b)) => a.number.is_some() && a.number == b.number && is_told_again(a, b),
        _ => once(&a.words, &b.words),
    }
}

/// A heading for a row or a line of the same phase.
fn is_told_again(a: &Phase, b: &Phase) -> bool {
    a.section.is_some() != b.section.is_some()
}

/// "Validation and sign-off" beside "Validation (Audit, Sign-off)": one has all words of the other, and one more than
/// the word for what happens once.
fn once(a: &[String], b: &[String]) -> bool {
    let is_once = |words: &[String]| words.iter().any(|word| ONCE.contains(&word.as_str()));
    let own = |words: &[String]| words.iter().filter(|w| !ONCE.contains(&w.as_str()) && *w != "off").count();
    let (least, most) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    is_once(least) && is_once(most) && own(least) >= 1 && is_within(least, most)
}

fn apart(a: &Step<'_>, b: &Step<'_>) -> bool {
    let disjoint = a.last < b.first || b.last < a.first;
    let phases = a.phase.is_some() && b.phase.is_some();
    disjoint || phases && (a.first != b.first || a.last != b.last)
}

/// `Weeks 2-13: Implementation of Phases 1-6` where these phases have weeks of their own.
fn phases_named(facts: &Facts<'_>, step: &Step<'_>, steps: &[Step<'_>], findings: &mut Findings) {
    let lower = step.text.to_lowercase();
    let Some((_, after)) = lower.split_once("phases ") else { return };
    let Some(range) = quantities(after).into_iter().next().filter(|q| q.start == 0 && !q.is_point()) else {
        return;
    };
    let other =
        |other: &&Step<'_>| other.phase.is_none() && apart(other, step) && carries_out(other.text, &range);
    for other in steps.iter().filter(other) {
        let (said, before) = (in_weeks(&other.first, &other.last), in_weeks(&step.first, &step.last));
        let message = format!("this phase is in {said} here and in {before} in line {}", step.line);
        findings.add(Rule::Timeline, other.line, message, (said, Some(before)));
    }
    let own = facts.phases.iter().flatten().filter(|phase| {
        phase.number.is_some_and(|number| range.low <= whole(number) && whole(number) <= range.high)
    });
    let spans: Vec<&(Exact, Exact)> = own.filter_map(|phase| phase.weeks.as_ref()).collect();
    let ends = (spans.iter().map(|(first, _)| first).min(), spans.iter().map(|(_, last)| last).max());
    let all = whole(spans.len()) == &range.high - &range.low + whole(1);
    if let (true, (Some(first), Some(last))) = (all, ends)
        && (*first != step.first || *last != step.last)
    {
        let (said, computed) = (in_weeks(&step.first, &step.last), in_weeks(first, last));
        let message = format!("these phases are in {computed}, not in {said}");
        findings.add(Rule::Timeline, step.line, message, (said, Some(computed)));
    }
}

/// `Week 1: Execute Phase 1`, where that is one of `phases`; to plan or to prepare it would be something else.
fn carries_out(text: &str, phases: &Quantity) -> bool {
    let lower = text.to_lowercase();
    let Some((before, after)) = lower.split_once("phase ") else { return false };
    let begins = [":", "execute", "start", "begin", "run", "implement", "finish"];
    let named = quantities(after).into_iter().next().filter(|q| q.start == 0 && q.is_point());
    begins.iter().any(|verb| before.trim_end().ends_with(verb))
        && named.is_some_and(|q| phases.low <= q.low && q.low <= phases.high)
}
