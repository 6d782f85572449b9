//! Phases against the totals that name them.

use num_traits::Signed as _;

use super::sum_total::parts;
use super::total::{Sum, heading_line, is_total, judge, stated};
use crate::audit::facts::{Facts, Phase};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in &facts.phases {
        gains(facts, phases, findings);
        around_phases(facts, phases, findings);
        hours_everywhere(facts, phases, findings);
    }
}

/// `Total: +30 points` after phases that each have a gain.
fn gains(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let gains: Option<Vec<&(Quantity, u32)>> = phases.iter().map(|phase| phase.gain.as_ref()).collect();
    let (Some(gains), Some(last)) = (gains, phases.last()) else { return };
    let sum = Sum::of(gains.iter().map(|(gain, _)| gain));
    let totals = facts.document.lines.iter().enumerate().filter(|(_, line)| {
        let own = last.section == Some(line.section)
            || facts.document.is_within(line.section, last.parent)
                && !phases
                    .iter()
                    .any(|p| p.section.is_some_and(|s| facts.document.is_within(line.section, s)));
        line.number > last.line && own && is_total(line)
    });
    for (at, line) in totals {
        let stated = line.values().find(|q| q.signed && matches!(q.unit, Unit::Points | Unit::Percent));
        let Some(total) = stated.filter(|total| gains.iter().all(|(gain, _)| gain.unit == total.unit)) else {
            continue;
        };
        let of_last = gains.last().is_some_and(|(gain, _)| gain.low == total.low);
        if !of_last && parts(facts, at, line, total).iter().filter(|(q, _)| q.signed).count() < 2 {
            judge(line, total, &sum, "the gains of the phases", findings);
        }
    }
}

/// Durations of phases against a total in the heading around them, or on a `Total` line after them.
fn around_phases(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let filled = filled(facts, phases);
    let Some(hours) = filled else { return };
    let sum = Sum::of(hours.iter());
    let Some(parent) =
        phases.first().and_then(|p| facts.document.sections.get(p.parent).map(|s| (p.parent, s)))
    else {
        return;
    };
    if let Some(total) = parent.1.quantities.iter().find(|q| q.unit == Unit::Hours)
        && parent.1.level > 0
    {
        let heading = heading_line(parent.1);
        judge(&heading, total, &sum, "its phases", findings);
    }
    let last = phases.iter().map(|p| p.line).max().unwrap_or_default();
    let end = phases.first().map_or(0, |p| p.parent);
    let chapters = |line: &&Line| {
        line.number > last
            && (facts.document.is_within(line.section, end) || is_schedule(facts, line.section))
    };
    for line in facts.document.lines.iter().filter(chapters) {
        let key = line.key();
        let whole_plan = is_total(line)
            || mentions(&key, &["timeline", "total effort", "total time", "effort", "duration"])
                && parent_is_option(facts, line, phases);
        let Some(total) = stated(line).filter(|q| q.unit == Unit::Hours && whole_plan) else { continue };
        if !findings.has(Rule::Sum, line.number)
            && parts(
                facts,
                facts.document.lines.iter().position(|l| l.number == line.number).unwrap_or_default(),
                line,
                total,
            )
            .len()
                < 2
        {
            judge(line, total, &sum, "the phases", findings);
        }
    }
    let before =
        facts.document.lines.iter().filter(|l| {
            parent_is_option(facts, l, phases) && mentions(&l.key(), &["effort", "total effort"])
        });
    for line in before {
        if let Some(total) = stated(line).filter(|q| q.unit == Unit::Hours) {
            judge(line, total, &sum, "the phases", findings);
            one_end(line, total, &sum, findings);
        }
    }
}

/// Phases of fixed lengths whose sum is one end of the stated range: the other end follows from nothing.
fn one_end(line: &Line, total: &Quantity, sum: &Sum, findings: &mut Findings) {
    let fixed = sum.low == sum.high && !total.is_point() && total.limit == Limit::Exactly;
    if fixed && (sum.low == total.high || sum.low == total.low) {
        let text = line.between(total.start, total.end).to_owned();
        let message = format!("the phases take {} ({}), no range of {text}", sum.shown(), sum.terms);
        findings.add(Rule::Sum, line.number, message, (text, Some(sum.shown())));
    }
}

/// Whether a line stands directly in the section that holds the phases.
fn parent_is_option(facts: &Facts<'_>, line: &Line, phases: &[Phase]) -> bool {
    phases.first().is_some_and(|phase| {
        phase.parent == line.section && facts.document.sections.get(line.section).is_some_and(|s| s.level > 1)
    })
}

fn is_schedule(facts: &Facts<'_>, section: usize) -> bool {
    facts.document.titles(section).any(|title| mentions(&title.to_lowercase(), &["timeline", "schedule"]))
}

/// The hours of every phase; a phase without any takes those of its line in the schedule.
fn filled(facts: &Facts<'_>, phases: &[Phase]) -> Option<Vec<Quantity>> {
    let own: Vec<Option<Quantity>> =
        phases.iter().map(|p| p.hours.as_ref().map(|(q, _)| q.clone())).collect();
    if own.iter().flatten().count() < 2 {
        return None;
    }
    let slots = slots(facts);
    let same = slots.len() == phases.len();
    own.into_iter()
        .enumerate()
        .map(|(at, hours)| hours.or_else(|| slots.get(at).filter(|_| same).cloned()))
        .collect()
}

/// `Now - 2h`, `2h - 4h`: lengths of the slots of a schedule in hours.
fn slots(facts: &Facts<'_>) -> Vec<Quantity> {
    let slot = |line: &Line| {
        let label = line.label.as_deref()?;
        let first = line.quantities.first().filter(|q| q.unit == Unit::Hours && q.end <= label.len())?;
        let begins_now = label.to_lowercase().starts_with("now");
        let length =
            if first.is_point() && begins_now { first.low.clone() } else { &first.high - &first.low };
        length.is_positive().then(|| Quantity { low: length.clone(), high: length, ..first.clone() })
    };
    facts.document.lines.iter().filter_map(slot).collect()
}

/// "all phases (9-12 hours)" against the sum of all phases.
fn hours_everywhere(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let hours: Option<Vec<Quantity>> =
        phases.iter().map(|p| p.hours.as_ref().map(|(q, _)| q.clone())).collect();
    let Some(hours) = hours else { return };
    let sum = Sum::of(hours.iter());
    for line in &facts.document.lines {
        let all = mentions(&line.text.to_lowercase(), &["all phases", "all the phases", "every phase"]);
        if all && let Some(total) = line.quantities.iter().find(|q| q.unit == Unit::Hours) {
            judge(line, total, &sum, &format!("all {} phases", phases.len()), findings);
        }
    }
}
