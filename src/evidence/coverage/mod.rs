//! Coverage reports: which lines, branches and functions ran.
//!
//! A line is coverable when some record of a report says so, and covered when its largest hit count is above 0;
//! a line of which only some branches were taken is a covered line. Totals are counted from records, never
//! taken from rates or from a producer's own sums.
//!
//! A reader of a new format is one file here that returns a [`Reading`](crate::evidence::reading::Reading) of a
//! [`CoverageReport`](crate::model::coverage::CoverageReport), plus its line in the list of formats.
//!
//! * [`lcov`], [`cobertura`] and the others of [`formats`]: the readers.
//! * [`lexical`]: report paths without `./`, `//`, `x/../` and backslashes.
//! * [`mapping`]: from report paths to files of the repository.
//! * [`merge`]: several reports as one.
//! * [`carry`]: what the base knew of a component whose job did not run.
//! * [`unified_diff`], [`patch`], [`indirect`]: what a change touches, what of it ran, and what it changed elsewhere.

pub mod carry;
pub(crate) mod clover;
pub mod cobertura;
pub(crate) mod codecov;
mod counted;
pub(crate) mod covdir;
pub(crate) mod coverage_py;
pub(crate) mod coveralls;
pub(crate) mod coverlet;
pub(crate) mod devel_cover;
pub(crate) mod dotcover;
pub mod formats;
mod found;
mod functions;
pub(crate) mod gcov;
pub(crate) mod gcov_json;
pub(crate) mod gcovr;
pub(crate) mod go_cover;
mod indexed;
pub mod indirect;
pub(crate) mod istanbul;
pub(crate) mod istanbul_summary;
pub(crate) mod jacoco;
pub(crate) mod kcov;
pub mod lcov;
pub mod lexical;
mod lines;
pub(crate) mod llvm_cov;
pub mod mapping;
pub mod merge;
mod number;
mod numbered;
mod oddities;
pub(crate) mod opencover;
mod pair;
pub mod patch;
mod ranges;
mod records;
pub(crate) mod scoverage;
#[cfg(test)]
mod shown;
pub(crate) mod simplecov;
pub(crate) mod sonar;
pub(crate) mod tarpaulin;
pub mod unified_diff;
pub(crate) mod v_cover;
pub(crate) mod vs_coverage;
mod walk;
pub(crate) mod xccov;
