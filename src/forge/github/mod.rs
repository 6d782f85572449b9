//! GitHub through its REST and GraphQL APIs: one file per thing that is read or written.
//!
//! octocrab carries the requests; headers, retries, redirects and errors are our own, because what it does by itself
//! repeats writes and shows tokens to foreign hosts.

pub mod app;
pub mod artifacts;
pub mod base;
pub mod call;
pub mod check_run;
pub mod comment;
pub mod compare;
mod connector;
pub mod contents;
pub mod conversation;
pub mod data_branch;
pub mod download;
#[cfg(test)]
mod download_tests;
pub mod error;
pub mod event;
pub mod marker;
#[cfg(test)]
mod network_tests;
mod percent;
pub mod proxy;
pub mod pulls;
pub mod retry;
pub mod status;
#[cfg(test)]
mod tests;
mod tls;
pub mod transport;
pub mod tree;
mod wire;

use std::time::Duration;

use tokio::time::Instant;
use transport::{SetupError, Transport};

/// One repository, reached with one token.
#[derive(Clone)]
pub struct GitHub {
    transport: Transport,
    repository: Repository,
}

/// `owner/name`, checked: it becomes part of URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    owner: String,
    name: String,
}

impl Repository {
    /// Takes `owner/name` apart; `None` unless both are what GitHub allows.
    pub fn parse(full_name: &str) -> Option<Self> {
        let (owner, name) = full_name.split_once('/')?;
        let allowed = |text: &str| {
            !matches!(text, "" | "." | "..")
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        (allowed(owner) && allowed(name)).then(|| Self { owner: owner.to_owned(), name: name.to_owned() })
    }
}

impl std::fmt::Display for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

impl GitHub {
    /// A repository behind a transport.
    pub fn new(transport: Transport, repository: Repository) -> Self {
        Self { transport, repository }
    }

    /// The same server and token, another repository.
    #[must_use]
    pub fn elsewhere(&self, repository: Repository) -> Self {
        Self { transport: self.transport.clone(), repository }
    }

    /// Grants all further requests together at least `time` from now.
    pub fn extend(&self, time: Duration) {
        self.transport.extend(time);
    }

    /// The same repository with connections of its own, for requests that take `time` together. Must be called inside a
    /// tokio runtime.
    pub fn again(&self, time: Duration) -> Result<Self, SetupError> {
        let deadline = Instant::now() + time;
        let transport = self.transport.again(|settings| settings.deadline = deadline)?;
        Ok(Self { transport, repository: self.repository.clone() })
    }

    /// The API path of something in the repository: `rest` starts without a slash and is encoded already.
    fn path(&self, rest: &str) -> String {
        format!("/repos/{}/{}", self.repository, rest)
    }
}
