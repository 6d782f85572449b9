//! Line and column of a place in a text.

use memchr::{memchr_iter, memrchr};

/// A place in a text; lines end with a line feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// 1-based.
    pub line: u64,
    /// 1-based, in characters.
    pub column: u64,
}

impl Place {
    /// Where every text begins.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place behind `text`, when `text` begins at this one.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        let bytes = text.as_bytes();
        match memrchr(b'\n', bytes) {
            None => Self { line: self.line, column: self.column + characters(bytes) },
            Some(last) => Self {
                line: self.line + memchr_iter(b'\n', bytes).count() as u64,
                column: 1 + characters(bytes.get(last + 1..).unwrap_or_default()),
            },
        }
    }
}

/// Characters of valid UTF-8: every byte that does not continue one.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_after_the_last_line_feed() {
        assert_eq!(Place::START.after("aé"), Place { line: 1, column: 3 });
        assert_eq!(Place::START.after("a\nb\n").after("äöü"), Place { line: 3, column: 4 });
    }
}
