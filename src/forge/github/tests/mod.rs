//! Requests as GitHub sees them, against a mock server.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;
use wiremock::matchers::{body_partial_json, body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::GitHub;
use super::check_run::{Annotation, CheckRun, Conclusion, Level};
use super::data_branch::DataBranch;
use crate::forge::base::BaseFile;
use crate::forge::comment::{Draft, Published, Update};
use crate::forge::compare::{Change as Between, Patches};
use crate::forge::conversation::{Conversation, OwnComment};
use crate::forge::http::error::ApiError;
use crate::forge::http::transport::{Settings, Token, Transport};
use crate::forge::marker::Marker;
use crate::forge::status::{State, Status};
use crate::forge::{Forge as _, Kind, Remote, Repository};
use crate::history::store::{At, Change, Commit, Store as _, Version};
use crate::model::commit::{RunId, Sha};

const HEAD: &str = "1111111111111111111111111111111111111111";
const BASE: &str = "2222222222222222222222222222222222222222";

fn connect(server: &MockServer) -> GitHub {
    at(&server.uri())
}

/// A repository on the server at `url`.
pub(super) fn at(url: &str) -> GitHub {
    let transport = Transport::new(Settings {
        kind: Kind::GitHub,
        rest_url: url.to_owned(),
        graphql_url: format!("{url}/graphql"),
        token: Token::parse("ghs_secret\n"),
        authorities: Vec::new(),
        proxies: crate::forge::http::proxy::Proxies::default(),
        deadline: Instant::now() + Duration::from_secs(20),
    });
    GitHub::new(Remote::new(transport.unwrap(), Repository::parse("acme/widgets").unwrap()))
}

fn status(state: State) -> Status {
    Status {
        state,
        context: "readiness".into(),
        description: "x".repeat(200),
        target_url: Some("https://github.com/acme/widgets/actions/runs/1".into()),
    }
}

fn draft(text: &str, run: &str) -> Draft {
    let marker =
        Marker { name: String::new(), run: RunId { id: run.into(), attempt: 1 }, sha: Sha(HEAD.into()) };
    Draft { number: 7, text: text.into(), marker, update: Update::Changed }
}

/// What `conversation` asks for, with comments as (id, body, ours).
fn pull(comments: &[(u64, &str, bool)]) -> Value {
    let nodes: Vec<Value> = comments
        .iter()
        .map(|(id, body, ours)| {
            json!({ "fullDatabaseId": id.to_string(), "url": format!("https://x/{id}"), "body": body,
                "viewerDidAuthor": ours })
        })
        .collect();
    json!({ "data": { "repository": { "pullRequest": { "state": "OPEN", "headRefOid": HEAD,
        "comments": { "nodes": nodes, "pageInfo": { "hasNextPage": false, "endCursor": null } } } } } })
}

fn body_of(text: &str, run: &str) -> String {
    format!("{text}\n\n{}", draft(text, run).marker.line())
}

async fn mount(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

async fn seen(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|r| format!("{} {}", r.method, r.url.path())).collect()
}

fn json_of(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn a_request_carries_the_headers_that_github_asks_for() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/repos/acme/widgets/statuses/{HEAD}")))
        .and(header("authorization", "Bearer ghs_secret"))
        .and(header("user-agent", concat!("readiness/", env!("CARGO_PKG_VERSION"))))
        .and(header("x-github-api-version", "2022-11-28"))
        .and(header("accept", "application/vnd.github+json"))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({})))
        .expect(1)
        .mount(&server)
        .await;
    connect(&server).set_status(&Sha(HEAD.into()), &status(State::Success)).await.unwrap();
    let sent = json_of(&server.received_requests().await.unwrap()[0]);
    assert_eq!(sent["state"], "success");
    assert_eq!(sent["description"].as_str().unwrap().len(), 140);
}

#[tokio::test]
async fn a_missing_permission_is_told_with_what_to_grant() {
    let server = MockServer::start().await;
    let refusal = json!({ "message": "Resource not accessible by integration" });
    let at = format!("/repos/acme/widgets/statuses/{HEAD}");
    mount(&server, "POST", &at, ResponseTemplate::new(403).set_body_json(refusal)).await;
    let error = connect(&server).set_status(&Sha(HEAD.into()), &status(State::Pending)).await.unwrap_err();
    insta::assert_snapshot!(
        format!("{error}\n{}", error.help()),
        @r"
    failed to set the commit status: GitHub refused `POST /repos/acme/widgets/statuses/1111111111111111111111111111111111111111` (403): Resource not accessible by integration
    give the job `statuses: write`; runs from forks and of Dependabot always get a read-only token
    "
    );
    assert!(error.is_forbidden());
    assert_eq!(seen(&server).await.len(), 1, "a refusal is no reason to try again");
}

#[tokio::test]
async fn a_status_whose_answer_is_lost_is_looked_for_before_it_is_set_again() {
    let server = MockServer::start().await;
    let at = format!("/repos/acme/widgets/statuses/{HEAD}");
    let page = ResponseTemplate::new(502).set_body_string("<html>bad gateway</html>");
    mount(&server, "POST", &at, page).await;
    let there = json!([{ "state": "failure", "context": "Readiness", "description": "x".repeat(140),
        "target_url": "https://github.com/acme/widgets/actions/runs/1" }]);
    let list = format!("/repos/acme/widgets/commits/{HEAD}/statuses");
    mount(&server, "GET", &list, ResponseTemplate::new(200).set_body_json(there)).await;
    connect(&server).set_status(&Sha(HEAD.into()), &status(State::Failure)).await.unwrap();
    assert_eq!(seen(&server).await, [format!("POST {at}"), format!("GET {list}")]);
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_and_a_long_one_is_said() {
    let server = MockServer::start().await;
    let at = format!("/repos/acme/widgets/statuses/{HEAD}");
    let limited = ResponseTemplate::new(403).insert_header("retry-after", "1");
    Mock::given(method("POST")).and(path(&*at)).respond_with(limited).up_to_n_times(1).mount(&server).await;
    mount(&server, "POST", &at, ResponseTemplate::new(201).set_body_json(json!({}))).await;
    connect(&server).set_status(&Sha(HEAD.into()), &status(State::Success)).await.unwrap();
    assert_eq!(seen(&server).await.len(), 2);

    let server = MockServer::start().await;
    let used_up = ResponseTemplate::new(429)
        .insert_header("x-ratelimit-remaining", "0")
        .insert_header("date", "Sat, 21 Nov 2026 10:00:00 GMT")
        .insert_header("x-ratelimit-reset", "1795258800");
    mount(&server, "POST", &at, used_up).await;
    let error = connect(&server).set_status(&Sha(HEAD.into()), &status(State::Success)).await.unwrap_err();
    assert!(matches!(error, ApiError::RateLimited { seconds: 3601, .. }), "{error}");
}

#[tokio::test]
async fn reads_are_repeated_until_the_answer_is_whole() {
    let server = MockServer::start().await;
    let at = format!("/repos/acme/widgets/compare/{BASE}...{HEAD}");
    for bad in [ResponseTemplate::new(503), ResponseTemplate::new(200).set_body_string("{\"merge_ba")] {
        Mock::given(method("GET")).and(path(&*at)).respond_with(bad).up_to_n_times(1).mount(&server).await;
    }
    let files = json!([
        { "filename": "a.py", "status": "modified", "patch": "@@ -1 +1 @@\n-a\n+b", "changes": 2 },
        { "filename": "new.py", "previous_filename": "old.py", "status": "renamed", "changes": 0 },
        { "filename": "big.csv", "status": "added", "changes": 90_000 },
    ]);
    let whole = json!({ "merge_base_commit": { "sha": BASE }, "files": files });
    mount(&server, "GET", &at, ResponseTemplate::new(200).set_body_json(whole)).await;
    let comparison = connect(&server)
        .compare(Between { base: &Sha(BASE.into()), head: &Sha(HEAD.into()), pull: None })
        .await
        .unwrap();
    assert_eq!(comparison.merge_base.0, BASE);
    let Patches::Files { files, incomplete } = comparison.patches else { panic!("{comparison:?}") };
    assert_eq!(files[1].renamed_from.as_deref(), Some("old.py"));
    assert_eq!(incomplete.as_deref(), Some("GitHub hands out no patch for 1 large files"));
}

#[tokio::test]
async fn only_an_own_comment_with_the_marker_is_updated() {
    let server = MockServer::start().await;
    let forged = body_of("forged", "99");
    let own = body_of("old", "1");
    let comments = [(1, forged.as_str(), false), (2, "hello", true), (3, own.as_str(), true)];
    mount(&server, "POST", "/graphql", ResponseTemplate::new(200).set_body_json(pull(&comments))).await;
    let at = "/repos/acme/widgets/issues/comments/3";
    let answer = json!({ "id": 3, "html_url": "https://x/3" });
    mount(&server, "PATCH", at, ResponseTemplate::new(200).set_body_json(answer)).await;
    let github = connect(&server);
    let conversation = github.conversation(7, "").await.unwrap();
    let published = github.comment(&draft("new", "2"), &conversation).await.unwrap();
    assert_eq!(published, Published::Written(Some("https://x/3".into())));
    assert_eq!(seen(&server).await, ["POST /graphql", &format!("PATCH {at}")]);
}

#[tokio::test]
async fn a_newer_run_and_an_equal_text_are_left_alone() {
    let server = MockServer::start().await;
    let github = connect(&server);
    let conversation = |run| {
        let own = OwnComment { id: 3, url: None, text: "same".into(), marker: draft("", run).marker };
        Conversation { open: true, head: Sha(HEAD.into()), own: vec![own] }
    };
    let newer = github.comment(&draft("text", "2"), &conversation("3")).await.unwrap();
    assert_eq!(newer, Published::Newer(None));
    let equal = github.comment(&draft("same", "2"), &conversation("1")).await.unwrap();
    assert_eq!(equal, Published::Unchanged(None));
    assert_eq!(seen(&server).await, Vec::<String>::new());
}

#[tokio::test]
async fn two_runs_that_create_at_once_leave_one_comment() {
    let server = MockServer::start().await;
    let other = body_of("other", "1");
    let own = body_of("mine", "2");
    let comments = [(8, other.as_str(), true), (9, own.as_str(), true)];
    mount(&server, "POST", "/graphql", ResponseTemplate::new(200).set_body_json(pull(&comments))).await;
    let created = ResponseTemplate::new(201).set_body_json(json!({ "id": 9, "html_url": "https://x/9" }));
    mount(&server, "POST", "/repos/acme/widgets/issues/7/comments", created).await;
    mount(&server, "DELETE", "/repos/acme/widgets/issues/comments/9", ResponseTemplate::new(204)).await;
    let changed = ResponseTemplate::new(200).set_body_json(json!({ "id": 8 }));
    mount(&server, "PATCH", "/repos/acme/widgets/issues/comments/8", changed).await;
    let nobody = Conversation { open: true, head: Sha(HEAD.into()), own: Vec::new() };
    let published = connect(&server).comment(&draft("mine", "2"), &nobody).await.unwrap();
    assert_eq!(published.url(), Some("https://x/8"));
    assert_eq!(
        seen(&server).await,
        [
            "POST /repos/acme/widgets/issues/7/comments",
            "POST /graphql",
            "DELETE /repos/acme/widgets/issues/comments/9",
            "PATCH /repos/acme/widgets/issues/comments/8"
        ]
    );
}

#[tokio::test]
async fn whoever_creates_first_hears_of_a_later_run_that_created_too() {
    let server = MockServer::start().await;
    let (own, other) = (body_of("mine", "2"), body_of("other", "3"));
    let comments = [(8, own.as_str(), true), (9, other.as_str(), true)];
    mount(&server, "POST", "/graphql", ResponseTemplate::new(200).set_body_json(pull(&comments))).await;
    let created = ResponseTemplate::new(201).set_body_json(json!({ "id": 8, "html_url": "https://x/8" }));
    mount(&server, "POST", "/repos/acme/widgets/issues/7/comments", created).await;
    let nobody = Conversation { open: true, head: Sha(HEAD.into()), own: Vec::new() };
    let published = connect(&server).comment(&draft("mine", "2"), &nobody).await.unwrap();
    assert_eq!(published, Published::Newer(Some("https://x/8".into())));
    assert_eq!(seen(&server).await.len(), 2, "the later run removes its own");
}

#[tokio::test]
async fn a_creation_whose_answer_is_lost_is_not_made_twice() {
    let server = MockServer::start().await;
    let own = body_of("mine", "2");
    mount(
        &server,
        "POST",
        "/graphql",
        ResponseTemplate::new(200).set_body_json(pull(&[(9, own.as_str(), true)])),
    )
    .await;
    let create = "/repos/acme/widgets/issues/7/comments";
    mount(&server, "POST", create, ResponseTemplate::new(502)).await;
    let changed = ResponseTemplate::new(200).set_body_json(json!({ "id": 9, "html_url": "https://x/9" }));
    mount(&server, "PATCH", "/repos/acme/widgets/issues/comments/9", changed).await;
    let nobody = Conversation { open: true, head: Sha(HEAD.into()), own: Vec::new() };
    connect(&server).comment(&draft("mine", "2"), &nobody).await.unwrap();
    let creations = seen(&server).await.iter().filter(|request| request.ends_with(create)).count();
    assert_eq!(creations, 1);
}

#[tokio::test]
async fn a_check_run_whose_answer_is_lost_is_looked_for_and_gets_its_other_annotations() {
    let server = MockServer::start().await;
    mount(&server, "POST", "/repos/acme/widgets/check-runs", ResponseTemplate::new(502)).await;
    let there =
        json!({ "check_runs": [{ "id": 4, "external_id": "1.1" }, { "id": 5, "external_id": "1.2" }] });
    let list = format!("/repos/acme/widgets/commits/{HEAD}/check-runs");
    mount(&server, "GET", &list, ResponseTemplate::new(200).set_body_json(there)).await;
    let update = "/repos/acme/widgets/check-runs/5";
    mount(&server, "PATCH", update, ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let annotation = Annotation {
        path: "a.py".into(),
        start_line: 1,
        end_line: 1,
        annotation_level: Level::Warning,
        message: "m".into(),
        title: "t".into(),
    };
    let check = CheckRun {
        name: "Readiness report".into(),
        head: Sha(HEAD.into()),
        external_id: "1.2".into(),
        conclusion: Conclusion::Success,
        title: "t".into(),
        summary: "s".into(),
        annotations: vec![annotation; 51],
    };
    connect(&server).create_check_run(&check).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 3);
    assert_eq!(json_of(&requests[0])["output"]["annotations"].as_array().unwrap().len(), 50);
    assert_eq!(json_of(&requests[2])["output"]["annotations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_base_is_read_with_its_policy_and_ancestors_at_once() {
    let server = MockServer::start().await;
    let answer = json!({ "data": { "repository": {
        "file0": null,
        "file1": { "text": "version: 1\n", "isTruncated": false },
        "commit": { "history": { "nodes": [
            { "oid": BASE, "parents": { "nodes": [{ "oid": HEAD }] } },
            { "oid": HEAD, "parents": { "nodes": [] } } ] } } } } });
    Mock::given(method("POST"))
        .and(path("/graphql"))
        .and(body_partial_json(json!({ "variables": { "file1": format!("{BASE}:.github/readiness.yml") } })))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    let paths = ["readiness.yml", ".github/readiness.yml"];
    let base = connect(&server).base_commit(&Sha(BASE.into()), &paths).await.unwrap();
    assert_eq!(base.files, [BaseFile::Absent, BaseFile::Text("version: 1\n".into())]);
    assert_eq!(base.ancestry.line_from(&Sha(BASE.into())), [Sha(BASE.into()), Sha(HEAD.into())]);
}

fn change(parent: Option<&str>) -> Change {
    Change {
        parent: Version(parent.map(str::to_owned)),
        files: vec![("v1/branches/a%2Fb/2026-11.jsonl".into(), b"{}\n".to_vec())],
        message: "Record run 1".into(),
    }
}

#[tokio::test]
async fn a_commit_on_the_data_branch_is_a_compare_and_swap() {
    let server = MockServer::start().await;
    let stale = json!({ "data": null, "errors": [{ "type": "STALE_DATA", "message": "Expected branch" }] });
    let written = json!({ "data": { "createCommitOnBranch": { "commit": { "oid": HEAD } } } });
    for answer in [stale, written] {
        Mock::given(method("POST"))
            .and(body_string_contains("expectedHeadOid"))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .up_to_n_times(1)
            .mount(&server)
            .await;
    }
    let store = DataBranch::new(connect(&server), "readiness-data");
    assert!(matches!(store.commit(&change(Some(BASE))).await.unwrap(), Commit::Moved));
    let committed = store.commit(&change(Some(BASE))).await.unwrap();
    assert!(matches!(committed, Commit::Committed(Version(Some(commit))) if commit == HEAD));
    let sent = json_of(&server.received_requests().await.unwrap()[1]);
    let input = &sent["variables"]["input"];
    assert_eq!(input["expectedHeadOid"], BASE);
    assert_eq!(input["branch"]["branchName"], "readiness-data");
    assert_eq!(input["fileChanges"]["additions"][0]["contents"], "e30K");
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_unsure_and_is_not_repeated() {
    let server = MockServer::start().await;
    mount(&server, "POST", "/graphql", ResponseTemplate::new(502)).await;
    let store = DataBranch::new(connect(&server), "readiness-data");
    let unsure = store.commit(&change(Some(BASE))).await.unwrap();
    assert!(
        matches!(&unsure, Commit::Unsure(error) if error.cause.to_string().contains("502")),
        "{unsure:?}"
    );
    assert_eq!(seen(&server).await.len(), 1);
}

#[tokio::test]
async fn the_first_commit_starts_an_orphan_branch() {
    let server = MockServer::start().await;
    for (kind, sha) in [("blobs", "b"), ("trees", "t"), ("commits", "c")] {
        let created = ResponseTemplate::new(201).set_body_json(json!({ "sha": sha }));
        mount(&server, "POST", &format!("/repos/acme/widgets/git/{kind}"), created).await;
    }
    let refs = "/repos/acme/widgets/git/refs";
    mount(&server, "POST", refs, ResponseTemplate::new(201).set_body_json(json!({}))).await;
    let store = DataBranch::new(connect(&server), "readiness-data");
    let committed = store.commit(&change(None)).await.unwrap();
    assert!(matches!(committed, Commit::Committed(Version(Some(commit))) if commit == "c"));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(json_of(&requests[2])["parents"], json!([]));
    assert_eq!(json_of(&requests[3]), json!({ "ref": "refs/heads/readiness-data", "sha": "c" }));
}

#[tokio::test]
async fn files_are_read_by_encoded_paths_and_absent_ones_are_none() {
    let server = MockServer::start().await;
    let at = "/repos/acme/widgets/contents/v1/branches/a%252Fb/tip.json.zst";
    Mock::given(method("GET"))
        .and(path(at))
        .and(header("accept", "application/vnd.github.raw+json"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"\x28\xb5raw".to_vec()))
        .mount(&server)
        .await;
    let store = DataBranch::new(connect(&server), "readiness-data");
    let read = store.read(At::Newest, "v1/branches/a%2Fb/tip.json.zst").await.unwrap();
    assert_eq!(read.as_deref(), Some(&b"\x28\xb5raw"[..]));
    assert_eq!(store.read(At::Newest, "absent").await.unwrap(), None);
    assert_eq!(store.head().await.unwrap(), Version(None));
}

#[tokio::test]
async fn files_of_a_commit_are_listed_without_folders_and_submodules() {
    let server = MockServer::start().await;
    let entry = |path: &str, kind: &str| json!({ "path": path, "type": kind, "mode": "100644", "sha": BASE });
    let tree = json!({ "sha": HEAD, "truncated": true,
        "tree": [entry("src", "tree"), entry("src/a.rs", "blob"), entry("lib", "commit"), entry("b c.rs", "blob")] });
    let at = format!("/repos/acme/widgets/git/trees/{HEAD}");
    Mock::given(method("GET"))
        .and(path(at))
        .and(wiremock::matchers::query_param("recursive", "1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(tree))
        .mount(&server)
        .await;
    let files = connect(&server).files_of(&Sha(HEAD.into())).await.unwrap();
    assert_eq!(files.paths, ["src/a.rs", "b c.rs"]);
    assert!(files.is_cut);
}
