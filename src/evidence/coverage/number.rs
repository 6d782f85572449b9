//! Numbers as coverage producers write them.

use num_traits::{Signed, ToPrimitive, Zero};

use crate::model::exact;

/// A line number: 1 to 2³²−1.
pub(super) fn line(text: &str) -> Option<u32> {
    text.parse().or_else(|_| text.trim().parse()).ok().filter(|line| *line > 0)
}

/// A hit count, saturating. Counts beyond 64 bits, decimals, exponents and thousands separators all occur;
/// negative counts, texts and nothing at all are no counts.
pub(super) fn hits(text: &str) -> Option<u32> {
    if let Ok(count) = text.parse::<u32>() {
        return Some(count);
    }
    let text = text.trim();
    if let Ok(count) = text.parse::<u32>() {
        return Some(count);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && !text.is_empty() {
        return Some(u32::MAX);
    }
    let number = exact::parse_decimal(&without_separators(text)).filter(|number| !number.is_negative())?;
    // Whatever ran at all, ran at least once.
    let least = u32::from(!number.is_zero());
    Some(number.to_integer().to_u32().unwrap_or(u32::MAX).max(least))
}

/// `1,234,567` → `1234567`.
fn without_separators(text: &str) -> String {
    let mut groups = text.split(',');
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_grouped = first && groups.all(|group| group.len() == 3);
    if is_grouped { text.replace(',', "") } else { text.to_owned() }
}

/// `covered` and `total` of `50% (1/2)`; the percentage before them is never read.
pub(super) fn fraction(text: &str) -> Option<(u64, u64)> {
    let (_, pair) = text.rsplit_once('(')?;
    let (covered, total) = pair.split_once(')')?.0.split_once('/')?;
    Some((covered.trim().parse().ok()?, total.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_numbers_start_at_1_and_fit_32_bits() {
        assert_eq!(line(" 7 "), Some(7));
        assert_eq!(line("4294967295"), Some(u32::MAX));
        for wrong in ["0", "-5", "4294967296", "99999999999999999999", "abc", "", "1.5"] {
            assert_eq!(line(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hit_counts_saturate_and_never_wrap() {
        for (text, count) in [
            ("0", 0),
            ("3 ", 3),
            ("4294967296", u32::MAX),
            ("18446744073709551616", u32::MAX),
            ("340282366920938463463374607431768211456", u32::MAX),
            ("1.5e+10", u32::MAX),
            ("2.0", 2),
            ("0.5", 1),
            ("0.0", 0),
            ("1,234", 1234),
        ] {
            assert_eq!(hits(text), Some(count), "{text}");
        }
        for wrong in ["", "-", "-1", "=====", "NaN", "1,2", "many"] {
            assert_eq!(hits(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_the_pair_of_a_fraction_counts() {
        assert_eq!(fraction("50% (1/2)"), Some((1, 2)));
        assert_eq!(fraction("33,3 % (1 / 3)"), Some((1, 3)));
        for wrong in ["100%", "", "(1/2", "50% (a/b)", "(-1/2)"] {
            assert_eq!(fraction(wrong), None, "{wrong}");
        }
    }
}
