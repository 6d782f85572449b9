//! `suite-errors`: what fails outside any case is never green, whatever else the policy asks for.

use super::{Condition, Context, GateNumber, condition, outcome, unless};
use crate::score::show::{count, some};

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(tests) = context.tests else { return Vec::new() };
    let names: Vec<String> =
        tests.suite_errors.iter().map(|error| named(&error.suite, &error.message)).collect();
    let number = names.len() as u64;
    let holds = number == 0;
    let message = match number {
        0 => "no suite failed outside its cases".to_owned(),
        _ => format!("{} outside any case", count(number, "failure")),
    };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit: Some(GateNumber::Count(0)),
        way_out: unless(holds, || format!("make these suites load and finish: {}", some(&names))),
        names,
        ..condition("suite-errors", outcome(holds), message)
    }]
}

fn named(suite: &str, message: &str) -> String {
    if suite.is_empty() { message.to_owned() } else { format!("{suite}: {message}") }
}
