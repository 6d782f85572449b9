//! Comments, also of runs at once.

use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use super::server::{HEAD, connect, mount, seen};
use crate::forge::Forge as _;
use crate::forge::comment::{Draft, Published, Update};
use crate::forge::conversation::{Conversation, OwnComment};
use crate::forge::marker::Marker;
use crate::model::commit::{RunId, Sha};

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
