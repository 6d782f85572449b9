//! What is due after its step is over.

use super::steps::Step;
use super::twice::in_weeks;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::words::{is_within, words};
use crate::model::audit::Rule;
use crate::model::exact::Exact;

pub(super) fn apply(facts: &Facts<'_>, steps: &[Step<'_>], findings: &mut Findings) {
    for line in &facts.document.lines {
        end_of_week(line, steps, findings);
    }
    for (section, week) in checkpoints(facts) {
        for line in facts.document.lines.iter().filter(|line| line.section == section) {
            part_of_plan(facts, line, &week, steps, findings);
        }
    }
}

/// "Data migration is finished at the end of week 4" where its step ends in week 5.
fn end_of_week(line: &Line, steps: &[Step<'_>], findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let Some((before, after)) = lower.split_once("end of week ") else { return };
    let Some(week) = quantities(after).into_iter().next().filter(|q| q.start == 0 && q.is_point()) else {
        return;
    };
    let about = words(before);
    let named: Vec<&Step<'_>> =
        steps.iter().filter(|step| step.line != line.number && is_within(&step.words, &about)).collect();
    let [step] = named.as_slice() else { return };
    if step.last != week.low {
        let (said, ends) = (in_weeks(&week.low, &week.low), in_weeks(&step.last, &step.last));
        let message = format!("this ends in {ends} (line {}), not in {said}", step.line);
        findings.add(Rule::Timeline, line.number, message, (said, Some(ends)));
    }
}

/// Sections such as "By end of phase 3 (week 6)".
fn checkpoints(facts: &Facts<'_>) -> Vec<(usize, Exact)> {
    let sections = facts.document.sections.iter().enumerate().skip(1);
    let of = |title: &str| {
        let lower = title.to_lowercase();
        let (_, after) = lower.starts_with("by ").then(|| lower.split_once("week "))??;
        quantities(after).into_iter().next().filter(|q| q.start == 0 && q.is_point()).map(|q| q.low)
    };
    sections.filter_map(|(index, section)| Some((index, of(&section.title)?))).collect()
}

/// "20+ chaos tests implemented" by week 6, of 30 that are planned for a phase that ends in week 4.
fn part_of_plan(facts: &Facts<'_>, line: &Line, week: &Exact, steps: &[Step<'_>], findings: &mut Findings) {
    let Some(count) =
        line.quantities.first().filter(|q| q.start == 0 && q.unit == Unit::None && q.over.is_none())
    else {
        return;
    };
    let own = words(&line.text);
    let planned = facts.document.lines.iter().find_map(|other| {
        let (label, value) = (words(other.label.as_deref()?), other.values().next()?);
        let whole = value.over.clone().filter(|_| label.len() >= 2 && is_within(&label, &own))?;
        Some((label, whole))
    });
    let Some((label, most)) = planned.filter(|(_, most)| count.high < *most) else { return };
    let Some(kind) = label.first() else { return };
    let over =
        steps.iter().find(|step| step.phase.is_some() && step.words.contains(kind) && step.last < *week);
    if let Some(step) = over {
        let (said, ends) = (in_weeks(week, week), in_weeks(&step.last, &step.last));
        let message = format!(
            "{} of {} planned ones are due in {said}, and their phase ends in {ends} (line {})",
            text(line, count),
            shown(&most),
            step.line
        );
        findings.add(Rule::Timeline, line.number, message, (said, Some(ends)));
    }
}

fn text<'a>(line: &'a Line, quantity: &Quantity) -> &'a str {
    line.between(quantity.start, quantity.end)
}
