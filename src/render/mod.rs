//! Outputs: one file or folder each, taking a finished report and laying it out.
//!
//! Nothing is decided or rounded here: shown numbers arrive shown. Text that came out of files, branches or
//! tests is hostile until it went through [`escape`], the only place that knows how.
//!
//! A new output is one module here and one arm where `run` chooses the format.

mod ctrf;
mod detail;
pub mod escape;
pub mod json;
mod junit;
pub mod markdown;
mod names;
mod plan_words;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod sample_plan;
mod sparkline;
pub mod status;
pub mod terminal;
mod wording;

pub use ctrf::ctrf;
pub use detail::{Detail, Merged, Shown, TestTotals};
pub use junit::junit;
