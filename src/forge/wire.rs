//! Answers, tolerant: only what is used, and optional wherever some forge leaves it out.

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct ErrorBody {
    pub(super) message: String,
}

#[derive(Deserialize)]
pub(super) struct GraphQlAnswer<T> {
    #[serde(default = "nothing")]
    pub(super) data: Option<T>,
    #[serde(default)]
    pub(super) errors: Vec<GraphQlError>,
}

fn nothing<T>() -> Option<T> {
    None
}

#[derive(Deserialize)]
pub(super) struct GraphQlError {
    #[serde(default, rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) message: String,
}

#[derive(Deserialize)]
pub(super) struct CommitRef {
    pub(super) sha: String,
    #[serde(default)]
    pub(super) parents: Vec<ParentRef>,
}

#[derive(Deserialize)]
pub(super) struct ParentRef {
    pub(super) sha: String,
}

/// One side of a pull request.
#[derive(Deserialize)]
pub(super) struct PullSide {
    pub(super) sha: String,
    #[serde(rename = "ref")]
    pub(super) branch: String,
    /// None when it is deleted.
    pub(super) repo: Option<RepositoryRef>,
}

#[derive(Deserialize)]
pub(super) struct RepositoryRef {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) private: bool,
}

#[derive(Deserialize)]
pub(super) struct Comparison {
    pub(super) merge_base_commit: CommitRef,
    #[serde(default)]
    pub(super) files: Vec<ChangedFile>,
}

#[derive(Deserialize)]
pub(super) struct ChangedFile {
    pub(super) filename: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) previous_filename: Option<String>,
    #[serde(default)]
    pub(super) patch: Option<String>,
    #[serde(default)]
    pub(super) changes: u64,
}

#[derive(Deserialize)]
pub(super) struct Comment {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) html_url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Reference {
    pub(super) object: ParentRef,
}

#[derive(Deserialize)]
pub(super) struct Created {
    pub(super) sha: String,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct CheckRuns {
    #[serde(default)]
    pub(super) check_runs: Vec<CheckRun>,
}

#[derive(Deserialize)]
pub(super) struct CheckRun {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) external_id: Option<String>,
    #[serde(default)]
    pub(super) output: Option<CheckOutput>,
}

#[derive(Deserialize)]
pub(super) struct CheckOutput {
    #[serde(default)]
    pub(super) annotations_count: usize,
}

#[derive(Deserialize)]
pub(super) struct Tree {
    /// Gitea writes `null` for none.
    #[serde(default = "nothing")]
    pub(super) tree: Option<Vec<TreeEntry>>,
    #[serde(default)]
    pub(super) truncated: bool,
}

#[derive(Deserialize)]
pub(super) struct TreeEntry {
    #[serde(default)]
    pub(super) path: String,
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) sha: String,
}
