//! Line after line, each with what it brings and the score after it.

use num_traits::Signed as _;

use super::read::{is_gain, is_score};
use super::{MOST, Now};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// `- Quarter 2: +3 points, 88 points` below `- Quarter 1: +4 points, 85 points`, and "Gain 6, after it 91." further below.
pub(super) fn listed(facts: &Facts<'_>, now: &[Now], findings: &mut Findings) {
    let each: Vec<(&Line, &Quantity, &Quantity)> =
        facts.document.lines.iter().filter_map(step).take(MOST).collect();
    let steps: Vec<(&Line, &Quantity, Exact)> = each
        .windows(2)
        .filter_map(|two| match two {
            [(_, _, from), (line, by, to)] => Some((*line, *to, &from.low + &by.low)),
            _ => None,
        })
        .collect();
    let mut wrong = steps.iter().filter(|(_, to, exact)| to.low != *exact);
    let begins = each.first().is_some_and(|(_, by, to)| now.iter().any(|(now, _)| now + &by.low == to.low));
    let right = usize::from(begins) + steps.iter().filter(|(_, to, exact)| to.low == *exact).count();
    // Where one is wrong the next is, too, unless it goes on from the wrong one.
    if let Some((line, to, exact)) = wrong.next()
        && wrong.count() <= 1
        && right >= 1
        && (exact - &to.low).abs() <= whole(10)
        && !findings.has(Rule::Sum, line.number)
    {
        let (said, computed) = (line.between(to.start, to.end).to_owned(), shown(exact));
        let message = format!("the score above and this gain make {computed}, not {said}");
        findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
    }
}

/// What a line brings, and the score after it.
fn step(line: &Line) -> Option<(&Line, &Quantity, &Quantity)> {
    let lower = line.text.to_lowercase();
    match line.quantities.iter().filter(|q| !is_name(line, q)).collect::<Vec<_>>()[..] {
        [by, to] if is_score(to) && by.end < to.start => {
            let lead = lower.get(..by.start)?.trim_end();
            let called = ["gain", "gain:", "brings", "adds"].iter().any(|word| lead.ends_with(word));
            let plain =
                called && by.is_point() && matches!(by.unit, Unit::None | Unit::Points) && by.over.is_none();
            let between = lower.get(by.end..to.start)?;
            let after = ["after", "then", "makes", "ends at", "total", "reaches", "to", "→", "score"];
            let follows = after.iter().any(|word| between.trim_end_matches([' ', ':']).ends_with(word))
                || between.contains("after");
            let listed = by.signed && is_gain(by);
            (listed || plain && follows).then_some((line, by, to))
        }
        _ => None,
    }
}

/// Whether a number only counts quarters or phases, in the label of its line.
fn is_name(line: &Line, q: &Quantity) -> bool {
    q.unit == Unit::None && !q.signed && line.label.as_ref().is_some_and(|label| q.end <= label.len())
}
