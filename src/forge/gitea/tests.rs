//! Requests as Gitea sees them, against a mock server. What a whole run does is in `tests/integration/gitea.rs`.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::data_branch::DataBranch;
use super::{Gitea, probe};
use crate::forge::base::BaseFile;
use crate::forge::comment::{Draft, Published, Update};
use crate::forge::compare::{Change as Between, Patches};
use crate::forge::conversation::Conversation;
use crate::forge::http::error::ApiError;
use crate::forge::http::proxy::Proxies;
use crate::forge::http::settings::{Settings, Token};
use crate::forge::http::transport::Transport;
use crate::forge::marker::Marker;
use crate::forge::status::{Rival, State, Status};
use crate::forge::{Forge as _, Kind, Remote, Repository};
use crate::history::content::ContentId;
use crate::history::store::{At, Change, Commit, Store as _, Version};
use crate::model::commit::{RunId, Sha};

const HEAD: &str = "1111111111111111111111111111111111111111";
const BASE: &str = "2222222222222222222222222222222222222222";
const REPOSITORY: &str = "/repos/acme/widgets";

fn transport(server: &MockServer) -> Transport {
    let transport = Transport::new(Settings {
        kind: Kind::Gitea,
        rest_url: server.uri(),
        graphql_url: "https://nowhere.example".into(),
        token: Token::parse("secret"),
        authorities: Vec::new(),
        proxies: Proxies::default(),
        deadline: Instant::now() + Duration::from_secs(20),
    });
    transport.unwrap()
}

fn connect(server: &MockServer) -> Gitea {
    Gitea::new(Remote::new(transport(server), Repository::parse("acme/widgets").unwrap()))
}

async fn mount(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(format!("{REPOSITORY}/{at}")))
        .respond_with(answer)
        .mount(server)
        .await;
}

/// Answers the first such request alone.
async fn mount_once(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    let at = path(format!("{REPOSITORY}/{at}"));
    Mock::given(method(verb)).and(at).respond_with(answer).up_to_n_times(1).mount(server).await;
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

async fn seen(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|r| format!("{} {}", r.method, r.url.path().replace(REPOSITORY, ""))).collect()
}

async fn sent(server: &MockServer, verb: &str) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    let such = requests.iter().filter(|request| request.method.as_str() == verb);
    such.map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
}

fn status(attempt: u32) -> Status {
    Status {
        state: State::Success,
        context: "readiness".into(),
        description: "ready".into(),
        target_url: Some(format!("https://git.example/acme/widgets/actions/runs/5?attempt={attempt}")),
    }
}

fn listed(id: u64, attempt: u32, state: &str) -> Value {
    let status = status(attempt);
    json!({ "id": id, "status": state, "context": status.context, "description": status.description,
        "target_url": status.target_url })
}

#[tokio::test]
async fn a_status_whose_answer_is_lost_is_found_by_its_number_and_not_set_again() {
    let server = MockServer::start().await;
    mount(&server, "POST", &format!("statuses/{HEAD}"), ResponseTemplate::new(500)).await;
    // Of the same second, in whatever order.
    let both = json!([listed(1, 1, "pending"), listed(2, 1, "success")]);
    mount(&server, "GET", &format!("commits/{HEAD}/statuses"), ok(both)).await;
    connect(&server).set_status(&Sha(HEAD.into()), &status(1)).await.unwrap();
    assert_eq!(seen(&server).await.len(), 2);
}

#[tokio::test]
async fn a_later_attempt_has_the_last_word() {
    let server = MockServer::start().await;
    let both = json!([listed(8, 2, "success"), listed(9, 1, "pending")]);
    mount(&server, "GET", &format!("commits/{HEAD}/statuses"), ok(both)).await;
    let rival = connect(&server).rival(&Sha(HEAD.into()), &status(1)).await.unwrap();
    assert_eq!(rival, Some(Rival { unsaid: Some(status(2)) }));
}

fn comment(id: u64, author: i64, body: &str) -> Value {
    json!({ "id": id, "html_url": format!("https://x/{id}"), "body": body, "user": { "id": author } })
}

fn draft(text: &str) -> Draft {
    let run = RunId { id: "2".into(), attempt: 1 };
    let marker = Marker { name: String::new(), run, sha: Sha(HEAD.into()) };
    Draft { number: 7, text: text.into(), marker, update: Update::Changed }
}

fn body_of(text: &str) -> String {
    format!("{text}\n\n{}", draft(text).marker.line())
}

async fn mount_pull(server: &MockServer, user: ResponseTemplate) {
    Mock::given(method("GET")).and(path("/user")).respond_with(user).mount(server).await;
    let pull = json!({ "state": "open", "merge_base": BASE, "head": { "sha": HEAD } });
    mount(server, "GET", "pulls/7", ok(pull)).await;
}

async fn mount_comments(server: &MockServer, page: &str, comments: Value, total: Option<usize>) {
    let total = total.map(|total| total.to_string());
    let answer =
        total.iter().fold(ok(comments), |answer, total| answer.insert_header("x-total-count", &**total));
    Mock::given(method("GET"))
        .and(path(format!("{REPOSITORY}/issues/7/comments")))
        .and(query_param("page", page))
        .respond_with(answer)
        .mount(server)
        .await;
}

#[tokio::test]
async fn the_own_comment_is_found_by_marker_and_author_on_every_page() {
    let server = MockServer::start().await;
    mount_pull(&server, ok(json!({ "id": 4 }))).await;
    let (forged, own) = (body_of("forged"), body_of("old"));
    mount_comments(&server, "1", json!([comment(1, 9, &forged), comment(2, 4, "hello")]), Some(4)).await;
    let gone = json!({ "id": 3, "body": forged, "user": null });
    mount_comments(&server, "2", json!([gone, comment(5, 4, &own)]), Some(4)).await;
    mount(&server, "PATCH", "issues/comments/5", ok(json!({ "id": 5, "html_url": "https://x/5" }))).await;
    let gitea = connect(&server);
    let conversation = gitea.conversation(7, "").await.unwrap();
    assert!(conversation.open && conversation.head.0 == HEAD);
    let published = gitea.comment(&draft("new"), &conversation).await.unwrap();
    assert_eq!(published, Published::Written(Some("https://x/5".into())));
    assert_eq!(sent(&server, "PATCH").await, [json!({ "body": body_of("new") })]);
}

#[tokio::test]
async fn a_server_without_pages_is_not_asked_for_ever() {
    let server = MockServer::start().await;
    mount_pull(&server, ok(json!({ "id": 4 }))).await;
    let all = json!([comment(2, 4, "b"), comment(1, 4, "a")]);
    mount(&server, "GET", "issues/7/comments", ok(all)).await;
    assert!(connect(&server).conversation(7, "").await.unwrap().own.is_empty());
    let pages = seen(&server).await.iter().filter(|request| request.ends_with("/comments")).count();
    assert_eq!(pages, 2);
}

#[tokio::test]
async fn a_comment_whose_answer_is_lost_is_not_made_twice() {
    let server = MockServer::start().await;
    mount_pull(&server, ok(json!({ "id": -2 }))).await;
    mount_comments(&server, "1", json!([comment(9, -2, &body_of("mine"))]), Some(1)).await;
    mount(&server, "POST", "issues/7/comments", ResponseTemplate::new(502)).await;
    let gitea = connect(&server);
    let nobody = Conversation { open: true, head: Sha(HEAD.into()), own: Vec::new() };
    let published = gitea.comment(&draft("mine"), &nobody).await.unwrap();
    assert_eq!(published, Published::Unchanged(Some("https://x/9".into())));
    assert_eq!(sent(&server, "POST").await.len(), 1);
}

#[tokio::test]
async fn a_token_that_may_not_say_whose_it_is_belongs_to_the_job_unless_it_lacks_a_scope() {
    let server = MockServer::start().await;
    let refusal = json!({ "message": "user does not exist" });
    mount_pull(&server, ResponseTemplate::new(404).set_body_json(refusal)).await;
    mount_comments(&server, "1", json!([comment(9, -2, &body_of("mine"))]), Some(1)).await;
    assert_eq!(connect(&server).conversation(7, "").await.unwrap().own.len(), 1);

    let server = MockServer::start().await;
    let refusal =
        json!({ "message": "token does not have at least one of required scope(s), required=[read:user]" });
    mount_pull(&server, ResponseTemplate::new(403).set_body_json(refusal)).await;
    mount_comments(&server, "1", json!([]), Some(0)).await;
    let error = connect(&server).conversation(7, "").await.unwrap_err();
    insta::assert_snapshot!(format!("{error}\n{}", error.help()), @r"
    failed to ask whose token it is: Gitea refused `GET /user` (403): token does not have at least one of required scope(s), required=[read:user]
    the token must be allowed to do that (`read:user`; a personal one needs the scopes `write:repository`, `write:issue` and `read:user`); runs for forks get a token that only reads
    ");
}

fn between<'a>(base: &'a Sha, head: &'a Sha, pull: Option<u64>) -> Between<'a> {
    Between { base, head, pull }
}

#[tokio::test]
async fn a_pull_request_has_a_diff_as_long_as_its_head_is_the_judged_one() {
    let server = MockServer::start().await;
    mount_pull(&server, ok(json!({ "id": 4 }))).await;
    let diff = ResponseTemplate::new(200).set_body_string("diff --git a/a b/a\n");
    mount(&server, "GET", "pulls/7.diff", diff).await;
    let (base, head, other) = (Sha("b".into()), Sha(HEAD.into()), Sha("c".into()));
    let gitea = connect(&server);
    let comparison = gitea.compare(between(&base, &head, Some(7))).await.unwrap();
    assert_eq!(comparison.merge_base.0, BASE);
    assert_eq!(comparison.patches, Patches::Whole("diff --git a/a b/a\n".into()));
    for change in [between(&base, &other, Some(7)), between(&base, &head, None)] {
        let error = gitea.compare(change).await.unwrap_err();
        assert!(matches!(error, ApiError::Lacking { forge: Kind::Gitea, .. }), "{error}");
    }
}

#[tokio::test]
async fn the_base_is_read_with_its_policy_and_ancestors() {
    let server = MockServer::start().await;
    mount(&server, "GET", "raw/readiness.yml", ResponseTemplate::new(404)).await;
    let policy = ResponseTemplate::new(200).set_body_string("version: 1\n");
    Mock::given(path(format!("{REPOSITORY}/raw/.github/readiness.yml")))
        .and(query_param("ref", BASE))
        .and(header("authorization", "Bearer secret"))
        .respond_with(policy)
        .mount(&server)
        .await;
    let line = json!([{ "sha": BASE, "parents": [{ "sha": HEAD }] }, { "sha": HEAD, "parents": [] }]);
    let line = ok(line).insert_header("x-total-count", "2");
    mount(&server, "GET", "commits", line).await;
    let paths = ["readiness.yml", ".github/readiness.yml", "never asked for"];
    let base = connect(&server).base_commit(&Sha(BASE.into()), &paths).await.unwrap();
    assert_eq!(base.files, [BaseFile::Absent, BaseFile::Text("version: 1\n".into())]);
    assert_eq!(base.ancestry.line_from(&Sha(BASE.into())), [Sha(BASE.into()), Sha(HEAD.into())]);
    assert_eq!(seen(&server).await.len(), 3);
}

#[tokio::test]
async fn a_base_that_cannot_be_read_is_an_error_and_not_one_without_a_policy() {
    let server = MockServer::start().await;
    let error = connect(&server).base_commit(&Sha(BASE.into()), &["readiness.yml"]).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn files_of_a_commit_are_read_page_by_page() {
    let server = MockServer::start().await;
    let page = |number: &'static str, tree: Value, truncated: bool| {
        Mock::given(path(format!("{REPOSITORY}/git/trees/{HEAD}")))
            .and(query_param("page", number))
            .respond_with(ok(json!({ "tree": tree, "truncated": truncated })))
            .mount(&server)
    };
    let entry = |path: &str, kind: &str| json!({ "path": path, "type": kind, "sha": BASE });
    page("1", json!([entry("src", "tree"), entry("src/a.rs", "blob")]), true).await;
    page("2", json!([entry("lib", "commit"), entry("b c.rs", "blob")]), false).await;
    let files = connect(&server).files_of(&Sha(HEAD.into())).await.unwrap();
    assert_eq!((files.paths, files.is_cut), (vec!["src/a.rs".to_owned(), "b c.rs".to_owned()], false));

    let server = MockServer::start().await;
    let empty = json!({ "tree": null, "truncated": false });
    mount(&server, "GET", &format!("git/trees/{HEAD}"), ok(empty)).await;
    assert!(connect(&server).files_of(&Sha(HEAD.into())).await.unwrap().paths.is_empty());
}

const MONTH: &str = "v1/branches/main/2026-11.jsonl";

fn change(parent: Option<&str>) -> Change {
    Change {
        parent: Version(parent.map(str::to_owned)),
        files: vec![(MONTH.into(), b"{}\n".to_vec()), ("README.md".into(), b"new".to_vec())],
        message: "Record run 1".into(),
    }
}

async fn store(server: &MockServer, tip: &str, paths: &[&str]) -> DataBranch {
    let entry = |path: &&str| json!({ "path": path, "type": "blob", "sha": format!("sha of {path}") });
    let tree: Vec<Value> = paths.iter().map(entry).collect();
    mount(server, "GET", &format!("git/trees/{BASE}"), ok(json!({ "tree": tree, "truncated": false }))).await;
    mount(server, "GET", "branches/readiness-data", ok(json!({ "commit": { "id": tip } }))).await;
    DataBranch::new(connect(server), "readiness-data")
}

#[tokio::test]
async fn a_commit_names_every_content_that_it_replaces() {
    let server = MockServer::start().await;
    let store = store(&server, BASE, &[MONTH, "kept.txt"]).await;
    let written = ResponseTemplate::new(201).set_body_json(json!({ "commit": { "sha": HEAD } }));
    mount(&server, "POST", "contents", written).await;
    let committed = store.commit(&change(Some(BASE))).await.unwrap();
    assert!(matches!(committed, Commit::Committed(Version(Some(commit))) if commit == HEAD));
    let files = json!([
        { "operation": "update", "path": MONTH, "sha": format!("sha of {MONTH}"), "content": "e30K" },
        { "operation": "create", "path": "README.md", "content": "bmV3" },
    ]);
    let body = json!({ "branch": "readiness-data", "message": "Record run 1", "files": files });
    assert_eq!(sent(&server, "POST").await, [body]);
}

#[tokio::test]
async fn a_refusal_is_a_lost_race_when_the_branch_has_moved() {
    for refusal in [404, 409, 422, 500, 502] {
        let server = MockServer::start().await;
        let store = store(&server, HEAD, &[MONTH]).await;
        mount(&server, "POST", "contents", ResponseTemplate::new(refusal)).await;
        let answer = store.commit(&change(Some(BASE))).await.unwrap();
        assert!(matches!(answer, Commit::Moved), "{refusal}: {answer:?}");
        assert_eq!(sent(&server, "POST").await.len(), 1, "{refusal}");
    }
}

#[tokio::test]
async fn a_refusal_on_a_branch_that_stands_still_is_unsure_and_a_forbidden_one_is_final() {
    for (refusal, is_final) in [(422, false), (500, false), (403, true), (423, true)] {
        let server = MockServer::start().await;
        let store = store(&server, BASE, &[MONTH]).await;
        mount(&server, "POST", "contents", ResponseTemplate::new(refusal)).await;
        let answer = store.commit(&change(Some(BASE))).await;
        assert_eq!(answer.is_err(), is_final, "{refusal}: {answer:?}");
        assert!(is_final || matches!(answer, Ok(Commit::Unsure(_))), "{refusal}");
    }
}

#[tokio::test]
async fn the_branch_starts_at_the_projects_first_commit_and_loses_its_files() {
    let server = MockServer::start().await;
    mount_once(&server, "GET", "commits", ok(json!([{ "sha": HEAD }])).insert_header("x-total-count", "31"))
        .await;
    Mock::given(path(format!("{REPOSITORY}/commits")))
        .and(query_param("limit", "1"))
        .and(query_param("page", "31"))
        .respond_with(ok(json!([{ "sha": BASE }])))
        .mount(&server)
        .await;
    mount(&server, "POST", "branches", ResponseTemplate::new(201).set_body_json(json!({}))).await;
    let written = ResponseTemplate::new(201).set_body_json(json!({ "commit": { "sha": HEAD } }));
    mount(&server, "POST", "contents", written).await;
    let store = store(&server, BASE, &["README.md"]).await;
    assert!(matches!(store.commit(&change(None)).await.unwrap(), Commit::Moved), "nothing is recorded yet");
    let posts = sent(&server, "POST").await;
    assert_eq!(posts[0], json!({ "new_branch_name": "readiness-data", "old_ref_name": BASE }));
    let removal = json!([{ "operation": "delete", "path": "README.md", "sha": "sha of README.md" }]);
    assert_eq!(posts[1]["files"], removal);
}

#[tokio::test]
async fn a_branch_that_somebody_else_made_is_not_cleared() {
    let server = MockServer::start().await;
    mount(&server, "GET", "commits", ok(json!([{ "sha": BASE }]))).await;
    mount(&server, "POST", "branches", ResponseTemplate::new(409)).await;
    let store = store(&server, BASE, &["README.md"]).await;
    assert!(matches!(store.commit(&change(None)).await.unwrap(), Commit::Moved));
    assert_eq!(sent(&server, "POST").await.len(), 1);
}

#[tokio::test]
async fn files_are_read_by_path_and_by_content() {
    let server = MockServer::start().await;
    let store = store(&server, BASE, &[]).await;
    let raw = ResponseTemplate::new(200).set_body_bytes(b"\x28\xb5raw".to_vec());
    Mock::given(path(format!("{REPOSITORY}/raw/v1/branches/a%252Fb/tip.json.zst")))
        .and(query_param("ref", "readiness-data"))
        .respond_with(raw)
        .mount(&server)
        .await;
    let read = store.read(At::Newest, "v1/branches/a%2Fb/tip.json.zst").await.unwrap();
    assert_eq!(read.as_deref(), Some(&b"\x28\xb5raw"[..]));
    assert_eq!(store.read(At::Newest, "absent").await.unwrap(), None);
    assert_eq!(store.head().await.unwrap(), Version(Some(BASE.into())));

    let (whole, cut) = (ContentId::of(b"hello\n"), ContentId::of(b"hello world\n"));
    let content = json!({ "content": "aGVsbG8K", "encoding": "base64" });
    for id in [&whole, &cut] {
        mount(&server, "GET", &format!("git/blobs/{id}"), ok(content.clone())).await;
    }
    assert_eq!(store.read_version(&whole).await.unwrap().as_deref(), Some(&b"hello\n"[..]));
    assert_eq!(store.read_version(&cut).await.unwrap(), None);
    assert_eq!(store.read_version(&ContentId::of(b"")).await.unwrap(), None);
}

#[tokio::test]
async fn a_server_says_which_forge_it_is() {
    for (answer, kind) in [
        (ok(json!({ "version": "1.24.2" })), Kind::Gitea),
        (ok(json!({ "version": "11.0.1+gitea-1.22.0" })), Kind::Forgejo),
        (ResponseTemplate::new(404), Kind::GitHub),
    ] {
        let server = MockServer::start().await;
        Mock::given(path("/version")).respond_with(answer).mount(&server).await;
        assert_eq!(probe(&transport(&server)).await.unwrap(), kind);
    }
}
