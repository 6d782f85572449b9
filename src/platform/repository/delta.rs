//! Deltas: an object told as pieces of another one and new bytes.

use super::objects::MOST_BYTES;

/// What `delta` makes of `base`; nothing when that is too large.
pub(super) fn apply(base: &[u8], delta: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let damaged = || "its delta is damaged".to_owned();
    let mut rest = delta.iter();
    let from = size(&mut rest).ok_or_else(damaged)?;
    let to = size(&mut rest).ok_or_else(damaged)?;
    if to > MOST_BYTES {
        return Ok(None);
    }
    let made = pieces(base, rest.as_slice(), to).filter(|made| made.len() as u64 == to);
    made.filter(|_| base.len() as u64 == from).map(Some).ok_or_else(damaged)
}

/// Seven bits a byte, the lowest first.
fn size(rest: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let (mut size, mut shift) = (0_u64, 0);
    loop {
        let byte = *rest.next()?;
        size |= u64::from(byte & 127).checked_shl(shift)?;
        if byte & 128 == 0 {
            return Some(size);
        }
        shift += 7;
    }
}

fn pieces(base: &[u8], delta: &[u8], most: u64) -> Option<Vec<u8>> {
    let (mut made, mut rest) = (Vec::new(), delta);
    while let Some((order, behind)) = rest.split_first() {
        rest = behind;
        let piece = if order & 128 == 0 {
            // An order of 0 is reserved, and would not end.
            let (piece, behind) = rest.split_at_checked(usize::from(*order)).filter(|_| *order > 0)?;
            rest = behind;
            piece
        } else {
            let (mut start, mut length, bits) = ([0_u8; 4], [0_u8; 4], order & 127);
            let bytes = start.iter_mut().chain(length.iter_mut().take(3)).enumerate();
            for (_, byte) in bytes.filter(|(bit, _)| bits >> bit & 1 == 1) {
                let (first, behind) = rest.split_first()?;
                *byte = *first;
                rest = behind;
            }
            let start = usize::try_from(u32::from_le_bytes(start)).ok()?;
            let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
            let length = if length == 0 { 0x1_0000 } else { length };
            base.get(start..start.checked_add(length)?)?
        };
        made.extend_from_slice(piece);
        if made.len() as u64 > most {
            return None;
        }
    }
    Some(made)
}
