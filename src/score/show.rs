//! Numbers and names in sentences.

use num_traits::Signed;

use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::Unit;
pub(super) use crate::model::words::counted as count;

/// Tenths without a needless `.0`: "85", "61.1".
pub(super) fn tenths(number: Tenths) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A value with its unit: "71.4 %", "240 ms", "30".
pub(super) fn value(number: &Exact, unit: Unit) -> String {
    match unit {
        Unit::Ratio => format!("{} %", tenths(Tenths::floor(&(number * whole(100))))),
        Unit::Count => decimal(number),
        Unit::Milliseconds => format!("{} ms", decimal(number)),
        Unit::Bytes => format!("{} bytes", decimal(number)),
        Unit::PerSecond => format!("{} per second", decimal(number)),
    }
}

/// At most three decimals, cut off towards zero.
fn decimal(number: &Exact) -> String {
    let thousandths = (number.abs() * whole(1000)).floor().to_integer();
    let sign = if number.is_negative() { "-" } else { "" };
    let digits = format!("{thousandths:0>4}");
    let (integer, fraction) = digits.split_at_checked(digits.len() - 3).unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{integer}") } else { format!("{sign}{integer}.{fraction}") }
}

/// Ascending line numbers as ranges: "12-15, 18".
pub(super) fn lines(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &line in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(line) => *last = line,
            _ => ranges.push((line, line)),
        }
    }
    let range = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

/// The first few of `names` as quotations, and how many more there are.
pub(super) fn some(names: &[String]) -> String {
    some_of(names, |name| format!("`{name}`"))
}

/// The first few of `items` in the words of `said`, and how many more there are.
pub(super) fn some_of<T>(items: &[T], said: impl Fn(&T) -> String) -> String {
    const SHOWN: usize = 3;
    let shown = items.iter().take(SHOWN).map(said).collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cut_and_never_rounded_up() {
        assert_eq!(value(&Exact::new(9999.into(), 10000.into()), Unit::Ratio), "99.9 %");
        assert_eq!(value(&Exact::new(4.into(), 5.into()), Unit::Ratio), "80 %");
        assert_eq!(value(&Exact::new(729_601.into(), 4000.into()), Unit::Milliseconds), "182.4 ms");
        assert_eq!(value(&Exact::new((-1).into(), 3.into()), Unit::Count), "-0.333");
        assert_eq!(value(&whole(0), Unit::Count), "0");
    }

    #[test]
    fn lines_that_follow_each_other_are_one_range() {
        assert_eq!(lines(&[3, 4, 5, 9, 11, 12]), "3-5, 9, 11-12");
        assert_eq!(lines(&[u32::MAX]), u32::MAX.to_string());
        assert_eq!(lines(&[]), "");
    }
}
