//! Recording and finding, on a folder store.

#![expect(clippy::disallowed_methods, reason = "the tests look at the files of a store")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::baseline::{self, BaselineError, Wanted};
use super::content::ContentId;
use super::folder::FolderStore;
use super::record::{Entry, Pages, RecordError, Recorded, Written, record};
use super::snapshot::{self, Snapshot};
use super::store::{At, Change, Commit, Store, StoreError, Version};
use super::wire::WireError;
use super::{layout, trend};
use crate::model::commit::{Branch, Head, RunId, Sha};
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::gate::GateOutcome;
use crate::model::mutation::{Mutant, MutantCounts, MutationRun};
use crate::model::tests::{CaseDetail, CaseId, Outcome, SuiteError, TestCase, TestReport};
use crate::model::todos::{Todo, TodoReport};

fn main_branch() -> Branch {
    Branch("main".into())
}

fn sha(run: u64) -> Sha {
    Sha(format!("{run:040x}"))
}

fn evidence() -> Evidence {
    let case = |name: &str, outcome, detail: Option<CaseDetail>| TestCase {
        id: CaseId {
            suite: "api/v1".into(),
            class: Some("Api".into()),
            name: name.into(),
            cell: Some("ubuntu".into()),
        },
        outcome,
        flaky: false,
        duration: Some(1_500_000),
        detail: detail.map(Into::into),
    };
    let said = CaseDetail {
        message: Some("boom".into()),
        file: Some("a.py".into()),
        line: Some(3),
        frames: Vec::new(),
    };
    let tests = TestReport {
        cells: vec!["ubuntu".into()],
        suites: 1,
        cases: vec![case("adds", Outcome::Passed, None), case("breaks", Outcome::Errored, Some(said))],
        suite_errors: vec![SuiteError { suite: "api".into(), message: "no build".into() }],
        producer: Some("pytest".into()),
    };
    let todo =
        |path: &str, line| Todo { path: path.into(), line, text: "TODO: x".into(), tracked: line == 1 };
    let todos = vec![todo("a.c", 1), todo("a.c", 2), todo("b.c", 7)];
    Evidence {
        tests: Some(tests),
        mutation: vec![MutationRun {
            tool: "pit".into(),
            counts: MutantCounts { killed: 3, survived: 1, ..MutantCounts::default() },
            undetected: vec![Mutant {
                path: Some("a.c".into()),
                line: None,
                what: "+".into(),
                covered: true,
            }],
        }],
        todos: Some(TodoReport { todos, ..TodoReport::default() }),
        ..Evidence::default()
    }
}

fn entry(run: u64, attempt: u32, score: i64) -> Entry {
    let snapshot = Snapshot {
        head: Head { sha: sha(run), branch: Some(main_branch()) },
        run: RunId { id: run.to_string(), attempt },
        recorded_at: format!("2026-11-21T10:00:{:02}Z", run % 60),
        policy_text: "version: 1\n".into(),
        evidence: evidence(),
        score: Tenths(score),
        outcome: GateOutcome::Pass,
        dimensions: [("tests".to_owned(), Tenths(score))].into(),
        points: [("tests.pass-rate".to_owned(), Tenths(score))].into(),
        metrics: [("tests.total".to_owned(), "2".to_owned())].into(),
        recent: Vec::new(),
    };
    Entry { branch: main_branch(), snapshot, policy_hash: "aa".into(), pages: Pages::Update }
}

async fn put(store: &FolderStore, entry: &Entry) -> Recorded {
    record(store, entry, Instant::now() + Duration::from_mins(1)).await.unwrap()
}

async fn scores(store: &FolderStore) -> Vec<String> {
    let loaded = trend::load(store, &main_branch()).await.unwrap();
    assert_eq!(loaded.problems, Vec::<String>::new());
    loaded.trend.runs.iter().map(|run| format!("{}.{} {}", run.run.id, run.run.attempt, run.score)).collect()
}

#[test]
fn a_snapshot_survives_both_encodings() {
    let snapshot = entry(7, 1, 874).snapshot;
    for bytes in [snapshot::encode(&snapshot).unwrap(), snapshot::encode_plain(&snapshot).unwrap()] {
        assert_eq!(snapshot::decode(&bytes).unwrap(), snapshot);
    }
}

#[test]
fn newer_and_foreign_snapshots_are_refused_with_a_reason() {
    let say = |text: &str| snapshot::decode(text.as_bytes()).unwrap_err().to_string();
    insta::assert_snapshot!(
        [
            say(r#"{"schema":"readiness/snapshot/v2"}"#),
            say(r#"{"schema":"readiness/report/v1"}"#),
            say("{"),
        ]
        .join("\n"),
        @r"
    it has version 2 of the format, this Readiness knows versions up to 1
    its schema is `readiness/report/v1`
    it is not readable: EOF while parsing an object at line 1 column 1
    "
    );
}

#[tokio::test]
async fn a_rerun_replaces_its_line_and_never_the_other_way_round() {
    let folder = tempfile::tempdir().unwrap();
    let store = FolderStore::new(folder.path().join("new/store"));
    assert_eq!(put(&store, &entry(1, 1, 500)).await.written, Written::Added);
    assert_eq!(put(&store, &entry(2, 1, 600)).await.written, Written::Added);
    assert_eq!(put(&store, &entry(1, 2, 700)).await.written, Written::Replaced);
    assert_eq!(put(&store, &entry(1, 1, 500)).await.written, Written::NewerAttempt);
    assert_eq!(put(&store, &entry(1, 2, 700)).await.written, Written::AlreadyThere);
    assert_eq!(scores(&store).await, ["1.2 70.0", "2.1 60.0"]);
    let tip = baseline::tip(&store, &main_branch()).await.unwrap();
    assert_eq!((tip.run.id.as_str(), tip.score), ("2", Tenths(600)), "an old run's rerun is no tip");
}

#[tokio::test]
async fn every_recorded_commit_is_found_as_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let store = FolderStore::new(folder.path());
    for run in [1, 3, 2] {
        put(&store, &entry(run, 1, 500 + i64::try_from(run).unwrap())).await;
    }
    for run in [1, 2, 3] {
        let found = find(&store, &sha(run), vec![]).await.unwrap();
        assert_eq!((found.snapshot.sha().clone(), found.distance), (sha(run), 0));
        assert_eq!(found.snapshot.evidence, evidence());
    }
    let found = find(&store, &sha(9), vec![sha(9), sha(8), sha(2), sha(1)]).await.unwrap();
    assert_eq!((found.snapshot.sha().clone(), found.distance), (sha(2), 2));
    let none = find(&store, &sha(9), vec![sha(9)]).await.unwrap_err();
    assert!(matches!(none, BaselineError::NoAncestor { .. }), "{none}");
    let other = baseline::tip(&store, &Branch("other".into())).await.unwrap_err();
    assert!(matches!(other, BaselineError::Nothing(_)), "{other}");
}

async fn find(
    store: &FolderStore,
    merge_base: &Sha,
    line: Vec<Sha>,
) -> Result<baseline::Found, BaselineError> {
    let branch = main_branch();
    let tip = baseline::tip(store, &branch).await?;
    baseline::nearest(store, tip, Wanted { branch: &branch, merge_base }, || async { Ok(line) }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn fifty_writers_at_once_lose_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(FolderStore::new(folder.path()));
    let writers: Vec<_> = (1..=50)
        .map(|run| {
            let store = store.clone();
            tokio::spawn(async move { put(&store, &entry(run, 1, 500)).await.written })
        })
        .collect();
    for writer in writers {
        assert_eq!(writer.await.unwrap(), Written::Added);
    }
    let expected: Vec<_> = (1..=50).map(|run| format!("{run}.1 50.0")).collect();
    assert_eq!(scores(&store).await, expected);
    let tip = baseline::tip(&*store, &main_branch()).await.unwrap();
    assert_eq!(tip.run.id, "50");
    let listed: Vec<_> = tip.trend().iter().map(|point| point.run.id.clone()).collect();
    assert_eq!(listed, (1..=50).map(|run| run.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn unreadable_files_are_set_aside_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let store = FolderStore::new(folder.path());
    put(&store, &entry(1, 1, 500)).await;
    let branch = main_branch();
    let month = layout::month(&branch, "2026-11");
    let damaged = ["not json\n", &std::fs::read_to_string(folder.path().join(&month)).unwrap()].concat();
    std::fs::write(folder.path().join(&month), &damaged).unwrap();
    std::fs::write(folder.path().join(layout::tip(&branch)), "junk").unwrap();

    let recorded = put(&store, &entry(2, 1, 600)).await;
    insta::assert_snapshot!(recorded.set_aside.join("\n"), @r"
    `v1/branches/main/tip.json.zst` of the history could not be read (it is not readable: expected value at line 1 column 1); it is kept as `v1/branches/main/tip.json.zst.unreadable-1`
    `v1/branches/main/2026-11.jsonl` of the history could not be read (line 1: it is not readable: expected ident at line 1 column 2); it is kept as `v1/branches/main/2026-11.jsonl.unreadable-1`
    ");
    let kept = store.read(At::Newest, &format!("{month}.unreadable-1")).await.unwrap().unwrap();
    assert_eq!(String::from_utf8(kept).unwrap(), damaged);
    assert_eq!(scores(&store).await, ["1.1 50.0", "2.1 60.0"], "readable lines stay");
    let tip = baseline::tip(&store, &branch).await.unwrap();
    assert_eq!(tip.trend().len(), 2, "the lines say what ran before");
}

#[tokio::test]
async fn a_newer_history_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = FolderStore::new(folder.path());
    put(&store, &entry(1, 1, 500)).await;
    let month = folder.path().join(layout::month(&main_branch(), "2026-11"));
    let newer = "{\"v\":2,\"run\":\"9\"}\n";
    std::fs::write(&month, newer).unwrap();
    let refused = record(&store, &entry(2, 1, 600), Instant::now()).await.unwrap_err();
    assert!(matches!(refused, RecordError::File { source: WireError::Newer { found: 2, .. }, .. }));
    assert_eq!(refused.help().as_deref(), Some("update Readiness to the version that wrote the history"));
    assert_eq!(std::fs::read_to_string(&month).unwrap(), newer);
}

#[tokio::test]
async fn pages_beside_the_history_are_about_the_newest_run() {
    let folder = tempfile::tempdir().unwrap();
    let store = FolderStore::new(folder.path());
    put(&store, &entry(1, 1, 500)).await;
    put(&store, &entry(2, 1, 874)).await;
    let other = Entry { pages: Pages::Leave, branch: Branch("release/1".into()), ..entry(3, 1, 10) };
    put(&store, &other).await;
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    insta::assert_snapshot!(read("badge.json"), @r#"{"schemaVersion":1,"label":"readiness","message":"87.4","color":"brightgreen"}"#);
    insta::assert_snapshot!(read("README.md"), @r"
    # Readiness of main

    ![readiness](badge.svg)

    ![trend](trend.svg)

    | recorded | commit | run | score | gate |
    |---|---|---|---:|---|
    | 2026-11-21 | 0000000000 | 2 | 87.4 | pass |
    | 2026-11-21 | 0000000000 | 1 | 50.0 | pass |

    This branch is written by Readiness: one line per recorded run in `v1/branches`. The files beside this page are made from it.
    ");
    assert!(read("trend.svg").contains(r#"points="0,60 600,16""#));
    let branches = trend::branches(&store).await.unwrap();
    assert_eq!(branches, [main_branch(), Branch("release/1".into())]);
}

/// An empty store whose commits go as told.
struct Troubled {
    commits: AtomicU32,
    answer: fn(u32) -> Commit,
}

impl Troubled {
    fn new(answer: fn(u32) -> Commit) -> Self {
        Self { commits: AtomicU32::new(0), answer }
    }

    async fn record(&self, time: Duration) -> Result<Recorded, RecordError> {
        record(self, &entry(1, 1, 500), Instant::now() + time).await
    }
}

fn failure() -> Commit {
    let cause = Box::new(std::io::Error::other("502"));
    Commit::Unsure(StoreError { action: "write", place: "test".into(), cause, help: Some("wait".into()) })
}

impl Store for Troubled {
    fn place(&self) -> String {
        "test".into()
    }

    async fn head(&self) -> Result<Version, StoreError> {
        Ok(Version::default())
    }

    async fn read(&self, _at: At<'_>, _path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(None)
    }

    async fn read_version(&self, _id: &ContentId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(None)
    }

    async fn list(&self, _folder: &str) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    async fn commit(&self, _change: &Change) -> Result<Commit, StoreError> {
        Ok((self.answer)(self.commits.fetch_add(1, Ordering::Relaxed)))
    }
}

#[tokio::test]
async fn a_store_that_keeps_failing_is_asked_five_times() {
    let store = Troubled::new(|_| failure());
    let error = store.record(Duration::from_mins(1)).await.unwrap_err();
    assert_eq!(store.commits.into_inner(), 5);
    assert_eq!(error.to_string(), "failed to write the history in test: 502");
    assert_eq!(error.help().as_deref(), Some("wait"));
}

#[tokio::test]
async fn a_lost_race_is_no_failure_of_the_store() {
    let store = Troubled::new(|commit| match commit {
        0..5 => Commit::Moved,
        5 => failure(),
        _ => Commit::Committed(Version::default()),
    });
    assert_eq!(store.record(Duration::from_mins(1)).await.unwrap().written, Written::Added);
    assert_eq!(store.commits.into_inner(), 7);
    let contended = Troubled::new(|_| Commit::Moved);
    let error = contended.record(Duration::ZERO).await.unwrap_err();
    assert!(matches!(error, RecordError::Contention { tries: 1, .. }), "{error}");
}
