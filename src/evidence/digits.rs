//! Whole numbers at the beginning of bytes, which some reports consist of nearly alone.

/// Most digits whose number fits 64 bits, whatever they are.
const MOST: usize = 19;

/// The number that the digits at the beginning of `bytes` are and how many there are; nothing without a digit, and for
/// more than 19 of them.
///
/// ```text
/// "12,3" → (12, 2)
/// ```
#[inline]
pub(super) fn leading(bytes: &[u8]) -> Option<(u64, usize)> {
    let (number, count) = match bytes.first_chunk() {
        Some(word) => of_word(u64::from_le_bytes(*word)),
        None => (0, 0),
    };
    // Numbers of more digits, and such as stand at the very end, are rare.
    if count > 0 && count < 8 { Some((number, count)) } else { one_by_one(bytes) }
}

/// The number that the digits at the beginning of eight bytes are, and how many there are. All eight at once: how many
/// digits a number has is what a processor cannot foretell.
#[inline]
fn of_word(word: u64) -> (u64, usize) {
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    // The value of each digit; others are above 9.
    let values = word ^ each(b'0');
    let above = (((values & each(0x7F)) + each(0x80 - 10)) | values) & each(0x80);
    let count = above.trailing_zeros() / 8;
    // The digits move to the end, zeros come before them.
    let digits = values.checked_shl(64 - 8 * count).unwrap_or(0);
    // Neighbours become numbers of two digits, of four, and of eight.
    let twos = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let twos = (twos & 0x00FF_00FF_00FF_00FF).wrapping_mul(1 + (100 << 16)) >> 16;
    let fours = (twos & 0x0000_FFFF_0000_FFFF).wrapping_mul(1 + (10_000 << 32)) >> 32;
    (fours, count as usize)
}

#[inline(never)]
fn one_by_one(bytes: &[u8]) -> Option<(u64, usize)> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).take(MOST + 1);
    let (number, count) = digits.fold((0_u64, 0), |(number, count), digit| {
        (number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')), count + 1)
    });
    (1..=MOST).contains(&count).then_some((number, count))
}

#[cfg(test)]
mod tests {
    use super::leading;

    #[test]
    fn digits_are_read_up_to_what_follows_them() {
        let numbers = [
            "0",
            "7",
            "10",
            "007",
            "99",
            "123",
            "4711",
            "65536",
            "123456",
            "9999999",
            "12345678",
            "123456789",
        ];
        let numbers = numbers.into_iter().chain(["4294967296", "9999999999999999999"]);
        for number in numbers {
            for behind in
                ["", ",", "\n", "]", " and more", "/12345678", ":12345678", "\u{3a}", "é1", "\u{0}1"]
            {
                let text = format!("{number}{behind}");
                assert_eq!(
                    leading(text.as_bytes()),
                    Some((number.parse().unwrap(), number.len())),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn without_digits_or_with_too_many_there_is_none() {
        for other in ["", "-", ",1", "x1234567", " 1", "\u{3a}1234567", "/1", "10000000000000000000", "é"] {
            assert_eq!(leading(other.as_bytes()), None, "{other:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_as_one_by_one(bytes in "[0-9]{0,20}[ -~]{0,10}") {
            let digits = bytes.bytes().take_while(u8::is_ascii_digit).count();
            let number = bytes.get(..digits).unwrap().parse().ok().filter(|_| digits <= super::MOST);
            proptest::prop_assert_eq!(leading(bytes.as_bytes()), number.map(|number| (number, digits)));
        }
    }
}
