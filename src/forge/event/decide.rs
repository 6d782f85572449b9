//! The one function.

use super::trigger::{Trigger, brief};
use super::{Activity, EventError, branch, followed, pull, queue};

/// What is to be done about an event. A re-run has the event of its first attempt, so it does the same.
pub fn activity(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    match trigger.name {
        "pull_request" | "pull_request_target" => pull::activity(trigger),
        "merge_group" => queue::activity(trigger),
        "push" => branch::push(trigger),
        "schedule" | "workflow_dispatch" => branch::current(trigger),
        "workflow_run" => followed::activity(trigger),
        other => Err(EventError::Unsupported(brief(other))),
    }
}
