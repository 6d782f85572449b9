//! A plan that costs far more than the gaps that it closes.

use crate::audit::facts::{Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, shown, shown_range};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::item::{Item, of_line};

/// `Total: 12 weeks | Team: 4-5 engineers` against gaps with weeks and engineers that make up nearly all that is missing.
pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(gap) = facts.states(Is::Gap).next() else { return };
    let plan = facts.document.lines.iter().find_map(|line| Some((line, cost(line)?)));
    let Some((line, (least, most, said))) = plan else { return };
    for block in facts.document.blocks() {
        let staffed = block.iter().filter(|line| people(line).is_some() && line.number != gap.line);
        let items: Vec<Item> = staffed.filter_map(of_line).collect();
        let points: Exact = items.iter().map(|item| item.points.clone()).sum();
        let listed: Exact = items.iter().map(|item| item.effort.clone()).sum();
        let nearly_all = &points * whole(5) >= &gap.high * whole(4) && points <= gap.high;
        if items.len() >= 3 && nearly_all && least > &listed * whole(2) {
            let rest = shown_range(&(&gap.low - &points).max(whole(0)), &(&gap.high - &points));
            let left = shown_range(&(&least - &listed), &(&most - &listed));
            let message = format!(
                "the gaps from line {} on bring {} of {} for {} engineer-weeks, the plan takes {said}: {left} of them for the last {rest} points",
                items.first().map_or(0, |item| item.line),
                shown(&points),
                gap.text,
                shown(&listed),
            );
            findings.add(
                Rule::Sum,
                line.number,
                message,
                (format!("{said} engineer-weeks"), Some(shown(&listed))),
            );
        }
    }
}

fn people(line: &Line) -> Option<&Quantity> {
    line.quantities.iter().find(|q| q.unit == Unit::People)
}

/// Weeks times people of a plan's total, at least and at most.
fn cost(line: &Line) -> Option<(Exact, Exact, String)> {
    let (weeks, people) = (line.values().find(|q| q.unit == Unit::Weeks)?, people(line)?);
    let total = line.key().starts_with("total") || line.key() == "plan";
    let (least, most) = (&weeks.low * &people.low, &weeks.high * &people.high);
    let said = shown_range(&least, &most);
    total.then_some((least, most, said))
}
