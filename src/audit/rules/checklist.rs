//! Boxes that are ticked against the count in the heading above them.

use num_traits::ToPrimitive as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Line, Mark};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::model::audit::Rule;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let boxes = |section: Option<usize>| -> Vec<&Line> {
        let all = facts.document.lines.iter().filter(|line| line.boxed && line.indent < 2);
        all.filter(|line| section.is_none_or(|section| line.section == section)).collect()
    };
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        if let Some(stated) = section.quantities.iter().find(|q| is_count(q)) {
            judge(section.line, &section.title, stated, &boxes(Some(index)), findings);
        }
    }
    let all = boxes(None);
    for line in facts.document.lines.iter().filter(|line| !line.boxed) {
        let key = line.key();
        let key = key.trim_matches(|c: char| !c.is_alphanumeric());
        if !matches!(
            key,
            "progress" | "completed" | "done" | "checklist" | "total progress" | "overall progress"
        ) {
            continue;
        }
        if let Some(stated) = line.values().next().filter(|q| is_count(q)) {
            let own = boxes(Some(line.section));
            judge(line.number, &line.text, stated, if own.is_empty() { &all } else { &own }, findings);
        }
    }
}

/// `5/12`.
fn is_count(quantity: &Quantity) -> bool {
    let plain = quantity.is_point() && !quantity.signed && quantity.decimals == 0;
    plain && quantity.over.is_some() && quantity.limit == Limit::Exactly && quantity.unit == Unit::None
}

/// Speaks only where the list is as long as the count says.
fn judge(line: u32, text: &str, stated: &Quantity, boxes: &[&Line], findings: &mut Findings) {
    let total = stated.over.as_ref().and_then(num_rational::Ratio::to_usize);
    let ticked = boxes.iter().filter(|line| line.mark == Some(Mark::Done)).count();
    if boxes.len() < 2 || total != Some(boxes.len()) || stated.low.to_usize() == Some(ticked) {
        return;
    }
    let said = text.get(stated.start..stated.end).unwrap_or_default().to_owned();
    let computed = format!("{ticked}/{}", boxes.len());
    let message = format!("{ticked} of {} boxes are ticked, not {said}", boxes.len());
    findings.add(Rule::Sum, line, message, (said, Some(computed)));
}
