//! Finds the recorded run that a head is compared with: the merge base's, else the nearest recorded ancestor's.
//!
//! At most three reads: the tip, the list of ancestors, and an older snapshot by its content name.

use std::future::Future;

use super::layout;
use super::recent::Recent;
use super::snapshot::{self, Snapshot};
use super::store::{At, Store, StoreError};
use super::wire::WireError;
use crate::model::commit::{Branch, Sha};

/// A recorded run, and how far it is from the merge base.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The run in full.
    pub snapshot: Snapshot,
    /// First-parent steps from the merge base back to it; 0 is the merge base itself.
    pub distance: u32,
}

/// Why there is no baseline, or why it could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// Nothing was ever recorded for the branch.
    #[error("nothing is recorded for `{0}` yet; the first recorded push to it stores a baseline")]
    Nothing(Branch),
    /// Neither the merge base nor one of its ancestors is among the recorded runs.
    #[error("no recorded run of `{branch}` is at or before the merge base `{}`", .merge_base.short())]
    NoAncestor {
        /// Whose history.
        branch: Branch,
        /// What was looked for.
        merge_base: Sha,
    },
    /// The content of an older run is gone.
    #[error("the run recorded for `{}` is not kept in full any more", .0.short())]
    Gone(Sha),
    /// A file that cannot be read.
    #[error("failed to read the baseline `{path}` in {place}: {source}")]
    Unreadable {
        /// The store.
        place: String,
        /// Inside the store, or a content name.
        path: String,
        /// What is wrong with it.
        #[source]
        source: WireError,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The newest recorded run of `branch`.
pub async fn tip<S: Store>(store: &S, branch: &Branch) -> Result<Snapshot, BaselineError> {
    let path = layout::tip(branch);
    let bytes = store.read(At::Newest, &path).await?;
    let bytes = bytes.ok_or_else(|| BaselineError::Nothing(branch.clone()))?;
    snapshot::decode(&bytes).map_err(|source| BaselineError::Unreadable {
        place: store.place(),
        path,
        source,
    })
}

/// What is looked for in a branch's history.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Whose history.
    pub branch: &'a Branch,
    /// Where the head left it.
    pub merge_base: &'a Sha,
}

/// The run to compare with, starting from the branch's `tip`. `ancestors` gives the first-parent line from the merge
/// base back (the merge base first); it is asked only when the merge base itself is not recorded.
pub async fn nearest<S: Store, F>(
    store: &S,
    tip: Snapshot,
    wanted: Wanted<'_>,
    ancestors: impl FnOnce() -> F,
) -> Result<Found, BaselineError>
where
    F: Future<Output = Result<Vec<Sha>, StoreError>>,
{
    if tip.sha() == wanted.merge_base {
        return Ok(Found { snapshot: tip, distance: 0 });
    }
    if let Some(recent) = of_commit(&tip, wanted.merge_base) {
        return older(store, recent, 0).await;
    }
    for (distance, sha) in (0..).zip(ancestors().await?) {
        if tip.sha() == &sha {
            return Ok(Found { snapshot: tip, distance });
        }
        if let Some(recent) = of_commit(&tip, &sha) {
            return older(store, recent, distance).await;
        }
    }
    let (branch, merge_base) = (wanted.branch.clone(), wanted.merge_base.clone());
    Err(BaselineError::NoAncestor { branch, merge_base })
}

/// The newest run of a commit that is kept in full.
fn of_commit<'a>(tip: &'a Snapshot, sha: &Sha) -> Option<&'a Recent> {
    tip.recent.iter().rev().find(|recent| &recent.point.sha == sha && recent.tip.is_some())
}

async fn older<S: Store>(store: &S, recent: &Recent, distance: u32) -> Result<Found, BaselineError> {
    Ok(Found { snapshot: in_full(store, recent).await?, distance })
}

/// An earlier run in full, as far as its content is kept.
pub async fn in_full<S: Store>(store: &S, recent: &Recent) -> Result<Snapshot, BaselineError> {
    let gone = || BaselineError::Gone(recent.point.sha.clone());
    let name = recent.tip.as_ref().ok_or_else(gone)?;
    let bytes = store.read_version(name).await?.ok_or_else(gone)?;
    snapshot::decode(&bytes).map_err(|source| BaselineError::Unreadable {
        place: store.place(),
        path: name.to_string(),
        source,
    })
}
