//! Decimal numbers without floats.

/// Powers of ten that are looked at; beyond them every number is zero or too large.
const MAX_EXPONENT: i64 = 60;

/// Whether `text` is a number as JSON writes it; a leading `+` or zeros are let through.
pub(super) fn is_number(text: &str) -> bool {
    parts(text).is_some()
}

/// `text` times `scale`, rounded down: `scaled("0.25", 1_000_000_000)` are the nanoseconds of a quarter second.
/// Negative numbers are 0, too large ones the largest; `None` when it is no number.
pub fn scaled(text: &str, scale: u64) -> Option<u64> {
    let (negative, whole, fraction, exponent) = parts(text.trim())?;
    if negative {
        return Some(0);
    }
    let digits = whole.bytes().chain(fraction.bytes()).map(|byte| u128::from(byte - b'0'));
    // Thirty digits times a scale of 10⁹ stay within 128 bits.
    let fraction_length = i64::try_from(fraction.len()).ok()?;
    let mut shift = exponent.clamp(-MAX_EXPONENT, MAX_EXPONENT) - fraction_length;
    let mut value: u128 = 0;
    for digit in digits {
        if value < 10_u128.pow(27) {
            value = value * 10 + digit;
        } else {
            shift += 1;
        }
    }
    value *= u128::from(scale);
    while shift < 0 && value > 0 {
        value /= 10;
        shift += 1;
    }
    while shift > 0 && value > 0 && value <= u128::from(u64::MAX) {
        value *= 10;
        shift -= 1;
    }
    Some(u64::try_from(value).unwrap_or(u64::MAX))
}

/// Sign, digits before and behind the point, exponent.
fn parts(text: &str) -> Option<(bool, &str, &str, i64)> {
    let negative = text.starts_with('-');
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = rest.split_once(['e', 'E']).map_or((rest, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let exponent = exponent.map_or(Some(0), |text| text.strip_prefix('+').unwrap_or(text).parse().ok())?;
    Some((negative, whole, fraction, exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn fractions_and_exponents_scale_exactly() {
        assert_eq!(scaled("0.1", SECOND), Some(100_000_000));
        assert_eq!(scaled("1.5e-3", SECOND), Some(1_500_000));
        assert_eq!(scaled("12e2", 1), Some(1200));
        assert_eq!(scaled("0.00030804204288870096", SECOND), Some(308_042));
        assert_eq!(scaled("2.181529998779297e-13", SECOND), Some(0));
    }

    #[test]
    fn absurd_numbers_stay_in_range() {
        assert_eq!(scaled("-3", SECOND), Some(0));
        assert_eq!(scaled("1e999999999", SECOND), Some(u64::MAX));
        assert_eq!(scaled(&"9".repeat(60), SECOND), Some(u64::MAX));
        assert_eq!(scaled("1e-999999999", SECOND), Some(0));
        assert_eq!(scaled("0e50", SECOND), Some(0));
    }

    #[test]
    fn words_are_no_numbers() {
        for text in ["", "-", ".", "NaN", "1.2.3", "0x10", "1e", "Infinity", "1,5"] {
            assert_eq!(scaled(text, 1), None, "{text}");
        }
    }
}
