//! What Readiness sees in each file, on screen.

mod contents;
mod files;
mod held;
mod merged;
mod overview;
mod problems;

pub use overview::inspect;

/// Files above which only those with problems get a row each, unless all are asked for.
const MANY: usize = 40;
