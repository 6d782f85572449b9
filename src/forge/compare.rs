//! What lies between the base and the head.

use crate::model::commit::Sha;

/// Two commits to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What the head is compared with; may be a commit of a fork.
    pub base: &'a Sha,
    /// The newest commit; may be one of a fork.
    pub head: &'a Sha,
    /// The pull request that brings `head` to `base`, where there is one.
    pub pull: Option<u64>,
}

/// Two commits compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Where the head left the base.
    pub merge_base: Sha,
    /// What was changed since.
    pub patches: Patches,
}

/// A change in the form in which a forge hands it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Patches {
    /// Hunks file by file.
    Files {
        /// As far as they are handed out.
        files: Vec<ChangedFile>,
        /// What is missing from them.
        incomplete: Option<String>,
    },
    /// A unified diff of everything.
    Whole(String),
}

/// A changed file with its hunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Path on the head; on the base for removed files.
    pub path: String,
    /// Path on the base, when it was renamed.
    pub renamed_from: Option<String>,
    /// Not on the head any more.
    pub removed: bool,
    /// Hunks of a unified diff without file headers; absent for binary, unchanged and very large files.
    pub patch: Option<String>,
}
