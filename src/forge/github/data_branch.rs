//! The store on an orphan branch: no checkout, no git program.
//!
//! Commits go through `createCommitOnBranch`, whose `expectedHeadOid` is the compare and swap:
//! <https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch>. The first one is made of git objects,
//! because the mutation needs a branch.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::GitHub;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::wire;
use crate::history::content::ContentId;
use crate::history::store::{At, Change, Commit, Store, StoreError, Version};

const PURPOSE: Purpose = Purpose { doing: "record the run", needs: "contents: write" };

const MUTATION: &str = "mutation($input: CreateCommitOnBranchInput!) { \
    createCommitOnBranch(input: $input) { commit { oid } } }";

/// A branch with nothing but the history on it.
#[derive(Clone)]
pub struct DataBranch {
    github: GitHub,
    branch: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    create_commit_on_branch: Option<Payload>,
}

#[derive(Deserialize)]
struct Payload {
    commit: Option<Oid>,
}

#[derive(Deserialize)]
struct Oid {
    oid: String,
}

impl DataBranch {
    /// The store on `branch` of a repository; the branch need not exist yet.
    pub fn new(github: GitHub, branch: impl Into<String>) -> Self {
        Self { github, branch: branch.into() }
    }

    fn error(&self, action: &'static str, error: ApiError) -> StoreError {
        let help = Some(error.help());
        StoreError { action, place: self.place(), cause: Box::new(error), help }
    }

    async fn append(&self, parent: &str, change: &Change) -> Result<Commit, ApiError> {
        let additions: Vec<Value> = change
            .files
            .iter()
            .map(|(path, bytes)| json!({ "path": path, "contents": STANDARD.encode(bytes) }))
            .collect();
        let variables = json!({ "input": {
            "branch": {
                "repositoryNameWithOwner": self.github.remote.repository.to_string(),
                "branchName": self.branch,
            },
            "expectedHeadOid": parent,
            "message": { "headline": change.message },
            "fileChanges": { "additions": additions },
        }});
        let call = Call::mutation(PURPOSE, MUTATION, &variables);
        let written: Result<Data, ApiError> = self.github.remote.transport.graphql(&call).await;
        match written {
            Ok(data) => {
                let oid = data.create_commit_on_branch.and_then(|payload| payload.commit);
                Ok(oid.map_or(Commit::Moved, |commit| Commit::Committed(Version(Some(commit.oid)))))
            }
            Err(error) if is_stale(&error) => Ok(Commit::Moved),
            Err(error) if error.is_uncertain() => Ok(Commit::Unsure(self.error("write", error))),
            Err(error) => self.moved_or(error, Some(parent)).await,
        }
    }

    /// The first commit: blobs, a tree and a commit without parents, then the branch. All but the last are named by
    /// their content and change nothing that anybody sees.
    async fn start(&self, change: &Change) -> Result<Commit, ApiError> {
        let (github, mut entries) = (&self.github, Vec::new());
        for (path, bytes) in &change.files {
            let blob = json!({ "content": STANDARD.encode(bytes), "encoding": "base64" });
            let sha = self.object("blobs", &blob).await?;
            entries.push(json!({ "path": path, "mode": "100644", "type": "blob", "sha": sha }));
        }
        let tree = self.object("trees", &json!({ "tree": entries })).await?;
        let commit = json!({ "message": change.message, "tree": tree, "parents": [] });
        let commit = self.object("commits", &commit).await?;
        let reference = json!({ "ref": format!("refs/heads/{}", self.branch), "sha": commit });
        let call = Call::post(PURPOSE, github.remote.path("git/refs"), &reference);
        match github.remote.transport.json::<IgnoredAny>(&call).await {
            Ok(_created) => Ok(Commit::Committed(Version(Some(commit)))),
            Err(error) if error.is_uncertain() => Ok(Commit::Unsure(self.error("write", error))),
            Err(error) => self.moved_or(error, None).await,
        }
    }

    async fn object(&self, kind: &str, body: &Value) -> Result<String, ApiError> {
        let path = self.github.remote.path(&format!("git/{kind}"));
        let created: wire::Created =
            self.github.remote.transport.json(&Call::post_content(PURPOSE, path, body)).await?;
        Ok(created.sha)
    }

    /// A refusal is a lost race when the branch is not where it was, else it is what GitHub says.
    async fn moved_or(&self, error: ApiError, parent: Option<&str>) -> Result<Commit, ApiError> {
        if error.is_forbidden() {
            return Err(error);
        }
        let tip = self.github.branch_tip(&self.branch).await?;
        if tip.as_deref() == parent { Err(error) } else { Ok(Commit::Moved) }
    }
}

fn is_stale(error: &ApiError) -> bool {
    matches!(error, ApiError::GraphQl { kind, .. } if kind == "STALE_DATA")
}

impl Store for DataBranch {
    fn place(&self) -> String {
        format!("branch `{}` of {}", self.branch, self.github.remote.repository)
    }

    async fn head(&self) -> Result<Version, StoreError> {
        let tip = self.github.branch_tip(&self.branch).await;
        tip.map(Version).map_err(|error| self.error("read", error))
    }

    async fn read(&self, at: At<'_>, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let reference = match at {
            At::Newest => &self.branch,
            At::Exactly(Version(Some(commit))) => commit,
            At::Exactly(Version(None)) => return Ok(None),
        };
        self.github.file(reference, path).await.map_err(|error| self.error("read", error))
    }

    async fn read_version(&self, id: &ContentId) -> Result<Option<Vec<u8>>, StoreError> {
        self.github.blob(id.as_str()).await.map_err(|error| self.error("read", error))
    }

    async fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        self.github.folder(&self.branch, folder).await.map_err(|error| self.error("list", error))
    }

    async fn commit(&self, change: &Change) -> Result<Commit, StoreError> {
        let written = match &change.parent.0 {
            Some(parent) => self.append(parent, change).await,
            None => self.start(change).await,
        };
        written.map_err(|error| self.error("write", error))
    }
}
