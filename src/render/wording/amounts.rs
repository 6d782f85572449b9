//! Numbers with their units, counts with their nouns.

use num_traits::Signed;

use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::Unit;
pub(crate) use crate::model::words::counted;

/// `value` in `unit`: `61.1 %`, `182.4 ms`, `1.5 MB`, `30`. Rounded down, so nothing reads better than it is.
pub(crate) fn amount(value: &Exact, unit: Unit) -> String {
    match unit {
        Unit::Count => decimal(value, 3),
        Unit::Ratio => format!("{} %", Tenths::floor(&(value * whole(100)))),
        Unit::Milliseconds if value.abs() >= whole(1000) => {
            format!("{} s", decimal(&(value / whole(1000)), 2))
        }
        Unit::Milliseconds => format!("{} ms", decimal(value, 2)),
        Unit::Bytes => bytes(value),
        Unit::PerSecond => format!("{}/s", decimal(value, 2)),
    }
}

/// At most `digits` digits after the point, rounded down, without trailing zeros.
pub(crate) fn decimal(value: &Exact, digits: u32) -> String {
    let scaled = (value * whole(10_u64.pow(digits))).floor().to_integer();
    let sign = if scaled.is_negative() { "-" } else { "" };
    let all = format!("{:0>width$}", scaled.magnitude(), width = digits as usize + 1);
    let (integer, fraction) = all.split_at(all.len() - digits as usize);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{integer}"),
        fraction => format!("{sign}{integer}.{fraction}"),
    }
}

/// `units` of which `10^digits` are one, with as many decimals as it takes: `1.25`, `0.000001`, `3`.
pub(crate) fn exact_decimal(units: u64, digits: u32) -> String {
    decimal(&(whole(units) / whole(10_u64.pow(digits))), digits)
}

fn bytes(value: &Exact) -> String {
    let mut scaled = value.clone();
    let mut units = ["B", "kB", "MB", "GB"].into_iter().peekable();
    while let Some(unit) = units.next() {
        if scaled < whole(1000) || units.peek().is_none() {
            return format!("{} {unit}", decimal(&scaled, 1));
        }
        scaled /= whole(1000);
    }
    decimal(value, 0)
}

/// Nanoseconds as people say them: `340 ms`, `1.3 s`, `2 min 5 s`.
pub(crate) fn duration(nanoseconds: u64) -> String {
    let milliseconds = nanoseconds / 1_000_000;
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..60_000 => format!("{} s", Tenths(i64::try_from(milliseconds / 100).unwrap_or(i64::MAX))),
        _ => format!("{} min {} s", milliseconds / 60_000, milliseconds % 60_000 / 1_000),
    }
}

/// The length of a list with its noun.
pub(crate) fn listed<T>(list: &[T], noun: &str) -> String {
    counted(list.len() as u64, noun)
}

/// Line numbers as ranges: `3, 7-9, 12`; at most `limit` ranges, then how many lines are left out.
pub(crate) fn ranges(lines: &[u32], limit: usize) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &line in lines {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(line) => *last = line,
            _ => ranges.push((line, line)),
        }
    }
    let shown = ranges
        .iter()
        .take(limit)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    let text = shown.collect::<Vec<_>>().join(", ");
    let left: u32 = ranges.iter().skip(limit).map(|(first, last)| last - first + 1).sum();
    if left == 0 { text } else { format!("{text} and {left} more") }
}

/// Hours from least to most: `2 h to 4 h`.
pub(crate) fn effort(hours: &(Exact, Exact)) -> String {
    let (low, high) = hours;
    if low == high {
        format!("{} h", decimal(low, 1))
    } else {
        format!("{} h to {} h", decimal(low, 1), decimal(high, 1))
    }
}
