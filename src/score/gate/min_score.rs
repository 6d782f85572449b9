//! `min-score`: the shown score is at least the limit.

use super::{Condition, Context, GateNumber, condition, outcome, unless};
use crate::model::words::with_noun;
use crate::score::show::tenths;

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(limit) = context.gate().min_score else { return Vec::new() };
    let score = context.shown();
    let holds = score >= limit;
    let message = format!("the score is {}, at least {} asked for", tenths(score), tenths(limit));
    vec![Condition {
        actual: Some(GateNumber::Tenths(score)),
        limit: Some(GateNumber::Tenths(limit)),
        way_out: unless(holds, || {
            format!("gain {}; the gaps say where", with_noun(&tenths(limit - score), "point"))
        }),
        ..condition("min-score", outcome(holds), message)
    }]
}
