//! `Core (10-15% missing)` over parts that each say how much of it they are.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::model::audit::Rule;
use crate::model::exact::whole;

use super::total::Sum;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        let [missing] = section.quantities.as_slice() else { continue };
        let after = section.title.get(missing.end..).unwrap_or_default().trim_start().to_lowercase();
        if !after.starts_with("missing") || !matches!(missing.unit, Unit::Percent | Unit::Points) {
            continue;
        }
        let items = facts
            .document
            .lines
            .iter()
            .filter(|l| l.section == index && l.kind == Kind::Item && l.indent < 2);
        let parts: Option<Vec<Quantity>> = items.map(|line| part(line, missing)).collect();
        let Some(parts) = parts.filter(|parts| parts.len() >= 2 && parts.iter().any(|q| q.low > whole(0)))
        else {
            continue;
        };
        // Parts may also say how much of each is there: then what is there of all lies between them.
        let (least, most) = (parts.iter().map(|q| &q.low).min(), parts.iter().map(|q| &q.high).max());
        let (there, at_most) = (whole(100) - &missing.high, whole(100) - &missing.low);
        if least.is_some_and(|least| *least <= at_most) && most.is_some_and(|most| there <= *most) {
            continue;
        }
        let sum = Sum::of(parts.iter());
        let outside = sum.high < missing.low || sum.low > missing.high;
        // Fixed parts that make one end of a range: the other end follows from nothing.
        let one_end =
            sum.low == sum.high && !missing.is_point() && (sum.low == missing.low || sum.low == missing.high);
        if outside || one_end {
            let said = section.title.get(missing.start..missing.end).unwrap_or_default().to_owned();
            let message = format!("the parts make {} ({}), not {said}", sum.shown(), sum.terms);
            findings.add(Rule::Sum, section.line, message, (said, Some(sum.shown())));
        }
    }
}

fn part(line: &Line, missing: &Quantity) -> Option<Quantity> {
    let first = line.values().next().filter(|_| line.label.is_some())?;
    (first.unit == missing.unit && first.over.is_none()).then(|| first.clone())
}
