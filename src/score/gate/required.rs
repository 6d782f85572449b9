//! `required`: a check that the policy calls required is attained in full.

use num_traits::One;

use super::{Condition, Context, GateNumber, Tenths, condition, outcome, unless};
use crate::model::exact::{Exact, whole};
use crate::score::gaps::advice;
use crate::score::points::CheckScore;
use crate::score::show::{tenths, value};

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    context.card.checks.iter().filter(|score| score.check.required).map(one).collect()
}

fn one(score: &CheckScore<'_>) -> Condition {
    let holds = score.attainment == Exact::one();
    let attained = Tenths::floor(&(&score.attainment * whole(100)));
    let (id, check) = (&score.check.id, score.check);
    let found = match &score.metric.value {
        Some(found) => format!("at {}", value(found, score.metric.unit)),
        None => score.metric.state.name().to_owned(),
    };
    let target = value(&check.target, check.unit);
    let message =
        format!("required check {id} is {found}, its target is {target}: attained {} %", tenths(attained));
    Condition {
        actual: Some(GateNumber::Tenths(attained)),
        limit: Some(GateNumber::Tenths(Tenths(1000))),
        way_out: unless(holds, || advice(score)),
        ..condition(format!("required/{id}"), outcome(holds), message)
    }
}
