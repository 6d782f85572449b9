//! Sections that each say what they take, and a total after the last.

use super::sum_total::parts;
use super::total::{Sum, is_total, judge, stated};
use crate::audit::facts::{Facts, hours_in};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (at, line) in facts.document.lines.iter().enumerate().filter(|(_, line)| is_total(line)) {
        let Some(total) = stated(line).filter(|q| q.unit == Unit::Hours) else { continue };
        let below_list = parts(facts, at, line, total).len() >= 2;
        if below_list || findings.has(Rule::Sum, line.number) {
            continue;
        }
        if let Some(hours) = siblings(facts, line.section, line.number) {
            judge(line, total, &Sum::of(hours.iter()), "the sections above", findings);
        }
    }
}

/// The hours of the section of a line and of its siblings, each of which has some; two of them at least.
fn siblings(facts: &Facts<'_>, section: usize, before: u32) -> Option<Vec<Quantity>> {
    let own = facts.document.sections.get(section)?;
    let all = facts.document.sections.iter().enumerate();
    let siblings = all
        .filter(|(_, other)| other.parent == own.parent && other.level == own.level && other.line < before);
    let hours: Option<Vec<Quantity>> = siblings.map(|(index, _)| effort(facts, index)).collect();
    hours.filter(|hours| hours.len() >= 2 && own.parent.is_some())
}

fn effort(facts: &Facts<'_>, section: usize) -> Option<Quantity> {
    let names = ["effort", "time estimate", "estimate", "estimated effort", "estimated time"];
    let line = facts
        .document
        .lines
        .iter()
        .find(|line| line.section == section && mentions(&line.key(), &names) && !is_total(line))?;
    hours_in(&line.quantities)
}
