//! What a format is: a name, a way to know it by content, a way to read it.

use super::bytes::Text;
use super::json::Shape;
use super::outline;
use super::reading::Reading;
use crate::model::input::{Content, Kind};

/// A format that can be read. Each kind of evidence has a list of its own.
#[derive(Debug)]
pub struct Format {
    /// As in JSON and in policies.
    pub name: &'static str,
    /// What it speaks about.
    pub kind: Kind,
    /// Whether a file that begins like this is in the format; no two formats claim the same file.
    pub looks_like: fn(&Head<'_>) -> bool,
    /// Reads a file to its end.
    pub read: fn(&mut Text) -> Reading<Content>,
}

/// The beginning of a file, looked at once for all formats.
#[derive(Debug)]
pub struct Head<'a> {
    /// At most the first 64 KiB.
    pub text: &'a str,
    /// Name of the root element without prefix, for XML.
    pub root: Option<&'a str>,
    /// The outline of its values, for JSON.
    pub shape: Shape,
}

impl<'a> Head<'a> {
    /// Looks at `text`.
    pub fn of(text: &'a str) -> Self {
        Self { text, root: outline::root(text), shape: Shape::of(text) }
    }
}
