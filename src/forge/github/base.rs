//! The base commit: policy files as they are there, and its ancestors. One request for both.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::GitHub;
use super::call::{Call, Purpose};
use super::error::ApiError;
use super::wire::CommitRef;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "read the policy of the base", needs: "contents: read" };

/// First-parent steps, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ancestry(HashMap<String, Option<String>>);

impl Ancestry {
    /// The first-parent line from `commit` back, itself first; empty when it is not known.
    pub fn line_from(&self, commit: &Sha) -> Vec<Sha> {
        let mut line = Vec::new();
        let mut next = Some(&commit.0);
        while let Some((name, parent)) = next.and_then(|name| self.0.get_key_value(name)) {
            // A commit is no ancestor of itself, whatever the answer says.
            if line.len() >= self.0.len() {
                break;
            }
            line.push(Sha(name.clone()));
            next = parent.as_ref();
        }
        line
    }
}

/// A file of the base commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseFile {
    /// Not there.
    Absent,
    /// Its text.
    Text(String),
    /// There, and no text or too large to be handed out.
    NoText,
}

/// What is known of the base commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseCommit {
    /// In the order asked for.
    pub files: Vec<BaseFile>,
    /// Of the hundred newest commits up to the base.
    pub ancestry: Ancestry,
}

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
    pub async fn base_commit(&self, base: &Sha, paths: &[&str]) -> Result<BaseCommit, ApiError> {
        let mut variables = json!({
            "owner": self.repository.owner, "name": self.repository.name, "commit": base.0,
        });
        for (at, path) in paths.iter().enumerate() {
            if let Some(variables) = variables.as_object_mut() {
                variables.insert(format!("file{at}"), Value::String(format!("{base}:{path}")));
            }
        }
        let query = query(paths.len());
        let data: Data = self.transport.graphql(&Call::query(PURPOSE, &query, &variables)).await?;
        let fields = data.repository.unwrap_or_default();
        Ok(BaseCommit {
            files: (0..paths.len()).map(|at| file(fields.get(&format!("file{at}")))).collect(),
            ancestry: ancestry(fields.get("commit")),
        })
    }

    /// The hundred newest commits up to `commit`.
    pub async fn ancestry(&self, commit: &Sha) -> Result<Ancestry, ApiError> {
        let purpose = Purpose { doing: "list the commits before the merge base", needs: "contents: read" };
        let call = Call::get(purpose, self.path(&format!("commits?sha={commit}&per_page=100")));
        let commits: Vec<CommitRef> = self.transport.json(&call).await?;
        let step =
            |commit: CommitRef| (commit.sha, commit.parents.into_iter().next().map(|parent| parent.sha));
        Ok(Ancestry(commits.into_iter().map(step).collect()))
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
    let step = |node: HistoryNode| (node.oid, node.parents.nodes.into_iter().next().map(|parent| parent.oid));
    Ancestry(commit.history.nodes.into_iter().map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_parent_line_ends_where_knowledge_ends() {
        let steps = [("c", Some("b")), ("b", Some("a")), ("x", Some("x"))];
        let ancestry =
            Ancestry(steps.map(|(name, parent)| (name.to_owned(), parent.map(str::to_owned))).into());
        let line = |from: &str| {
            ancestry.line_from(&Sha(from.into())).iter().map(|sha| sha.0.clone()).collect::<String>()
        };
        assert_eq!(line("c"), "cb");
        assert_eq!(line("unknown"), "");
        assert_eq!(line("x"), "xxx");
    }
}
