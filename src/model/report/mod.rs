//! The finished report: everything that an output may show, already decided and already rounded.
//!
//! Outputs only lay it out. Shown parts add up to their shown whole here, not in the outputs.

mod check;
mod component;
mod coverage;
mod gap;
mod measurement;
mod score;
mod tests;
mod whole;

pub use check::{Cause, CheckReport, DimensionReport};
pub use component::{CarriedReport, ComponentReport, ComponentState};
pub use coverage::{CoverageSection, FileReport, IndirectChange};
pub use gap::{Gap, WayToGreen};
pub use measurement::{Comparison, MeasurementReport};
pub use score::{Delta, Score, Verdict};
pub use tests::{CaseNote, TestsReport};
pub use whole::{Base, PolicyOrigin, Report};
