//! What is odd in decoded text: bytes that are not text, characters that no report format allows.

use memchr::memchr_iter;

use super::place::Place;
use crate::evidence::tally::Tally;
use crate::model::input::Problem;
use crate::model::order;

/// What had to be repaired, or was let through although it should not be there.
#[derive(Clone, Debug, Default)]
pub(super) struct Oddities {
    undecodable: Tally,
    controls: Tally,
    encoding: Option<&'static str>,
}

/// What is odd in one piece of text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    undecodable: Spots,
    controls: Spots,
    encoding: Option<&'static str>,
}

/// Oddities of one kind in one piece: the offset of the first, and how many there are.
#[derive(Clone, Copy, Debug, Default)]
struct Spots {
    first: usize,
    count: u64,
}

impl Spots {
    fn add(&mut self, at: usize) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += 1;
    }

    /// Adds those of a piece that begins at offset `from`.
    fn append(&mut self, from: usize, other: Self) {
        if self.count == 0 {
            self.first = from + other.first;
        }
        self.count += other.count;
    }
}

impl Found {
    /// Whether nothing is odd.
    pub(super) fn is_empty(&self) -> bool {
        self.undecodable.count + self.controls.count == 0
    }

    /// Adds what is odd in a piece that begins at offset `from` of this one.
    pub(super) fn append(&mut self, from: usize, other: Self) {
        self.undecodable.append(from, other.undecodable);
        self.controls.append(from, other.controls);
        self.encoding = other.encoding.or(self.encoding);
    }

    /// Bytes that do not decode as `encoding`, in place of which something stands at this offset.
    pub(super) fn undecodable(&mut self, encoding: &'static str, at: usize) {
        self.encoding = Some(encoding);
        self.undecodable.add(at);
    }

    /// Looks for control characters and noncharacters in the piece.
    pub(super) fn scan(&mut self, piece: &str) {
        let bytes = piece.as_bytes();
        if has_control(bytes) {
            for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| is_control(**byte)) {
                self.controls.add(at);
            }
        }
        for at in memchr_iter(0xEF, bytes) {
            if matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) {
                self.controls.add(at);
            }
        }
    }
}

impl Oddities {
    /// Adds what is odd in one piece; `place` gives the place of an offset into it.
    pub(super) fn add(&mut self, found: Found, place: impl Fn(usize) -> Place) {
        let Found { undecodable, controls, encoding } = found;
        self.undecodable.add_all(undecodable.count, || place(undecodable.first));
        self.controls.add_all(controls.count, || place(controls.first));
        self.encoding = encoding.or(self.encoding);
    }

    /// One warning for each kind, at its first place.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let encoding = self.encoding.unwrap_or("UTF-8");
        let undecodable = self.undecodable.said(&format!("not valid {encoding}; shown as U+FFFD"));
        let controls = self.controls.said("a control character or noncharacter; kept as it is");
        let mut all: Vec<Problem> = undecodable.into_iter().chain(controls).collect();
        order::sort_by_key(&mut all, Problem::place);
        all
    }
}

/// Whether any byte [`is_control`]; looks at eight at once.
fn has_control(bytes: &[u8]) -> bool {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    // The highest bit of each byte that is not `byte`.
    let is_not = |word: u64, byte: u8| {
        let differs = word ^ u64::from_ne_bytes([byte; 8]);
        ((differs & LOW) + LOW) | differs
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let found = words.iter().fold(0, |found, word| {
        let word = u64::from_ne_bytes(*word);
        let is_low = !(((word & LOW) + u64::from_ne_bytes([0x60; 8])) | word);
        found | (is_low & is_not(word, b'\t') & is_not(word, b'\n') & is_not(word, b'\r'))
    });
    found & HIGH != 0 || rest.iter().any(|byte| is_control(*byte))
}

/// Below the space, but no tab, line feed or carriage return.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && byte != b'\t' && byte != b'\n' && byte != b'\r'
}
