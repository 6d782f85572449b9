//! Sends requests until they have an answer: what is repeated, when, and how long it is waited for.
//!
//! GitHub's rules: <https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>.

use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::call::{Accept, Call, Repeat, Target};
use super::error::{ApiError, brief};
use super::transport::{Answer, Transport};
use crate::forge::Kind;
use crate::forge::wire::{ErrorBody, GraphQlAnswer};

/// Tries after which a request that gets no answer is given up.
const TRIES_MAX: u32 = 5;
/// After so long no further try is begun: what does not answer at all would use up the time of everything else.
const TRYING: Duration = Duration::from_secs(40);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// What a secondary limit without `retry-after` asks for at least.
const UNNAMED_WAIT: u64 = 60;

/// What is to be done after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// It is answered, well or not.
    Done,
    /// It was not carried out; GitHub says how many seconds to wait.
    WaitFor(u64),
    /// No answer that counts.
    Again,
}

/// How a creation went.
#[derive(Debug)]
pub(in crate::forge) enum Created<T, U> {
    /// With an answer.
    Answered(T),
    /// Without one, and this was found afterwards.
    Found(U),
}

impl Transport {
    /// The JSON answer to `call`.
    pub(in crate::forge) async fn json<T: DeserializeOwned>(&self, call: &Call) -> Result<T, ApiError> {
        let answer = self.answer(call).await?;
        parse(call, &answer.body)
    }

    /// One page of a list, and how many entries there are on all pages, where the server counts them.
    pub(in crate::forge) async fn listed<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<(Vec<T>, Option<usize>), ApiError> {
        let answer = self.answer(call).await?;
        let total = answer.headers.get("x-total-count").and_then(|total| total.to_str().ok()?.parse().ok());
        let listed: Option<Vec<T>> = parse(call, &answer.body)?;
        Ok((listed.unwrap_or_default(), total))
    }

    /// The `data` of a GraphQL answer.
    pub(in crate::forge) async fn graphql<T: DeserializeOwned>(&self, call: &Call) -> Result<T, ApiError> {
        let answer: GraphQlAnswer<T> = self.json(call).await?;
        let lost = || ApiError::Lost {
            doing: call.purpose.doing,
            request: call.name(),
            cause: "it holds no data".to_owned(),
        };
        match answer.errors.into_iter().next() {
            Some(error) => Err(ApiError::GraphQl {
                doing: call.purpose.doing,
                kind: brief(error.kind.as_deref().unwrap_or("an error")),
                message: brief(&error.message),
                needs: call.purpose.needs,
            }),
            None => answer.data.ok_or_else(lost),
        }
    }

    /// The bytes of a file; `None` when there is none.
    pub(in crate::forge) async fn bytes(&self, call: &Call) -> Result<Option<Vec<u8>>, ApiError> {
        match self.answer(call).await {
            Ok(answer) => Ok(Some(answer.body.to_vec())),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The answer to `call`, after as many tries as it takes and may have.
    pub(in crate::forge) async fn answer(&self, call: &Call) -> Result<Answer, ApiError> {
        let (start, mut tries) = (Instant::now(), 0);
        loop {
            tries += 1;
            let result = self.once(call).await;
            let is_last = tries >= TRIES_MAX || start.elapsed() >= TRYING;
            let next = match &result {
                Ok(answer) => judge(call, answer),
                Err(_no_answer) => Next::Again,
            };
            let pause = match next {
                Next::Done => return conclude(self.kind(), call, result),
                Next::WaitFor(seconds) => {
                    // Who comes back too often is locked out for longer, so the pauses grow on their own, too.
                    let pause = Duration::from_secs(seconds) + backoff(tries);
                    if tries >= TRIES_MAX || !self.has_time(pause) {
                        return Err(ApiError::RateLimited {
                            forge: self.kind(),
                            doing: call.purpose.doing,
                            seconds,
                        });
                    }
                    pause
                }
                Next::Again if call.repeat == Repeat::WhenRefused || is_last => {
                    return conclude(self.kind(), call, result);
                }
                Next::Again => backoff(tries),
            };
            if !self.has_time(pause) {
                return conclude(self.kind(), call, result);
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Sends a `call` that must be carried out once. When its answer is lost, `look` says what came of it, before it is
    /// sent again.
    pub(in crate::forge) async fn create<T, U, F>(
        &self,
        call: &Call,
        look: impl Fn() -> F,
    ) -> Result<Created<T, U>, ApiError>
    where
        T: DeserializeOwned,
        F: Future<Output = Result<Option<U>, ApiError>>,
    {
        let (start, mut tries) = (Instant::now(), 0);
        loop {
            tries += 1;
            let error = match self.json(call).await {
                Ok(answer) => return Ok(Created::Answered(answer)),
                Err(error) if error.is_uncertain() => error,
                Err(error) => return Err(error),
            };
            let pause = backoff(tries);
            tokio::time::sleep_until(self.deadline().min(Instant::now() + pause)).await;
            if let Some(found) = look().await? {
                return Ok(Created::Found(found));
            }
            if tries >= TRIES_MAX || start.elapsed() >= TRYING || !self.has_time(Duration::ZERO) {
                return Err(error);
            }
        }
    }

    fn has_time(&self, pause: Duration) -> bool {
        Instant::now() + pause < self.deadline()
    }
}

fn parse<T: DeserializeOwned>(call: &Call, body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|cause| ApiError::Shape {
        doing: call.purpose.doing,
        request: call.name(),
        cause,
    })
}

fn judge(call: &Call, answer: &Answer) -> Next {
    let status = answer.status;
    if matches!(status, StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS)
        && let Some(seconds) = rate_limit(status, &answer.headers, &answer.body)
    {
        return Next::WaitFor(seconds);
    }
    if status.is_server_error() {
        return Next::Again;
    }
    if status.is_success() && call.accept == Accept::Json && status != StatusCode::NO_CONTENT {
        return judge_json(call, answer);
    }
    Next::Done
}

/// An answer that is cut or no JSON at all is none; GraphQL says inside of it that the limit is reached.
fn judge_json(call: &Call, answer: &Answer) -> Next {
    if call.target == Target::GraphQl {
        return match serde_json::from_slice::<GraphQlAnswer<serde::de::IgnoredAny>>(&answer.body) {
            Err(_broken) => Next::Again,
            Ok(body) if body.errors.iter().any(|error| error.kind.as_deref() == Some("RATE_LIMITED")) => {
                Next::WaitFor(wait_named(&answer.headers).unwrap_or(UNNAMED_WAIT))
            }
            Ok(_answered) => Next::Done,
        };
    }
    match serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body) {
        Ok(_json) => Next::Done,
        Err(_broken) => Next::Again,
    }
}

/// Seconds to wait when the refusal is a rate limit, and not a missing permission.
fn rate_limit(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<u64> {
    if let Some(seconds) = wait_named(headers) {
        return Some(seconds);
    }
    let words = String::from_utf8_lossy(body).to_ascii_lowercase();
    let secondary = words.contains("secondary rate limit") || words.contains("abuse detection");
    (status == StatusCode::TOO_MANY_REQUESTS || secondary).then_some(UNNAMED_WAIT)
}

/// `retry-after`, else the time to the reset of a used-up limit by GitHub's own clock.
fn wait_named(headers: &HeaderMap) -> Option<u64> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    if let Some(seconds) = number("retry-after") {
        return Some(seconds);
    }
    if number("x-ratelimit-remaining") != Some(0) {
        return None;
    }
    // Our own clock may be wrong, so without GitHub's the time to the reset is not known.
    let now = headers.get("date").and_then(|date| date.to_str().ok());
    let now = now.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let reset = number("x-ratelimit-reset").and_then(|reset| i64::try_from(reset).ok());
    let (Some(now), Some(reset)) = (now, reset) else { return Some(UNNAMED_WAIT) };
    Some(u64::try_from(reset.saturating_sub(now.timestamp().as_second())).unwrap_or(0) + 1)
}

fn conclude(forge: Kind, call: &Call, result: Result<Answer, String>) -> Result<Answer, ApiError> {
    let doing = call.purpose.doing;
    match result {
        Ok(answer) if answer.status.is_success() => Ok(answer),
        Ok(answer) if call.accept == Accept::Redirect && answer.status == StatusCode::FOUND => Ok(answer),
        Ok(answer) => Err(ApiError::Refused {
            forge,
            doing,
            request: call.name(),
            status: answer.status.as_u16(),
            message: message(&answer),
            needs: call.purpose.needs,
        }),
        Err(cause) => Err(ApiError::Lost { doing, request: call.name(), cause }),
    }
}

fn message(answer: &Answer) -> String {
    match serde_json::from_slice::<ErrorBody>(&answer.body) {
        Ok(body) => brief(&body.message),
        Err(_page) => answer.status.canonical_reason().unwrap_or("no reason given").to_owned(),
    }
}

pub(in crate::forge) fn backoff(tries: u32) -> Duration {
    let longest = FIRST_PAUSE.saturating_mul(1 << tries.min(5));
    longest / 2 + jitter(longest / 2)
}

/// A random part of `longest`: the standard library's hasher is seeded by the operating system.
fn jitter(longest: Duration) -> Duration {
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};
    let spread = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX).max(1);
    Duration::from_micros(RandomState::new().build_hasher().finish() % spread)
}
