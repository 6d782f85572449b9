//! From the paths that reports name to files of the repository.
//!
//! Tools name files as they saw them: absolute on some runner, relative to a source root, to a package or to a
//! module. The steps, each for what the steps before left open:
//!
//! 1. the policy's `paths:` rules rewrite the beginning of a path; the first that fits wins;
//! 2. it is a Go import path, and a `go.mod` or `go.work` of the repository says where its module lies;
//! 3. it is a file in a folder around the report, the nearest first: `packages/web/coverage/lcov.info` names `src/a.ts`;
//! 4. it is one below a root that the report names, or below the checkout folder of a known CI system;
//! 5. the path is a file of the repository;
//! 6. one of the two paths ends with the other, and no other file does as well;
//! 7. the rewriting that mapped other files of the same report maps this one too;
//! 8. it shares at least its last folder with exactly one file, or with several of which one lies in folders that the
//!    rest of the path names, as the groups of a `JaCoCo` report do; 7 once more;
//! 9. as 3 to 6, without regard to case.
//!
//! What several files fit is ambiguous, what none fits is outside; both are named, and neither is merged. Files of
//! toolchains and installed packages are counted apart, unless the package is the project's own.

mod ci;
mod go_modules;
mod guess;
mod matching;
mod outcome;
mod resolve;
mod suffix;
mod tree;

pub use matching::{files_behind, to_repository};
pub use tree::Tree;
