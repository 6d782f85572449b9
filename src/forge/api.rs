//! What every forge does.

use super::base::{Ancestry, BaseCommit};
use super::comment::{self, Draft, Published};
use super::compare::{Change, Comparison};
use super::conversation::Conversation;
use super::http::error::ApiError;
use super::remote::Remote;
use super::status::{self, Rival, Said, Status};
use super::tree::Files;
use crate::model::commit::Sha;

/// One repository on a forge. What is the same everywhere is written once, in terms of what differs:
/// [`super::status`], [`super::comment`].
#[expect(
    async_fn_in_trait,
    reason = "one type implements it for all callers, so their futures are known to be `Send`"
)]
pub trait Forge {
    /// Where it is.
    fn remote(&self) -> &Remote;

    /// Reads pull request `number`, looking for own comments called `name`.
    async fn conversation(&self, number: u64, name: &str) -> Result<Conversation, ApiError>;

    /// The statuses of `commit`, newest first, as far as one page goes.
    async fn statuses(&self, commit: &Sha) -> Result<Vec<Said>, ApiError>;

    /// What a change changes, and where its head left its base.
    async fn compare(&self, change: Change<'_>) -> Result<Comparison, ApiError>;

    /// Reads `paths` at commit `base`, and the commits before it.
    async fn base_commit(&self, base: &Sha, paths: &[&str]) -> Result<BaseCommit, ApiError>;

    /// The hundred newest commits up to `commit`.
    async fn ancestry(&self, commit: &Sha) -> Result<Ancestry, ApiError>;

    /// All files of `commit`, which may be one of a fork.
    async fn files_of(&self, commit: &Sha) -> Result<Files, ApiError>;

    /// Sets `status` on `commit`; when the answer is lost it looks whether it is there before it tries again.
    async fn set_status(&self, commit: &Sha, status: &Status) -> Result<(), ApiError>
    where
        Self: Sized,
    {
        status::set(self, commit, status).await
    }

    /// The later run that speaks about `commit` in the context of `own`, if there is one.
    async fn rival(&self, commit: &Sha, own: &Status) -> Result<Option<Rival>, ApiError>
    where
        Self: Sized,
    {
        status::rival(self, commit, own).await
    }

    /// Writes `draft` into the pull request whose state is `seen`.
    async fn comment(&self, draft: &Draft, seen: &Conversation) -> Result<Published, ApiError>
    where
        Self: Sized,
    {
        comment::publish(self, draft, seen).await
    }
}
