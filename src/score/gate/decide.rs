//! All conditions and the gate's answer.

use jiff::civil::Date;

use super::context::Context;
use super::{
    bad_evidence, components, dimension_min, lost_evidence, lost_tests, max_drop, max_failures, min_score,
    new_failures, new_findings, new_flaky, patch_coverage, policy_change, required, suite_errors, waive,
};
use crate::model::gate::{Condition, ConditionOutcome, Gate, GateMode, GateOutcome};

/// All conditions in the order of the report.
const CONDITIONS: [fn(&Context<'_>) -> Vec<Condition>; 15] = [
    min_score::decide,
    max_drop::decide,
    dimension_min::decide,
    required::decide,
    max_failures::decide,
    new_failures::decide,
    new_findings::decide,
    lost_tests::decide,
    lost_evidence::decide,
    patch_coverage::decide,
    components::decide,
    new_flaky::decide,
    policy_change::decide,
    suite_errors::decide,
    bad_evidence::decide,
];

/// Decides every condition, applies waivers, and gives the mode's answer.
pub(in crate::score) fn decide(context: &Context<'_>) -> Gate {
    let today = context.situation.today;
    let waivers = &context.situation.policy.waivers;
    let mut conditions: Vec<Condition> = CONDITIONS.iter().flat_map(|decide| decide(context)).collect();
    for condition in &mut conditions {
        waive::apply(condition, waivers, today);
    }
    let mode = context.gate().mode.clone();
    let enforced = is_enforced(&mode, today);
    let fails = conditions.iter().any(|condition| condition.outcome == ConditionOutcome::Fail);
    let outcome = if enforced && fails { GateOutcome::Fail } else { GateOutcome::Pass };
    Gate { outcome, mode, enforced, conditions }
}

/// Whether failing conditions block on the day. A day that cannot be read enforces: nothing goes by unseen.
fn is_enforced(mode: &GateMode, today: Date) -> bool {
    match mode {
        GateMode::Enforce => true,
        GateMode::Warn => false,
        GateMode::EnforceAfter(day) => day.parse::<Date>().map_or(true, |day| day <= today),
    }
}
