//! The files that report paths are matched with, when the job checked nothing out.

use super::job::Job;
use crate::forge::Forge as _;
use crate::model::commit::Sha;

/// The files of `head` as the forge lists them, below the job's folder. Nothing when there is a checkout, whose files
/// count; the one beside a followed run is of another commit. When the list cannot be had, paths stay as reports write them, and `notes` says so.
pub(super) async fn without_checkout(job: &Job, head: &Sha, notes: &mut Vec<String>) -> Option<Vec<String>> {
    if !job.is_following() && job.workspace.join(".git").exists() {
        return None;
    }
    match job.forge.files_of(head).await {
        Ok(files) => {
            if files.is_cut {
                notes.push(format!(
                    "the repository has more files than {} lists ({}); check it out so that all report paths can be matched",
                    job.forge.kind(),
                    files.paths.len()
                ));
            }
            Some(below(&job.inputs.workdir, files.paths))
        }
        Err(error) => {
            notes.push(format!("report paths are not matched with the repository: {error}"));
            Some(Vec::new())
        }
    }
}

/// The paths in `folder`, from there.
fn below(folder: &str, paths: Vec<String>) -> Vec<String> {
    let parts = folder.split('/').filter(|part| !matches!(*part, "" | "."));
    let prefix: String = parts.flat_map(|part| [part, "/"]).collect();
    if prefix.is_empty() {
        return paths;
    }
    paths.iter().filter_map(|path| path.strip_prefix(&prefix)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_at_the_folder_of_the_job() {
        let paths = || vec!["a.rs".to_owned(), "web/b.ts".to_owned(), "website/c.ts".to_owned()];
        assert_eq!(below(".", paths()), paths());
        assert_eq!(below("", paths()), paths());
        assert_eq!(below("./web/", paths()), ["b.ts"]);
    }
}
