//! What is missing between a score and a goal in plain numbers.

use num_traits::Signed as _;

use super::read::is_score;
use super::{MOST, Now};
use crate::audit::facts::{Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// `Gap: 15 points` beside a score and a goal in plain numbers.
pub(super) fn apply(facts: &Facts<'_>, now: &[Now], findings: &mut Findings) {
    if facts.states(Is::Gap).next().is_some() && facts.current().is_some() {
        return;
    }
    let labelled = |names: &[&str]| -> Vec<(Quantity, u32)> {
        let lines = facts.document.lines.iter();
        let found = lines.filter_map(|line| Some((line.labelled(names)?.clone(), line.number)));
        found.filter(|(q, _)| is_score(q)).take(MOST).collect()
    };
    let targets = labelled(&["target", "goal", "target score"]);
    let [(gap, line), ..] = &labelled(&["gap", "missing", "shortfall", "gap to target", "gap to goal"])[..]
    else {
        return;
    };
    let full = [whole(100)];
    let ends: Vec<&Exact> = targets.iter().map(|(q, _)| &q.low).chain(&full).collect();
    let fits = now.iter().any(|(now, _)| ends.iter().any(|end| (*end - now - &gap.low).abs() < gap.ulp()));
    let (Some((now, _)), Some(end)) = (now.first(), ends.first()) else { return };
    let exact = *end - now;
    if !fits && (&exact - &gap.low).abs() * whole(2) <= exact && !findings.has(Rule::Sum, *line) {
        let (said, computed) = (shown(&gap.low), shown(&exact));
        let message = format!("from {} to {} is {computed}, not {said}", shown(now), shown(end));
        findings.add(Rule::Sum, *line, message, (said, Some(computed)));
    }
}
