//! JSON as report readers need it: streamed, tolerant, bounded.
//!
//! [`Cursor`] walks one document without holding it; [`Lines`] reads one document per line, as event streams are
//! written. Both give [`Value`]s for small records: long strings and large trees in them are cut, since no report
//! needs them. [`Shape`] tells which keys a beginning holds, for detection.
//!
//! Why not `serde_json`: it refuses lone surrogates and lone backslashes, which test tools do write, ends at the first
//! value of another type than declared, and keeps strings of any size.

mod build;
mod cursor;
mod fault;
mod lines;
mod number;
mod pattern;
mod scan;
mod shape;
mod skip;
mod string;
mod value;
mod window;

pub use cursor::Cursor;
pub use lines::{Line, Lines};
pub use number::scaled;
pub use pattern::holds;
pub use scan::Kind;
pub use shape::Shape;
pub use value::Value;
