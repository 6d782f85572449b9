//! What all parts come to, told beside them: "The four tasks need 29 hours" below their table.
//!
//! * `amounts`: amounts of work, time, points and money in a text.
//! * `parts`: lists, columns, headings, paragraphs and sentences whose parts each have one amount.
//! * `claim`: sentences and labels that say what all of them come to.
//! * `span`: what some of them come to, by their names.
//! * `judge`: which parts a claim is about, and whether it holds.

mod amounts;
mod claim;
mod judge;
mod parts;
mod span;

#[cfg(test)]
mod tests;

pub(super) use claim::is_of_else;
pub(super) use judge::{apply, names_some};
