//! The files of a commit with the names of their contents.

use super::Gitea;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::tree::Files;
use crate::forge::wire::{Tree, TreeEntry};
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "list the files of a commit", needs: "contents: read" };
/// A thousand entries each, unless the server is set to fewer.
const PAGES_MAX: usize = 100;

impl Gitea {
    /// All files of `commit`, which may be one of a fork.
    pub(super) async fn tree_of(&self, commit: &Sha) -> Result<Files, ApiError> {
        let (entries, is_cut) = self.entries_of(&commit.0).await?;
        Ok(Files { paths: entries.into_iter().map(|entry| entry.path).collect(), is_cut })
    }

    /// The files of `commit`, and whether there are more of them.
    pub(super) async fn entries_of(&self, commit: &str) -> Result<(Vec<TreeEntry>, bool), ApiError> {
        let (mut all, mut is_cut) = (Vec::new(), true);
        for page in 1..=PAGES_MAX {
            let path =
                format!("git/trees/{}?recursive=true&per_page=1000&page={page}", percent::encode(commit));
            let listed: Tree =
                self.remote.transport.json(&Call::get(PURPOSE, self.remote.path(&path))).await?;
            let entries = listed.tree.unwrap_or_default();
            let is_over = !listed.truncated || entries.is_empty();
            all.extend(entries.into_iter().filter(|entry| entry.kind == "blob"));
            if is_over {
                is_cut = false;
                break;
            }
        }
        Ok((all, is_cut))
    }
}
