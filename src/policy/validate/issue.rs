//! What is wrong, and where.

use std::borrow::Cow;

use crate::policy::error::Problem;
use crate::policy::locate::{Part, Path};

/// What is wrong, and the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::policy) struct Issue {
    pub(in crate::policy) path: Path,
    pub(in crate::policy) part: Part,
    pub(in crate::policy) problem: Problem,
}

impl Issue {
    /// Something is wrong with the value at `path`.
    pub(super) fn value(path: &Path, found: &str, allowed: impl Into<Cow<'static, str>>) -> Self {
        let problem =
            Problem::Value { key: path.last_key(), found: found.to_owned(), allowed: allowed.into() };
        Self { path: path.clone(), part: Part::Value, problem }
    }

    /// Something is wrong with the key at `path`.
    pub(super) fn key(path: &Path, problem: Problem) -> Self {
        Self { path: path.clone(), part: Part::Key, problem }
    }

    /// The mapping at `path` has no `key`.
    pub(super) fn missing(path: &Path, key: &'static str, hint: &'static str) -> Self {
        Self::key(path, Problem::Missing { key, within: path.last_key(), hint })
    }

    /// Values at `path` do not go together.
    pub(super) fn contradiction(path: &Path, message: String, way_out: impl Into<Cow<'static, str>>) -> Self {
        Self::key(path, Problem::Contradiction { message, way_out: way_out.into() })
    }
}
