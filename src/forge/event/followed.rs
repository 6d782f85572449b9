//! `workflow_run`: a run of another workflow has ended, maybe one for a fork. GitHub says which commit it was about;
//! what the run left behind is never asked for that.

use serde::Deserialize;

use super::trigger::{Trigger, brief};
use super::{Activity, EventError, Followed, Push, Run, Source, SourceBranch, queue};
use crate::model::commit::{Branch, RunId, Sha};

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    action: String,
    workflow_run: Body,
    workflow: Option<Workflow>,
    repository: Home,
}

#[derive(Deserialize)]
struct Body {
    id: u64,
    #[serde(default)]
    run_attempt: Option<u32>,
    event: String,
    #[serde(default)]
    conclusion: Option<String>,
    /// Older servers leave it out.
    #[serde(default)]
    path: Option<String>,
    head_sha: String,
    head_branch: Option<String>,
    head_repository: Option<HeadRepository>,
    repository: Numbered,
}

#[derive(Deserialize)]
struct Workflow {
    path: String,
}

#[derive(Deserialize)]
struct Home {
    id: u64,
    default_branch: String,
}

#[derive(Deserialize)]
struct Numbered {
    id: u64,
}

#[derive(Deserialize)]
struct HeadRepository {
    id: u64,
    owner: Option<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    login: String,
}

pub(super) fn activity(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let payload: Payload = trigger.read()?;
    if payload.action != "completed" {
        return Ok(Activity::Nothing("the run has not ended; ask for `types: [completed]`"));
    }
    if payload.workflow_run.conclusion.as_deref() == Some("skipped") {
        return Ok(Activity::Nothing("the run was skipped and measured nothing"));
    }
    let head = trigger.commit(&payload.workflow_run.head_sha)?;
    let workflow = workflow(trigger, &payload)?;
    let run = &payload.workflow_run;
    let id = RunId { id: run.id.to_string(), attempt: run.run_attempt.unwrap_or(1) };
    let about = about(trigger, &payload, head)?;
    Ok(match about {
        Some(about) => Activity::Follow(Run { id, workflow, about }),
        None => Activity::Nothing("the run was about no branch of this repository"),
    })
}

/// The path of the workflow's file, on which run and workflow must agree; runs may add `@` and a ref to it.
fn workflow(trigger: &Trigger<'_>, payload: &Payload) -> Result<String, EventError> {
    let wrong = |what| Err(EventError::Contradiction { name: trigger.name.to_owned(), what });
    if payload.workflow_run.repository.id != payload.repository.id {
        return wrong("the run belongs to another repository");
    }
    let plain = |path: &str| path.split('@').next().unwrap_or_default().to_owned();
    let of_run = payload.workflow_run.path.as_deref().map(plain);
    let of_workflow = payload.workflow.as_ref().map(|workflow| plain(&workflow.path));
    match (of_run, of_workflow) {
        (Some(run), Some(workflow)) if run != workflow => wrong("run and workflow name different files"),
        (Some(path), _) | (None, Some(path)) => Ok(path),
        (None, None) => wrong("it names no workflow file"),
    }
}

fn about(trigger: &Trigger<'_>, payload: &Payload, head: Sha) -> Result<Option<Followed>, EventError> {
    let run = &payload.workflow_run;
    match run.event.as_str() {
        "pull_request" | "pull_request_target" => {
            Ok(Some(Followed::Pull(source(payload, head, trigger.commit(trigger.sha)?))))
        }
        "merge_group" => {
            let queue = own_branch(payload).and_then(|name| queue::of_branch(name, &head));
            Ok(queue.map(Followed::Queue))
        }
        "push" | "schedule" | "workflow_dispatch" => Ok(own_branch(payload).map(|name| {
            Followed::Push(Push {
                head,
                branch: Branch(name.to_owned()),
                default_branch: Some(Branch(payload.repository.default_branch.clone())),
            })
        })),
        other => Err(EventError::UnsupportedRun(brief(other))),
    }
}

/// The runner's own commit is the tip of the default branch.
fn source(payload: &Payload, head: Sha, base: Sha) -> Source {
    let run = &payload.workflow_run;
    let branch = run.head_repository.as_ref().zip(run.head_branch.as_ref());
    let branch = branch.and_then(|(repository, name)| {
        let owner = repository.owner.as_ref()?.login.clone();
        Some(SourceBranch { owner, name: Branch(name.clone()), repository: repository.id })
    });
    let (target, base_branch) = (payload.repository.id, Branch(payload.repository.default_branch.clone()));
    Source { head, branch, target, base, base_branch }
}

/// The run's branch, if it is one of this very repository: only those are trusted to be recorded.
fn own_branch(payload: &Payload) -> Option<&str> {
    let run = &payload.workflow_run;
    let own = run.head_repository.as_ref().is_some_and(|head| head.id == payload.repository.id);
    run.head_branch.as_deref().filter(|_| own)
}
