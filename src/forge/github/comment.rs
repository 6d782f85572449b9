//! The one comment of a pull request: updated in place, created when there is none, never doubled.

use serde::Serialize;

use super::GitHub;
use super::call::{Call, Purpose};
use super::conversation::{Conversation, OwnComment};
use super::error::ApiError;
use super::marker::Marker;
use super::wire;

const PURPOSE: Purpose = Purpose { doing: "comment on the pull request", needs: "pull-requests: write" };
/// Creations that got no answer and did not happen.
const TRIES_MAX: usize = 3;
/// Characters of a comment that GitHub takes for sure; see `docs/github.md`.
pub const LIMIT: usize = 65_000;

/// When a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// Also when nothing but the run changed.
    Always,
    /// Only when its text changes.
    OnChange,
}

/// What became of the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// Written; its address.
    Written(Option<String>),
    /// It said the same already.
    Unchanged(Option<String>),
    /// A later run on the same commit was faster.
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

impl GitHub {
    /// Writes `draft` into the pull request whose state is `seen`.
    pub async fn comment(&self, draft: &Draft, seen: &Conversation) -> Result<Published, ApiError> {
        let Some(own) = seen.own.first() else { return self.create(draft).await };
        if own.marker.is_newer_than(&draft.marker) {
            return Ok(Published::Newer(own.url.clone()));
        }
        if draft.update == Update::OnChange && own.text == draft.text.trim_end() {
            return Ok(Published::Unchanged(own.url.clone()));
        }
        match self.change(draft, own).await {
            // Deleted between looking and writing.
            Err(error) if error.status() == Some(404) => self.create(draft).await,
            other => other,
        }
    }

    async fn change(&self, draft: &Draft, own: &OwnComment) -> Result<Published, ApiError> {
        let path = self.path(&format!("issues/comments/{}", own.id));
        let comment: wire::Comment = self.transport.json(&Call::patch(PURPOSE, path, &draft.body())).await?;
        Ok(Published::Written(comment.html_url.or_else(|| own.url.clone())))
    }

    /// Creates the comment; when the answer is lost it looks whether it is there before it tries again.
    async fn create(&self, draft: &Draft) -> Result<Published, ApiError> {
        let path = self.path(&format!("issues/{}/comments", draft.number));
        let call = Call::post(PURPOSE, path, &draft.body());
        let mut tries = 0;
        loop {
            tries += 1;
            let result: Result<wire::Comment, ApiError> = self.transport.json(&call).await;
            match result {
                Ok(comment) => return self.settle(draft, comment).await,
                Err(error) if !error.is_uncertain() || tries >= TRIES_MAX => return Err(error),
                Err(_lost) => {}
            }
            let seen = self.conversation(draft.number, &draft.marker.name).await?;
            if let Some(own) = seen.own.first() {
                return self.change(draft, own).await;
            }
        }
    }

    /// Another run may have created its comment at the same time: the oldest stays.
    async fn settle(&self, draft: &Draft, created: wire::Comment) -> Result<Published, ApiError> {
        let seen = self.conversation(draft.number, &draft.marker.name).await?;
        let Some(oldest) = seen.own.first().filter(|own| own.id < created.id) else {
            return Ok(Published::Written(created.html_url));
        };
        let path = self.path(&format!("issues/comments/{}", created.id));
        match self.transport.answer(&Call::delete(PURPOSE, path)).await {
            Err(error) if error.status() != Some(404) => return Err(error),
            _gone => {}
        }
        if oldest.marker.is_newer_than(&draft.marker) {
            return Ok(Published::Newer(oldest.url.clone()));
        }
        self.change(draft, oldest).await
    }
}
