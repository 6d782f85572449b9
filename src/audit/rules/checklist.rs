//! Boxes that are ticked against the count in the heading above them.

use num_traits::ToPrimitive as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Mark};
use crate::audit::quantity::Quantity;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

use super::ratio::fractions;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let boxes = |section: usize| -> Vec<&Line> {
        let own = || facts.document.lines_of(section).filter(|line| line.indent < 2);
        let boxed: Vec<&Line> = own().filter(|line| line.boxed).collect();
        if !boxed.is_empty() {
            return boxed;
        }
        // Where every item has a sign, signs are states.
        let items: Vec<&Line> = own().filter(|l| l.kind == Kind::Item).collect();
        let states =
            items.iter().all(|l| l.mark.is_some()) && items.iter().any(|l| l.mark != Some(Mark::Done));
        if states { items } else { Vec::new() }
    };
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        if let Some(stated) = count(&section.title, &section.quantities) {
            judge(section.line, &section.title, &stated, &boxes(index), findings);
        }
    }
    let all: Vec<&Line> = facts.document.lines.iter().filter(|line| line.indent < 2 && line.boxed).collect();
    let mut near = (usize::MAX, Vec::new());
    for line in facts.document.lines.iter().filter(|line| !line.boxed && line.mark.is_none()) {
        let words = [
            "progress",
            "completed",
            "complete",
            "done",
            "checklist",
            "ticked",
            "checked",
            "met",
            "finished",
            "closed",
            "hold",
            "fulfilled",
            "satisfied",
            "reached",
        ];
        let lower = line.text.to_lowercase();
        let future =
            mentions(&lower, &["must", "when", "if", "until", "after", "need", "needed", "target", "will"]);
        if let Some(stated) =
            count(&line.text, &line.quantities).filter(|_| mentions(&lower, &words) && !future)
        {
            if near.0 != line.section {
                near = (line.section, boxes(line.section));
            }
            let own = if near.1.is_empty() { &all } else { &near.1 };
            judge(line.number, &line.text, &stated, own, findings);
        }
    }
}

/// `5/12` and `5 of 12`: the part, the whole, and where they stand.
fn count(text: &str, quantities: &[Quantity]) -> Option<(Exact, Exact, usize, usize)> {
    fractions(text, quantities)
        .into_iter()
        .next()
        .filter(|(part, all, ..)| part.is_integer() && all.is_integer())
}

/// Speaks only where the list is as long as the count says.
fn judge(
    line: u32,
    text: &str,
    (part, all, start, end): &(Exact, Exact, usize, usize),
    boxes: &[&Line],
    findings: &mut Findings,
) {
    if boxes.len() < 2 || all.to_usize() != Some(boxes.len()) {
        return;
    }
    let ticked = boxes.iter().filter(|line| line.mark == Some(Mark::Done)).count();
    if part.to_usize() == Some(ticked) {
        return;
    }
    let said = text.get(*start..*end).unwrap_or_default().to_owned();
    let computed = format!("{ticked}/{}", boxes.len());
    let message = format!("{ticked} of {} boxes are ticked, not {said}", boxes.len());
    findings.add(Rule::Sum, line, message, (said, Some(computed)));
}
