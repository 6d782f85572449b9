//! One repository on one server: what every forge's requests start from.

use std::time::Duration;

use tokio::time::Instant;

use super::Kind;
use super::http::settings::SetupError;
use super::http::transport::Transport;

/// One repository, reached with one token.
#[derive(Clone)]
pub struct Remote {
    pub(in crate::forge) transport: Transport,
    pub(in crate::forge) repository: Repository,
}

/// `owner/name`, checked: it becomes part of URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    pub(in crate::forge) owner: String,
    pub(in crate::forge) name: String,
}

impl Repository {
    /// Takes `owner/name` apart; `None` unless both are what forges allow.
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

impl Remote {
    /// A repository behind a transport.
    pub fn new(transport: Transport, repository: Repository) -> Self {
        Self { transport, repository }
    }

    /// Whose server it is.
    pub fn kind(&self) -> Kind {
        self.transport.kind()
    }

    /// The same server and token, another repository.
    pub(in crate::forge) fn elsewhere(&self, repository: Repository) -> Self {
        Self { transport: self.transport.clone(), repository }
    }

    /// Grants all further requests together at least `time` from now.
    pub fn extend(&self, time: Duration) {
        self.transport.extend(time);
    }

    /// The same repository with connections of its own, for requests that take `time` together. Must be called inside a
    /// tokio runtime.
    pub(in crate::forge) fn again(&self, time: Duration) -> Result<Self, SetupError> {
        let deadline = Instant::now() + time;
        let transport = self.transport.again(|settings| settings.deadline = deadline)?;
        Ok(Self { transport, repository: self.repository.clone() })
    }

    /// The API path of something in the repository: `rest` starts without a slash and is encoded already.
    pub(in crate::forge) fn path(&self, rest: &str) -> String {
        format!("/repos/{}/{}", self.repository, rest)
    }
}
