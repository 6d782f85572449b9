//! From the inputs of one run to the evidence of one commit.
//!
//! Coverage is united while files arrive, because projects hand over one report of all their lines for each shard: a
//! [`Collector`] takes it out of each input as soon as that is read. All else waits until every file is there.

mod collector;
mod coverage;
mod expectations;
mod measurements;
mod sources;
#[cfg(test)]
mod tests;

pub use collector::{Collector, Repository, collect};
