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
    last: Option<&'static str>,
}

impl Oddities {
    /// Bytes that do not decode as `encoding`.
    pub(super) fn undecodable(&mut self, encoding: &'static str, place: impl FnOnce() -> Place) {
        self.last = Some(encoding);
        self.undecodable.add(place);
    }

    /// Looks for control characters and noncharacters in `text`; `place` gives the place of a byte offset.
    pub(super) fn scan(&mut self, text: &str, place: impl Fn(usize) -> Place) {
        let bytes = text.as_bytes();
        for (index, word) in bytes.chunks(WORD).enumerate() {
            if may_hold_control(word) {
                let controls = word.iter().enumerate().filter(|(_, byte)| is_control(**byte));
                controls.for_each(|(at, _)| self.controls.add(|| place(WORD * index + at)));
            }
        }
        for at in memchr_iter(0xEF, bytes) {
            if matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) {
                self.controls.add(|| place(at));
            }
        }
    }

    /// One warning for each kind, at its first place.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let encoding = self.last.unwrap_or("UTF-8");
        let undecodable = self.undecodable.said(&format!("not valid {encoding}; shown as U+FFFD"));
        let controls = self.controls.said("a control character or noncharacter; kept as it is");
        let mut all: Vec<Problem> = undecodable.into_iter().chain(controls).collect();
        order::sort_by_key(&mut all, Problem::place);
        all
    }
}

/// Bytes that are looked at in one go.
const WORD: usize = 8;

/// Whether some byte of `word` is below the space; one too many is said to be when the word is short.
fn may_hold_control(word: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let Ok(word) = word.try_into().map(u64::from_ne_bytes) else { return true };
    word.wrapping_sub(0x20 * ONES) & !word & (0x80 * ONES) != 0
}

/// Below the space, but no tab, line feed or carriage return.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && byte != b'\t' && byte != b'\n' && byte != b'\r'
}
