//! `max-new-flaky`: at most so many cases are flaky here that were not on the base.

use super::{Condition, Context, GateNumber, condition, no_baseline, outcome, unless};
use crate::model::tests::CaseId;
use crate::score::show::{count, some};
use crate::score::tests_diff::{Tests, new_flaky};

const ID: &str = "max-new-flaky";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(limit) = context.gate().max_new_flaky else { return Vec::new() };
    let limit_shown = Some(GateNumber::Count(limit));
    let Some(base) = context.base() else { return vec![no_baseline(ID, limit_shown)] };
    let head = Tests::of(context.situation);
    let ids = head.map(|head| new_flaky(&head, base.tests.as_ref())).unwrap_or_default();
    let names: Vec<String> = ids.into_iter().map(CaseId::title).collect();
    let number = names.len() as u64;
    let holds = number <= limit;
    let verb = if number == 1 { "is" } else { "are" };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit: limit_shown,
        way_out: unless(holds, || format!("make {} reliable", some(&names))),
        names,
        ..condition(
            ID,
            outcome(holds),
            format!("{} {verb} newly flaky, at most {limit} allowed", count(number, "case")),
        )
    }]
}
