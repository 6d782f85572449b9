//! Proxies, private authorities and Apps, against small servers of our own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;
use tokio::time::Instant;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::forge::github::GitHub;
use crate::forge::github::app::App;
use crate::forge::http::proxy::{Proxies, Variables};
use crate::forge::http::settings::{Settings, Token};
use crate::forge::http::transport::Transport;
use crate::forge::{Kind, Remote, Repository};

const CA: &[u8] = include_bytes!("../../../../tests/fixtures/keys/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../../tests/fixtures/keys/server.pem");
const KEY: &[u8] = include_bytes!("../../../../tests/fixtures/keys/server.key");
const REFERENCE: &str = r#"{"object":{"sha":"1111111111111111111111111111111111111111"}}"#;

fn connect(url: &str, proxies: Variables<'_>, authorities: &[u8]) -> GitHub {
    let transport = Transport::new(Settings {
        kind: Kind::GitHub,
        rest_url: url.to_owned(),
        graphql_url: format!("{url}/graphql"),
        token: Token::parse("ghs_secret"),
        authorities: authorities.to_vec(),
        proxies: Proxies::parse(proxies).unwrap(),
        deadline: Instant::now() + Duration::from_secs(3),
    });
    GitHub::new(Remote::new(transport.unwrap(), Repository::parse("acme/widgets").unwrap()))
}

/// Head of a request, up to the empty line.
fn head(stream: &mut impl std::io::Read) -> String {
    let mut head = String::new();
    let mut reader = BufReader::with_capacity(1, stream);
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap_or(0) > 0 {}
    head
}

fn answer(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A server with a certificate of the private authority: answers each connection once.
fn tls_server() -> u16 {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for tcp in listener.incoming() {
            let mut tls = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), tcp.unwrap());
            if head(&mut tls).starts_with("GET ") {
                let _gone = tls.write_all(answer(REFERENCE).as_bytes()).and_then(|()| tls.flush());
            }
        }
    });
    port
}

/// A proxy that tells the head of every request; tunnels lead to `inner`, everything else it answers itself.
fn proxy(inner: u16) -> (u16, mpsc::Receiver<String>) {
    let (sender, receiver) = mpsc::channel();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for tcp in listener.incoming() {
            let mut tcp = tcp.unwrap();
            let head = head(&mut tcp);
            sender.send(head.clone()).unwrap();
            if !head.contains("Basic bWU6cEBzcw==") {
                tcp.write_all(b"HTTP/1.1 407 Who are you\r\n\r\n").unwrap();
            } else if head.starts_with("CONNECT ") {
                tcp.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
                tunnel(tcp, TcpStream::connect(("127.0.0.1", inner)).unwrap());
            } else {
                tcp.write_all(answer(REFERENCE).as_bytes()).unwrap();
            }
        }
    });
    (port, receiver)
}

fn tunnel(left: TcpStream, right: TcpStream) {
    for (mut from, mut to) in [(left.try_clone().unwrap(), right.try_clone().unwrap()), (right, left)] {
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                if to.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
        });
    }
}

#[tokio::test]
async fn a_private_authority_is_trusted_when_it_is_given_and_only_then() {
    let url = format!("https://localhost:{}", tls_server());
    let trusted = connect(&url, Variables::default(), CA).branch_tip("main").await.unwrap();
    assert_eq!(trusted.unwrap().len(), 40);
    let error = connect(&url, Variables::default(), b"").branch_tip("main").await.unwrap_err();
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
}

#[tokio::test]
async fn https_goes_through_a_tunnel_that_never_sees_the_token() {
    let (port, seen) = proxy(tls_server());
    let through = format!("http://me:p%40ss@127.0.0.1:{port}");
    let variables = Variables { https: Some(&through), ..Variables::default() };
    let tip = connect("https://ghe.test", variables, CA).branch_tip("main").await.unwrap();
    assert_eq!(tip.unwrap().len(), 40);
    let request = seen.recv().unwrap();
    assert!(request.starts_with("CONNECT ghe.test:443 HTTP/1.1\r\n"), "{request}");
    assert!(!request.contains("ghs_secret"), "{request}");
}

#[tokio::test]
async fn http_is_forwarded_with_the_whole_address() {
    let (port, seen) = proxy(0);
    let through = format!("me:p%40ss@127.0.0.1:{port}");
    let variables = Variables { http: Some(&through), ..Variables::default() };
    let github = connect("http://ghe.test/api/v3", variables, b"");
    assert_eq!(github.branch_tip("main").await.unwrap().unwrap().len(), 40);
    let request = seen.recv().unwrap();
    let line = "GET http://ghe.test/api/v3/repos/acme/widgets/git/ref/heads/main HTTP/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_without_its_password() {
    let (port, _seen) = proxy(0);
    let through = format!("http://me:wrong@127.0.0.1:{port}");
    let variables = Variables { https: Some(&through), ..Variables::default() };
    let error = connect("https://ghe.test", variables, CA).branch_tip("main").await.unwrap_err().to_string();
    let expected = format!("the proxy 127.0.0.1:{port} answered `HTTP/1.1 407 Who are you` to CONNECT");
    assert!(error.ends_with(&expected), "{error}");
    assert!(!error.contains("wrong"), "{error}");
}

#[tokio::test]
async fn an_app_gets_a_token_for_this_repository_with_what_it_may() {
    let server = MockServer::start().await;
    let permissions = json!({ "contents": "read", "statuses": "write", "issues": "write" });
    Mock::given(method("GET"))
        .and(path("/repos/acme/widgets/installation"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({ "id": 9, "permissions": permissions })),
        )
        .expect(1)
        .mount(&server)
        .await;
    let granted = json!({ "token": "ghs_of_the_app", "expires_at": "2026-11-21T11:00:00Z" });
    Mock::given(method("POST"))
        .and(path("/app/installations/9/access_tokens"))
        .respond_with(ResponseTemplate::new(201).set_body_json(granted))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path("/repos/acme/widgets/git/ref/heads/main"))
        .and(header("authorization", "Bearer ghs_of_the_app"))
        .respond_with(ResponseTemplate::new(200).set_body_string(REFERENCE))
        .expect(1)
        .mount(&server)
        .await;
    let app = App::new("12345", include_str!("../../../../tests/fixtures/keys/app.pkcs1.pem")).unwrap();
    let github = connect(&server.uri(), Variables::default(), b"");
    let (github, token) = github.as_app(&app, 1_800_000_000).await.unwrap();
    assert_eq!(token, "ghs_of_the_app");
    github.branch_tip("main").await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert!(requests[0].headers["authorization"].to_str().unwrap().starts_with("Bearer eyJ"));
    let asked: serde_json::Value = serde_json::from_slice(&requests[1].body).unwrap();
    let scoped =
        json!({ "repositories": ["widgets"], "permissions": { "contents": "read", "statuses": "write" } });
    assert_eq!(asked, scoped);
}
