//! Points in the headings of phases, where they are points of the whole score.

use super::weight::{Model, model};
use crate::audit::facts::{DimensionSet, Facts, Phase, arrows, net_gain};
use crate::audit::findings::Findings;
use crate::audit::quantity::{says, shown};
use crate::model::audit::Rule;
use crate::model::exact::Exact;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for set in &facts.dimensions {
        let Some(Model::Even(share)) = model(facts, set) else { continue };
        for phases in &facts.phases {
            let whole =
                phases.iter().filter_map(|phase| raised(facts, set, phase)).any(|raised| raised.is_net);
            for phase in phases.iter().filter(|_| whole) {
                judge(facts, set, &share, phase, findings);
            }
        }
    }
}

/// What a phase does to one dimension.
struct Raised {
    from: Exact,
    to: Exact,
    /// The heading repeats the net gain and not the change of the dimension.
    is_net: bool,
}

fn raised(facts: &Facts<'_>, set: &DimensionSet, phase: &Phase) -> Option<Raised> {
    let ((gain, at), section) = (phase.gain.as_ref()?, phase.section?);
    facts.document.lines_within(section).filter(|line| line.number != *at).find_map(|line| {
        let arrow = arrows(&line.text, &line.quantities).next()?;
        set.find(line.text.get(..arrow.from.start)?)?;
        let (from, to) = (arrow.from.as_score()?.0, arrow.to.as_score()?.1);
        let net = net_gain(&line.text, arrow.after)?;
        let is_net = net.low == gain.low && net.low != &to - &from;
        Some(Raised { from, to, is_net })
    })
}

/// A heading that repeats the change of a dimension, among headings that give points of the whole.
fn judge(facts: &Facts<'_>, set: &DimensionSet, share: &Exact, phase: &Phase, findings: &mut Findings) {
    let (Some((gain, at)), Some(raised)) = (&phase.gain, raised(facts, set, phase)) else { return };
    let exact = share * (&raised.to - &raised.from);
    if raised.is_net || gain.low != &raised.to - &raised.from || says(&gain.low, gain.decimals, &exact) {
        return;
    }
    let (said, computed) = (format!("{} points", shown(&gain.low)), format!("+{}", shown(&exact)));
    let message = format!(
        "the headings give points of the score: one of {} dimensions from {} to {} is {computed}, not {said}",
        set.dimensions.len(),
        shown(&raised.from),
        shown(&raised.to)
    );
    findings.add(Rule::WeightMismatch, *at, message, (said, Some(computed)));
}
