//! `dimension-min`: the shown score of a dimension is at least its limit.

use super::{Condition, Context, GateNumber, Tenths, condition, outcome, unless};
use crate::score::show::tenths;

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    context.gate().dimension_min.iter().map(|(id, limit)| one(id, *limit, context)).collect()
}

fn one(id: &str, limit: Tenths, context: &Context<'_>) -> Condition {
    let row = context.dimensions.iter().find(|dimension| dimension.id == id);
    let name = row.map_or(id, |row| row.name.as_str());
    let score = row.map_or(Tenths::ZERO, |row| row.score);
    let holds = score >= limit;
    let message = format!("{name} is at {} of 100, at least {} asked for", tenths(score), tenths(limit));
    Condition {
        actual: Some(GateNumber::Tenths(score)),
        limit: Some(GateNumber::Tenths(limit)),
        way_out: unless(holds, || format!("raise {name} by {} of 100", tenths(limit - score))),
        ..condition(format!("dimension-min/{id}"), outcome(holds), message)
    }
}
