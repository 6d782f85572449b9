//! GitHub through its REST and GraphQL APIs: one file per thing that is read or written.
//!
//! octocrab carries the requests; headers, retries, redirects and errors are our own, because what it does by itself
//! repeats writes and shows tokens to foreign hosts.

pub mod app;
pub mod artifacts;
mod base;
pub mod check_run;
mod compare;
mod contents;
mod conversation;
pub mod data_branch;
pub mod download;
pub mod pulls;
#[cfg(test)]
mod tests;
mod tree;

use super::base::{Ancestry, BaseCommit};
use super::compare::{Change, Comparison};
use super::conversation::Conversation;
use super::http::call::Call;
use super::http::error::ApiError;
use super::status::{self, Said};
use super::tree::Files;
use super::{Forge, Remote};
use crate::model::commit::Sha;

/// One repository on GitHub.
#[derive(Clone)]
pub struct GitHub {
    pub(in crate::forge) remote: Remote,
}

impl GitHub {
    /// What is at `remote`.
    pub fn new(remote: Remote) -> Self {
        Self { remote }
    }
}

impl Forge for GitHub {
    fn remote(&self) -> &Remote {
        &self.remote
    }

    async fn conversation(&self, number: u64, name: &str) -> Result<Conversation, ApiError> {
        self.discussion(number, name).await
    }

    async fn statuses(&self, commit: &Sha) -> Result<Vec<Said>, ApiError> {
        let path = self.remote.path(&format!("commits/{commit}/statuses?per_page=100"));
        self.remote.transport.json(&Call::get(status::LISTING, path)).await
    }

    async fn compare(&self, change: Change<'_>) -> Result<Comparison, ApiError> {
        self.difference(change.base, change.head).await
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
