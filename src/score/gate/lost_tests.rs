//! `no-lost-tests`: every case of the base is still there, under the new name of its file where that is renamed. A case
//! that is renamed itself counts as lost and added, one that the change deletes as lost: whoever asks for this wants to
//! look at such a change.

use super::{Condition, Context, GateNumber, condition, no_baseline, or_waive, outcome, unless};
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
        way_out: unless(holds, || format!("bring back {}, {}", some(&names), or_waive(ID))),
        names,
        ..condition(ID, outcome(holds), message)
    }]
}

/// Without any test on the head all of the base's are lost.
fn all_of(base: &TestReport) -> Vec<CaseNote> {
    tests_diff::compare(&Tests::alone(&TestReport::default()), Some(base), true).removed
}
