//! From what the runner says to what is to be done: one pure function.
//!
//! Events: <https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows>.

use serde::Deserialize;

use crate::model::commit::{Branch, Sha};

/// What the runner says about the event.
#[derive(Clone, Copy, Debug)]
pub struct Trigger<'a> {
    /// `GITHUB_EVENT_NAME`.
    pub name: &'a str,
    /// The content of `GITHUB_EVENT_PATH`.
    pub payload: &'a str,
    /// `GITHUB_SHA`.
    pub sha: &'a str,
    /// `GITHUB_REF`.
    pub reference: &'a str,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Compare a pull request with its base, comment, set a status.
    Pull(Pull),
    /// As for a pull request, without a comment: the merged state of several of them.
    Queue(Queue),
    /// Evaluate a branch, and record it if it is tracked.
    Push(Push),
    /// Nothing, and why.
    Nothing(&'static str),
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// The commit that carries the status: never the merge commit.
    pub head: Sha,
    /// The branch that it comes from.
    pub head_branch: Branch,
    /// The tip of the base branch when the event happened.
    pub base: Sha,
    /// The branch that it goes to.
    pub base_branch: Branch,
    /// Whose branch it comes from.
    pub origin: Origin,
}

/// Where a pull request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The repository itself.
    Repository,
    /// Another one, maybe deleted: the token is read-only.
    Fork,
}

/// A group of a merge queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The commit that carries the status.
    pub head: Sha,
    /// What it is built on.
    pub base: Sha,
    /// The branch that it goes to.
    pub base_branch: Branch,
}

/// A branch after a push, on a schedule or by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// Its tip.
    pub head: Sha,
    /// Its name.
    pub branch: Branch,
    /// The repository's default branch, when the event says so.
    pub default_branch: Option<Branch>,
}

/// Why it cannot be told what to do.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Readiness has nothing to say to this event.
    #[error("the event `{0}` is not supported")]
    Unsupported(String),
    /// The payload lacks something.
    #[error("failed to read the payload of the event `{name}`: {source}")]
    Payload {
        /// The event.
        name: String,
        /// Where and what.
        #[source]
        source: serde_json::Error,
    },
    /// A name of a commit that is none.
    #[error("failed to read the payload of the event `{name}`: `{value}` is no commit")]
    Commit {
        /// The event.
        name: String,
        /// What was found.
        value: String,
    },
}

impl EventError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unsupported(_) => {
                "run Readiness on pull_request, pull_request_target, merge_group, push, schedule or workflow_dispatch"
            }
            Self::Payload { .. } | Self::Commit { .. } => {
                "GITHUB_EVENT_PATH must name the file that the runner wrote for this event"
            }
        }
    }
}

/// What is to be done about an event.
pub fn activity(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    match trigger.name {
        "pull_request" | "pull_request_target" => pull(trigger),
        "merge_group" => queue(trigger),
        "push" => push(trigger),
        "schedule" | "workflow_dispatch" => branch(trigger, None),
        other => Err(EventError::Unsupported(other.chars().take(60).collect())),
    }
}

#[derive(Deserialize)]
struct PullPayload {
    #[serde(default)]
    action: String,
    number: u64,
    pull_request: PullBody,
}

#[derive(Deserialize)]
struct PullBody {
    head: Side,
    base: Side,
}

#[derive(Deserialize)]
struct Side {
    sha: String,
    #[serde(rename = "ref")]
    branch: String,
    repo: Option<Repo>,
}

#[derive(Deserialize)]
struct Repo {
    id: u64,
}

fn pull(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let payload: PullPayload = read(trigger)?;
    if payload.action == "closed" {
        return Ok(Activity::Nothing(
            "the pull request is closed; the push to its base branch is what counts",
        ));
    }
    let PullBody { head, base } = payload.pull_request;
    let same = matches!((&head.repo, &base.repo), (Some(head), Some(base)) if head.id == base.id);
    Ok(Activity::Pull(Pull {
        number: payload.number,
        head: commit(trigger, &head.sha)?,
        head_branch: Branch(head.branch),
        base: commit(trigger, &base.sha)?,
        base_branch: Branch(base.branch),
        origin: if same { Origin::Repository } else { Origin::Fork },
    }))
}

#[derive(Deserialize)]
struct QueuePayload {
    #[serde(default)]
    action: String,
    merge_group: QueueBody,
}

#[derive(Deserialize)]
struct QueueBody {
    head_sha: String,
    base_sha: String,
    base_ref: String,
}

fn queue(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let payload: QueuePayload = read(trigger)?;
    if payload.action == "destroyed" {
        return Ok(Activity::Nothing("the merge group is gone"));
    }
    let group = payload.merge_group;
    Ok(Activity::Queue(Queue {
        head: commit(trigger, &group.head_sha)?,
        base: commit(trigger, &group.base_sha)?,
        base_branch: Branch(group.base_ref.trim_start_matches("refs/heads/").to_owned()),
    }))
}

#[derive(Deserialize)]
struct PushPayload {
    #[serde(default)]
    deleted: bool,
    #[serde(default)]
    repository: Option<PushRepository>,
}

#[derive(Deserialize)]
struct PushRepository {
    default_branch: Option<String>,
}

fn push(trigger: &Trigger<'_>) -> Result<Activity, EventError> {
    let payload: PushPayload = read(trigger)?;
    if payload.deleted {
        return Ok(Activity::Nothing("the branch is deleted"));
    }
    branch(trigger, payload.repository)
}

/// Schedules and manual runs have payloads of their own; the runner's variables say which branch it is.
fn branch(trigger: &Trigger<'_>, repository: Option<PushRepository>) -> Result<Activity, EventError> {
    let Some(name) = trigger.reference.strip_prefix("refs/heads/") else {
        return Ok(Activity::Nothing("it is no branch; Readiness looks at branches and pull requests"));
    };
    let repository = match repository {
        Some(repository) => Some(repository),
        None => read::<PushPayload>(trigger)?.repository,
    };
    Ok(Activity::Push(Push {
        head: commit(trigger, trigger.sha)?,
        branch: Branch(name.to_owned()),
        default_branch: repository.and_then(|repository| repository.default_branch).map(Branch),
    }))
}

fn read<'a, T: Deserialize<'a>>(trigger: &Trigger<'a>) -> Result<T, EventError> {
    serde_json::from_str(trigger.payload)
        .map_err(|source| EventError::Payload { name: trigger.name.to_owned(), source })
}

/// Commit names become part of URLs.
fn commit(trigger: &Trigger<'_>, text: &str) -> Result<Sha, EventError> {
    let fits = matches!(text.len(), 40 | 64) && text.bytes().all(|b| b.is_ascii_hexdigit());
    if fits {
        return Ok(Sha(text.to_ascii_lowercase()));
    }
    Err(EventError::Commit { name: trigger.name.to_owned(), value: text.chars().take(80).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "1111111111111111111111111111111111111111";
    const BASE: &str = "2222222222222222222222222222222222222222";

    fn pull_payload(action: &str, head_repo: &str) -> String {
        format!(
            r#"{{"action":"{action}","number":7,"pull_request":{{
                "head":{{"sha":"{HEAD}","ref":"topic","repo":{head_repo}}},
                "base":{{"sha":"{BASE}","ref":"main","repo":{{"id":1}}}}}}}}"#
        )
    }

    fn decide(name: &str, payload: &str, reference: &str) -> String {
        match activity(&Trigger { name, payload, sha: HEAD, reference }) {
            Ok(Activity::Pull(pull)) => format!(
                "pull {} {}@{} -> {}@{} {:?}",
                pull.number,
                pull.head_branch,
                pull.head.short(),
                pull.base_branch,
                pull.base.short(),
                pull.origin
            ),
            Ok(Activity::Queue(queue)) => {
                format!("queue {} -> {}@{}", queue.head.short(), queue.base_branch, queue.base.short())
            }
            Ok(Activity::Push(push)) => {
                let default = push.default_branch.map(|branch| branch.0);
                format!("push {}@{} default {default:?}", push.branch, push.head.short())
            }
            Ok(Activity::Nothing(why)) => format!("nothing: {why}"),
            Err(error) => format!("error: {error}; {}", error.help()),
        }
    }

    #[test]
    fn each_event_has_its_activity() {
        let main = "refs/heads/main";
        let pull = |action| pull_payload(action, r#"{"id":1}"#);
        let seen = [
            decide("pull_request", &pull("synchronize"), "refs/pull/7/merge"),
            decide("pull_request", &pull_payload("opened", r#"{"id":2}"#), "refs/pull/7/merge"),
            decide("pull_request", &pull_payload("opened", "null"), "refs/pull/7/merge"),
            decide("pull_request", &pull("closed"), "refs/pull/7/merge"),
            decide("pull_request_target", &pull("opened"), main),
            decide(
                "merge_group",
                &format!(
                    r#"{{"action":"checks_requested","merge_group":{{"head_sha":"{HEAD}","base_sha":"{BASE}","base_ref":"refs/heads/main"}}}}"#
                ),
                "refs/heads/gh-readonly-queue/main/pr-7",
            ),
            decide("push", r#"{"repository":{"default_branch":"trunk"}}"#, main),
            decide("push", r#"{"deleted":true}"#, main),
            decide("push", "{}", "refs/tags/v1"),
            decide("schedule", r#"{"schedule":"0 5 * * *"}"#, main),
            decide("workflow_dispatch", r#"{"inputs":null}"#, "refs/heads/release/1"),
        ];
        insta::assert_snapshot!(seen.join("\n"), @r#"
        pull 7 topic@1111111111 -> main@2222222222 Repository
        pull 7 topic@1111111111 -> main@2222222222 Fork
        pull 7 topic@1111111111 -> main@2222222222 Fork
        nothing: the pull request is closed; the push to its base branch is what counts
        pull 7 topic@1111111111 -> main@2222222222 Repository
        queue 1111111111 -> main@2222222222
        push main@1111111111 default Some("trunk")
        nothing: the branch is deleted
        nothing: it is no branch; Readiness looks at branches and pull requests
        push main@1111111111 default None
        push release/1@1111111111 default None
        "#);
    }

    #[test]
    fn what_cannot_be_decided_is_said() {
        let hostile = pull_payload("opened", "null").replace(HEAD, "../../x");
        let seen = [
            decide("issue_comment", "{}", "refs/heads/main"),
            decide("pull_request", r#"{"action":"opened"}"#, "refs/pull/7/merge"),
            decide("pull_request", &hostile, "refs/pull/7/merge"),
        ];
        insta::assert_snapshot!(seen.join("\n"), @r"
        error: the event `issue_comment` is not supported; run Readiness on pull_request, pull_request_target, merge_group, push, schedule or workflow_dispatch
        error: failed to read the payload of the event `pull_request`: missing field `number` at line 1 column 19; GITHUB_EVENT_PATH must name the file that the runner wrote for this event
        error: failed to read the payload of the event `pull_request`: `../../x` is no commit; GITHUB_EVENT_PATH must name the file that the runner wrote for this event
        ");
    }
}
