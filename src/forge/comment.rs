//! The one comment of a pull request: updated in place, created when there is none, never doubled.

use serde::Serialize;

use super::Forge;
use super::conversation::{Conversation, OwnComment};
use super::http::call::{Call, Purpose};
use super::http::error::ApiError;
use super::http::retry::Created;
use super::marker::Marker;
use super::wire;

const PURPOSE: Purpose = Purpose { doing: "comment on the pull request", needs: "pull-requests: write" };
/// Characters of a comment that GitHub takes for sure; see `docs/github.md`.
pub const LIMIT: usize = 65_000;

/// When a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// Also when nothing but the run changed.
    Always,
    /// When its text or its commit is another.
    Changed,
}

/// What became of the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// Written; its address.
    Written(Option<String>),
    /// It said the same already.
    Unchanged(Option<String>),
    /// A later run on the same commit was faster, or writes at the same time.
    Newer(Option<String>),
}

impl Published {
    /// The comment's address.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Written(url) | Self::Unchanged(url) | Self::Newer(url) => url.as_deref(),
        }
    }
}

/// What a comment shall say.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The pull request.
    pub number: u64,
    /// Without the marker; at most [`LIMIT`] characters with it.
    pub text: String,
    /// Who writes it.
    pub marker: Marker,
    /// When it is written.
    pub update: Update,
}

impl Draft {
    fn body(&self) -> Body {
        Body { body: format!("{}\n\n{}", self.text.trim_end(), self.marker.line()) }
    }
}

#[derive(Serialize)]
struct Body {
    body: String,
}

/// Writes `draft` into the pull request whose state is `seen`.
pub(in crate::forge) async fn publish<F: Forge>(
    forge: &F,
    draft: &Draft,
    seen: &Conversation,
) -> Result<Published, ApiError> {
    if seen.own.is_empty() {
        return create(forge, draft).await;
    }
    match keep_oldest(forge, draft, &seen.own).await {
        // Deleted between looking and writing.
        Err(error) if error.status() == Some(404) => create(forge, draft).await,
        other => other,
    }
}

async fn remove<F: Forge>(forge: &F, id: u64) -> Result<(), ApiError> {
    let path = forge.remote().path(&format!("issues/comments/{id}"));
    match forge.remote().transport.answer(&Call::delete(PURPOSE, path)).await {
        Err(error) if error.status() != Some(404) => Err(error),
        _gone => Ok(()),
    }
}

/// Creates the comment; when the answer is lost it looks whether it is there before it tries again.
async fn create<F: Forge>(forge: &F, draft: &Draft) -> Result<Published, ApiError> {
    let path = forge.remote().path(&format!("issues/{}/comments", draft.number));
    let call = Call::post(PURPOSE, path, &draft.body());
    let look = async || {
        let seen = forge.conversation(draft.number, &draft.marker.name).await?;
        Ok(Some(seen.own).filter(|own| !own.is_empty()))
    };
    match forge.remote().transport.create(&call, look).await? {
        Created::Answered(created) => settle(forge, draft, created, look().await).await,
        Created::Found(own) => keep_oldest(forge, draft, &own).await,
    }
}

/// Another run may have created its comment at the same time: the oldest stays, unless a later run is about to see to
/// that. When nobody says which ones there are, the next run sees to it.
async fn settle<F: Forge>(
    forge: &F,
    draft: &Draft,
    created: wire::Comment,
    own: Result<Option<Vec<OwnComment>>, ApiError>,
) -> Result<Published, ApiError> {
    let mut own = own.ok().flatten().unwrap_or_default();
    let is_followed =
        own.iter().any(|other| other.id > created.id && other.marker.is_newer_than(&draft.marker));
    own.retain(|other| other.id < created.id);
    if own.is_empty() && is_followed {
        return Ok(Published::Newer(created.html_url));
    }
    if own.is_empty() {
        return Ok(Published::Written(created.html_url));
    }
    remove(forge, created.id).await?;
    keep_oldest(forge, draft, &own).await
}

/// Writes into the oldest of `own`, and removes the others, which runs that met left behind.
async fn keep_oldest<F: Forge>(forge: &F, draft: &Draft, own: &[OwnComment]) -> Result<Published, ApiError> {
    let Some((oldest, others)) = own.split_first() else { return Ok(Published::Written(None)) };
    for other in others {
        remove(forge, other.id).await?;
    }
    if oldest.marker.is_newer_than(&draft.marker) {
        return Ok(Published::Newer(oldest.url.clone()));
    }
    let is_same = oldest.text == draft.text.trim_end() && oldest.marker.sha == draft.marker.sha;
    if is_same && (draft.update == Update::Changed || oldest.marker == draft.marker) {
        return Ok(Published::Unchanged(oldest.url.clone()));
    }
    let path = forge.remote().path(&format!("issues/comments/{}", oldest.id));
    let call = Call::patch(PURPOSE, path, &draft.body());
    let comment: wire::Comment = forge.remote().transport.json(&call).await?;
    Ok(Published::Written(comment.html_url.or_else(|| oldest.url.clone())))
}
