//! What the runner says about an event, and how its parts are read.

use serde::Deserialize;

use super::EventError;
use crate::forge::Kind;
use crate::model::commit::Sha;

/// What the runner says about the event.
#[derive(Clone, Copy, Debug)]
pub struct Trigger<'a> {
    /// Who says so.
    pub forge: Kind,
    /// `GITHUB_EVENT_NAME`.
    pub name: &'a str,
    /// The content of `GITHUB_EVENT_PATH`.
    pub payload: &'a str,
    /// `GITHUB_SHA`.
    pub sha: &'a str,
    /// `GITHUB_REF`.
    pub reference: &'a str,
    /// `GITHUB_ACTOR`.
    pub actor: &'a str,
}

impl Trigger<'_> {
    pub(super) fn read<'p, T: Deserialize<'p>>(&'p self) -> Result<T, EventError> {
        serde_json::from_str(self.payload)
            .map_err(|source| EventError::Payload { name: self.name.to_owned(), source })
    }

    /// Commit names become part of URLs.
    pub(super) fn commit(&self, text: &str) -> Result<Sha, EventError> {
        commit(text).ok_or_else(|| EventError::Commit { name: self.name.to_owned(), value: brief(text) })
    }
}

/// `text` as a commit, if it is one.
pub(super) fn commit(text: &str) -> Option<Sha> {
    let fits = matches!(text.len(), 40 | 64) && text.bytes().all(|b| b.is_ascii_hexdigit());
    fits.then(|| Sha(text.to_ascii_lowercase()))
}

pub(super) fn brief(text: &str) -> String {
    text.chars().take(80).collect()
}
