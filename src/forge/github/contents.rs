//! Files of a branch or commit, and contents by their name.

use super::GitHub;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::wire;

const PURPOSE: Purpose = Purpose { doing: "read the recorded history", needs: "contents: read" };

impl GitHub {
    /// The bytes of `path` at `reference` (branch or commit); `None` when it is not there.
    pub(super) async fn file(&self, reference: &str, path: &str) -> Result<Option<Vec<u8>>, ApiError> {
        let path = format!("contents/{}?ref={}", percent::encode_path(path), percent::encode(reference));
        self.remote.transport.bytes(&Call::raw(PURPOSE, self.remote.path(&path))).await
    }

    /// The names in a folder; none when there is no such folder.
    pub(super) async fn folder(&self, reference: &str, path: &str) -> Result<Vec<String>, ApiError> {
        let path = format!("contents/{}?ref={}", percent::encode_path(path), percent::encode(reference));
        let listed: Result<Vec<wire::Entry>, _> =
            self.remote.transport.json(&Call::get(PURPOSE, self.remote.path(&path))).await;
        match listed {
            Ok(entries) => Ok(entries.into_iter().map(|entry| entry.name).collect()),
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a git object; `None` when it is not there.
    pub(super) async fn blob(&self, name: &str) -> Result<Option<Vec<u8>>, ApiError> {
        let path = self.remote.path(&format!("git/blobs/{}", percent::encode(name)));
        self.remote.transport.bytes(&Call::raw(PURPOSE, path)).await
    }

    /// The commit that a branch is at.
    pub(super) async fn branch_tip(&self, branch: &str) -> Result<Option<String>, ApiError> {
        let path = self.remote.path(&format!("git/ref/heads/{}", percent::encode_path(branch)));
        let found: Result<wire::Reference, _> = self.remote.transport.json(&Call::get(PURPOSE, path)).await;
        match found {
            Ok(reference) => Ok(Some(reference.object.sha)),
            // An empty repository answers 409.
            Err(error) if error.is_not_found() || error.status() == Some(409) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
