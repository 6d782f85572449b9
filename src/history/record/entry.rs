//! What is recorded, and what became of it.

use crate::history::snapshot::Snapshot;
use crate::model::commit::Branch;

/// A run to be recorded.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it belongs.
    pub branch: Branch,
    /// In full.
    pub snapshot: Snapshot,
    /// Hex SHA-256 of the policy's text.
    pub policy_hash: String,
    /// Whether the derived pages of the store are about this branch.
    pub pages: Pages,
}

/// Who the pages at the root of a store (README, badge, chart) are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// This branch.
    Update,
    /// Another branch, usually the default one.
    Leave,
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Its line is new.
    Added,
    /// Its line stands in the place of an earlier attempt's.
    Replaced,
    /// It was already there.
    AlreadyThere,
    /// A later attempt of the same run is there; nothing was changed.
    NewerAttempt,
}

/// The answer to [`super::record`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What became of the run.
    pub written: Written,
    /// Files that could not be read and were set aside: one sentence each.
    pub set_aside: Vec<String>,
}
