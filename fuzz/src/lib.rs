//! What must hold for any input. Each fuzz target is one of these functions.
//!
//! Formats are taken from the list that detection asks, so a new reader is tried without a new file here.

mod archive;
mod json;
mod pieces;
mod reader;
mod shown;
mod xml;

pub use archive::archive;
pub use json::json;
pub use reader::{Formats, file};
pub use xml::xml;

use readiness::evidence::coverage::unified_diff;

/// A policy is read or refused, and a refusal has no control character.
pub fn policy(text: &str) {
    match readiness::policy::load::parse(text, "readiness.yml") {
        Ok(policy) => drop(policy.fingerprint()),
        Err(error) => shown::assert_printable(&readiness::render::escape::terminal(&error.to_string())),
    }
}

/// A unified diff is read or refused, and its added lines are lines.
pub fn diff(text: &str) {
    if let Err(error) = unified_diff::parse(text) {
        shown::assert_printable(&readiness::render::escape::terminal(&error.to_string()));
    }
}

/// A text in every language that there is a table row for: its markers are on its lines.
pub fn todos(text: &[u8]) {
    let lines = text.iter().filter(|byte| **byte == b'\n').count() + 1;
    for name in ["c", "rs", "js", "php", "py", "sh", "rb", "lua", "ml", "md", "ps1", "tf"] {
        for todo in readiness::evidence::todos::markers(&format!("x.{name}"), text, 1000) {
            assert!(todo.line > 0 && todo.line as usize <= lines && !todo.text.is_empty());
        }
    }
}
