//! The XML cursor that all XML readers share: pulls one event after another out of a [`Text`](super::bytes::Text).
//!
//! What it guarantees, whatever the input is:
//!
//! * Memory is bounded: text comes in pieces, tags have a size limit, nesting has a depth limit, nothing recurses.
//! * No entity is expanded but the five predefined ones and character references; nothing external is ever read.
//!   Document types are skipped.
//! * A file that is not well-formed ends in an error with its place; one that is cut short is told apart.
//! * Damage that real tools write (unescaped `]]>`, references to control characters, a bare `&` or `<` in an
//!   attribute, text around the document, two documents in one file) is repaired with a warning.

mod bytes;
mod cursor;
mod fault;
mod names;
mod outlines;
mod reference;
mod skip;
mod start_tag;
mod tag;

pub use cursor::{Cursor, Event};
pub use tag::{Tag, Value};
