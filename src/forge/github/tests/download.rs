//! Downloads against a storage that answers what it is told to, connection by connection.

use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use super::server::at;
use crate::forge::github::artifacts::Artifact;
use crate::forge::github::download::{DownloadError, Landing};

/// `printf PK12345678 | sha256sum`.
const DIGEST: &str = "sha256:6566f422a91ec37f9116090010cf16342084f5dfbab41c93587d94e855996079";

/// What arrived, and what was to be hidden.
#[derive(Default)]
struct Memory {
    bytes: Vec<u8>,
    hidden: Arc<Mutex<Vec<String>>>,
}

impl Landing for Memory {
    fn restart(&mut self) -> io::Result<()> {
        self.bytes.clear();
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn hide(&self, secret: &str) {
        self.hidden.lock().unwrap().push(secret.to_owned());
    }
}

/// Answers one connection after the other; `URL` in an answer becomes the server's own. Gives its address and, at the
/// end, what it was asked.
fn serve(answers: &[&str]) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answers: Vec<String> =
        answers.iter().map(|answer| answer.replace("URL", &url).replace('\n', "\r\n")).collect();
    let asked = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
                request.push(byte[0]);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            asked.push(String::from_utf8(request).unwrap().to_ascii_lowercase());
        }
        asked
    });
    (url, asked)
}

fn artifact(digest: Option<&str>) -> Artifact {
    let digest = digest.map(str::to_owned);
    Artifact { id: 5, name: "reports".into(), created_at: None, expired: false, bytes: Some(13), digest }
}

async fn download(url: &str, digest: Option<&str>, patience: u64) -> (Result<(), DownloadError>, Memory) {
    let mut memory = Memory::default();
    let until = Instant::now() + Duration::from_millis(patience);
    let result = at(url).download(&artifact(digest), &mut memory, until).await;
    (result, memory)
}

fn sent(place: &str) -> String {
    format!("HTTP/1.1 302 Found\nlocation: URL{place}\nconnection: close\ncontent-length: 0\n\n")
}

fn whole(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\ncontent-type: application/zip\ncontent-length: {length}\nconnection: close\n\n{body}"
    )
}

#[tokio::test]
async fn a_transfer_that_breaks_off_goes_on_and_no_host_but_github_sees_the_token() {
    let first = "HTTP/1.1 200 OK\netag: \"x\"\ncontent-length: 10\nconnection: close\n\nPK123";
    let rest = "HTTP/1.1 206 Partial Content\ncontent-range: bytes 5-9/10\ncontent-length: 5\nconnection: close\n\n45678";
    let (url, asked) = serve(&[&sent("/a?sig=1"), first, &sent("/b?sig=2"), &sent("/hop?sig=3"), rest]);
    let (result, memory) = download(&url, Some(DIGEST), 20_000).await;
    result.unwrap();
    assert_eq!(memory.bytes, b"PK12345678");
    let asked = asked.join().unwrap();
    let with_token: Vec<bool> = asked.iter().map(|request| request.contains("authorization")).collect();
    assert_eq!(with_token, [true, false, true, false, false]);
    assert!(asked[3].contains("range: bytes=5-") && asked[4].contains("if-range: \"x\""), "{asked:?}");
    let hidden = memory.hidden.lock().unwrap();
    assert!(
        ["sig=1", "sig=2", "sig=3"].iter().all(|secret| hidden.iter().any(|one| one == secret)),
        "{hidden:?}"
    );
}

#[tokio::test]
async fn what_is_not_what_github_lists_is_dropped() {
    for (digest, body, cause) in [
        (Some(DIGEST), "PK other", "its digest is not the one that GitHub lists"),
        (None, "<html>", "it is called a zip and is none"),
    ] {
        let (url, _asked) = serve(&[&sent("/a?sig=secret"), &whole(body)]);
        let (result, memory) = download(&url, digest, 200).await;
        let error = result.unwrap_err().to_string();
        assert!(error.contains(cause) && !error.contains("secret"), "{error}");
        assert_eq!(memory.bytes, b"");
    }
}

#[tokio::test]
async fn a_single_file_is_one_whatever_it_is_called() {
    let (url, _asked) = serve(&[&sent("/a"), &whole("<testsuites/>")]);
    let (result, memory) = download(&url, None, 5_000).await;
    result.unwrap();
    assert_eq!(memory.bytes, b"<testsuites/>");
}

#[tokio::test]
async fn a_gone_artifact_and_an_unsafe_address_are_said() {
    let gone = "HTTP/1.1 410 Gone\ncontent-length: 2\nconnection: close\n\n{}";
    let (url, _asked) = serve(&[gone]);
    assert!(matches!(download(&url, None, 200).await.0, Err(DownloadError::Expired)));
    let (url, _asked) = serve(&[
        "HTTP/1.1 302 Found\nlocation: ftp://elsewhere/passwd\ncontent-length: 0\nconnection: close\n\n",
    ]);
    let error = download(&url, None, 200).await.0.unwrap_err().to_string();
    assert!(error.contains("unsafe address") && !error.contains("passwd"), "{error}");
    let huge = format!("HTTP/1.1 200 OK\ncontent-length: {}\nconnection: close\n\nPK", u64::MAX / 2);
    let (url, _asked) = serve(&[&sent("/a"), &huge]);
    assert!(matches!(download(&url, None, 200).await.0, Err(DownloadError::TooLarge)));
}
