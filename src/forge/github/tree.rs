//! The files of a commit, for runs without a checkout.

use super::GitHub;
use super::call::{Call, Purpose};
use super::error::ApiError;
use super::percent;
use super::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "list the files of the head commit", needs: "contents: read" };

/// The files of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Paths from the root of the repository.
    pub paths: Vec<String>,
    /// GitHub hands out 100 000 entries or 7 MB at most.
    pub is_cut: bool,
}

impl GitHub {
    /// All files of `commit`, which may be one of a fork.
    pub async fn files_of(&self, commit: &Sha) -> Result<Files, ApiError> {
        let path = format!("git/trees/{}?recursive=1", percent::encode(&commit.0));
        let answer: wire::Tree = self.transport.json(&Call::get(PURPOSE, self.path(&path))).await?;
        let files = answer.tree.into_iter().filter(|entry| entry.kind == "blob");
        Ok(Files { paths: files.map(|entry| entry.path).collect(), is_cut: answer.truncated })
    }
}
