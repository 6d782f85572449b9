//! Names of things in a repository, each its own type so that none takes another's place.

use std::fmt;

/// A commit's object name, lower-case hexadecimal; in full unless a person shortened it, and empty when a local report does
/// not know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha(pub String);

impl Sha {
    /// A commit as people name it, in full or by at least seven of its first digits; nothing when `text` is no such name.
    pub fn named(text: &str) -> Option<Self> {
        let fits = matches!(text.len(), 7..=40 | 64) && text.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The first ten digits, as shown to people.
    pub fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

impl fmt::Display for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A branch name without `refs/heads/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch(pub String);

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The commit a report is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Full object name; empty when unknown.
    pub sha: Sha,
    /// Branch name, when known.
    pub branch: Option<Branch>,
}

/// One run of a workflow; a rerun has the same id and a higher attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId {
    /// The run's id, as the CI system writes it.
    pub id: String,
    /// 1 for the first attempt.
    pub attempt: u32,
}
