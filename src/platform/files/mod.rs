//! Files: finding evidence, reading it on all cores, listing the repository, writing results.
//!
//! A PATH is a file, a folder, a glob or a zip. What is named is always reported, whatever it is; what merely lies in
//! a folder or a zip is left out when nothing knows it. Order never depends on the file system.

#![expect(clippy::disallowed_methods, reason = "this is where files enter and leave")]

mod archive;
mod downloaded;
mod find;
mod found;
mod fresh;
mod ignored;
mod plain;
mod read;
#[cfg(test)]
mod tests;
mod visit;
mod walk;

pub use downloaded::{Download, Unpacking, downloaded};
pub use find::{FindError, find, glob, is_there};
pub use found::{Asked, Found};
pub use fresh::{Fresh, Landing};
pub use plain::{read_bytes, read_marked_text, read_text, read_text_within, replace, write_atomic};
pub use read::{ReadOne, read_all};
pub use visit::{Seen, is_checkout, visit, way_from_root};
pub use walk::{MOST_LISTED, overview, tree};
