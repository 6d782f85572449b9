//! The points that failing conditions need.

use num_traits::Zero;

use super::candidate::Candidate;
use crate::model::exact::{Exact, whole};
use crate::model::gate::{Condition, Gate};
use crate::score::gate::Context;
use crate::score::layout::BaseCards;

/// Points that are needed, in one dimension or in all.
pub(super) struct Need<'a> {
    pub(super) condition: &'a Condition,
    pub(super) dimension: Option<&'a str>,
    pub(super) points: Exact,
}

impl Need<'_> {
    pub(super) fn counts(&self, candidate: &Candidate<'_>) -> bool {
        self.dimension.is_none_or(|id| candidate.score.dimension.id == id)
    }

    pub(super) fn is_met<'a>(&self, chosen: impl Iterator<Item = &'a Candidate<'a>>) -> bool {
        let gains = chosen.filter(|candidate| self.counts(candidate)).map(|candidate| &candidate.gain);
        gains.fold(Exact::zero(), |sum, gain| sum + gain) >= self.points
    }
}

/// The points that failing conditions need, and the ids of those that all gaps together do not give.
pub(super) fn needs<'a>(
    context: &Context<'a>,
    gate: &'a Gate,
    base: Option<&BaseCards<'_>>,
    (forced, optional): (&[Candidate<'_>], &[Candidate<'_>]),
) -> (Vec<Need<'a>>, Vec<String>) {
    let all: Vec<Need<'a>> = gate.failing().filter_map(|condition| need(condition, context, base)).collect();
    let (within, beyond): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|need| need.is_met(forced.iter().chain(optional)));
    (within, beyond.into_iter().map(|need| need.condition.id.clone()).collect())
}

fn need<'a>(
    condition: &'a Condition,
    context: &Context<'a>,
    base: Option<&BaseCards<'_>>,
) -> Option<Need<'a>> {
    let gate = &context.situation.policy.gate;
    let total = || context.card.total();
    let (dimension, points) = match condition.id.as_str() {
        "min-score" => (None, gate.min_score?.exact() - total()),
        "max-drop" => (None, (base?.rescored.shown() - gate.max_drop?).exact() - total()),
        id => {
            let id = id.strip_prefix("dimension-min/")?;
            let (_, least) = gate.dimension_min.iter().find(|(dimension, _)| dimension == id)?;
            let missing = least.exact() - context.card.dimension_score(id);
            let max = context.card.of(id).fold(Exact::zero(), |sum, score| sum + &score.max);
            (Some(id), missing * max / whole(100))
        }
    };
    Some(Need { condition, dimension, points })
}
