//! Coverage reports: which lines, branches and functions ran.
//!
//! A line is coverable when some record of a report says so, and covered when its largest hit count is above 0;
//! a line of which only some branches were taken is a covered line. Totals are counted from records, never
//! taken from rates or from a producer's own sums.
//!
//! A reader of a new format is one file here that returns a [`Reading`](crate::evidence::reading::Reading) of a
//! [`CoverageReport`](crate::model::coverage::CoverageReport), plus its line in the list of formats.
//!
//! * [`lcov`], [`cobertura`]: the readers.
//! * [`lexical`]: report paths without `./`, `//`, `x/../` and backslashes.
//! * [`mapping`]: from report paths to files of the repository.
//! * [`merge`]: several reports as one.
//! * [`unified_diff`], [`patch`], [`indirect`]: what a change touches, what of it ran, and what it changed elsewhere.

pub mod cobertura;
pub mod indirect;
pub mod lcov;
pub mod lexical;
mod lines;
pub mod mapping;
pub mod merge;
mod number;
mod oddities;
pub mod patch;
#[cfg(test)]
mod shown;
pub mod unified_diff;
