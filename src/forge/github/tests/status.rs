//! Commit statuses; headers, refusals and rate limits on their example.

use serde_json::json;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::server::{HEAD, connect, json_of, mount, seen};
use crate::forge::Forge as _;
use crate::forge::http::error::ApiError;
use crate::forge::status::{State, Status};
use crate::model::commit::Sha;

fn status(state: State) -> Status {
    Status {
        state,
        context: "readiness".into(),
        description: "x".repeat(200),
        target_url: Some("https://github.com/acme/widgets/actions/runs/1".into()),
    }
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
