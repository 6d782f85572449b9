//! The base commit: policy files as they are there, and its ancestors. One request for both.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::GitHub;
use crate::forge::base::{Ancestry, BaseCommit, BaseFile};
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::wire::{CommitRef, ParentRef};
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "read the policy of the base", needs: "contents: read" };

#[derive(Deserialize)]
struct Data {
    repository: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Blob {
    text: Option<String>,
    #[serde(default, rename = "isTruncated")]
    is_truncated: bool,
}

#[derive(Default, Deserialize)]
struct Commit {
    #[serde(default)]
    history: Nodes<HistoryNode>,
}

#[derive(Deserialize)]
struct Nodes<T> {
    #[serde(default = "Vec::new")]
    nodes: Vec<T>,
}

impl<T> Default for Nodes<T> {
    fn default() -> Self {
        Self { nodes: Vec::new() }
    }
}

#[derive(Deserialize)]
struct HistoryNode {
    oid: String,
    #[serde(default)]
    parents: Nodes<Parent>,
}

#[derive(Deserialize)]
struct Parent {
    oid: String,
}

impl GitHub {
    /// Reads `paths` at commit `base`, and the commits before it.
    pub(super) async fn read_base(&self, base: &Sha, paths: &[&str]) -> Result<BaseCommit, ApiError> {
        let mut variables = json!({
            "owner": self.remote.repository.owner, "name": self.remote.repository.name, "commit": base.0,
        });
        for (at, path) in paths.iter().enumerate() {
            if let Some(variables) = variables.as_object_mut() {
                variables.insert(format!("file{at}"), Value::String(format!("{base}:{path}")));
            }
        }
        let query = query(paths.len());
        let data: Data = self.remote.transport.graphql(&Call::query(PURPOSE, &query, &variables)).await?;
        let fields = data.repository.unwrap_or_default();
        Ok(BaseCommit {
            files: (0..paths.len()).map(|at| file(fields.get(&format!("file{at}")))).collect(),
            ancestry: ancestry(fields.get("commit")),
        })
    }

    /// The hundred newest commits up to `commit`.
    pub(super) async fn history_of(&self, commit: &Sha) -> Result<Ancestry, ApiError> {
        let purpose = Purpose { doing: "list the commits before the merge base", needs: "contents: read" };
        let call = Call::get(purpose, self.remote.path(&format!("commits?sha={commit}&per_page=100")));
        let commits: Vec<CommitRef> = self.remote.transport.json(&call).await?;
        Ok(Ancestry::of(commits))
    }
}

/// A policy file per path, and the commits before the base.
fn query(files: usize) -> String {
    let per_file = |text: fn(usize) -> String| (0..files).map(text).collect::<Vec<_>>().concat();
    let parameters = per_file(|at| format!(", $file{at}: String!"));
    let fields = per_file(|at| {
        format!(" file{at}: object(expression: $file{at}) {{ ... on Blob {{ text isTruncated }} }}")
    });
    format!(
        "query($owner: String!, $name: String!, $commit: String!{parameters}) {{ \
         repository(owner: $owner, name: $name) {{{fields} commit: object(expression: $commit) {{ \
         ... on Commit {{ history(first: 100) {{ nodes {{ oid parents(first: 1) {{ nodes {{ oid }} }} }} }} }} \
         }} }} }}"
    )
}

fn file(value: Option<&Value>) -> BaseFile {
    let blob = value.filter(|value| !value.is_null()).map(Blob::deserialize);
    match blob {
        None => BaseFile::Absent,
        Some(Ok(Blob { text: Some(text), is_truncated: false })) => BaseFile::Text(text),
        Some(_other) => BaseFile::NoText,
    }
}

fn ancestry(value: Option<&Value>) -> Ancestry {
    let commit = value.and_then(|value| Commit::deserialize(value).ok()).unwrap_or_default();
    let commit_of = |node: HistoryNode| CommitRef {
        sha: node.oid,
        parents: node.parents.nodes.into_iter().map(|parent| ParentRef { sha: parent.oid }).collect(),
    };
    Ancestry::of(commit.history.nodes.into_iter().map(commit_of))
}
