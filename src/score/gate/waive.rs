//! Waivers: a failing condition that somebody answers for, for a while. The score never changes.

use jiff::civil::Date;

use super::{Condition, ConditionOutcome};
use crate::model::order;
use crate::policy::{Waiver, left};

/// Turns a failing condition into a waived one, or says that its waiver has run out.
pub(super) fn apply(condition: &mut Condition, waivers: &[Waiver], today: Date) {
    if condition.outcome != ConditionOutcome::Fail {
        return;
    }
    let mut covering: Vec<&Waiver> = waivers.iter().filter(|waiver| covers(waiver, &condition.id)).collect();
    order::sort_by_key(&mut covering, |waiver| waiver.expires);
    let Some(Waiver { owner, reason, expires, .. }) = covering.last() else { return };
    if *expires >= today {
        condition.outcome = ConditionOutcome::Waived;
        condition.message = format!(
            "{}; waived by {owner} until {expires} ({}): {reason}",
            condition.message,
            left(*expires, today)
        );
    } else {
        condition.message = format!("{}; the waiver by {owner} ran out on {expires}", condition.message);
    }
}

/// A waiver names a condition with its subject, or without it for all subjects.
fn covers(waiver: &Waiver, id: &str) -> bool {
    id.strip_prefix(&waiver.condition).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
