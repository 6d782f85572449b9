//! The files of a commit, for runs without a checkout.

use super::GitHub;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::tree::Files;
use crate::forge::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "list the files of the head commit", needs: "contents: read" };

/// GitHub hands out 100 000 entries or 7 MB at most.
impl GitHub {
    /// All files of `commit`, which may be one of a fork.
    pub(super) async fn tree_of(&self, commit: &Sha) -> Result<Files, ApiError> {
        let path = format!("git/trees/{}?recursive=1", percent::encode(&commit.0));
        let answer: wire::Tree =
            self.remote.transport.json(&Call::get(PURPOSE, self.remote.path(&path))).await?;
        let files = answer.tree.unwrap_or_default().into_iter().filter(|entry| entry.kind == "blob");
        Ok(Files { paths: files.map(|entry| entry.path).collect(), is_cut: answer.truncated })
    }
}
