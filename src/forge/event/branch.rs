//! `push`, `schedule` and `workflow_dispatch`.

use serde::Deserialize;

use super::trigger::Trigger;
use super::{Activity, EventError, Push};
use crate::model::commit::Branch;

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    repository: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    default_branch: Option<String>,
}

pub(super) fn push(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    if trigger.read::<Payload>()?.deleted {
        return Ok(Activity::Nothing("the branch is deleted"));
    }
    current(trigger)
}

/// Schedules and manual runs have payloads of their own; the runner's variables say which branch it is.
pub(super) fn current(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let Some(name) = trigger.reference.strip_prefix("refs/heads/") else {
        return Ok(Activity::Nothing("it is no branch; Readiness looks at branches and pull requests"));
    };
    let repository = trigger.read::<Payload>()?.repository;
    Ok(Activity::Push(Push {
        head: trigger.commit(trigger.sha)?,
        branch: Branch(name.to_owned()),
        default_branch: repository.and_then(|repository| repository.default_branch).map(Branch),
    }))
}
