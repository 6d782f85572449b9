//! Coverage reports: file → line → hits, branches by identity, functions.

pub mod branch_row;
pub mod branches;
mod covered;
mod file;
pub mod functions;
pub mod half;
mod lines;
mod patch;
mod record;
mod report;
pub mod summary;

pub use covered::Covered;
pub use file::{FileCoverage, StatedTotals};
pub use lines::Lines;
pub use patch::{PatchCoverage, PatchFile};
pub use record::{LineBranches, LineHits, Span, Statements};
pub use report::{ClaimedTotals, CoverageReport, CoverageTotals};
