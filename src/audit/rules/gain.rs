//! Gains against what is missing.

use num_traits::Zero as _;

use crate::audit::facts::{Facts, Group, Is, Phase, arrows, net_gain};
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Section};
use crate::audit::quantity::{Quantity, Unit, shown, shown_range};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    phases(facts, findings);
    listed(facts, findings);
    for (line, text, quantities) in facts.texts() {
        beyond_its_arrow(line, text, quantities, findings);
    }
    beyond_its_weight(facts, findings);
}

/// What is missing: the gap as stated, else up to the target, at its largest.
fn missing(facts: &Facts<'_>) -> Option<Exact> {
    let from_score = facts.current().map(|current| whole(100) - &current.low);
    let stated = facts.states(Is::Gap).next().map(|gap| gap.high.clone());
    match (from_score, stated) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// The gains of phases that follow each other.
fn phases(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in facts.phases.iter().filter(|phases| !are_of_parts(facts, phases)) {
        let gains: Vec<(Quantity, u32)> = phases.iter().filter_map(|phase| phase.gain.clone()).collect();
        judge(facts, &gains, "the gains of the phases", findings);
        beyond_the_most(facts, &gains, findings);
    }
    without_a_score(facts, findings);
}

/// Whether every gain of these phases is the change of a dimension: their sum says nothing about the score.
pub(super) fn are_of_parts(facts: &Facts<'_>, phases: &[Phase]) -> bool {
    phases.iter().filter(|phase| phase.gain.is_some()).all(|phase| is_of_part(facts, phase))
}

/// Whether the gain of a phase is the change of one dimension and not of the score.
pub(super) fn is_of_part(facts: &Facts<'_>, phase: &Phase) -> bool {
    let (Some(section), Some((gain, _))) = (phase.section, &phase.gain) else { return false };
    facts.document.lines_within(section).any(|line| {
        arrows(&line.text, &line.quantities).any(|arrow| {
            let name = line.text.get(..arrow.from.start).unwrap_or_default();
            let scores = arrow.from.as_score().zip(arrow.to.as_score());
            scores.is_some_and(|((from, _), (_, to))| to - from == gain.low)
                && facts.dimensions.iter().any(|set| set.find(name).is_some())
        })
    })
}

/// `Realistic maximum: 85%` below phases that would bring more than what is left up to there.
fn beyond_the_most(facts: &Facts<'_>, gains: &[(Quantity, u32)], findings: &mut Findings) {
    let (Some(now), Some(most)) = (facts.current(), facts.states(Is::Ceiling).next()) else { return };
    let low: Exact = gains.iter().map(|(gain, _)| gain.low.clone()).sum();
    let high: Exact = gains.iter().map(|(gain, _)| gain.high.clone()).sum();
    if gains.len() >= 2 && &now.low + &low > most.high {
        let (least, left) = (&most.low - &now.high, &most.high - &now.low);
        let (total, left) =
            (format!("+{}", shown_range(&low, &high)), format!("+{}", shown_range(&least, &left)));
        let message = format!(
            "the gains of the phases sum to {total}, and from {} to {}, which is called the most here, there is {left}",
            now.text, most.text
        );
        findings.add(Rule::GainExceedsGap, most.line, message, (total, Some(left)));
    }
}

/// Sums of gains, reported where they first exceed what is missing.
fn judge(facts: &Facts<'_>, gains: &[(Quantity, u32)], what: &str, findings: &mut Findings) {
    let Some(missing) = missing(facts) else { return };
    let low: Exact = gains.iter().map(|(gain, _)| gain.low.clone()).sum();
    let high: Exact = gains.iter().map(|(gain, _)| gain.high.clone()).sum();
    if gains.is_empty() || low <= missing {
        return;
    }
    let mut sum = Exact::zero();
    let crossing = gains.iter().find(|(gain, _)| {
        sum += &gain.low;
        sum > missing
    });
    if let Some((_, line)) = crossing {
        let total = format!("+{}", shown_range(&low, &high));
        let message = format!("{what} sum to {total}, and only {} is missing", shown(&missing));
        findings.add(Rule::GainExceedsGap, *line, message, (total, Some(shown(&missing))));
    }
}

/// A plan that states no score of its own, only what each phase brings and the score after it: the gains of all phases
/// against what is missing before the first.
fn without_a_score(facts: &Facts<'_>, findings: &mut Findings) {
    if missing(facts).is_some() {
        return;
    }
    for phases in &facts.phases {
        let gains: Vec<&(Quantity, u32)> = phases.iter().filter_map(|phase| phase.gain.as_ref()).collect();
        let after = |group: &&Group| {
            facts.document.titles(group.section).any(|title| mentions(&title.to_lowercase(), &["after"]))
        };
        let Some(first) = facts.groups.first().filter(after) else { continue };
        let Some((least, rest)) = gains.split_first() else { continue };
        let mut score = first.low.clone();
        let crossing = rest.iter().find(|(gain, _)| {
            score += &gain.low;
            score > whole(100)
        });
        if let Some((_, line)) = crossing.filter(|_| least.0.low <= first.high) {
            let low: Exact = gains.iter().map(|(gain, _)| gain.low.clone()).sum();
            let high: Exact = gains.iter().map(|(gain, _)| gain.high.clone()).sum();
            let before = (&first.low - &least.0.high, &first.high - &least.0.low);
            let left = shown(&(whole(100) - &before.0));
            let total = format!("+{}", shown_range(&low, &high));
            let made = shown_range(&(&before.0 + &low), &(&before.1 + &high));
            let message = format!(
                "the score is {} before the first phase and {} after it; all gains sum to {total}, and only {left} is missing",
                shown_range(&before.0, &before.1),
                first.text,
            );
            findings.add(Rule::GainExceedsGap, *line, message, (total.clone(), Some(left)));
            let message =
                format!("with the gains of all phases the score would be {made}; a score ends at 100");
            findings.add(Rule::Bound, *line, message, (total, Some(made)));
        }
    }
}

/// Gaps in a list below a section that names the whole gap, each with its points.
fn listed(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        let title = section.title.to_lowercase();
        let about_gaps =
            mentions(&title, &["gap", "gaps", "missing", "what's missing", "remaining", "improvements"]);
        if !about_gaps || mentions(&title, &["option", "scenario", "phase"]) {
            continue;
        }
        let items = facts
            .document
            .lines
            .iter()
            .filter(|l| l.section == index && l.kind != Kind::Text && l.indent < 3);
        let gains: Vec<(Quantity, u32)> =
            items.filter_map(|line| Some((points(line)?, line.number))).collect();
        if gains.len() >= 2 {
            judge(facts, &gains, "the points of the gaps", findings);
        }
    }
    headed(facts, findings);
}

/// Gaps that are headings: `### 1. Test Coverage (8/10 → 10/10) = +2 points`.
fn headed(facts: &Facts<'_>, findings: &mut Findings) {
    let mut groups: Vec<(usize, Vec<(Quantity, u32)>)> = Vec::new();
    for section in &facts.document.sections {
        let Some(gain) = headed_gap(section) else { continue };
        let parent = section.parent.unwrap_or_default();
        match groups.iter_mut().find(|(p, _)| *p == parent) {
            Some((_, gains)) => gains.push((gain, section.line)),
            None => groups.push((parent, vec![(gain, section.line)])),
        }
    }
    for (_, gains) in groups.iter().filter(|(_, gains)| gains.len() >= 2) {
        judge(facts, gains, "the gains of the gaps", findings);
    }
}

/// The points of a gap that is a heading.
pub(super) fn headed_gap(section: &Section) -> Option<Quantity> {
    let own = mentions(&section.title.to_lowercase(), &["phase", "option", "scenario"]);
    net_gain(&section.title, &section.quantities).filter(|q| !own && q.signed)
}

/// The only points of an item.
fn points(line: &Line) -> Option<Quantity> {
    let mut points = line.quantities.iter().filter(|q| q.unit == Unit::Points && q.over.is_none());
    let first = points.next()?;
    points.next().is_none().then(|| first.clone())
}

/// `70% → 95% (+30 points)`: more than the whole way.
fn beyond_its_arrow(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    for arrow in arrows(text, quantities) {
        let (Some(from), Some(to)) = (arrow.from.as_score(), arrow.to.as_score()) else { continue };
        let Some(gain) = arrow.after.first().filter(|gain| {
            gain.signed && matches!(gain.unit, Unit::Percent | Unit::Points) && gain.over.is_none()
        }) else {
            continue;
        };
        let most = &to.1 - &from.0;
        let relative = gain.unit == Unit::Percent
            && from.0 > Exact::zero()
            && shown(&gain.low) == shown(&((&to.0 - &from.0) * whole(100) / &from.0).round());
        if gain.low > most && !relative && most > Exact::zero() {
            let said = text.get(gain.start..gain.end).unwrap_or_default().to_owned();
            let computed = format!("+{}", shown(&most));
            let message = format!(
                "from {} to {} is {computed} at most, not {said}",
                shown_range(&from.0, &from.1),
                shown_range(&to.0, &to.1)
            );
            findings.add(Rule::GainExceedsGap, line, message, (said, Some(computed)));
        }
    }
}

/// A gain for a dimension that is larger than its weight leaves.
fn beyond_its_weight(facts: &Facts<'_>, findings: &mut Findings) {
    let weighted = facts.dimensions.iter().filter(|set| set.weights().is_some());
    for set in weighted {
        for (line, text, quantities) in facts.texts() {
            let Some(dimension) = set.find(text).filter(|d| is_within(&d.words, &words(text))) else {
                continue;
            };
            if mentions(&text.to_lowercase(), &["option", "scenario", "overall", "total"])
                || arrows(text, quantities).next().is_some()
            {
                continue;
            }
            let gain = quantities.iter().find(|q| q.signed && q.unit == Unit::Points && q.over.is_none());
            let (Some(gain), Some(share), Some(score)) = (gain, set.share(dimension), &dimension.score)
            else {
                continue;
            };
            let most = share * (whole(100) - score);
            let slack = if gain.decimals > 0 { gain.ulp() } else { Exact::zero() };
            if gain.low > &most + &slack {
                let said = text.get(gain.start..gain.end).unwrap_or_default().to_owned();
                let computed = format!("+{}", shown(&most));
                let message = format!(
                    "`{}` has {} left at most (it is at {}), not {said}",
                    dimension.name,
                    with_noun(&shown(&most), "point"),
                    dimension.score_text
                );
                findings.add(
                    Rule::GainExceedsGap,
                    line,
                    message.clone(),
                    (said.clone(), Some(computed.clone())),
                );
                findings.add(Rule::WeightMismatch, line, message, (said, Some(computed)));
            }
        }
    }
}
