//! From the paths that reports name to files of the repository.
//!
//! Tools name files as they saw them: absolute on some runner, relative to a source root, to a package or to a
//! module. The steps, each for what the steps before left open:
//!
//! 1. the policy's `paths:` rules rewrite the beginning of a path; the first that fits wins;
//! 2. the path is a file of the repository;
//! 3. it is one below a root that the report names, or below the checkout folder of a known CI system;
//! 4. one of the two paths ends with the other, and no other file does as well;
//! 5. the rewriting that mapped other files of the same report maps this one too;
//! 6. it shares at least its last folder with exactly one file;
//! 7. as 2 to 4, without regard to case.
//!
//! What several files fit is ambiguous, what none fits is outside; both are named, and neither is merged.

mod ci;
mod guess;
mod matching;
mod resolve;
mod suffix;
mod tree;

pub use matching::{files_behind, to_repository};
pub use tree::Tree;
