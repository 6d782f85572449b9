//! Unified diffs: which lines of which files a change adds and removes.
//!
//! Reads what `git diff`, `git show` and `git format-patch -1` write
//! (<https://git-scm.com/docs/diff-format>) and what plain `diff -u` writes. Contents of lines are not looked
//! at; texts around the diffs (commit messages, signatures) are passed over.

mod error;
mod hunk;
mod paths;
mod reader;

pub use error::{DiffError, DiffProblem};
pub use reader::{add_hunks, parse};
