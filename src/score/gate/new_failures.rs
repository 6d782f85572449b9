//! `no-new-failures`: no case fails here that does not fail on the base. Without a base every failing case is new, and
//! without a test report nothing shows that there is none.

use super::{Condition, ConditionOutcome, Context, GateNumber, condition, outcome, unless};
use crate::policy::{Check, MetricSelector, Policy, Subject};
use crate::score::show::{count, some};

const ID: &str = "no-new-failures";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    if !context.gate().no_new_failures {
        return Vec::new();
    }
    let Some(tests) = context.tests else { return vec![without_tests(context)] };
    let names: Vec<String> = tests.new_failures.iter().map(|note| note.id.title()).collect();
    let holds = names.is_empty();
    let number = names.len() as u64;
    let base = if context.situation.baseline.is_some() {
        ""
    } else {
        "; without a baseline every failing case is new"
    };
    let verb = if number == 1 { "fails" } else { "fail" };
    let message = match number {
        0 => "no case fails that did not fail before".to_owned(),
        _ => format!("{} newly {verb}{base}", count(number, "case")),
    };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit: Some(GateNumber::Count(0)),
        way_out: unless(holds, || format!("fix {}", some(&names))),
        names,
        ..condition(ID, outcome(holds), message)
    }]
}

/// Tests that the base had, or that the policy counts, must not look like tests that pass when they are gone.
fn without_tests(context: &Context<'_>) -> Condition {
    let had_tests = context.base().is_some_and(|base| base.tests.is_some());
    let hand_in = "hand in the test reports of this run";
    let (message, way_out) = match (had_tests, counts_tests(context.situation.policy)) {
        (true, _) => ("no test report was read, and the base has one", hand_in.to_owned()),
        (false, true) => (
            "no test report was read, so nothing shows that no case newly fails",
            format!("{hand_in}; a project without tests needs a policy that does not count them"),
        ),
        (false, false) => {
            let message = "no test report was read, and no check counts tests";
            return condition(ID, ConditionOutcome::NotGated, message);
        }
    };
    Condition { way_out: Some(way_out), ..condition(ID, ConditionOutcome::Fail, message) }
}

fn counts_tests(policy: &Policy) -> bool {
    let counts = |check: &Check| matches!(check.subject, Subject::Metric(MetricSelector::Tests { .. }));
    policy.checks().any(|(_, check)| counts(check))
}
