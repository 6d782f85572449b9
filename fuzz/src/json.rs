//! The JSON cursor against `serde_json`.

use readiness::evidence::json::{Cursor, Shape};
use serde_json::Value;

/// Skipping a document ends where reading it ends; what `serde_json` reads as a list or an object we read, too.
pub fn json(text: &str) {
    let _ = Shape::of(text);
    let mut reading = Cursor::new(text.as_bytes());
    let read = reading.find_document().and_then(|()| reading.value()).map(drop);
    let mut skipping = Cursor::new(text.as_bytes());
    let skipped = skipping.find_document().and_then(|()| skipping.skip());
    assert_eq!(read, skipped, "a document that is skipped ends in another way");
    let begins = text.trim_start().starts_with(['{', '[']);
    if begins && serde_json::from_str::<Value>(text).is_ok_and(|_| depth(text) < 100) {
        assert_eq!(read, Ok(()), "`serde_json` reads it");
    }
}

/// At most this deep; brackets in strings count as well.
fn depth(text: &str) -> usize {
    text.matches(['[', '{']).count()
}
