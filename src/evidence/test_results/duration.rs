//! Durations as test tools write them: seconds with commas, exponents and units, ISO 8601, clock times.

use std::borrow::Cow;

/// Seconds above which a plain number must be nanoseconds: no case runs for ten years.
const TOO_LONG: u64 = 10 * 365 * 24 * 3600;
const NANOS: u64 = 1_000_000_000;

/// What a duration attribute says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Duration {
    /// Nanoseconds.
    Known(u64),
    /// Nanoseconds, because as seconds it would be longer than ten years.
    Guessed(u64),
    /// Nothing written.
    Absent,
    /// Not a duration: negative, not a number, or something else.
    Odd,
}

/// Reads `text`; a number without unit is seconds.
pub(super) fn parse(text: &str) -> Duration {
    let text = text.trim();
    if text.is_empty() {
        return Duration::Absent;
    }
    let known = plain(text).or_else(|| with_unit(text)).or_else(|| iso(text)).or_else(|| clock(text));
    match known {
        Some(nanos) if nanos / NANOS > TOO_LONG => Duration::Guessed(nanos / NANOS),
        Some(nanos) => Duration::Known(nanos),
        None => Duration::Odd,
    }
}

/// `1.5`: what nearly all tools write, without looking for anything else.
fn plain(text: &str) -> Option<u64> {
    const DIGITS: usize = 9;
    let (integer, fraction) = text.split_once('.')?;
    if integer.len() > DIGITS || fraction.len() > DIGITS {
        return None;
    }
    let append = |value: u64, digit: u8| match digit {
        b'0'..=b'9' => Some(value * 10 + u64::from(digit - b'0')),
        _ => None,
    };
    let value = fraction.bytes().try_fold(integer.bytes().try_fold(0, append)?, append)?;
    let missing = (DIGITS - fraction.len()).try_into().ok()?;
    (text.len() > 1).then(|| value * 10_u64.pow(missing))
}

/// Nanoseconds, when `text` is a duration that a case may have.
pub(super) fn known(text: &str) -> Option<u64> {
    match parse(text) {
        Duration::Known(nanoseconds) => Some(nanoseconds),
        Duration::Guessed(_) | Duration::Absent | Duration::Odd => None,
    }
}

/// `1.5`, `0.002s`, `15 ms`.
fn with_unit(text: &str) -> Option<u64> {
    let end = text.find(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E') || c == 'µ' || c == 'μ');
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let power = match unit.trim() {
        "" | "s" | "sec" | "secs" | "seconds" => 9,
        "ms" | "msec" => 6,
        "us" | "µs" | "μs" => 3,
        "ns" => 0,
        "m" | "min" => return scaled(number, 9)?.checked_mul(60),
        "h" => return scaled(number, 9)?.checked_mul(3600),
        _ => return None,
    };
    scaled(number, power)
}

/// `number · 10^power`, cut to a whole number; `None` for anything but a number from 0 on.
fn scaled(number: &str, power: i32) -> Option<u64> {
    let number = number.trim();
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let mantissa = without_separators(mantissa.strip_prefix('+').unwrap_or(mantissa));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
    if integer.is_empty() && fraction.is_empty() {
        return None;
    }
    let point = i32::try_from(integer.len()).ok()?.saturating_add(exponent).saturating_add(power);
    let mut value: u64 = 0;
    let mut position = 0;
    for digit in integer.chars().chain(fraction.chars()) {
        let digit = u64::from(digit.to_digit(10)?);
        if position < point {
            value = value.saturating_mul(10).saturating_add(digit);
        }
        position += 1;
    }
    for _ in position..point.min(position.saturating_add(20)) {
        value = value.saturating_mul(10);
    }
    Some(value)
}

/// One decimal point and nothing else. A comma parts thousands, unless it cannot: `0,160`, `12,5`, `1.024,5`.
fn without_separators(number: &str) -> Cow<'_, str> {
    let Some(comma) = number.rfind(',') else { return Cow::Borrowed(number) };
    let (before, after) = number.split_at(comma);
    let decimals = after.len() - 1;
    let first_group = before.split(',').next().unwrap_or_default();
    let decimal = match number.rfind('.') {
        Some(dot) => dot < comma,
        None => !before.contains(',') && (decimals != 3 || matches!(first_group, "" | "0")),
    };
    let plain = if decimal { number.replace('.', "").replace(',', ".") } else { number.replace(',', "") };
    Cow::Owned(plain)
}

/// `PT1H2M3.5S`.
fn iso(text: &str) -> Option<u64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut total: u64 = 0;
    while let Some(end) = rest.find(['H', 'M', 'S']) {
        let (number, behind) = rest.split_at(end);
        let seconds = match behind.get(..1) {
            Some("H") => 3600,
            Some("M") => 60,
            _ => 1,
        };
        total = total.saturating_add(scaled(number, 9)?.saturating_mul(seconds));
        rest = behind.get(1..).unwrap_or_default();
    }
    rest.is_empty().then_some(total)
}

/// `01:02:03.5`.
fn clock(text: &str) -> Option<u64> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = hours
        .parse::<u64>()
        .ok()?
        .checked_mul(3600)?
        .checked_add(minutes.parse::<u64>().ok()?.checked_mul(60)?)?;
    let nanos = whole.checked_mul(NANOS)?.checked_add(scaled(seconds, 9)?);
    parts.next().is_none().then_some(nanos).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_their_writers_mean_them() {
        let known = [
            ("1.25", 1_250_000_000),
            ("0.", 0),
            (".5", 500_000_000),
            ("4.5e-05", 45_000),
            ("1E3", 1_000_000_000_000),
            ("2,503.1", 2_503_100_000_000),
            ("14,029.255", 14_029_255_000_000),
            ("1,234", 1_234_000_000_000),
            ("0,160", 160_000_000),
            ("12,5", 12_500_000_000),
            ("1.024,5", 1_024_500_000_000),
            ("0.002s", 2_000_000),
            ("15 ms", 15_000_000),
            ("3µs", 3_000),
            ("2min", 120_000_000_000),
            ("PT1M1.5S", 61_500_000_000),
            ("00:01:01.5", 61_500_000_000),
            ("1e-400", 0),
            ("0.0000000019", 1),
        ];
        for (text, nanos) in known {
            assert_eq!(parse(text), Duration::Known(nanos), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_odd_and_absurd_seconds_are_nanoseconds() {
        for text in ["-0.1", "NaN", "inf", "<<computed>>", "1.2.3", "1h2", "e5", ",", "PT5", "1:2"] {
            assert_eq!(parse(text), Duration::Odd, "{text}");
        }
        assert_eq!(parse(" "), Duration::Absent);
        assert_eq!(parse("1967986371"), Duration::Guessed(1_967_986_371));
    }
}
