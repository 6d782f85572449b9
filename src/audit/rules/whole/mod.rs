//! What all parts come to, told beside them: "The four tasks need 29 hours" below their table.
//!
//! * `amounts`: amounts of work, time, points and money in a text.
//! * `parts`: parts that each have one amount; `entries`, `steps` and `sentences` find them.
//! * `claim`: sentences and labels that say what all of them come to.
//! * `span`: what some of them come to, by their names.
//! * `judge`: which parts a claim is about, and whether it holds.

mod all;
mod amounts;
mod claim;
mod entries;
mod judge;
mod numbered;
mod parts;
mod sentences;
mod span;
mod steps;

#[cfg(test)]
mod tests;

pub(super) use claim::is_of_else;
pub(super) use judge::{apply, names_some};
