//! Carries single requests: TLS, headers, time limits. It decides nothing; see [`super::retry`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, LOCATION, PROXY_AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Bytes, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use octocrab::{AuthState, OctoBody, Octocrab, OctocrabBuilder};
use tokio::time::Instant;

use super::call::{Call, Target};
use super::connector::Connector;
use super::settings::{Settings, SetupError, Token};
use super::tls;
use crate::forge::Kind;

/// The version whose answers are understood here.
const API_VERSION: &str = "2022-11-28";
/// GitHub hands out at most 100 MB of a blob.
const ANSWER_MAX: usize = 110 * 1024 * 1024;
/// A renamed repository takes one hop.
const HOPS_MAX: u32 = 3;
/// Until an answer begins. GitHub itself gives up on a request after ten seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// Until it is whole, once it has begun.
const BODY_TIMEOUT: Duration = Duration::from_mins(1);

type Plain = Client<HttpsConnector<Connector>, OctoBody>;

/// Sends requests to one server.
#[derive(Clone)]
pub struct Transport {
    octocrab: Octocrab,
    /// Adds nothing to a request: for hosts that are not the API's.
    plain: Arc<Plain>,
    settings: Arc<Settings>,
    deadline: Arc<Mutex<Instant>>,
}

/// A whole answer.
#[derive(Debug)]
pub(in crate::forge) struct Answer {
    pub(in crate::forge) status: StatusCode,
    pub(in crate::forge) headers: HeaderMap,
    pub(in crate::forge) body: Bytes,
}

impl Transport {
    /// Must be called inside a tokio runtime.
    pub fn new(settings: Settings) -> Result<Self, SetupError> {
        for url in [&settings.rest_url, &settings.graphql_url] {
            let parsed = url.parse::<Uri>().ok();
            let absolute = parsed.is_some_and(|uri| {
                uri.authority().is_some() && matches!(uri.scheme_str(), Some("http" | "https"))
            });
            if !absolute {
                return Err(SetupError::Url(url.clone()));
            }
        }
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls::client(&settings.authorities)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Connector::new(Arc::new(settings.proxies.clone())));
        let service = Client::builder(TokioExecutor::new()).build::<_, OctoBody>(connector);
        let plain = Arc::new(service.clone());
        let built = OctocrabBuilder::new_empty().with_service(service).with_auth(AuthState::None).build();
        let octocrab = match built {
            Ok(octocrab) => octocrab,
            Err(never) => match never {},
        };
        let deadline = Arc::new(Mutex::new(settings.deadline));
        Ok(Self { octocrab, plain, settings: Arc::new(settings), deadline })
    }

    /// The same place, with connections and a deadline of its own. Must be called inside a tokio runtime.
    pub(in crate::forge) fn again(&self, settings: impl FnOnce(&mut Settings)) -> Result<Self, SetupError> {
        let mut changed = Settings::clone(&self.settings);
        settings(&mut changed);
        Self::new(changed)
    }

    /// Whose server it is.
    pub fn kind(&self) -> Kind {
        self.settings.kind
    }

    /// The same server, known to be one of `kind`. Must be called inside a tokio runtime.
    pub fn of_kind(&self, kind: Kind) -> Result<Self, SetupError> {
        self.again(|settings| settings.kind = kind)
    }

    /// When everything must be over.
    pub fn deadline(&self) -> Instant {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Grants all further requests together at least `time` from now.
    pub(in crate::forge) fn extend(&self, time: Duration) {
        let mut deadline = self.deadline.lock().unwrap_or_else(PoisonError::into_inner);
        *deadline = (*deadline).max(Instant::now() + time);
    }

    /// `GITHUB_API_URL`.
    pub(in crate::forge) fn rest_url(&self) -> &str {
        &self.settings.rest_url
    }

    /// Sends a request to any host, as it is: no token, no redirect.
    pub(in crate::forge) async fn stranger(
        &self,
        request: Request<OctoBody>,
    ) -> Result<Response<Incoming>, impl std::error::Error + use<>> {
        self.plain.request(request).await
    }

    /// Sends `call` once, following a renamed repository on the same host. The error is what happened, in words.
    pub(in crate::forge) async fn once(&self, call: &Call) -> Result<Answer, String> {
        let mut url = match &call.target {
            Target::Rest(path) => format!("{}{path}", self.settings.rest_url.trim_end_matches('/')),
            Target::GraphQl => self.settings.graphql_url.clone(),
        };
        for _hop in 0..HOPS_MAX {
            let answer = self.exchange(call, &url).await?;
            match moved_to(&answer, &url) {
                Some(next) => url = next,
                None => return Ok(answer),
            }
        }
        Err("it was redirected again and again".to_owned())
    }

    async fn exchange(&self, call: &Call, url: &str) -> Result<Answer, String> {
        let request = self.request(call, url).map_err(|error| format!("it is no valid request: {error}"))?;
        let response = self.in_time(ANSWER_TIMEOUT, self.octocrab.send(request)).await?;
        let (parts, body) = response.map_err(|error| innermost(&error))?.into_parts();
        let body = self.in_time(BODY_TIMEOUT, Limited::new(body, ANSWER_MAX).collect()).await?;
        let body = body.map_err(|error| format!("the answer broke off: {}", innermost(&*error)))?;
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.to_bytes() })
    }

    async fn in_time<T>(&self, most: Duration, work: impl Future<Output = T>) -> Result<T, String> {
        let limit = self.deadline().min(Instant::now() + most);
        tokio::time::timeout_at(limit, work).await.map_err(|_elapsed| "no answer in time".to_owned())
    }

    fn request(&self, call: &Call, url: &str) -> Result<Request<OctoBody>, http::Error> {
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(url)
            .header(ACCEPT, call.accept.header())
            .header(USER_AGENT, concat!("readiness/", env!("CARGO_PKG_VERSION")))
            .header("x-github-api-version", API_VERSION);
        if let Some(Token(token)) = &self.settings.token {
            request = request.header(AUTHORIZATION, token);
        }
        if let Some(authorization) = self.forwarder(url) {
            request = request.header(PROXY_AUTHORIZATION, authorization);
        }
        match &call.body {
            Some(body) => request.header(CONTENT_TYPE, "application/json").body(OctoBody::from(body.clone())),
            None => request.body(OctoBody::empty()),
        }
    }
}

impl Transport {
    /// What the proxy wants to see that forwards requests to `url`. One that only passes bytes on has seen it already.
    fn forwarder(&self, url: &str) -> Option<HeaderValue> {
        let url = url.parse::<Uri>().ok().filter(|url| url.scheme_str() == Some("http"))?;
        self.settings.proxies.of(&url)?.authorization.clone()
    }
}

/// The new place of a renamed repository, if it is on the very host that was asked: the token goes nowhere else.
fn moved_to(answer: &Answer, url: &str) -> Option<String> {
    if !matches!(answer.status.as_u16(), 301 | 307 | 308) {
        return None;
    }
    let (from, to) = (url.parse::<Uri>().ok()?, answer.headers.get(LOCATION)?.to_str().ok()?);
    let to = to.parse::<Uri>().ok()?;
    (to.scheme() == from.scheme() && to.authority() == from.authority()).then(|| to.to_string())
}

/// The last cause says what happened ("connection refused"); the ones around it print backtraces and URLs.
pub(in crate::forge) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    super::error::brief(&cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_followed_on_the_same_host_only() {
        let to = |location: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_static(location));
            let answer = Answer { status: StatusCode::MOVED_PERMANENTLY, headers, body: Bytes::new() };
            moved_to(&answer, "https://api.github.com/repos/old/name")
        };
        assert_eq!(
            to("https://api.github.com/repositories/1").as_deref(),
            Some("https://api.github.com/repositories/1")
        );
        assert_eq!(to("https://evil.example/repositories/1"), None);
        assert_eq!(to("http://api.github.com/repositories/1"), None);
    }
}
