//! A document as lines, sections and tables, each with its line number.
//!
//! Readiness documents lean on lines more than on Markdown's blocks: two labels on two lines are two statements, even
//! where Markdown joins them. So this reads line by line; blocks only say what belongs together.
//!
//! * `document`: lines, sections, and what belongs together.
//! * `reader`: from text to a document.
//! * `shapes`: what one line is: a fence, a heading, an item, a label with its value.
//! * `columns`, `html`: tables that are not written with pipes.

mod columns;
mod document;
mod html;
mod reader;
mod shapes;

pub(super) use document::{Document, Kind, Line, Mark, Section};
pub(super) use reader::read;
