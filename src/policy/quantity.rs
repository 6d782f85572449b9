//! Numbers with units as a policy writes them: `95%`, `100ms`, `2.5 MiB`, `40h..60h`.

use num_traits::Signed;

use crate::model::exact::{Exact, parse_decimal, whole};
use crate::model::metric::Unit;

use super::Effort;

/// A number with the unit that was written, already in its base unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) value: Exact,
    /// `Count` for a plain number.
    pub(super) unit: Unit,
}

/// Suffix, base unit, and how many base units one is (numerator, denominator).
const UNITS: [(&str, Unit, u64, u64); 18] = [
    ("%", Unit::Ratio, 1, 100),
    ("ns", Unit::Milliseconds, 1, 1_000_000),
    ("us", Unit::Milliseconds, 1, 1_000),
    ("µs", Unit::Milliseconds, 1, 1_000),
    ("ms", Unit::Milliseconds, 1, 1),
    ("min", Unit::Milliseconds, 60_000, 1),
    ("/min", Unit::PerSecond, 1, 60),
    ("/s", Unit::PerSecond, 1, 1),
    ("s", Unit::Milliseconds, 1_000, 1),
    ("h", Unit::Milliseconds, 3_600_000, 1),
    ("KiB", Unit::Bytes, 1 << 10, 1),
    ("MiB", Unit::Bytes, 1 << 20, 1),
    ("GiB", Unit::Bytes, 1 << 30, 1),
    ("kB", Unit::Bytes, 1_000, 1),
    ("KB", Unit::Bytes, 1_000, 1),
    ("MB", Unit::Bytes, 1_000_000, 1),
    ("GB", Unit::Bytes, 1_000_000_000, 1),
    ("B", Unit::Bytes, 1, 1),
];

/// Reads a number and its unit; plain decimals are counts.
pub(super) fn quantity(text: &str) -> Option<Quantity> {
    let text = text.trim();
    if let Some(value) = parse_decimal(text) {
        return Some(Quantity { value, unit: Unit::Count });
    }
    UNITS.iter().find_map(|(suffix, unit, numerator, denominator)| {
        let number = parse_decimal(text.strip_suffix(suffix)?.trim_end())?;
        let value = number * Exact::new((*numerator).into(), (*denominator).into());
        Some(Quantity { value, unit: *unit })
    })
}

/// Hours of working time: `40h`, `40h..60h`, `2d..1w`; a day has 8 hours, a week 5 days.
pub(super) fn effort(text: &str) -> Option<Effort> {
    let (low, high) = text.split_once("..").unwrap_or((text, text));
    let effort = Effort { low: hours(low)?, high: hours(high)? };
    (effort.low <= effort.high).then_some(effort)
}

fn hours(text: &str) -> Option<Exact> {
    let text = text.trim();
    let (number, hours) = [("min", (1, 60)), ("h", (1, 1)), ("d", (8, 1)), ("w", (40, 1))]
        .into_iter()
        .find_map(|(suffix, hours)| Some((text.strip_suffix(suffix)?, hours)))?;
    let number = parse_decimal(number.trim_end())?;
    (!number.is_negative()).then(|| number * Exact::new(hours.0.into(), hours.1.into()))
}

/// Whole days: `400 days`, `1 day`, `90d`.
pub(super) fn days(text: &str) -> Option<u32> {
    let number = ["days", "day", "d"].iter().find_map(|suffix| text.trim().strip_suffix(suffix))?;
    number.trim_end().parse().ok().filter(|days| *days > 0)
}

/// A share of 1: `50%`, `0.5`, `1/2`.
pub(super) fn share(text: &str) -> Option<Exact> {
    let share = match text.split_once('/') {
        Some((numerator, denominator)) => {
            let denominator = parse_decimal(denominator.trim())?;
            if !denominator.is_positive() {
                return None;
            }
            parse_decimal(numerator.trim())? / denominator
        }
        None => match quantity(text)? {
            Quantity { value, unit: Unit::Count | Unit::Ratio } => value,
            _ => return None,
        },
    };
    (!share.is_negative() && share <= whole(1)).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(String, Unit)> {
        quantity(text).map(|q| (q.value.to_string(), q.unit))
    }

    #[test]
    fn units_become_base_units_exactly() {
        assert_eq!(shown("95%"), Some(("19/20".to_owned(), Unit::Ratio)));
        assert_eq!(shown("0.1"), Some(("1/10".to_owned(), Unit::Count)));
        assert_eq!(shown("1.5 s"), Some(("1500".to_owned(), Unit::Milliseconds)));
        assert_eq!(shown("250us"), Some(("1/4".to_owned(), Unit::Milliseconds)));
        assert_eq!(shown("2min"), Some(("120000".to_owned(), Unit::Milliseconds)));
        assert_eq!(shown("2 MiB"), Some(("2097152".to_owned(), Unit::Bytes)));
        assert_eq!(shown("90/min"), Some(("3/2".to_owned(), Unit::PerSecond)));
        for wrong in ["", "%", "many", "10 parsecs", ".inf", "nan", "1,5%"] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn efforts_are_ranges_of_hours() {
        let shown = |text| effort(text).map(|e| (e.low.to_string(), e.high.to_string()));
        assert_eq!(shown("40h..60h"), Some(("40".to_owned(), "60".to_owned())));
        assert_eq!(shown("2d .. 1w"), Some(("16".to_owned(), "40".to_owned())));
        assert_eq!(shown("30min"), Some(("1/2".to_owned(), "1/2".to_owned())));
        for wrong in ["", "40", "60h..40h", "-1h", "1h..2h..3h"] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shares_stay_between_nothing_and_all() {
        assert_eq!(share("1/2"), share("50%"));
        assert_eq!(share("0.5"), share("50%"));
        for wrong in ["2", "-0.1", "1/0", "3ms", "101%"] {
            assert_eq!(share(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_are_whole_and_at_least_one() {
        assert_eq!(days("400 days"), Some(400));
        assert_eq!(days("90d"), Some(90));
        for wrong in ["0 days", "400", "-1d", "1.5d"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }
}
