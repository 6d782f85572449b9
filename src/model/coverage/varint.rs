//! Whole numbers in as many bytes as they need: seven bits a byte, the lowest first, and the highest bit where more
//! follow.

/// Writes `number` behind `bytes`.
#[inline]
pub(super) fn push(bytes: &mut Vec<u8>, number: u64) {
    match u8::try_from(number) {
        Ok(small @ ..0x80) => bytes.push(small),
        _ => push_large(bytes, number),
    }
}

fn push_large(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        let [low, ..] = number.to_le_bytes();
        bytes.push(low | 0x80);
        number >>= 7;
    }
    bytes.extend(u8::try_from(number));
}

/// The number that `bytes` begin with, and what follows it.
#[inline]
pub(super) fn read(bytes: &[u8]) -> Option<(u64, &[u8])> {
    match bytes {
        [number @ ..0x80, rest @ ..] => Some((u64::from(*number), rest)),
        _ => read_large(bytes),
    }
}

fn read_large(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let length = bytes.iter().position(|byte| *byte < 0x80)? + 1;
    let (number, rest) = bytes.split_at_checked(length)?;
    Some((number.iter().rev().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7F)), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in proptest::collection::vec(prop_oneof![0..300_u64, any::<u64>()], 0..20)) {
            let mut bytes = Vec::new();
            for number in &numbers {
                push(&mut bytes, *number);
            }
            let (mut rest, mut found) = (bytes.as_slice(), Vec::new());
            while let Some((number, after)) = read(rest) {
                found.push(number);
                rest = after;
            }
            prop_assert_eq!(found, numbers);
        }
    }
}
