//! Numbers in a row: their mean, and what the second is above the first.

use num_traits::Signed as _;

use super::fraction::fraction;
use super::read::Sentence;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// "30, 34, 28, 32 and 36 points, mean 32".
pub(super) fn mean(sentence: &Sentence, findings: &mut Findings) {
    for (at, stated) in sentence.quantities.iter().enumerate().skip(2) {
        let before = sentence.quantities.get(..at).unwrap_or_default();
        let Some(latest) = before.last() else { continue };
        let lead = sentence.between(latest.end, stated.start);
        let named = [
            "mean",
            "average",
            "on average",
            "mean of the two",
            "average of the two",
            "mean of",
            "average of",
        ]
        .iter()
        .any(|word| lead.ends_with(word));
        let alike = |q: &Quantity| {
            let unit = q.unit == stated.unit || q.unit == Unit::None;
            unit && q.is_point() && q.over == stated.over && !q.signed && q.limit == Limit::Exactly
        };
        let weighted =
            mentions(&sentence.text.to_lowercase(), &["weighted", "target", "goal", "week", "month"]);
        if !named || weighted || !before.iter().all(alike) || !alike(stated) {
            continue;
        }
        let (Some(lowest), Some(highest)) =
            (before.iter().map(|q| &q.low).min(), before.iter().map(|q| &q.high).max())
        else {
            continue;
        };
        if &stated.low < lowest || &stated.low > highest {
            let computed = format!("{}-{}", shown(lowest), shown(highest));
            sentence.report((Rule::MeanBound, stated), "a mean of these lies in", computed, findings);
        }
    }
}

/// "83 %, up from 71 % in January (+12 points)", "from 71 in March to 83 in April, 12 points more".
pub(super) fn rise(sentence: &Sentence, findings: &mut Findings) {
    for (at, triple) in sentence.quantities.windows(3).enumerate() {
        let [first, second, by] = triple else { continue };
        let (lead, open) =
            (sentence.between(first.end, second.start), sentence.between(second.end, by.start));
        let back =
            ["up from", "down from", "last month", "last week", "last quarter", "last sprint", "previously"]
                .iter()
                .any(|word| lead.ends_with(word));
        let forth = sentence.between(0, first.start).ends_with("from") && lead.ends_with("to");
        let after = sentence.after(by);
        let more = ["more", "higher", "less", "lower", "up"].iter().any(|word| after.starts_with(word));
        let bracket = open.ends_with('(') && by.signed;
        let points = matches!(by.unit, Unit::Points | Unit::None) && by.over.is_none() && by.is_point();
        let alike = first.unit == second.unit && first.is_point() && second.is_point();
        // `62 of 100, up from 55`.
        let part = at.checked_sub(1).and_then(|at| fraction(sentence, at)).map_or(first, |(part, _)| part);
        let (from, to) = if forth { (first, second) } else { (second, part) };
        let said = back && bracket || forth && more && open.ends_with(',');
        if !said
            || lead.len() > 30
            || open.len() > 20
            || !points
            || !alike
            || from.over.is_some() && to.over.is_none()
        {
            continue;
        }
        let exact = &to.low - &from.low;
        if (exact.abs() - by.low.abs()).abs() >= to.ulp().max(by.ulp()) {
            let message = format!("from {} to {} is", shown(&from.low), shown(&to.low));
            let sign = if exact.is_negative() { "" } else { "+" };
            sentence.report((Rule::Sum, by), &message, format!("{sign}{}", shown(&exact)), findings);
        }
    }
}
