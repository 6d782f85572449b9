//! `merge_group`.

use serde::Deserialize;

use super::trigger::{Trigger, commit};
use super::{Activity, EventError, Queue};
use crate::model::commit::{Branch, Sha};

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    action: String,
    merge_group: Body,
}

#[derive(Deserialize)]
struct Body {
    head_sha: String,
    base_sha: String,
    base_ref: String,
}

pub(super) fn activity(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let payload: Payload = trigger.read()?;
    if payload.action == "destroyed" {
        return Ok(Activity::Nothing("the merge group is gone"));
    }
    let group = payload.merge_group;
    Ok(Activity::Queue(Queue {
        head: trigger.commit(&group.head_sha)?,
        base: trigger.commit(&group.base_sha)?,
        base_branch: Branch(group.base_ref.trim_start_matches("refs/heads/").to_owned()),
    }))
}

/// The group of a queue's branch, `gh-readonly-queue/BASE/pr-NUMBER-COMMIT`: what it is built on is part of the name.
pub(super) fn of_branch(name: &str, head: &Sha) -> Option<Queue> {
    let (base_branch, pull) = name.strip_prefix("gh-readonly-queue/")?.rsplit_once("/pr-")?;
    let (_number, base) = pull.rsplit_once('-')?;
    Some(Queue { head: head.clone(), base: commit(base)?, base_branch: Branch(base_branch.to_owned()) })
}
