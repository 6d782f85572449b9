//! The changed lines, from the patches that GitHub hands out.

use crate::evidence::coverage::unified_diff::add_hunks;
use crate::forge::github::compare::{ChangedFile, Comparison};
use crate::model::diff::{Diff, FileChange};

/// The diff of a comparison; a patch that cannot be read makes it incomplete, and is said.
pub(super) fn of(comparison: &Comparison) -> Diff {
    let mut diff = Diff { incomplete: comparison.incomplete.clone(), ..Diff::default() };
    for file in &comparison.files {
        match change(file) {
            Ok(change) => drop(diff.files.insert(file.path.clone(), change)),
            Err(reason) => diff.incomplete = Some(reason),
        }
    }
    diff
}

fn change(file: &ChangedFile) -> Result<FileChange, String> {
    let mut change = FileChange {
        renamed_from: file.renamed_from.clone(),
        deleted: file.removed,
        ..FileChange::default()
    };
    if let Some(patch) = &file.patch {
        add_hunks(&mut change, patch)
            .map_err(|error| format!("the patch of `{}` cannot be read: {error}", file.path))?;
    }
    Ok(change)
}
