//! The table: each event with its commit, base, comment target and rights.

use super::*;
use crate::forge::Kind;

const HEAD: &str = "1111111111111111111111111111111111111111";
const BASE: &str = "2222222222222222222222222222222222222222";
const MAIN: &str = "refs/heads/main";
const MERGE: &str = "refs/pull/7/merge";

fn pull(action: &str, head_repo: &str) -> String {
    format!(
        r#"{{"action":"{action}","number":7,"pull_request":{{
            "head":{{"sha":"{HEAD}","ref":"topic","repo":{head_repo}}},
            "base":{{"sha":"{BASE}","ref":"main","repo":{{"id":1,"private":false}}}}}}}}"#
    )
}

fn group(action: &str) -> String {
    format!(
        r#"{{"action":"{action}","merge_group":{{"head_sha":"{HEAD}","base_sha":"{BASE}","base_ref":"refs/heads/main"}}}}"#
    )
}

/// A run that has ended: what started it, on which branch, of which repository.
fn run(event: &str, branch: &str, repository: &str) -> String {
    format!(
        r#"{{"action":"completed","workflow":{{"path":".github/workflows/ci.yml"}},
            "repository":{{"id":1,"default_branch":"main"}},
            "workflow_run":{{"id":77,"run_attempt":2,"event":"{event}","conclusion":"failure",
                "path":".github/workflows/ci.yml@main","head_sha":"{HEAD}","head_branch":"{branch}",
                "head_repository":{repository},"repository":{{"id":1}}}}}}"#
    )
}

const OWN: &str = r#"{"id":1,"owner":{"login":"acme"}}"#;
const FORK: &str = r#"{"id":2,"owner":{"login":"mallory"}}"#;

fn decide(name: &str, payload: &str, reference: &str) -> String {
    decide_for("octocat", name, payload, reference)
}

fn decide_for(actor: &str, name: &str, payload: &str, reference: &str) -> String {
    // Where the runner's commit counts, it is the branch's tip; for pull requests it is the merge commit.
    let sha = if reference == MERGE { "3333333333333333333333333333333333333333" } else { HEAD };
    match activity(&Trigger { forge: Kind::GitHub, name, payload, sha, reference, actor }) {
        Ok(activity) => show(&activity),
        Err(error) => format!("error: {error}; {}", error.help()),
    }
}

fn show(activity: &Activity) -> String {
    match activity {
        Activity::Pull(pull) => format!(
            "pull {} {}@{} -> {}@{} {:?} {:?}",
            pull.number,
            pull.head_branch,
            pull.head.short(),
            pull.base_branch,
            pull.base.short(),
            pull.origin,
            pull.rights
        ),
        Activity::Queue(queue) => {
            format!("queue {} -> {}@{}", queue.head.short(), queue.base_branch, queue.base.short())
        }
        Activity::Push(push) => {
            let default = push.default_branch.as_ref().map(|branch| &branch.0);
            format!("push {}@{} default {default:?}", push.branch, push.head.short())
        }
        Activity::Follow(run) => {
            let about = match &run.about {
                Followed::Pull(source) => format!(
                    "{:?} {} -> {}@{} of {:?}",
                    source.origin(),
                    source.head.short(),
                    source.base_branch,
                    source.base.short(),
                    source.branch.as_ref().map(|b| (&*b.owner, &*b.name.0, b.repository))
                ),
                Followed::Queue(queue) => show(&Activity::Queue(queue.clone())),
                Followed::Push(push) => show(&Activity::Push(push.clone())),
            };
            format!("after {}.{} of {}: {about}", run.id.id, run.id.attempt, run.workflow)
        }
        Activity::Nothing(why) => format!("nothing: {why}"),
    }
}

#[test]
fn each_event_has_its_activity() {
    let own = r#"{"id":1}"#;
    let seen = [
        decide("pull_request", &pull("opened", own), MERGE),
        decide("pull_request", &pull("synchronize", own), MERGE),
        decide("pull_request", &pull("reopened", own), MERGE),
        decide("pull_request", &pull("ready_for_review", own), MERGE),
        decide("pull_request", &pull("closed", own), MERGE),
        decide_for("dependabot[bot]", "pull_request", &pull("opened", own), MERGE),
        decide("pull_request", &pull("opened", r#"{"id":2}"#), MERGE),
        decide("pull_request", &pull("opened", "null"), MERGE),
        decide("pull_request", &pull("opened", r#"{"id":2}"#).replace("false", "true"), MERGE),
        decide("pull_request_target", &pull("opened", r#"{"id":2}"#), MAIN),
        decide("merge_group", &group("checks_requested"), "refs/heads/gh-readonly-queue/main/pr-7"),
        decide("merge_group", &group("destroyed"), "refs/heads/gh-readonly-queue/main/pr-7"),
        decide("push", r#"{"repository":{"default_branch":"trunk"}}"#, MAIN),
        decide("push", r#"{"deleted":true}"#, MAIN),
        decide("push", "{}", "refs/tags/v1"),
        decide("schedule", r#"{"schedule":"0 5 * * *"}"#, MAIN),
        decide("workflow_dispatch", r#"{"inputs":null}"#, "refs/heads/release/1"),
    ];
    insta::assert_snapshot!(seen.join("\n"), @r#"
    pull 7 topic@1111111111 -> main@2222222222 Repository Granted
    pull 7 topic@1111111111 -> main@2222222222 Repository Granted
    pull 7 topic@1111111111 -> main@2222222222 Repository Granted
    pull 7 topic@1111111111 -> main@2222222222 Repository Granted
    nothing: the pull request is closed; the push to its base branch is what counts
    pull 7 topic@1111111111 -> main@2222222222 Repository Doubtful
    pull 7 topic@1111111111 -> main@2222222222 Fork ReadOnly
    pull 7 topic@1111111111 -> main@2222222222 Fork ReadOnly
    pull 7 topic@1111111111 -> main@2222222222 Fork Doubtful
    pull 7 topic@1111111111 -> main@2222222222 Fork Granted
    queue 1111111111 -> main@2222222222
    nothing: the merge group is gone
    push main@1111111111 default Some("trunk")
    nothing: the branch is deleted
    nothing: it is no branch; Readiness looks at branches and pull requests
    push main@1111111111 default None
    push release/1@1111111111 default None
    "#);
}

#[test]
fn a_run_that_ended_stands_for_what_started_it() {
    let queue = format!("gh-readonly-queue/release/1/pr-7-{BASE}");
    let skipped = run("pull_request", "topic", OWN).replace("failure", "skipped");
    let running = run("pull_request", "topic", OWN).replace("completed", "requested");
    let seen = [
        run("pull_request", "topic", OWN),
        run("pull_request", "topic", FORK),
        run("pull_request", "main", FORK),
        run("pull_request", "topic", "null"),
        run("pull_request_target", "topic", FORK),
        run("push", "main", OWN),
        run("push", "main", FORK),
        run("schedule", "main", OWN),
        run("workflow_dispatch", "release/1", OWN),
        run("merge_group", &queue, OWN),
        run("merge_group", &queue, FORK),
        run("merge_group", "gh-readonly-queue/main/pr-7-short", OWN),
        skipped,
        running,
    ]
    .map(|payload| decide("workflow_run", &payload, MAIN));
    insta::assert_snapshot!(seen.join("\n"), @r#"
    after 77.2 of .github/workflows/ci.yml: Repository 1111111111 -> main@1111111111 of Some(("acme", "topic", 1))
    after 77.2 of .github/workflows/ci.yml: Fork 1111111111 -> main@1111111111 of Some(("mallory", "topic", 2))
    after 77.2 of .github/workflows/ci.yml: Fork 1111111111 -> main@1111111111 of Some(("mallory", "main", 2))
    after 77.2 of .github/workflows/ci.yml: Fork 1111111111 -> main@1111111111 of None
    after 77.2 of .github/workflows/ci.yml: Fork 1111111111 -> main@1111111111 of Some(("mallory", "topic", 2))
    after 77.2 of .github/workflows/ci.yml: push main@1111111111 default Some("main")
    nothing: the run was about no branch of this repository
    after 77.2 of .github/workflows/ci.yml: push main@1111111111 default Some("main")
    after 77.2 of .github/workflows/ci.yml: push release/1@1111111111 default Some("main")
    after 77.2 of .github/workflows/ci.yml: queue 1111111111 -> release/1@2222222222
    nothing: the run was about no branch of this repository
    nothing: the run was about no branch of this repository
    nothing: the run was skipped and measured nothing
    nothing: the run has not ended; ask for `types: [completed]`
    "#);
}

#[test]
fn what_cannot_be_decided_is_said() {
    let hostile = pull("opened", "null").replace(HEAD, "../../x");
    let foreign = run("push", "main", OWN).replace(r#""repository":{"id":1}}"#, r#""repository":{"id":5}}"#);
    let renamed = run("push", "main", OWN).replace("ci.yml@main", "other.yml");
    let seen = [
        decide("issue_comment", "{}", MAIN),
        decide("pull_request", r#"{"action":"opened"}"#, MERGE),
        decide("pull_request", &hostile, MERGE),
        decide("workflow_run", &run("issue_comment", "main", OWN), MAIN),
        decide("workflow_run", &foreign, MAIN),
        decide("workflow_run", &renamed, MAIN),
    ];
    insta::assert_snapshot!(seen.join("\n"), @r"
    error: the event `issue_comment` is not supported; run Readiness on pull_request, pull_request_target, merge_group, push, schedule or workflow_dispatch, or on workflow_run after one of them
    error: failed to read the payload of the event `pull_request`: missing field `number` at line 1 column 19; GITHUB_EVENT_PATH must name the file that the runner wrote for this event
    error: failed to read the payload of the event `pull_request`: `../../x` is no commit; GITHUB_EVENT_PATH must name the file that the runner wrote for this event
    error: the event `workflow_run` for a run that `issue_comment` started is not supported; run Readiness on pull_request, pull_request_target, merge_group, push, schedule or workflow_dispatch, or on workflow_run after one of them
    error: failed to read the payload of the event `workflow_run`: the run belongs to another repository; GITHUB_EVENT_PATH must name the file that the runner wrote for this event
    error: failed to read the payload of the event `workflow_run`: run and workflow name different files; GITHUB_EVENT_PATH must name the file that the runner wrote for this event
    ");
}

#[test]
fn on_gitea_the_token_of_a_fork_is_tried() {
    let payload = pull("synchronized", r#"{"id":2,"private":false}"#);
    let (sha, reference) = (HEAD, "refs/pull/7/head");
    let of = |forge| {
        let trigger =
            Trigger { forge, name: "pull_request", payload: &payload, sha, reference, actor: "mallory" };
        activity(&trigger).map(|activity| show(&activity)).unwrap()
    };
    assert_eq!(of(Kind::Gitea), "pull 7 topic@1111111111 -> main@2222222222 Fork Doubtful");
    assert_eq!(of(Kind::GitHub), "pull 7 topic@1111111111 -> main@2222222222 Fork ReadOnly");
}
