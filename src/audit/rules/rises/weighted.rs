//! Rise, weight and gain in one text.

use num_traits::Signed as _;

use super::raised::is_gain;
use crate::audit::facts::rises;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::rules::passage::Passage;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// `Tile cache, 9/10 to 10/10, weight 20 %: +2`: rise, weight and gain in one text.
pub(super) fn own(passage: &Passage, findings: &mut Findings) {
    let numbers = quantities(&passage.text);
    let all = rises(&passage.text, &numbers);
    let [rise] = all.as_slice() else { return };
    let lower = passage.text.to_lowercase();
    let is_weight = |q: &&Quantity| {
        let lead = lower.get(..q.start).unwrap_or_default().trim_end_matches([' ', ':', '(']);
        let after = lower.get(q.end..).unwrap_or_default().trim_start();
        let called = lead.ends_with("weight")
            || lead.ends_with("weight of")
            || lead.ends_with("weighs")
            || after.starts_with("weight");
        q.unit == Unit::Percent && q.is_point() && called
    };
    let mut weights = numbers.iter().filter(is_weight);
    let (Some(weight), None) = (weights.next(), weights.next()) else { return };
    let mut gains = numbers.iter().filter(|q| q.start > rise.to.end && is_gain(passage, q));
    let (Some(gain), None) = (gains.next(), gains.next()) else { return };
    let top = match &rise.to.over {
        Some(over) => over.clone(),
        None if rise.to.low <= whole(10) && rise.to.unit != Unit::Percent => whole(10),
        None => whole(100),
    };
    let exact = &weight.low * (&rise.to.low - &rise.from.low) / top;
    let line = passage.line(gain.start);
    let known = findings.has(Rule::WeightMismatch, line);
    let off = (&exact - &gain.low).abs() >= gain.ulp()
        || gain.decimals == 0 && exact.is_integer() && exact != gain.low;
    if off && !known && exact.is_positive() {
        let (said, computed) = (passage.said(gain.start, gain.end).to_owned(), format!("+{}", shown(&exact)));
        let message = format!(
            "with weight {} from {} to {} is {computed}, not {said}",
            shown(&weight.low),
            shown(&rise.from.low),
            shown(&rise.to.low)
        );
        findings.add(Rule::WeightMismatch, line, message, (said, Some(computed)));
    }
}
