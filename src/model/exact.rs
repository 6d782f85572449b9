//! Exact numbers, and the only way from them to what a reader sees.
//!
//! A score is a sum over checks whose denominators are line and test counts, so it outgrows every machine
//! integer; [`Exact`] is a rational of big integers. Shown numbers are [`Tenths`].

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// An exact rational number.
pub type Exact = BigRational;

/// A whole number as an exact one.
pub fn whole(number: impl Into<BigInt>) -> Exact {
    Exact::from_integer(number.into())
}

/// `numerator / denominator`, or nothing when the denominator is 0: 0/0 is "no data".
pub fn ratio(numerator: u64, denominator: u64) -> Option<Exact> {
    (denominator != 0).then(|| Exact::new(numerator.into(), denominator.into()))
}

/// Reads a plain decimal such as `80`, `-0.5`, `.5` or `1.5e-3`; nothing else, so no NaN and no infinity.
pub fn parse_decimal(text: &str) -> Option<Exact> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    if exponent.unsigned_abs() > 400 || mantissa.len() > 400 {
        return None;
    }
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{integer}{fraction}");
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = all.parse::<BigInt>().ok()?;
    let shift = exponent - i32::try_from(fraction.len()).ok()?;
    let power = BigInt::from(10u8).pow(shift.unsigned_abs());
    let exact = if shift >= 0 { Exact::from_integer(number * power) } else { Exact::new(number, power) };
    Some(if negative { -exact } else { exact })
}

/// The nearest floating-point number, for JSON output only: nothing is ever decided on it.
pub fn to_f64(number: &Exact) -> f64 {
    number.to_f64().unwrap_or(0.0)
}

/// A shown number: whole tenths. Scores, points and deltas reach a reader only in this form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub i64);

impl Tenths {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The largest tenth that is not above `number`.
    pub fn floor(number: &Exact) -> Self {
        Self((number * whole(10)).floor().to_integer().to_i64().unwrap_or(i64::MAX))
    }

    /// The tenth that equals `number`, if there is one.
    pub fn exactly(number: &Exact) -> Option<Self> {
        let tenths = number * whole(10);
        if tenths.is_integer() { tenths.to_integer().to_i64().map(Self) } else { None }
    }

    /// The same value as an exact number.
    pub fn exact(self) -> Exact {
        Exact::new(self.0.into(), 10.into())
    }

    /// The value for JSON, where `874` tenths print as `87.4`.
    pub fn to_f64(self) -> f64 {
        to_f64(&self.exact())
    }

    /// With an explicit sign, as deltas are written: `+1.2`, `-0.3`, `0.0`.
    pub fn signed(self) -> String {
        if self.0 > 0 { format!("+{self}") } else { self.to_string() }
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10)
    }
}

impl std::ops::Add for Tenths {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Tenths {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Tenths {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        Self(parts.map(|part| part.0).sum())
    }
}

/// A percentage floored to one decimal, as coverage and pass rates are shown: never 100.0 unless complete.
pub fn percent(numerator: u64, denominator: u64) -> Option<Tenths> {
    ratio(numerator, denominator).map(|r| Tenths::floor(&(r * whole(100))))
}

/// `number` limited to `0..=1`.
pub fn clamp_unit(number: Exact) -> Exact {
    if number.is_negative() {
        Exact::zero()
    } else if number > whole(1) {
        whole(1)
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(parse_decimal("0.1"), Some(Exact::new(1.into(), 10.into())));
        assert_eq!(parse_decimal("-1.5e1"), Some(whole(-15)));
        assert_eq!(parse_decimal(".5"), Some(Exact::new(1.into(), 2.into())));
        for wrong in ["", ".", "NaN", "inf", "1,5", "1e999", "0x10", "1 "] {
            assert_eq!(parse_decimal(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn shown_numbers_are_floored() {
        assert_eq!(Tenths::floor(&Exact::new(9999.into(), 100.into())).to_string(), "99.9");
        assert_eq!(Tenths::floor(&Exact::new((-1).into(), 100.into())).to_string(), "-0.1");
        assert_eq!(Tenths(12).signed(), "+1.2");
        assert_eq!(Tenths(0).signed(), "0.0");
        assert_eq!(percent(2401, 2654).map(|p| p.to_string()).as_deref(), Some("90.4"));
        assert_eq!(percent(0, 0), None);
    }
}
