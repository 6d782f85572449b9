//! What a pull request changes: its merge base, and its unified diff.

use serde::Deserialize;

use super::Gitea;
use crate::forge::compare::{Change, Comparison, Patches};
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "read the pull request", needs: "pull-requests: read" };
const COMPARING: Purpose = Purpose { doing: "compare the head with its base", needs: "contents: read" };

/// A pull request as it is now.
#[derive(Deserialize)]
pub(super) struct Pull {
    #[serde(default)]
    pub(super) state: String,
    pub(super) head: Side,
    /// Empty while the server still looks for it.
    #[serde(default)]
    merge_base: String,
}

#[derive(Deserialize)]
pub(super) struct Side {
    pub(super) sha: String,
}

impl Gitea {
    /// Reads pull request `number`.
    pub(super) async fn pull(&self, number: u64) -> Result<Pull, ApiError> {
        let path = self.remote.path(&format!("pulls/{number}"));
        self.remote.transport.json(&Call::get(PURPOSE, path)).await
    }

    /// Only a pull request has a diff, which is of its newest commit: two commits alone are compared without one.
    pub(super) async fn difference(&self, change: Change<'_>) -> Result<Comparison, ApiError> {
        let lacking = || ApiError::Lacking { doing: COMPARING.doing, forge: self.remote.kind() };
        let number = change.pull.ok_or_else(lacking)?;
        let pull = self.pull(number).await?;
        if pull.head.sha != change.head.0 || pull.merge_base.is_empty() {
            return Err(lacking());
        }
        let call = Call::raw(COMPARING, self.remote.path(&format!("pulls/{number}.diff")));
        let diff = self.remote.transport.answer(&call).await?;
        Ok(Comparison {
            merge_base: Sha(pull.merge_base),
            patches: Patches::Whole(String::from_utf8_lossy(&diff.body).into_owned()),
        })
    }
}
