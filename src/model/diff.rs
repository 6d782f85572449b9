//! What a change touches, read from a unified diff.

use std::collections::BTreeMap;

/// One changed file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileChange {
    /// The path before, when it was renamed.
    pub renamed_from: Option<String>,
    /// Line numbers of the new side that were added, ascending.
    pub added: Vec<u32>,
    /// Line numbers of the old side that were removed, ascending.
    pub removed: Vec<u32>,
    /// The file does not exist any more.
    pub deleted: bool,
}

/// All changed files by their path after the change (before it, for deleted ones).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// By repository path.
    pub files: BTreeMap<String, FileChange>,
    /// Set when the diff is known not to be whole (too large for the forge to hand out).
    pub incomplete: Option<String>,
}

impl Diff {
    /// Whether `line` of `path` is one of the added ones.
    pub fn adds(&self, path: &str, line: u32) -> bool {
        self.files.get(path).is_some_and(|change| change.added.binary_search(&line).is_ok())
    }
}
