//! Bands partition the scores.

use super::read::Band;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{shown, ulp};
use crate::model::audit::Rule;
use crate::model::exact::whole;
use crate::model::order;

pub(super) fn judge(facts: &Facts<'_>, mut bands: Vec<Band>, findings: &mut Findings) {
    if bands.len() < 3 {
        return;
    }
    order::sort_by(&mut bands, |a, b| a.low.cmp(&b.low).then_with(|| a.high.cmp(&b.high)));
    // `≥ 80`, `≥ 60`, `≥ 40` are steps: each ends where the next begins.
    let steps = bands.iter().filter(|band| band.high == whole(100)).count() > 1
        && bands.iter().all(|b| b.high == whole(100) || b.below || b.low == whole(0));
    if !steps {
        between(&bands, findings);
        ends(facts, &bands, findings);
    }
}

/// Holes and overlaps of bands that stand in order.
pub(super) fn between(bands: &[Band], findings: &mut Findings) {
    let step = ulp(bands.iter().map(|band| band.decimals).max().unwrap_or_default());
    let meets = |a: &Band, b: &Band| a.high == b.low;
    let half_open = bands.windows(2).all(|pair| matches!(pair, [a, b] if meets(a, b)));
    for pair in bands.windows(2) {
        let [a, b] = pair else { continue };
        // `above 90` over `75-89` leaves 90 out.
        let next = &a.high + &step == b.low && !a.below && !b.above;
        if half_open || meets(a, b) && (a.below || b.above) || next {
            continue;
        }
        // Bands in a list are read downwards; verdicts of scenarios stand in no order and have no names.
        let later = if a.line > b.line && !a.name.is_empty() { a } else { b };
        if a.high >= b.low {
            let (low, high) = (&b.low, if a.high < b.high { &a.high } else { &b.high });
            let shared = if low == high { shown(low) } else { format!("{}-{}", shown(low), shown(high)) };
            let message = format!("{shared} is in two bands, {} and {}", a.text, b.text);
            findings.add(Rule::Bands, later.line, message, (later.text.clone(), Some(shared)));
        } else {
            let hole = format!("{}-{}", shown(&a.high), shown(&b.low));
            let message =
                format!("no band holds the scores between {} and {}", shown(&a.high), shown(&b.low));
            findings.add(Rule::Bands, later.line, message, (later.text.clone(), Some(hole)));
        }
    }
}

/// The current score must fall into a band.
fn ends(facts: &Facts<'_>, bands: &[Band], findings: &mut Findings) {
    let (Some(first), Some(last), Some(current)) = (bands.first(), bands.last(), facts.current()) else {
        return;
    };
    let (low, high) = (&current.low, &current.high);
    if *high < first.low || *low > last.high {
        let message = format!(
            "no band holds the current score {}: the bands go from {} to {}",
            current.text,
            shown(&first.low),
            shown(&last.high)
        );
        findings.add(Rule::Bands, first.line, message, (first.text.clone(), Some(current.text.clone())));
    }
}
