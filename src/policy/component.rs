//! Parts of the repository that are looked at on their own.

use super::Selection;
use crate::model::exact::Tenths;

/// A part of the repository with its own limits; a limit that is not asked for is `None`.
#[derive(Clone, Debug)]
pub struct Component {
    /// Policy key.
    pub id: String,
    /// Display name; the key when none is given.
    pub name: String,
    /// Its files, by repository path.
    pub paths: Selection,
    /// The coverage reports that its job writes; nothing written when nobody says.
    pub reports: Selection,
    /// Least share of covered lines, in percent.
    pub coverage: Option<Tenths>,
    /// Least share of taken branches, in percent.
    pub branch_coverage: Option<Tenths>,
    /// Least share of added coverable lines that ran, in percent.
    pub patch_coverage: Option<Tenths>,
    /// Largest drop of the share of covered lines, in points of a hundred.
    pub max_drop: Option<Tenths>,
    /// For so many days its coverage may be that of the base, when its job did not run.
    pub carry_forward_days: Option<u32>,
}

impl Component {
    /// Whether the file at the repository path is one of its own.
    pub fn has(&self, path: &str) -> bool {
        self.paths.matches(path)
    }
}
