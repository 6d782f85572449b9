//! Line and column of a place in a text.

use encoding_rs::Encoding;
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
        self.after_bytes(text.as_bytes())
    }

    /// The place behind a text that begins at this one; `end` is its end if it begins where every text does.
    #[must_use]
    pub fn moved(self, end: Self) -> Self {
        let column = if end.line == 1 { self.column + end.column - 1 } else { end.column };
        Self { line: self.line + end.line - 1, column }
    }

    /// As [`Place::after`], for valid UTF-8 that may be cut anywhere.
    #[must_use]
    pub fn after_bytes(self, bytes: &[u8]) -> Self {
        match memrchr(b'\n', bytes) {
            None => Self { line: self.line, column: self.column + characters(bytes) },
            Some(last) => Self {
                line: self.line + memchr_iter(b'\n', bytes).count() as u64,
                column: 1 + characters(bytes.get(last + 1..).unwrap_or_default()),
            },
        }
    }
}

/// Characters of valid UTF-8: every byte that does not continue one. Most text has no other; the rest is looked at eight
/// bytes at once.
fn characters(bytes: &[u8]) -> u64 {
    const LOWEST: u64 = u64::from_ne_bytes([1; 8]);
    let foreign = bytes.get(Encoding::ascii_valid_up_to(bytes)..).unwrap_or_default();
    let (words, rest) = foreign.as_chunks::<8>();
    let continuing = words.iter().map(|word| {
        let word = u64::from_ne_bytes(*word);
        u64::from(((word >> 7) & !(word >> 6) & LOWEST).count_ones())
    });
    let continuing =
        continuing.sum::<u64>() + rest.iter().filter(|byte| **byte & 0xC0 == 0x80).count() as u64;
    bytes.len() as u64 - continuing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_moves_over_a_text_whose_end_is_known() {
        let texts = ["", "a", "\n", "é\n漢", "a\nb\n", "cd"];
        for (one, other) in texts.iter().flat_map(|one| texts.map(|other| (*one, other))) {
            let end = Place::START.after(other);
            assert_eq!(Place::START.after(one).moved(end), Place::START.after(&format!("{one}{other}")));
        }
    }

    #[test]
    fn columns_count_characters_after_the_last_line_feed() {
        assert_eq!(Place::START.after("aé"), Place { line: 1, column: 3 });
        assert_eq!(Place::START.after("a\nb\n").after("äöü"), Place { line: 3, column: 4 });
        let text = "plain, äöü, 漢字, 🦀 and more than eight bytes of it";
        for (characters, (at, _)) in (1..).zip(text.char_indices()) {
            assert_eq!(Place::START.after(text.get(..at).unwrap()), Place { line: 1, column: characters });
        }
    }
}
