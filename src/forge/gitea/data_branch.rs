//! The store on a data branch, through the contents API.
//!
//! `POST /contents` commits several files at once and takes for each the name of the content that it replaces; one that
//! is not there any more refuses them all, and of two commits on the same one git takes one. As a change replaces every
//! file that it was made from, that is the compare and swap. The API starts no branch without a past, so the data branch
//! leaves the project's history at its first commit, whose files it removes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::Gitea;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::wire;
use crate::history::content::ContentId;
use crate::history::store::{At, Change, Commit, Store, StoreError, Version};

const WRITING: Purpose = Purpose { doing: "record the run", needs: "contents: write" };
const READING: Purpose = Purpose { doing: "read the recorded history", needs: "contents: read" };
/// A first commit of a whole project is left as it is: removing its files one by one would take the server minutes.
const REMOVED_MAX: usize = 200;

/// A branch with the history on it.
#[derive(Clone)]
pub struct DataBranch {
    gitea: Gitea,
    branch: String,
}

#[derive(Deserialize)]
struct Written {
    commit: wire::Created,
}

#[derive(Deserialize)]
struct Branch {
    commit: Tip,
}

#[derive(Deserialize)]
struct Tip {
    id: String,
}

#[derive(Deserialize)]
struct Blob {
    /// None for one that is too large to be handed out.
    #[serde(default)]
    content: Option<String>,
}

impl DataBranch {
    /// The store on `branch` of a repository; the branch need not exist yet.
    pub fn new(gitea: Gitea, branch: impl Into<String>) -> Self {
        Self { gitea, branch: branch.into() }
    }

    fn error(&self, action: &'static str, error: ApiError) -> StoreError {
        let help = Some(error.help());
        StoreError { action, place: self.place(), cause: Box::new(error), help }
    }

    /// The commit that the branch is at.
    async fn tip(&self) -> Result<Option<String>, ApiError> {
        let path = self.gitea.remote.path(&format!("branches/{}", percent::encode_path(&self.branch)));
        let found: Result<Branch, _> = self.gitea.remote.transport.json(&Call::get(READING, path)).await;
        match found {
            Ok(branch) => Ok(Some(branch.commit.id)),
            // An empty repository answers 409.
            Err(error) if error.is_not_found() || error.status() == Some(409) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn append(&self, parent: &str, change: &Change) -> Result<Commit, ApiError> {
        let files = operations(&self.gitea.entries_of(parent).await?.0, change);
        match self.change(&change.message, &files).await {
            Ok(commit) => Ok(Commit::Committed(Version(Some(commit)))),
            Err(error) => self.moved_or(error, Some(parent)).await,
        }
    }

    /// Makes the branch, from the project's first commit, and takes that one's files off it. Nothing is recorded by that:
    /// [`Commit::Moved`] has the change made again, on top of it.
    async fn start(&self) -> Result<Commit, ApiError> {
        let first = self.first_commit().await?;
        let body = match &first {
            Some(first) => json!({ "new_branch_name": self.branch, "old_ref_name": first }),
            None => json!({ "new_branch_name": self.branch }),
        };
        let call = Call::post(WRITING, self.gitea.remote.path("branches"), &body);
        match self.gitea.remote.transport.json::<IgnoredAny>(&call).await {
            Ok(_made) => {
                // Files that stay are in nobody's way.
                let _cleared = self.clear(first).await;
                Ok(Commit::Moved)
            }
            Err(error) => self.moved_or(error, None).await,
        }
    }

    /// Removes the files of `first`, the commit that the branch was just made from.
    async fn clear(&self, first: Option<String>) -> Result<(), ApiError> {
        let Some(first) = first else { return Ok(()) };
        let (files, _is_cut) = self.gitea.entries_of(&first).await?;
        if files.is_empty() || files.len() > REMOVED_MAX {
            return Ok(());
        }
        let remove =
            |file: &wire::TreeEntry| json!({ "operation": "delete", "path": file.path, "sha": file.sha });
        let files: Vec<Value> = files.iter().map(remove).collect();
        let message = "Leave the project's files to its other branches";
        self.change(message, &files).await.map(drop)
    }

    async fn change(&self, message: &str, files: &[Value]) -> Result<String, ApiError> {
        let body = json!({ "branch": self.branch, "message": message, "files": files });
        let call = Call::post(WRITING, self.gitea.remote.path("contents"), &body);
        let written: Written = self.gitea.remote.transport.json(&call).await?;
        Ok(written.commit.sha)
    }

    /// The oldest commit of the default branch; `None` when the server does not count them.
    async fn first_commit(&self) -> Result<Option<String>, ApiError> {
        let (_newest, total) = self.gitea.commits(READING, "limit=1&page=1").await?;
        let Some(total) = total else { return Ok(None) };
        let (oldest, _total) = self.gitea.commits(READING, &format!("limit=1&page={total}")).await?;
        Ok(oldest.into_iter().next().map(|commit| commit.sha))
    }

    /// A failure is a lost race when the branch is not where it was. When it is, what the server says holds, unless it
    /// may know by now of a commit that the branch's own page does not show yet: it answers 404, 409, 422 and 500 to
    /// races, as its parts find out.
    async fn moved_or(&self, error: ApiError, parent: Option<&str>) -> Result<Commit, ApiError> {
        if error.is_forbidden() {
            return Err(error);
        }
        match self.tip().await {
            Ok(tip) if tip.as_deref() != parent => Ok(Commit::Moved),
            _ if error.is_uncertain() || matches!(error.status(), Some(404 | 409 | 422)) => {
                Ok(Commit::Unsure(self.error("write", error)))
            }
            _ => Err(error),
        }
    }
}

/// What is done to each file, given what is on the branch.
fn operations(there: &[wire::TreeEntry], change: &Change) -> Vec<Value> {
    let operation = |(path, bytes): &(String, Vec<u8>)| {
        let content = STANDARD.encode(bytes);
        match there.iter().find(|entry| entry.path == *path) {
            Some(entry) => {
                json!({ "operation": "update", "path": path, "sha": entry.sha, "content": content })
            }
            None => json!({ "operation": "create", "path": path, "content": content }),
        }
    };
    change.files.iter().map(operation).collect()
}

impl Store for DataBranch {
    fn place(&self) -> String {
        format!("branch `{}` of {}", self.branch, self.gitea.remote.repository)
    }

    async fn head(&self) -> Result<Version, StoreError> {
        self.tip().await.map(Version).map_err(|error| self.error("read", error))
    }

    async fn read(&self, at: At<'_>, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let reference = match at {
            At::Newest => &self.branch,
            At::Exactly(Version(Some(commit))) => commit,
            At::Exactly(Version(None)) => return Ok(None),
        };
        let read = self.gitea.file(READING, (reference, path)).await;
        read.map_err(|error| self.error("read", error))
    }

    async fn read_version(&self, id: &ContentId) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.gitea.remote.path(&format!("git/blobs/{id}"));
        let blob: Result<Blob, _> = self.gitea.remote.transport.json(&Call::get(READING, path)).await;
        match blob {
            // A content that is cut is none: its name tells.
            Ok(blob) => Ok(blob
                .content
                .and_then(|text| STANDARD.decode(text).ok())
                .filter(|bytes| ContentId::of(bytes) == *id)),
            Err(error) if matches!(error.status(), Some(400 | 404)) => Ok(None),
            Err(error) => Err(self.error("read", error)),
        }
    }

    async fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        let (folder, branch) = (percent::encode_path(folder), percent::encode(&self.branch));
        let path = self.gitea.remote.path(&format!("contents/{folder}?ref={branch}"));
        let listed = self.gitea.remote.transport.json::<Vec<wire::Entry>>(&Call::get(READING, path)).await;
        match listed {
            Ok(entries) => Ok(entries.into_iter().map(|entry| entry.name).collect()),
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            Err(error) => Err(self.error("list", error)),
        }
    }

    async fn commit(&self, change: &Change) -> Result<Commit, StoreError> {
        let written = match &change.parent.0 {
            Some(parent) => self.append(parent, change).await,
            None => self.start().await,
        };
        written.map_err(|error| self.error("write", error))
    }
}
