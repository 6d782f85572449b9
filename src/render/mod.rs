//! Outputs: one file or folder each, taking a finished report and laying it out.
//!
//! Nothing is decided or rounded here: shown numbers arrive shown. Text that came out of files, branches or
//! tests is hostile until it went through [`escape`], the only place that knows how.
//!
//! A new output is one module here and one arm where `run` chooses the format.

mod ctrf;
mod cyclonedx;
mod debt;
mod detail;
pub mod escape;
mod explained;
mod html;
mod in_toto;
pub mod json;
mod junit;
mod junit_report;
pub mod markdown;
mod names;
mod plan_words;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod sample_plan;
mod sarif;
mod sparkline;
pub mod status;
pub mod terminal;
mod wording;

pub use ctrf::ctrf;
pub use cyclonedx::cyclonedx;
pub use detail::{Detail, Merged, Shown, TestTotals};
pub use html::html;
pub use in_toto::in_toto;
pub use junit::junit;
pub use junit_report::junit_report;
pub use sarif::sarif;
