//! A team on Gitea: the same step as on GitHub, against a strict server in memory.

use std::thread;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::common::{Answer, Readiness};
use crate::fake_gitea::{FakeGitea, Fault, JOB_USER};

const POLICY: &str = "version: 1\ngate: {no-new-failures: true, patch-coverage: 80%, patch-min-lines: 1}\n";
const DIFF: &str = "diff --git a/src/calc.py b/src/calc.py\nindex 1111111..2222222 100644\n--- a/src/calc.py\n\
    +++ b/src/calc.py\n@@ -1,1 +1,3 @@\n def add(a, b): return a + b\n+def sub(a, b): return a - b\n\
    +def mul(a, b): return a * b\n";

/// The commits of the story: what is on `main`, and the head of pull request 7.
struct Story {
    gitea: FakeGitea,
    base: String,
    head: String,
}

impl Story {
    async fn begin() -> Self {
        let gitea = FakeGitea::start().await;
        let mut state = gitea.state();
        let files = [
            ("README.md", "# Widgets\n"),
            ("src/calc.py", "def add\n"),
            (".gitea/workflows/ci.yml", "on: push\n"),
        ];
        let first = state.commit(None, &files);
        let base = state.commit(Some(&first), &[("readiness.yml", POLICY)]);
        let head = state.commit(Some(&base), &[("src/calc.py", "def add\ndef sub\ndef mul\n")]);
        state.branches.insert("main".into(), base.clone());
        state.pull = json!({ "number": 7, "state": "open", "merge_base": base, "head": { "sha": head } });
        DIFF.clone_into(&mut state.diff);
        drop(state);
        Self { gitea, base, head }
    }

    /// A step with evidence in its folder. Everything that a runner of Gitea sets is set.
    fn step(&self, run: u32, event: &str, payload: &Value) -> Result<Readiness> {
        let junit = r#"<testsuite name="calc" tests="2"><testcase name="adds"/><testcase name="subtracts"/></testsuite>"#;
        let lcov = "SF:src/calc.py\nDA:1,1\nDA:2,1\nDA:3,1\nend_of_record\n";
        let step = Readiness::new()?
            .file("junit.xml", junit)?
            .file("lcov.info", lcov)?
            .file("event.json", payload.to_string())?;
        let path = |name: &str| step.path(name).display().to_string();
        let files = [
            ("GITHUB_EVENT_PATH", path("event.json")),
            ("GITHUB_OUTPUT", path("output")),
            ("GITHUB_STEP_SUMMARY", path("summary")),
            ("GITHUB_WORKSPACE", path(".")),
        ];
        let numbers = [("GITHUB_RUN_ID", (1000 + run).to_string()), ("GITHUB_RUN_NUMBER", run.to_string())];
        let texts = [
            ("GITHUB_ACTIONS", "true"),
            ("GITEA_ACTIONS", "true"),
            ("GITHUB_REPOSITORY", "acme/widgets"),
            ("GITHUB_SERVER_URL", "https://git.example/"),
            ("GITHUB_EVENT_NAME", event),
            ("INPUT_TOKEN", "0123456789abcdef0123456789abcdef01234567"),
            ("NO_PROXY", "*"),
        ];
        let texts = texts.map(|(name, value)| (name, value.to_owned()));
        let url = [("GITHUB_API_URL", self.gitea.url("api/v1"))];
        let all = files.into_iter().chain(numbers).chain(texts).chain(url);
        Ok(all.fold(step, |step, (name, value)| step.variable(name, value)))
    }

    fn push(&self, run: u32, commit: &str) -> Result<Readiness> {
        let payload = json!({ "ref": "refs/heads/main", "after": commit,
            "repository": { "id": 1, "default_branch": "main" } });
        let step = self.step(run, "push", &payload)?.file("readiness.yml", POLICY)?;
        Ok(step.variable("GITHUB_SHA", commit).variable("GITHUB_REF", "refs/heads/main"))
    }

    /// A pull request from the repository itself.
    fn review(&self, run: u32) -> Result<Readiness> {
        self.review_from(1, run)
    }

    /// As Gitea writes it: the action is `synchronized`.
    fn review_from(&self, repository: u32, run: u32) -> Result<Readiness> {
        let repo = json!({ "id": 1, "private": false });
        let fork = json!({ "id": repository, "private": false });
        let payload = json!({ "action": "synchronized", "number": 7, "pull_request": {
            "head": { "label": "topic", "ref": "topic", "sha": self.head, "repo_id": repository, "repo": fork },
            "base": { "label": "main", "ref": "main", "sha": self.base, "repo_id": 1, "repo": repo } } });
        let step = self.step(run, "pull_request", &payload)?;
        Ok(step.variable("GITHUB_SHA", &*self.head).variable("GITHUB_REF", "refs/pull/7/head"))
    }

    /// Runs of the recorded lines, in order.
    fn recorded(&self) -> Result<Vec<String>> {
        let files = self.gitea.state().files("readiness-data");
        let lines = files.iter().filter(|(path, _)| path.contains("/2")).map(|(_, bytes)| bytes);
        let text: String = lines.map(|bytes| String::from_utf8_lossy(bytes)).collect();
        let run = |line: &str| {
            let line: Value = serde_json::from_str(line).context("a line is no JSON")?;
            Ok(line["run"].as_str().map_or_else(|| line["run"].to_string(), str::to_owned))
        };
        let mut runs = text.lines().map(run).collect::<Result<Vec<_>>>()?;
        runs.sort();
        Ok(runs)
    }

    fn no_mistake(&self) {
        assert_eq!(self.gitea.state().mistakes, Vec::<String>::new());
    }

    /// The states that were set on the head, in order.
    fn states(&self) -> Vec<String> {
        let state = self.gitea.state();
        let of_head = state.statuses.iter().filter(|status| status["sha"] == self.head);
        of_head.map(|status| status["status"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn passes(step: &Readiness) -> Result<Answer> {
    let answer = step.run(&["run"])?;
    assert_eq!(answer.status, 0, "{}\n{}", answer.stderr, step.read("summary").unwrap_or_default());
    Ok(answer)
}

#[tokio::test]
async fn a_push_is_recorded_and_a_pull_request_is_compared_with_it() -> Result<()> {
    let story = Story::begin().await;
    passes(&story.push(1, &story.base)?)?;
    let paths: Vec<String> = story.gitea.state().files("readiness-data").into_keys().collect();
    let v1 = |path: &&String| path.starts_with("v1/branches/main/");
    assert_eq!(paths.iter().filter(v1).count(), 3, "{paths:?}");
    assert_eq!(paths[..4], ["README.md", "badge.json", "badge.svg", "trend.svg"], "no file of the project");

    let step = story.review(2)?;
    let answer = passes(&step)?;
    let lacks = answer.stderr.lines().filter(|line| line.contains("Gitea has no")).collect::<Vec<_>>();
    assert_eq!(
        lacks,
        ["readiness: Gitea has no check runs (their details are in the comment and in this log)"]
    );
    let report: Value = serde_json::from_str(&step.read("readiness-report.json")?)?;
    assert_eq!(report["base"]["sha"], story.base.as_str());
    assert_eq!(report["base"]["distance"], 0);
    let patch = &report["coverage"]["patch"];
    assert_eq!((&patch["covered"], &patch["total"]), (&json!(2), &json!(2)));
    assert_eq!(story.states(), ["pending", "success"]);
    let outputs = step.read("output")?;
    assert!(outputs.contains("https://git.example/acme/widgets/pulls/7#issuecomment-1"), "{outputs}");
    assert!(step.read("summary")?.contains("Readiness"));
    {
        let state = story.gitea.state();
        assert_eq!(state.comments.len(), 1);
        let page = "https://git.example/acme/widgets/actions/runs/2?attempt=1";
        assert_eq!(state.statuses[1]["target_url"], page);
    }

    // A worse second attempt writes into the same comment.
    let red = r#"<testsuite name="calc" tests="1"><testcase name="adds"><failure>no</failure></testcase></testsuite>"#;
    let again = story.review(2)?.file("junit.xml", red)?.variable("GITHUB_RUN_ATTEMPT", "2").run(&["run"])?;
    assert_eq!(again.status, 1, "{}", again.stderr);
    assert_eq!(story.states(), ["pending", "success", "pending", "failure"]);
    {
        let state = story.gitea.state();
        assert_eq!(state.comments.len(), 1);
        let body = state.comments[0]["body"].as_str().unwrap_or_default();
        assert!(body.contains("attempt=2") && body.contains("adds"), "{body}");
    }
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn runs_at_once_lose_no_line_whatever_goes_wrong_with_their_writes() -> Result<()> {
    let story = Story::begin().await;
    story.gitea.state().faults =
        [Fault::None, Fault::Outrun, Fault::Lost, Fault::None].into_iter().cycle().take(24).collect();
    let steps = (1..=8).map(|run| story.push(run, &story.base)).collect::<Result<Vec<_>>>()?;
    thread::scope(|scope| {
        let running: Vec<_> = steps.iter().map(|step| scope.spawn(|| step.run(&["run"]))).collect();
        for step in running {
            let answer = step.join().map_err(|_panic| anyhow::anyhow!("a step panicked"))??;
            assert_eq!(answer.status, 0, "{}", answer.stderr);
        }
        Ok::<(), anyhow::Error>(())
    })?;
    let expected: Vec<String> = (1001..=1008).map(|run| run.to_string()).collect();
    assert_eq!(story.recorded()?, expected);
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn lost_answers_leave_one_comment_and_the_last_status() -> Result<()> {
    let story = Story::begin().await;
    // Pending, the comment, the last status.
    story.gitea.state().faults = vec![Fault::Lost; 3];
    passes(&story.review(1)?)?;
    assert_eq!(story.gitea.state().comments.len(), 1);
    assert_eq!(story.states(), ["pending", "success"]);
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn two_runs_at_once_leave_one_comment_and_no_status_pending() -> Result<()> {
    let story = Story::begin().await;
    let steps = [story.review(1)?, story.review(2)?];
    thread::scope(|scope| {
        let running: Vec<_> = steps.iter().map(|step| scope.spawn(|| passes(step))).collect();
        running.into_iter().all(|step| matches!(step.join(), Ok(Ok(_)))).then_some(())
    })
    .context("a run failed")?;
    assert_eq!(story.gitea.state().comments.len(), 1);
    assert_eq!(story.states().last().map(String::as_str), Some("success"));
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn a_fork_whose_token_only_reads_is_judged_all_the_same() -> Result<()> {
    let story = Story::begin().await;
    story.gitea.state().faults = vec![Fault::Forbidden; 9];
    let step = story.review_from(2, 1)?;
    passes(&step)?;
    assert_eq!(story.gitea.state().faults.len(), 8, "one refusal is enough");
    let summary = step.read("summary")?;
    assert!(summary.contains("no comment and no status: runs for forks"), "{summary}");
    assert!(story.gitea.state().comments.is_empty() && story.states().is_empty());
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn a_comment_that_somebody_else_marked_is_left_alone() -> Result<()> {
    let story = Story::begin().await;
    let marker = "<!-- readiness:v1 name= run=9999 attempt=1 sha=";
    let forged = format!("forged\n\n{marker}{} -->", story.head);
    story.gitea.state().comments =
        vec![json!({ "id": 1, "body": forged, "user": { "id": JOB_USER + 7, "login": "mallory" } })];
    passes(&story.review(1)?)?;
    let state = story.gitea.state();
    assert_eq!(state.comments.len(), 2);
    assert_eq!(state.comments[0]["body"], forged.as_str());
    drop(state);
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn a_policy_that_the_change_brings_along_decides_nothing() -> Result<()> {
    let story = Story::begin().await;
    let lowered = "version: 1\ngate: {no-new-failures: false}\n";
    let red = r#"<testsuite name="calc" tests="1"><testcase name="adds"><failure>no</failure></testcase></testsuite>"#;
    let mut state = story.gitea.state();
    let head = state.commit(Some(&story.head), &[("readiness.yml", lowered)]);
    state.pull["head"]["sha"] = json!(head);
    state.diff = format!(
        "{DIFF}diff --git a/readiness.yml b/readiness.yml\n--- a/readiness.yml\n+++ b/readiness.yml\n\
         @@ -1,2 +1,2 @@\n version: 1\n-gate: {{no-new-failures: true, patch-coverage: 80%, patch-min-lines: 1}}\n+gate: {{no-new-failures: false}}\n"
    );
    drop(state);
    let story = Story { head, ..story };
    let step = story.review(1)?.file("junit.xml", red)?.file("readiness.yml", lowered)?;
    let answer = step.run(&["run"])?;
    assert_eq!(answer.status, 1, "{}", answer.stderr);
    assert_eq!(story.states(), ["pending", "failure"]);
    let report: Value = serde_json::from_str(&step.read("readiness-report.json")?)?;
    assert!(report.to_string().contains("readiness.yml at main"), "{report}");
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn what_the_forge_lacks_is_said_once_and_is_no_error() -> Result<()> {
    let story = Story::begin().await;
    let step = story.review(1)?.variable("INPUT_ARTIFACTS", "reports").variable("FORGEJO_ACTIONS", "true");
    let answer = passes(&step)?;
    let said = answer.stderr.lines().filter(|line| line.contains("Forgejo has no")).count();
    assert_eq!(said, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("no artifacts for a job to ask for"), "{}", answer.stderr);

    let payload = json!({ "action": "completed", "repository": { "id": 1, "default_branch": "main" },
        "workflow": { "path": ".gitea/workflows/ci.yml" },
        "workflow_run": { "id": 1, "event": "pull_request", "head_sha": story.head, "head_branch": "topic",
            "head_repository": { "id": 1, "owner": { "login": "acme" } }, "repository": { "id": 1 } } });
    let followed = story.step(2, "workflow_run", &payload)?.variable("GITHUB_SHA", &*story.base);
    let answer = passes(&followed)?;
    assert!(answer.stderr.contains("nothing to do: Gitea lets no job look into runs"), "{}", answer.stderr);
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn the_nearest_recorded_ancestor_is_the_base_when_the_merge_base_is_not_recorded() -> Result<()> {
    let story = Story::begin().await;
    let first = story.gitea.state().line(&story.base)[1].0.clone();
    passes(&story.push(1, &first)?)?;
    let step = story.review(2)?;
    passes(&step)?;
    let report: Value = serde_json::from_str(&step.read("readiness-report.json")?)?;
    assert_eq!((&report["base"]["sha"], &report["base"]["distance"]), (&json!(first), &json!(1)));
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn a_server_whose_address_does_not_tell_is_asked_what_it_is() -> Result<()> {
    let story = Story::begin().await;
    let answer = passes(&story.review(1)?.variable("GITHUB_API_URL", story.gitea.url("proxied")))?;
    assert!(answer.stderr.contains("Gitea has no check runs"), "{}", answer.stderr);
    assert_eq!(story.states(), ["pending", "success"]);
    story.no_mistake();
    Ok(())
}

#[tokio::test]
async fn a_trend_is_read_back_from_the_data_branch() -> Result<()> {
    let story = Story::begin().await;
    for run in 1..=3 {
        passes(&story.push(run, &story.base)?)?;
    }
    let reader = story.push(4, &story.base)?.variable("GITHUB_TOKEN", "0123456789abcdef");
    let answer = reader.run(&[
        "trend",
        "--history",
        "branch:readiness-data",
        "--branch",
        "main",
        "--format",
        "json",
    ])?;
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let trend: Value = serde_json::from_str(&answer.stdout)?;
    assert_eq!(trend["branches"][0]["runs"].as_array().map(Vec::len), Some(3), "{trend}");
    story.no_mistake();
    Ok(())
}
