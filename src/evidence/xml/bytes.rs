//! What bytes mean in a tag.

use super::fault::Trouble;

/// White space between attributes.
const SPACE: u8 = 1;

/// Ends the name of an element or attribute.
const NAME_END: u8 = 2;

/// Makes a value mean something else than what is written.
pub(super) const SPECIAL: u8 = 4;

/// What each byte means in a tag: one look-up is cheaper than a row of comparisons.
#[expect(
    clippy::indexing_slicing,
    reason = "the compiler computes it, and would refuse an index out of bounds"
)]
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        let space = if byte.is_ascii_whitespace() { SPACE | NAME_END } else { 0 };
        let end = if matches!(byte, b'=' | b'>' | b'/' | b'<' | b'"' | b'\'') { NAME_END } else { 0 };
        let special = if byte < b' ' || matches!(byte, b'&' | b'<') { SPECIAL } else { 0 };
        classes[byte as usize] = space | end | special;
        byte += 1;
    }
    classes
};

#[inline]
pub(super) fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}

#[inline]
pub(super) fn skip_space(bytes: &[u8], from: usize) -> Result<usize, Trouble> {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| class(*byte) & SPACE == 0).map(|at| from + at).ok_or(Trouble::More)
}

#[inline]
pub(super) fn end_of_name(bytes: &[u8], from: usize) -> Result<usize, Trouble> {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| class(*byte) & NAME_END != 0).map(|at| from + at).ok_or(Trouble::More)
}
