//! `no-lost-evidence`: whatever kind of evidence the base has, the head has, too.

use super::{Condition, Context, GateNumber, condition, no_baseline, outcome, unless};
use crate::model::coverage::CoverageReport;
use crate::model::evidence::Evidence;
use crate::score::show::{count, some};

const ID: &str = "no-lost-evidence";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    if !context.gate().no_lost_evidence {
        return Vec::new();
    }
    let limit = Some(GateNumber::Count(0));
    let Some(base) = context.base() else { return vec![no_baseline(ID, limit)] };
    let now = kinds(context.situation.evidence);
    let names: Vec<String> = kinds(base).into_iter().filter(|kind| !now.contains(kind)).collect();
    let holds = names.is_empty();
    let number = names.len() as u64;
    let message = match number {
        0 => "all evidence that the base has is here, too".to_owned(),
        1 => format!("1 kind of evidence of the base is missing: {}", some(&names)),
        _ => format!("{} of evidence of the base are missing: {}", count(number, "kind"), some(&names)),
    };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit,
        way_out: unless(holds, || format!("hand in {} again", some(&names))),
        names,
        ..condition(ID, outcome(holds), message)
    }]
}

/// Names of what `evidence` holds.
fn kinds(evidence: &Evidence) -> Vec<String> {
    let coverage = evidence.coverage.as_ref().map(CoverageReport::totals);
    let kinds = [
        ("test reports", evidence.tests.is_some()),
        ("line coverage", coverage.is_some()),
        ("branch coverage", coverage.is_some_and(|totals| totals.branches.is_some())),
        ("function coverage", coverage.is_some_and(|totals| totals.functions.is_some())),
    ];
    let kinds = kinds.into_iter().filter(|(_, present)| *present).map(|(kind, _)| kind.to_owned());
    kinds.chain(evidence.measurements.iter().map(|measurement| measurement.id.clone())).collect()
}
