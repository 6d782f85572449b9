//! What is remembered: recorded runs, the newest run of a branch in full, and the stores that keep them.
//!
//! A [`store::Store`] keeps small files and commits changes to several of them at once, only if nobody else moved it
//! since it was read. [`record`] adds a run, [`baseline`] finds the run that a head is compared with, [`trend`] reads
//! the runs of a branch in order. File names are in [`layout`], frozen file contents in [`wire`].
//!
//! To add a store: implement [`store::Store`] in one file, and give it a word in `run::store`.

pub mod baseline;
pub mod content;
pub mod derived;
pub mod folder;
pub mod layout;
pub mod ledger;
pub mod lines;
pub mod recent;
pub mod record;
pub mod snapshot;
pub mod store;
#[cfg(test)]
mod tests;
pub mod trend;
pub mod wire;
