//! Parts that conditions are made of.

use crate::model::gate::{Condition, ConditionOutcome, GateNumber};

/// A condition without numbers; the rest is added by struct update.
pub(super) fn condition(
    id: impl Into<String>,
    outcome: ConditionOutcome,
    message: impl Into<String>,
) -> Condition {
    Condition {
        id: id.into(),
        outcome,
        actual: None,
        limit: None,
        message: message.into(),
        way_out: None,
        names: Vec::new(),
    }
}

/// A condition that compares with a base that is not there.
pub(super) fn no_baseline(id: &str, limit: Option<GateNumber>) -> Condition {
    let message = "there is no baseline to compare with";
    let way_out = Some("a recorded run of the base branch makes the comparison possible".to_owned());
    Condition { limit, way_out, ..condition(id, ConditionOutcome::NoBaseline, message) }
}

/// Pass or fail.
pub(super) fn outcome(holds: bool) -> ConditionOutcome {
    if holds { ConditionOutcome::Pass } else { ConditionOutcome::Fail }
}

/// The waiver as a way out: what a change brings along does not rule over that change.
pub(super) fn or_waive(id: &str) -> String {
    format!("or waive `{id}` with a reason (merged to the base branch first)")
}

/// The way out, only where one is needed.
pub(super) fn unless(holds: bool, way_out: impl FnOnce() -> String) -> Option<String> {
    if holds { None } else { Some(way_out()) }
}
