//! GitHub as a mock server.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::forge::github::GitHub;
use crate::forge::http::proxy::Proxies;
use crate::forge::http::settings::{Settings, Token};
use crate::forge::http::transport::Transport;
use crate::forge::{Kind, Remote, Repository};

pub(super) const HEAD: &str = "1111111111111111111111111111111111111111";
pub(super) const BASE: &str = "2222222222222222222222222222222222222222";

pub(super) fn connect(server: &MockServer) -> GitHub {
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
        proxies: Proxies::default(),
        deadline: Instant::now() + Duration::from_secs(20),
    });
    GitHub::new(Remote::new(transport.unwrap(), Repository::parse("acme/widgets").unwrap()))
}

pub(super) async fn mount(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(at)).respond_with(answer).mount(server).await;
}

pub(super) async fn seen(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|r| format!("{} {}", r.method, r.url.path())).collect()
}

pub(super) fn json_of(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}
