//! What the rise of a part brings to an overall number that is given with its parts: `Baseline: 68% (Core 80%, System
//! 50%)`, and "System 50% → 65%, overall +6%".

use num_traits::{Signed as _, Zero as _};

use super::mean::weights_of;
use crate::audit::facts::{Facts, Group, arrows};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(group) = facts.groups.iter().find(|group| group.parts.len() == 2 && group.low == group.high)
    else {
        return;
    };
    let Some(weights) = weights(facts, group) else { return };
    let found: Vec<Gain> =
        facts.texts().filter_map(|(line, text, q)| gain(group, &weights, (line, text, q))).collect();
    let right = found.iter().filter(|gain| gain.fits()).count();
    // Where others are gains of the whole, this one is meant as one.
    for gain in found.iter().filter(|gain| !gain.fits() && right >= 2 && right * 2 >= found.len()) {
        if !findings.has(Rule::WeightMismatch, gain.line) {
            let computed = format!("+{}", shown_range(&gain.low, &gain.high));
            let message = format!(
                "by the weights of line {} this brings {computed} to the whole, not {}",
                group.line, gain.said
            );
            findings.add(Rule::WeightMismatch, gain.line, message, (gain.said.clone(), Some(computed)));
        }
    }
}

/// The weight of the first part: equal ones where the document says so, else those that its numbers allow.
fn weights(facts: &Facts<'_>, group: &Group) -> Option<(Exact, Exact)> {
    let equal =
        ["equal weight", "equally weighted", "plain mean", "simple mean", "plain average", "half weight"];
    let says = |text: &str| {
        let lower = text.to_lowercase();
        equal.iter().any(|phrase| lower.contains(phrase))
    };
    if facts.texts().any(|(_, text, _)| says(text)) {
        let half = Exact::new(1.into(), 2.into());
        return Some((half.clone(), half));
    }
    weights_of(group)
}

/// A gain with what the rises beside it bring.
struct Gain {
    line: u32,
    said: String,
    stated: Quantity,
    low: Exact,
    high: Exact,
}

impl Gain {
    fn fits(&self) -> bool {
        let slack = self.stated.ulp() / whole(2);
        &self.low - &slack <= self.stated.high
            && self.stated.low <= &self.high + &slack
            && (self.stated.is_point()
                || self.low != self.high
                || self.stated.low <= self.low && self.low <= self.stated.high)
    }
}

fn gain(
    group: &Group,
    (least, most): &(Exact, Exact),
    (line, text, quantities): (u32, &str, &[Quantity]),
) -> Option<Gain> {
    let (mut low, mut high, mut rises) = (Exact::zero(), Exact::zero(), 0);
    let mut inside: Vec<usize> = Vec::new();
    for arrow in arrows(text, quantities) {
        let lead = text.get(..arrow.from.start)?;
        let name = lead.rsplit([',', ';', '(', ')', ':']).next()?.to_lowercase();
        let first =
            group.parts.iter().position(|part| mentions(&name, &[part.name.to_lowercase().trim()]))?;
        let percent = |q: &Quantity| q.unit == Unit::Percent && q.is_point() && !q.signed;
        if !percent(arrow.from) || !percent(arrow.to) {
            return None;
        }
        let rise = &arrow.to.low - &arrow.from.low;
        let share = |weight: &Exact| if first == 0 { weight.clone() } else { whole(1) - weight };
        let (a, b) = (share(least) * &rise, share(most) * &rise);
        low += a.clone().min(b.clone());
        high += a.max(b);
        rises += 1;
        inside.extend([arrow.from.start, arrow.to.start]);
    }
    let mut others =
        quantities.iter().filter(|q| !inside.contains(&q.start) && q.signed && q.low.is_positive());
    let (stated, None) = (others.next()?, others.next()) else { return None };
    let counted = matches!(stated.unit, Unit::Percent | Unit::Points) && stated.over.is_none() && rises > 0;
    counted.then(|| Gain {
        line,
        said: text.get(stated.start..stated.end).unwrap_or_default().to_owned(),
        stated: stated.clone(),
        low,
        high,
    })
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_rise_of_a_part_brings_its_share_of_the_overall_number() {
        let text = |gain: &str| {
            format!(
                "# Path\n\n**Baseline**: 68% (Core 80%, System 50%)\n\n### Phase 1\n\n**Expected**: System 50% → 65%, overall +{gain}%\n\n### Phase 2\n\n**Expected**: +8% (System 65% → 85%)\n\n### Phase 3\n\n**Expected**: Core 80% → 90%, overall +6%\n"
            )
        };
        assert_eq!(lines(&text("6"), Rule::WeightMismatch, None), [0; 0]);
        assert_eq!(lines(&text("15"), Rule::WeightMismatch, None), [7]);
        let own = "**Baseline**: 68% (Core 80%, System 50%)\n\nPhase 1: System 50% → 65% (+15%)\n\nPhase 2: Core 80% → 90% (+10%)\n";
        assert_eq!(lines(own, Rule::WeightMismatch, None), [0; 0]);
    }
}
