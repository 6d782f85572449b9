//! The base commit: policy files as they are there, and its ancestors.

use std::collections::HashMap;

use super::wire::CommitRef;
use crate::model::commit::Sha;

/// First-parent steps, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ancestry(HashMap<String, Option<String>>);

impl Ancestry {
    /// What a list of commits says.
    pub(in crate::forge) fn of(commits: impl IntoIterator<Item = CommitRef>) -> Self {
        let step =
            |commit: CommitRef| (commit.sha, commit.parents.into_iter().next().map(|parent| parent.sha));
        Self(commits.into_iter().map(step).collect())
    }

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
