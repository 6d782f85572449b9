//! Adds a run to a branch's history: read, change, commit, and again from the start when somebody else was faster.

mod commit;
mod entry;
mod error;
mod plan;

pub use commit::record;
pub use entry::{Entry, Pages, Recorded, Written};
pub use error::RecordError;
