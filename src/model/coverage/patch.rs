//! Coverage of a change.

use std::collections::BTreeMap;

use super::covered::Covered;

/// Coverage of the lines that a change adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchCoverage {
    /// Added coverable lines that ran, of all added coverable lines.
    pub lines: Covered,
    /// Added lines that no report calls coverable.
    pub not_coverable: u64,
    /// Per changed file with at least one coverable added line: its totals and the added lines that did not run.
    pub files: BTreeMap<String, PatchFile>,
}

/// Patch coverage of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchFile {
    /// Added coverable lines.
    pub lines: Covered,
    /// Added coverable lines that did not run, ascending.
    pub missed: Vec<u32>,
}
