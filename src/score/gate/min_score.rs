//! `min-score`: the shown score is at least the limit.

use super::{Condition, Context, GateNumber, condition, outcome, unless};
use crate::score::show::tenths;

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(limit) = context.gate().min_score else { return Vec::new() };
    let score = context.shown();
    let holds = score >= limit;
    let message = format!("the score is {}, the policy asks for {}", tenths(score), tenths(limit));
    vec![Condition {
        actual: Some(GateNumber::Tenths(score)),
        limit: Some(GateNumber::Tenths(limit)),
        way_out: unless(holds, || format!("gain {} points; the gaps say where", tenths(limit - score))),
        ..condition("min-score", outcome(holds), message)
    }]
}
