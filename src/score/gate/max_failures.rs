//! `max-failures`: at most so many cases fail. Without any test report nothing shows that.

use super::{Condition, ConditionOutcome, Context, GateNumber, condition, outcome, unless};
use crate::score::show::{count, some};

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(limit) = context.gate().max_failures else { return Vec::new() };
    let limit_shown = Some(GateNumber::Count(limit));
    let Some(tests) = context.tests else {
        let message = format!("no test report was read, so nothing shows that at most {limit} cases fail");
        let way_out = Some("hand in the test reports of this run".to_owned());
        let failed = condition("max-failures", ConditionOutcome::Fail, message);
        return vec![Condition { limit: limit_shown, way_out, ..failed }];
    };
    let failing = tests.counts.failing();
    let holds = failing <= limit;
    let notes = tests.new_failures.iter().chain(&tests.still_failing);
    let names: Vec<String> = notes.map(|note| note.id.title()).collect();
    let verb = if failing == 1 { "fails" } else { "fail" };
    vec![Condition {
        actual: Some(GateNumber::Count(failing)),
        limit: limit_shown,
        way_out: unless(holds, || format!("fix {}: {}", count(failing - limit, "case"), some(&names))),
        names,
        ..condition(
            "max-failures",
            outcome(holds),
            format!("{} {verb}, at most {limit} allowed", count(failing, "case")),
        )
    }]
}
