//! The gate's answer, and the comparison that decided it.

use num_traits::ToPrimitive;

use super::amounts::counted;
use crate::model::gate::{Condition, ConditionOutcome, Gate, GateMode, GateNumber, GateOutcome};

/// How the gate's answer is used: `enforced`, `warns only`, `warns until 2026-12-01`.
pub(crate) fn mode(gate: &Gate) -> String {
    match &gate.mode {
        GateMode::Enforce => String::from("enforced"),
        GateMode::Warn => String::from("warns only"),
        GateMode::EnforceAfter(day) if gate.enforced => format!("enforced since {day}"),
        GateMode::EnforceAfter(day) => format!("warns until {day}"),
    }
}

/// What the gate says, in as few words as hold the number that decided.
pub(crate) fn answer(gate: &Gate) -> String {
    let reason = first_reason(gate);
    match (gate.outcome, reason) {
        (GateOutcome::Fail, Some(reason)) => format!("gate failed: {reason}"),
        (GateOutcome::Fail, None) => String::from("gate failed"),
        (GateOutcome::Pass, Some(reason)) => format!("gate not enforced, would fail: {reason}"),
        (GateOutcome::Pass, None) => String::from("gate passed"),
    }
}

fn first_reason(gate: &Gate) -> Option<String> {
    let first = reason(gate.failing().next()?);
    let others = gate.failing().count().saturating_sub(1) as u64;
    Some(if others == 0 { first } else { format!("{first}, and {}", counted(others, "more condition")) })
}

/// The comparison that a failing condition rests on: `patch coverage 61.1 % < 80.0 %`.
fn reason(condition: &Condition) -> String {
    let (Some(actual), Some(limit)) = (condition.actual, condition.limit) else {
        return condition.message.clone();
    };
    let (kind, subject) = condition.id.split_once('/').unwrap_or((&condition.id, ""));
    match kind {
        "min-score" => format!("score {} < {}", number(actual), number(limit)),
        "max-drop" => format!("score drop {} > {}", number(actual), number(limit)),
        "dimension-min" => format!("{subject} {} < {}", number(actual), number(limit)),
        "patch-coverage" => format!("patch coverage {} % < {} %", number(actual), number(limit)),
        "max-failures" => format!("{} > {}", count(actual, "failure"), number(limit)),
        "no-new-failures" => count(actual, "new failure"),
        "no-new-findings" => count(actual, "new finding"),
        "no-lost-tests" => count(actual, "lost test"),
        "max-new-flaky" => format!("{} > {}", count(actual, "new flaky test"), number(limit)),
        _ => condition.message.clone(),
    }
}

/// Whether the names behind a failing condition are worth a list: more than its way out has room for, and not cases
/// or lines, which stand in sections of their own.
pub(crate) fn has_list(condition: &Condition) -> bool {
    let told_elsewhere = matches!(
        condition.id.as_str(),
        "no-new-failures" | "no-new-findings" | "max-failures" | "patch-coverage"
    );
    condition.outcome == ConditionOutcome::Fail && condition.names.len() > 3 && !told_elsewhere
}

pub(super) fn number(number: GateNumber) -> String {
    match number {
        GateNumber::Tenths(tenths) => tenths.to_string(),
        GateNumber::Count(count) => count.to_string(),
    }
}

pub(super) fn count(number: GateNumber, noun: &str) -> String {
    match number {
        GateNumber::Count(number) => counted(number, noun),
        GateNumber::Tenths(tenths) => counted(tenths.exact().to_u64().unwrap_or(0), noun),
    }
}
