//! `policy-change`: what a change may do to the policy. What it is judged by is the base's policy in any case.

use super::{Condition, ConditionOutcome, Context, condition, outcome, unless};
use crate::policy::PolicyChange;
use crate::score::Proposed;
use crate::score::show::{some_of, tenths};

const ID: &str = "policy-change";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let rule = context.gate().policy_change;
    match (context.situation.proposed, rule) {
        (None, None) => Vec::new(),
        (None, Some(_)) => vec![condition(ID, ConditionOutcome::Pass, "the policy is not edited")],
        (Some(proposed), rule) => vec![edited(context, proposed, rule)],
    }
}

fn edited(context: &Context<'_>, proposed: Proposed<'_>, rule: Option<PolicyChange>) -> Condition {
    let names = looser(context, proposed);
    let what = match names.as_slice() {
        [] => "the policy is edited and loosens nothing".to_owned(),
        names => format!("the policy is edited: {}", some_of(names, Clone::clone)),
    };
    let (outcome, message) = match rule {
        None => (ConditionOutcome::NotGated, format!("{what}; the policy in force sets no `policy-change`")),
        Some(PolicyChange::Allow) => (ConditionOutcome::Pass, format!("{what}; that is allowed")),
        Some(PolicyChange::StricterOnly) => (outcome(names.is_empty()), what),
        Some(PolicyChange::Deny) => (ConditionOutcome::Fail, format!("{what}; that takes a waiver")),
    };
    let holds = outcome != ConditionOutcome::Fail;
    Condition { way_out: unless(holds, || way_out(rule)), names, ..condition(ID, outcome, message) }
}

/// What the edited policy would let through, and points that it would give for the same evidence.
fn looser(context: &Context<'_>, proposed: Proposed<'_>) -> Vec<String> {
    let Some(policy) = proposed.policy() else { return vec!["it cannot be read".to_owned()] };
    let (own, then) = (context.shown(), context.proposed.unwrap_or(context.shown()));
    let raised = (then > own).then(|| format!("the score would be {}, not {}", tenths(then), tenths(own)));
    raised.into_iter().chain(context.situation.policy.loosened_by(policy)).collect()
}

fn way_out(rule: Option<PolicyChange>) -> String {
    let waiver = "have a waiver of `policy-change` merged first";
    match rule {
        Some(PolicyChange::StricterOnly) => format!("take back what is looser, or {waiver}"),
        _ => format!("take back the edit, or {waiver}"),
    }
}
