//! A local git repository as the source of a change: what differs between a commit and the files of the checkout.
//!
//! Git itself is never started, nothing is written, and no setting of the repository runs anything. Whatever a repository holds, reading it is bounded and ends in a diff or an error.
//!
//! * The files are those that git tracks, and what coverage knows besides them unless git ignores it.
//! * A file whose size and time are those of the index is not opened.
//! * A file that differs by its line endings alone is unchanged; of links, binary and very large files only the change
//!   as such is known.

#![expect(clippy::disallowed_methods, reason = "this is where a repository enters")]

mod changes;
mod commits;
mod delta;
mod error;
mod index;
mod layout;
mod lines;
mod loose;
mod merge_base;
mod names;
mod objects;
mod packs;
mod refs;
mod renames;
mod small;
#[cfg(test)]
mod tests;
mod tree;
mod worktree;

pub use changes::{since_base, since_revision};
pub use error::RepositoryError;
