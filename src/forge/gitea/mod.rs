//! Gitea and Forgejo through their common REST API, below `/api/v1`: one file per thing that is read or written.
//!
//! Commit statuses and comments are written as on GitHub. There are no check runs and no git objects to write; the
//! contents API commits several files at once. What is known of it is from <https://docs.gitea.com/api/> and its source.

mod base;
mod compare;
mod conversation;
pub mod data_branch;
#[cfg(test)]
mod tests;
mod tree;
mod version;

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::base::{Ancestry, BaseCommit};
use super::compare::{Change, Comparison};
use super::conversation::Conversation;
use super::http::call::Call;
use super::http::error::ApiError;
use super::status::{self, Said};
use super::tree::Files;
use super::{Forge, Remote};
use crate::model::commit::Sha;
use crate::model::order;

pub use version::probe;

/// Entries of a page; servers hand out fewer where they are set to.
const PAGE: usize = 50;

/// One repository on Gitea or Forgejo.
#[derive(Clone)]
pub struct Gitea {
    pub(in crate::forge) remote: Remote,
    /// The number of the user whose token it is.
    author: Arc<OnceCell<i64>>,
}

impl Gitea {
    /// What is at `remote`.
    pub fn new(remote: Remote) -> Self {
        Self { remote, author: Arc::default() }
    }
}

impl Forge for Gitea {
    fn remote(&self) -> &Remote {
        &self.remote
    }

    async fn conversation(&self, number: u64, name: &str) -> Result<Conversation, ApiError> {
        self.discussion(number, name).await
    }

    async fn statuses(&self, commit: &Sha) -> Result<Vec<Said>, ApiError> {
        let path = self.remote.path(&format!("commits/{commit}/statuses?limit={PAGE}"));
        let mut all: Vec<Said> = self.remote.transport.json(&Call::get(status::LISTING, path)).await?;
        // They come in the order of their seconds.
        order::sort_by_key(&mut all, |said| std::cmp::Reverse(said.id));
        Ok(all)
    }

    async fn compare(&self, change: Change<'_>) -> Result<Comparison, ApiError> {
        self.difference(change).await
    }

    async fn base_commit(&self, base: &Sha, paths: &[&str]) -> Result<BaseCommit, ApiError> {
        self.read_base(base, paths).await
    }

    async fn ancestry(&self, commit: &Sha) -> Result<Ancestry, ApiError> {
        self.history_of(commit).await
    }

    async fn files_of(&self, commit: &Sha) -> Result<Files, ApiError> {
        self.tree_of(commit).await
    }
}
