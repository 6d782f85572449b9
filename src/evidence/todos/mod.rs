//! TODO, FIXME, XXX and HACK in the comments of a checkout.
//!
//! [`rules`] says which files are looked at, [`languages`] is the table of what comments and strings look like,
//! [`tokens`] understands it, [`comments`] finds the comments of a text, [`mod@markers`] the markers in them. No file is
//! parsed: one pass over the bytes knows comments from strings, and an unclosed one of either ends with its line or file.

mod comments;
mod languages;
mod markers;
mod rules;
#[cfg(test)]
mod tests;
mod tokens;

pub use markers::markers;
pub use rules::{ATTRIBUTES, MOST_BYTES, Rules};
