//! Plain numbers of a policy and of inputs, with the words that say what is allowed.

use super::Issue;
use crate::model::exact::{Tenths, parse_decimal, whole};
use crate::policy::locate::Path;

/// What [`points`] takes.
pub(in crate::policy) const POINTS: &str = "0 to 100 in steps of 0.1";

/// What [`count`] takes.
pub(in crate::policy) const COUNT: &str = "a whole number from 0";

/// What a weight may be.
const WEIGHT: &str = "a whole number from 1 to 1000000";

/// Points or percent: 0 to 100, whole tenths, with or without `%`.
pub(in crate::policy) fn points(text: &str) -> Option<Tenths> {
    let text = text.trim();
    let number = parse_decimal(text.strip_suffix('%').unwrap_or(text).trim_end())?;
    let range = whole(0)..=whole(100);
    if range.contains(&number) { Tenths::exactly(&number) } else { None }
}

/// A whole number from 0; nothing else is ever counted.
pub(in crate::policy) fn count(text: &str) -> Option<u64> {
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The weight of a dimension or a check; 1 when none is written.
pub(super) fn weight(raw: Option<&str>, path: &Path) -> Result<u64, Issue> {
    let text = raw.unwrap_or("1");
    bounded(text).ok_or_else(|| Issue::value(path, text, WEIGHT))
}

/// A whole number from 1, so bounded that sums of weights stay far inside 64 bits.
fn bounded(text: &str) -> Option<u64> {
    count(text).filter(|weight| (1..=1_000_000).contains(weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_tenths_from_0_to_100() {
        assert_eq!(points("85"), Some(Tenths(850)));
        assert_eq!(points("80 %"), Some(Tenths(800)));
        assert_eq!(points("0.50"), Some(Tenths(5)));
        assert_eq!(points("100.0"), Some(Tenths(1000)));
        for wrong in ["100.1", "-1", "0.05", "", "%", "high", ".nan"] {
            assert_eq!(points(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn weights_are_whole_and_positive() {
        assert_eq!(bounded("15"), Some(15));
        for wrong in ["0", "-1", "1.5", "1000001", "99999999999999999999999", "", "+1"] {
            assert_eq!(bounded(wrong), None, "{wrong}");
        }
    }
}
