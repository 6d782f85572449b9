//! What lies between the base and the head: the merge base, and the changed files with their patches.

use super::GitHub;
use crate::forge::compare::{ChangedFile, Comparison, Patches};
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "compare the head with its base", needs: "contents: read" };
/// GitHub lists no more files than this.
const FILES_MAX: usize = 300;

impl GitHub {
    /// Compares `head` with `base`; both may be commits of forks.
    pub(super) async fn difference(&self, base: &Sha, head: &Sha) -> Result<Comparison, ApiError> {
        // Files stand on the first page, however few commits a page has.
        let call =
            Call::get(PURPOSE, self.remote.path(&format!("compare/{base}...{head}?per_page=1&page=1")));
        let answer: wire::Comparison = self.remote.transport.json(&call).await?;
        let incomplete = missing(&answer.files);
        let files = answer.files.into_iter().map(changed).collect();
        Ok(Comparison {
            merge_base: Sha(answer.merge_base_commit.sha),
            patches: Patches::Files { files, incomplete },
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
