//! The changed lines, from the patches that the forge hands out.

use crate::evidence::coverage::unified_diff::{add_hunks, parse};
use crate::forge::compare::{ChangedFile, Comparison, Patches};
use crate::model::diff::{Diff, FileChange};

/// The diff of a comparison; a patch that cannot be read makes it incomplete, and is said.
pub(super) fn of(comparison: &Comparison) -> Diff {
    match &comparison.patches {
        Patches::Files { files, incomplete } => of_files(files, incomplete.clone()),
        Patches::Whole(text) if text.trim().is_empty() => Diff::default(),
        Patches::Whole(text) => {
            let unreadable = |error| Diff { incomplete: Some(format!("{error}")), ..Diff::default() };
            parse(text).unwrap_or_else(unreadable)
        }
    }
}

fn of_files(files: &[ChangedFile], incomplete: Option<String>) -> Diff {
    let mut diff = Diff { incomplete, ..Diff::default() };
    for file in files {
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
