//! Why a repository cannot tell what changed.

use std::fmt::Display;
use std::path::Path;

use gix_hash::ObjectId;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RepositoryError {
    /// No folder above holds one.
    #[error("`{0}` is not part of a git repository")]
    NoRepository(String),
    /// A file of the repository or of the checkout.
    #[error("`{path}` cannot be read: {reason}")]
    File {
        /// Which one.
        path: String,
        /// What the system or the format says.
        reason: String,
    },
    /// Something that a newer or unusual git wrote.
    #[error("the repository has {0}, which cannot be read")]
    Format(String),
    /// Neither a name nor a commit.
    #[error("`{0}` is no branch, tag or commit of the repository")]
    Unknown(String),
    /// The first digits of several commits.
    #[error("`{0}` is the beginning of several commits")]
    Ambiguous(String),
    /// The clone was made without the older commits.
    #[error("commit `{0}` is not in this shallow clone")]
    Shallow(String),
    /// Something that should be there.
    #[error("object `{0}` is not in the repository, which is partial or damaged")]
    Missing(String),
    /// An object that does not hold what its name says.
    #[error("object `{id}` cannot be read: {reason}")]
    Damaged {
        /// Its name.
        id: String,
        /// What was found.
        reason: String,
    },
    /// No merge base.
    #[error("`{0}` and the commit that is checked out have no commit in common")]
    Unrelated(String),
    /// The same in a shallow clone, where that is no surprise.
    #[error("`{0}` and the commit that is checked out have no commit in common in this shallow clone")]
    Cut(String),
    /// A limit on time or memory.
    #[error("the change is too large: more than {0}")]
    TooMuch(&'static str),
}

impl RepositoryError {
    /// What the reader can do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoRepository(_) => {
                "run it in the checkout, name that with `--workdir`, or give `--diff FILE`"
            }
            Self::Unknown(_) => "fetch it (`git fetch origin`), write another name, or give `--diff FILE`",
            Self::Ambiguous(_) => "write more digits",
            Self::Shallow(_) | Self::Cut(_) => {
                "run `git fetch --unshallow` before (`fetch-depth: 0` of actions/checkout), or give `--diff FILE`"
            }
            Self::Unrelated(_) => "name a branch or commit that the checked out commit comes from",
            Self::Missing(_) | Self::Damaged { .. } => {
                "`git fsck` tells more; clone anew, or give `--diff FILE`"
            }
            Self::File { .. } | Self::Format(_) | Self::TooMuch(_) => {
                "write the diff yourself (`git diff BASE > change.diff`) and give `--diff FILE`"
            }
        }
    }

    pub(super) fn file(path: &Path, reason: &dyn Display) -> Self {
        Self::File { path: path.display().to_string(), reason: reason.to_string() }
    }

    pub(super) fn damaged(id: &ObjectId, reason: &dyn Display) -> Self {
        Self::Damaged { id: id.to_string(), reason: reason.to_string() }
    }
}
