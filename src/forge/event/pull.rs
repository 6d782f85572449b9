//! `pull_request` and `pull_request_target`.

use serde::Deserialize;

use super::trigger::Trigger;
use super::{Activity, EventError, Origin, Pull, Rights};
use crate::forge::Kind;
use crate::forge::wire::{PullSide, RepositoryRef};
use crate::model::commit::Branch;

/// Whose runs get a read-only token unless the workflow's `permissions` say otherwise.
const DEPENDABOT: &str = "dependabot[bot]";

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    action: String,
    number: u64,
    pull_request: Body,
}

#[derive(Deserialize)]
struct Body {
    head: PullSide,
    base: PullSide,
}

pub(super) fn activity(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let payload: Payload = trigger.read()?;
    if payload.action == "closed" {
        return Ok(Activity::Nothing(
            "the pull request is closed; the push to its base branch is what counts",
        ));
    }
    let Body { head, base } = payload.pull_request;
    let same = matches!((&head.repo, &base.repo), (Some(head), Some(base)) if head.id == base.id);
    let origin = if same { Origin::Repository } else { Origin::Fork };
    Ok(Activity::Pull(Pull {
        number: payload.number,
        head: trigger.commit(&head.sha)?,
        head_branch: Branch(head.branch),
        base: trigger.commit(&base.sha)?,
        base_branch: Branch(base.branch),
        origin,
        rights: rights(trigger, origin, base.repo.as_ref()),
    }))
}

/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions>: only a repository
/// that is not public can be set to hand runs for forks more than a token that reads.
fn rights(trigger: &Trigger<'_>, origin: Origin, base: Option<&RepositoryRef>) -> Rights {
    if trigger.name == "pull_request_target" {
        return Rights::Granted;
    }
    match origin {
        // Other forges hand out what they are set to.
        Origin::Fork if trigger.forge != Kind::GitHub => Rights::Doubtful,
        Origin::Fork if base.is_some_and(|base| base.private) => Rights::Doubtful,
        Origin::Fork => Rights::ReadOnly,
        Origin::Repository if trigger.actor == DEPENDABOT => Rights::Doubtful,
        Origin::Repository => Rights::Granted,
    }
}
