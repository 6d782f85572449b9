//! What lies between the base and the head: the merge base, and the changed files with their patches.

use super::GitHub;
use super::call::{Call, Purpose};
use super::error::ApiError;
use super::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "compare the head with its base", needs: "contents: read" };
/// GitHub lists no more files than this.
const FILES_MAX: usize = 300;

/// A changed file with its hunks, as GitHub hands it out.
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

/// Two commits compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Where the head left the base.
    pub merge_base: Sha,
    /// As far as GitHub hands them out.
    pub files: Vec<ChangedFile>,
    /// What is missing from `files`.
    pub incomplete: Option<String>,
}

impl GitHub {
    /// Compares `head` with `base`; both may be commits of forks.
    pub async fn compare(&self, base: &Sha, head: &Sha) -> Result<Comparison, ApiError> {
        // Files stand on the first page, however few commits a page has.
        let call = Call::get(PURPOSE, self.path(&format!("compare/{base}...{head}?per_page=1&page=1")));
        let answer: wire::Comparison = self.transport.json(&call).await?;
        Ok(Comparison {
            merge_base: Sha(answer.merge_base_commit.sha),
            incomplete: missing(&answer.files),
            files: answer.files.into_iter().map(changed).collect(),
        })
    }
}

fn changed(file: wire::ChangedFile) -> ChangedFile {
    ChangedFile {
        renamed_from: file.previous_filename.filter(|_| file.status == "renamed"),
        removed: file.status == "removed",
        path: file.filename,
        patch: file.patch,
    }
}

fn missing(files: &[wire::ChangedFile]) -> Option<String> {
    if files.len() >= FILES_MAX {
        return Some(format!("GitHub lists only {FILES_MAX} changed files"));
    }
    let without = files.iter().filter(|file| file.patch.is_none() && file.changes > 0).count();
    (without > 0).then(|| format!("GitHub hands out no patch for {without} large files"))
}
