//! Evidence: readers turn bytes into plain values, or into a problem with a place.
//!
//! The way of one file: [`bytes`] decompresses and decodes, [`detect`] tells the format by content, the format's
//! reader returns a [`reading::Reading`], [`read`] makes an `Input` of it. [`collect`] merges all inputs into the
//! evidence of one commit.
//!
//! A new format is one file in its kind's folder plus one line in [`detect`]; a new kind is one folder. Kinds never
//! import each other.

pub mod bytes;
pub mod collect;
pub mod coverage;
pub mod detect;
mod digits;
pub mod extract;
pub mod findings;
pub mod format;
mod hints;
pub mod jest;
pub mod json;
pub mod measurements;
mod message;
mod names;
mod outline;
pub mod read;
pub mod reading;
pub mod tally;
pub mod test_results;
pub mod text_lines;
pub mod todos;
pub mod xml;
