//! Words for the impact of phases.

use num_traits::Signed as _;

use super::item::{Item, middle, rank};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::shown;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// `Phase 2: … (3 points) MEDIUM IMPACT` beside `Phase 3: … (5 points) LOW IMPACT`.
pub(super) fn labels(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in &facts.phases {
        let items: Vec<Item> = phases
            .iter()
            .filter(|phase| phase.name.to_lowercase().contains("impact"))
            .filter_map(|phase| {
                let gain = phase.gain.as_ref().map(|(gain, _)| middle(gain))?;
                let hours =
                    phase.hours.as_ref().map(|(hours, _)| middle(hours)).filter(Exact::is_positive)?;
                let word = phase
                    .name
                    .rsplit([')', '⭐', '-', '–'])
                    .find(|part| part.to_lowercase().contains("impact"))?
                    .trim();
                let word = if phase.name.contains("LOW-MEDIUM") { "LOW-MEDIUM IMPACT" } else { word };
                Some(Item {
                    line: phase.line,
                    name: phase.name.split(['(', '⭐']).next()?.trim().to_owned(),
                    points: gain,
                    effort: hours,
                    rank: rank(word),
                    word: word.to_owned(),
                })
            })
            .collect();
        for item in &items {
            if let Some(other) =
                items.iter().find(|o| o.rank > item.rank && o.points < item.points && o.pays() < item.pays())
            {
                let message = format!(
                    "`{}` brings {} points ({} an hour) and is called {}; `{}` brings {} ({} an hour) and is called {}",
                    item.name,
                    shown(&item.points),
                    shown(&item.pays()),
                    item.word,
                    other.name,
                    shown(&other.points),
                    shown(&other.pays()),
                    other.word
                );
                findings.add(
                    Rule::EffortOrder,
                    item.line,
                    message,
                    (item.word.clone(), Some(shown(&item.pays()))),
                );
            }
        }
    }
}
