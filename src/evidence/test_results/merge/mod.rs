//! Many test reports as one run.
//!
//! * Cases of the same name in *one* file are different cases (parametrised tests, repeated runs); they all count.
//! * The same case in *several cells* (artifacts or folders, see [`crate::model::origin`]) ran several times under
//!   different conditions: it counts once in each cell, and its identity names the cell. A case that only one cell
//!   has keeps its plain identity, so shards add up and do not depend on where they lie.
//! * The same case in several files of *one cell* is one case; the n-th of a name in one file is the n-th in another.
//!   Files that are known to be tries of one job are attempts: the newest one that did not skip the case decides, and
//!   a case that failed before it passed is flaky. Otherwise nothing tells which file is later, so errored outdoes
//!   failed, failed outdoes passed, passed outdoes skipped: a failure is never explained away.
//! * A report that says exactly what another one says is the same report, wherever it lies.
//! * The run is ordered by identity and does not depend on the order of the files.

mod attempts;
mod cells;
mod in_order;
mod run;
#[cfg(test)]
mod tests;

pub use cells::mark;
pub use run::merge;
