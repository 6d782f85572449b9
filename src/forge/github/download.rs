//! Downloads an artifact from where GitHub sends for it.
//!
//! That address is signed and holds for a minute: it is a secret itself, and the host behind it is a stranger. So it is
//! asked without our token on every hop, and nothing here says an address. A transfer that breaks off goes on where it
//! was, from a fresh address.

use std::io;
use std::time::Duration;

use http::header::{
    CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, LOCATION, RANGE, USER_AGENT,
};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use octocrab::OctoBody;
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, timeout_at};

use super::GitHub;
use super::artifacts::Artifact;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::error::innermost;
use crate::forge::http::retry::backoff;

const PURPOSE: Purpose = Purpose { doing: "download an artifact", needs: "actions: read" };
/// Most bytes of one artifact.
pub const ARTIFACT_MAX: u64 = 1 << 30;
/// Tries after which a transfer is given up.
const TRIES_MAX: u32 = 5;
const HOPS_MAX: u32 = 5;
/// For an answer to begin, and for each of its parts.
const SILENCE_MAX: Duration = Duration::from_secs(20);

/// Where a download goes.
pub trait Landing {
    /// Forgets everything so far.
    fn restart(&mut self) -> io::Result<()>;
    /// Takes the next bytes.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Is told what must never be shown.
    fn hide(&self, secret: &str);
}

/// Why an artifact is not there. Holds no address.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// GitHub does not hand it out.
    #[error("{0}")]
    Refused(ApiError),
    /// It is gone.
    #[error("it has expired; run the job that uploads it again, or keep artifacts longer (`retention-days`)")]
    Expired,
    /// It is too large.
    #[error("it has more than {ARTIFACT_MAX} bytes; upload the reports alone")]
    TooLarge,
    /// The storage never handed it out whole.
    #[error("failed to download it in {tries} tries: {cause}; run the job again")]
    Lost {
        /// How often it was tried.
        tries: u32,
        /// What happened last.
        cause: String,
    },
    /// It cannot be kept.
    #[error("failed to keep what was downloaded: {0}")]
    Kept(#[from] io::Error),
}

/// Why one try ended.
enum Stop {
    /// For good.
    For(DownloadError),
    /// Another try may do better.
    Now(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::For(error.into())
    }
}

impl GitHub {
    /// Downloads `artifact` whole, until `until` at the latest.
    pub async fn download(
        &self,
        artifact: &Artifact,
        landing: &mut impl Landing,
        until: Instant,
    ) -> Result<(), DownloadError> {
        if artifact.expired {
            return Err(DownloadError::Expired);
        }
        let until = until.min(self.remote.transport.deadline());
        let mut transfer = Transfer { github: self, artifact, landing, until, received: Received::default() };
        let mut tries = 0;
        loop {
            tries += 1;
            let cause = match transfer.attempt().await {
                Ok(()) => return Ok(()),
                Err(Stop::For(error)) => return Err(error),
                Err(Stop::Now(cause)) => cause,
            };
            let pause = backoff(tries);
            if tries >= TRIES_MAX || Instant::now() + pause >= until {
                return Err(DownloadError::Lost { tries, cause });
            }
            tokio::time::sleep(pause).await;
        }
    }
}

/// What is there of an artifact.
#[derive(Default)]
struct Received {
    bytes: u64,
    digest: Sha256,
    /// The first four.
    begins: Vec<u8>,
    /// The storage's name for this content.
    tag: Option<HeaderValue>,
}

struct Transfer<'a, L> {
    github: &'a GitHub,
    artifact: &'a Artifact,
    landing: &'a mut L,
    until: Instant,
    received: Received,
}

impl<L: Landing> Transfer<'_, L> {
    async fn attempt(&mut self) -> Result<(), Stop> {
        let response = self.open().await?;
        self.place(&response)?;
        let headers = response.headers().clone();
        self.take(response.into_body()).await?;
        let checked = self.check(&headers);
        if checked.is_err() {
            self.restart()?;
        }
        checked.map_err(Stop::Now)
    }

    fn restart(&mut self) -> io::Result<()> {
        self.received = Received::default();
        self.landing.restart()
    }

    /// The answer of the storage, after a fresh address and its redirects.
    async fn open(&mut self) -> Result<Response<Incoming>, Stop> {
        let mut address = self.address().await?;
        for _hop in 0..HOPS_MAX {
            let response = self.ask(&address).await?;
            if !response.status().is_redirection() {
                return Ok(response);
            }
            address = self.next(&address, response.headers()).map_err(|what| Stop::Now(what.to_owned()))?;
        }
        Err(Stop::Now("it was redirected again and again".to_owned()))
    }

    async fn address(&self) -> Result<Uri, Stop> {
        let github = self.github;
        let call = Call::redirect(
            PURPOSE,
            github.remote.path(&format!("actions/artifacts/{}/zip", self.artifact.id)),
        );
        let answer = github.remote.transport.answer(&call).await.map_err(|error| match error.status() {
            Some(410) => Stop::For(DownloadError::Expired),
            _ => Stop::For(DownloadError::Refused(error)),
        })?;
        let own = github.remote.transport.rest_url().parse().map_err(|_invalid| unnamed())?;
        self.next(&own, &answer.headers).map_err(|what| Stop::Now(what.to_owned()))
    }

    /// Where an answer sends: never from an encrypted place to an open one.
    fn next(&self, from: &Uri, headers: &HeaderMap) -> Result<Uri, &'static str> {
        let text =
            headers.get(LOCATION).and_then(|location| location.to_str().ok()).ok_or("it was sent nowhere")?;
        self.landing.hide(text);
        if let Some((_, query)) = text.split_once('?') {
            self.landing.hide(query);
        }
        let to: Uri = text.parse().map_err(|_invalid| "it was sent to no address")?;
        let sound = match to.scheme_str() {
            Some("https") => true,
            Some("http") => from.scheme_str() == Some("http"),
            _ => false,
        };
        if sound && to.authority().is_some() { Ok(to) } else { Err("it was sent to an unsafe address") }
    }

    async fn ask(&self, address: &Uri) -> Result<Response<Incoming>, Stop> {
        let mut request =
            Request::get(address).header(USER_AGENT, concat!("readiness/", env!("CARGO_PKG_VERSION")));
        if self.received.bytes > 0 {
            request = request.header(RANGE, format!("bytes={}-", self.received.bytes));
            if let Some(tag) = &self.received.tag {
                request = request.header(IF_RANGE, tag);
            }
        }
        let request = request.body(OctoBody::empty()).map_err(|_invalid| unnamed())?;
        let asked = self.github.remote.transport.stranger(request);
        match timeout_at(self.patience(), asked).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(Stop::Now(innermost(&error))),
            Err(_elapsed) => Err(Stop::Now("no answer in time".to_owned())),
        }
    }

    fn patience(&self) -> Instant {
        self.until.min(Instant::now() + SILENCE_MAX)
    }

    /// Makes what is there fit what the answer begins with.
    fn place(&mut self, response: &Response<Incoming>) -> Result<(), Stop> {
        let headers = response.headers();
        match response.status() {
            StatusCode::PARTIAL_CONTENT if starts_at(headers) == Some(self.received.bytes) => {}
            StatusCode::OK => self.restart()?,
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                self.restart()?;
                return Err(Stop::Now("the storage has another part of it".to_owned()));
            }
            status => return Err(Stop::Now(format!("the storage answered {}", status.as_u16()))),
        }
        self.received.tag = headers.get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/")).cloned();
        let announced =
            headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        self.bound(announced.unwrap_or(0))
    }

    fn bound(&self, more: u64) -> Result<(), Stop> {
        let fits = self.received.bytes.saturating_add(more) <= ARTIFACT_MAX;
        if fits { Ok(()) } else { Err(Stop::For(DownloadError::TooLarge)) }
    }

    async fn take(&mut self, mut body: Incoming) -> Result<(), Stop> {
        loop {
            let frame = timeout_at(self.patience(), body.frame()).await;
            let frame = frame.map_err(|_elapsed| Stop::Now("it came no further".to_owned()))?;
            let Some(frame) = frame else { return Ok(()) };
            let frame = frame.map_err(|error| Stop::Now(format!("it broke off: {}", innermost(&error))))?;
            if let Some(bytes) = frame.data_ref() {
                self.bound(bytes.len() as u64)?;
                self.keep(bytes)?;
            }
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.landing.append(bytes)?;
        let received = &mut self.received;
        received.bytes += bytes.len() as u64;
        received.digest.update(bytes);
        let missing = 4_usize.saturating_sub(received.begins.len());
        received.begins.extend(bytes.iter().take(missing));
        Ok(())
    }

    /// Whether the whole is what it should be: by its digest, else by what the storage calls it, which is a zip even for
    /// single files on some.
    fn check(&self, headers: &HeaderMap) -> Result<(), String> {
        let expected = self.artifact.digest.as_deref().and_then(|digest| digest.strip_prefix("sha256:"));
        if let Some(expected) = expected {
            let found = format!("{:x}", self.received.digest.clone().finalize());
            let same = expected.eq_ignore_ascii_case(&found);
            return if same { Ok(()) } else { Err("its digest is not the one that GitHub lists".to_owned()) };
        }
        let called = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"/zip"));
        let is_zip = self.received.begins.starts_with(b"PK");
        let is_whole = self.artifact.bytes == Some(self.received.bytes);
        if called && !is_zip && !is_whole { Err("it is called a zip and is none".to_owned()) } else { Ok(()) }
    }
}

/// The first byte of `content-range: bytes 5-9/10`.
fn starts_at(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?.strip_prefix("bytes ")?;
    range.split_once('-')?.0.trim().parse().ok()
}

fn unnamed() -> Stop {
    Stop::Now("it was sent to no address".to_owned())
}
