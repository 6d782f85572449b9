//! The score of an option or a scenario, against the score now and the points of the phases that it holds.

use num_traits::Signed as _;

use super::gain::is_of_part;
use super::option_score::{Outcome, is_option, listed, outcomes};
use crate::audit::facts::{Facts, Phase};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, shown_range};
use crate::audit::words::{is_within, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Lists of phases, options and scenarios that are compared; a document with more is none that a person wrote.
const MOST: usize = 50;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let options = outcomes(facts);
    for phases in facts.phases.iter().take(MOST) {
        let of_option =
            phases.first().is_some_and(|phase| facts.document.titles(phase.parent).any(is_option));
        for option in options.iter().take(MOST) {
            if !of_option || phases.iter().all(|phase| phase.parent == option.line.section) {
                judge(facts, phases, option, findings);
            }
        }
        for group in facts.groups.iter().take(MOST) {
            let title = facts.document.titles(group.section).next().unwrap_or_default();
            let Some((without, held)) = without(title, phases) else { continue };
            let Some((low, high, by)) = after(facts, &held) else { continue };
            if group.high < low && !findings.has(Rule::Sum, group.line) {
                let computed = shown_range(&low, &high);
                let message = format!(
                    "without `{}` the further phases bring {by}, which makes {computed}, not {}",
                    without.name, group.text
                );
                findings.add(Rule::Sum, group.line, message, (group.text.clone(), Some(computed)));
            }
        }
    }
}

/// The score that two phases or more lead to, and what they bring; each of them must say so.
fn after(facts: &Facts<'_>, held: &[&Phase]) -> Option<(Exact, Exact, String)> {
    let now = facts.current()?;
    let gains: Option<Vec<&Quantity>> = held.iter().map(|phase| Some(&phase.gain.as_ref()?.0)).collect();
    let gains = gains.filter(|gains| gains.len() >= 2)?;
    let (low, high) =
        gains.iter().fold((whole(0), whole(0)), |(low, high), gain| (low + &gain.low, high + &gain.high));
    let by = format!("+{}", shown_range(&low, &high));
    Some((&now.low + low, &now.high + high, by))
}

/// `Priority 1: Load tests (Phase 1)` and its siblings, with `Final score: 97/100`.
fn judge(facts: &Facts<'_>, phases: &[Phase], option: &Outcome<'_>, findings: &mut Findings) {
    let is_held = |phase: &&Phase| phase.number.is_some_and(|number| option.phases.contains(&number));
    let (held, left): (Vec<&Phase>, Vec<&Phase>) = phases.iter().partition(is_held);
    let line = option.line.number;
    let (Some((low, high, by)), Some((least, most))) = (after(facts, &held), option.score.as_score()) else {
        return;
    };
    let computed = shown_range(&low, &high);
    let fits = least < &high + whole(1) && most > &low - whole(1);
    if fits
        || held.len() != option.phases.len()
        || held.iter().all(|phase| is_of_part(facts, phase))
        || findings.has(Rule::Sum, line)
        || findings.says(line, &computed)
    {
        return;
    }
    let said = option.line.between(option.score.start, option.score.end).to_owned();
    let numbers = listed(&option.phases);
    let message = format!("with the {by} of phases {numbers} the score would be {computed}, not {said}");
    findings.add(Rule::Sum, line, message, (said.clone(), Some(computed)));
    let gains = |phase: &&&Phase| phase.gain.as_ref().is_some_and(|(gain, _)| gain.low.is_positive());
    if let Some(without) = left.iter().find(gains).filter(|_| most >= whole(100)) {
        let message = format!("this option ends at {said} and leaves out `{}`", without.name);
        findings.add(Rule::UnaddressedGap, line, message, (said, Some("not all phases".to_owned())));
    }
}

/// The phase that `Conservative (vendor API blocked)` goes without, and the others.
fn without<'p>(title: &str, phases: &'p [Phase]) -> Option<(&'p Phase, Vec<&'p Phase>)> {
    let lower = title.to_lowercase();
    let subject = lower.split(['(', ',', ';', ':', ')']).map(str::trim).find_map(|clause| {
        let ends = [" blocked", " unavailable", " not available", " fails", " is down"];
        let ended = ends.iter().find_map(|end| clause.strip_suffix(end));
        ended.or_else(|| clause.strip_prefix("without "))
    })?;
    let subject = words(subject);
    let is_named = |phase: &&Phase| is_within(&subject, &words(&phase.name));
    let (named, held): (Vec<&Phase>, Vec<&Phase>) = phases.iter().partition(is_named);
    let [only] = named.as_slice() else { return None };
    only.gain.is_some().then_some((*only, held))
}
