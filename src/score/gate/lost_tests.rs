//! `no-lost-tests`: every case of the base is still there. A renamed case counts as lost and added.

use super::{Condition, Context, GateNumber, condition, no_baseline, outcome, unless};
use crate::model::report::CaseNote;
use crate::model::tests::TestReport;
use crate::score::show::{count, some};
use crate::score::tests_diff::{self, Tests};

const ID: &str = "no-lost-tests";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    if !context.gate().no_lost_tests {
        return Vec::new();
    }
    let limit = Some(GateNumber::Count(0));
    let Some(base) = context.base() else { return vec![no_baseline(ID, limit)] };
    let lost = match context.tests {
        Some(tests) => tests.removed.clone(),
        None => base.tests.as_ref().map(all_of).unwrap_or_default(),
    };
    let names: Vec<String> = lost.iter().map(|note| note.id.title()).collect();
    let holds = names.is_empty();
    let number = names.len() as u64;
    let message = match number {
        0 => "every case of the base is still there".to_owned(),
        1 => "1 case of the base is gone".to_owned(),
        _ => format!("{} of the base are gone", count(number, "case")),
    };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit,
        way_out: unless(holds, || format!("bring back {}, or waive `{ID}` with a reason", some(&names))),
        names,
        ..condition(ID, outcome(holds), message)
    }]
}

/// Without any test on the head all of the base's are lost.
fn all_of(base: &TestReport) -> Vec<CaseNote> {
    tests_diff::compare(&Tests::alone(&TestReport::default()), Some(base), true).removed
}
