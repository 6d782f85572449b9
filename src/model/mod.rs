//! Plain values: what every other layer speaks about.
//!
//! The model knows nobody. It holds no formats, no files, no clock and no network; a value here is what
//! `docs/glossary.md` says it is. Counts are integers, everything that is divided is an exact rational.

pub mod audit;
pub mod commit;
pub mod coverage;
pub mod coverage_change;
pub mod diff;
pub mod evidence;
pub mod exact;
pub mod explanation;
pub mod findings;
pub mod findings_change;
pub mod gate;
pub mod glob;
pub mod input;
pub mod left_out;
pub mod metric;
pub mod mutation;
pub mod order;
pub mod origin;
pub mod plan;
pub mod replay;
pub mod report;
pub mod shift;
pub mod tests;
pub mod todos;
pub mod trend;
pub mod words;
