//! What a number in prose says: its range, unit, sign and limit.

use num_traits::Signed as _;

use crate::model::exact::{Exact, whole};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::audit) enum Unit {
    /// Nothing is said.
    None,
    /// Percent.
    Percent,
    /// Points of a score.
    Points,
    /// Time for work, in hours.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Minutes.
    Minutes,
    /// Seconds and below, in milliseconds.
    Milliseconds,
    /// People.
    People,
    /// An amount of money, in whatever currency.
    Money,
    /// Something that is not told apart here: bytes, factors.
    Other,
}

impl Unit {
    pub(in crate::audit) fn is_duration(self) -> bool {
        matches!(self, Self::Hours | Self::Days | Self::Weeks | Self::Months)
    }
}

/// Whether a number is exact or a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::audit) enum Limit {
    /// As it stands.
    Exactly,
    /// `~80`, `about 80`.
    About,
    /// `80+`, `>80`.
    AtLeast,
    /// `<80`.
    AtMost,
}

/// One number or range of a line.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Quantity {
    /// The lower end.
    pub(in crate::audit) low: Exact,
    /// The upper end; equal to the lower one unless a range is written.
    pub(in crate::audit) high: Exact,
    /// The whole of `8/10`.
    pub(in crate::audit) over: Option<Exact>,
    /// Decimals written.
    pub(in crate::audit) decimals: u32,
    /// With an explicit sign.
    pub(in crate::audit) signed: bool,
    /// Exact or a limit.
    pub(in crate::audit) limit: Limit,
    /// What it counts.
    pub(in crate::audit) unit: Unit,
    /// Where it stands in its text, in bytes, with sign and unit.
    pub(in crate::audit) start: usize,
    /// Where it ends.
    pub(in crate::audit) end: usize,
}

impl Quantity {
    /// Whether it is one number.
    pub(in crate::audit) fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// One unit in the last decimal that is written.
    pub(in crate::audit) fn ulp(&self) -> Exact {
        ulp(self.decimals)
    }

    /// A score on the scale 0..=100: `8/10`, `92/100`, `60%`; nothing for a plain number.
    pub(in crate::audit) fn as_percent(&self) -> Option<(Exact, Exact)> {
        match (&self.over, self.unit) {
            (Some(over), _) if over.is_positive() => {
                Some((&self.low * whole(100) / over, &self.high * whole(100) / over))
            }
            (None, Unit::Percent) => Some((self.low.clone(), self.high.clone())),
            _ => None,
        }
    }

    /// A score as written in documents: of 10 or 100, or a percentage.
    pub(in crate::audit) fn as_score(&self) -> Option<(Exact, Exact)> {
        let fits = self
            .over
            .as_ref()
            .is_none_or(|over| *over == whole(100) || *over == whole(10) || *over == whole(5));
        if fits { self.as_percent() } else { None }
    }
}

/// One unit in the last of `decimals` places.
pub(in crate::audit) fn ulp(decimals: u32) -> Exact {
    Exact::new(1.into(), num_bigint::BigInt::from(10u8).pow(decimals))
}

/// Whether `stated`, written with `decimals` places, is `exact` rounded or floored.
pub(in crate::audit) fn says(stated: &Exact, decimals: u32, exact: &Exact) -> bool {
    let (unit, error) = (ulp(decimals), exact - stated);
    let half = &unit / whole(2);
    -&half <= error && error < unit
}

/// A number for a reader: at most two decimals, none where none are needed.
pub(in crate::audit) fn shown(number: &Exact) -> String {
    let hundredths = (number * whole(100)).round().to_integer();
    let (sign, digits) = if hundredths.is_negative() { ("-", -hundredths) } else { ("", hundredths) };
    let (integer, rest) = (&digits / 100u32, (&digits % 100u32).to_string());
    let fraction = format!("{rest:0>2}");
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{integer}") } else { format!("{sign}{integer}.{fraction}") }
}

/// A range for a reader: `8`, or `8-13`.
pub(in crate::audit) fn shown_range(low: &Exact, high: &Exact) -> String {
    if low == high { shown(low) } else { format!("{}-{}", shown(low), shown(high)) }
}

#[cfg(test)]
mod tests {
    use super::super::scan::quantities;
    use super::*;

    fn one(text: &str) -> String {
        quantities(text)
            .iter()
            .map(|q| {
                let over = q.over.as_ref().map(|o| format!("/{}", shown(o))).unwrap_or_default();
                format!(
                    "{}{over} {:?} {:?}{}",
                    shown_range(&q.low, &q.high),
                    q.unit,
                    q.limit,
                    if q.signed { " signed" } else { "" }
                )
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn numbers_are_read_with_range_unit_sign_and_limit() {
        assert_eq!(one("40-60h"), "40-60 Hours Exactly");
        assert_eq!(one("2–4 hours"), "2-4 Hours Exactly");
        assert_eq!(one("2h - 4h"), "2-4 Hours Exactly");
        assert_eq!(one("70-75%"), "70-75 Percent Exactly");
        assert_eq!(one("1,413 tests"), "1413 None Exactly");
        assert_eq!(one("78.4%"), "78.4 Percent Exactly");
        assert_eq!(
            one("(8/10 → 10/10) = +2 points"),
            "8/10 None Exactly; 10/10 None Exactly; 2 Points Exactly signed"
        );
        assert_eq!(one("8->10"), "8 None Exactly; 10 None Exactly");
        assert_eq!(one("96-97/100"), "96-97/100 None Exactly");
        assert_eq!(one("+25-30%"), "25-30 Percent Exactly signed");
        assert_eq!(
            one("95%+ and >99.9% and <50 and ~80ms"),
            "95 Percent AtLeast; 99.9 Percent AtLeast; 50 None AtMost; 80 Milliseconds About"
        );
        assert_eq!(
            one("12-week roadmap, 2 engineers, 10k docs"),
            "12 Weeks Exactly; 2 People Exactly; 10000 None Exactly"
        );
        assert_eq!(one("20+ chaos"), "20 None AtLeast");
        assert_eq!(one("36 of 71 tests"), "36 None Exactly; 71 None Exactly");
        assert_eq!(one("8 / 10"), "8/10 None Exactly");
        assert_eq!(one("76 of 100 points, 76 of 100."), "76/100 None Exactly; 76/100 None Exactly");
        assert_eq!(one("76 of 100 tests"), "76 None Exactly; 100 None Exactly");
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in [
            "v2.3.1",
            "1.2.3",
            "2025-12-27T09:20:00+07:00",
            "10/12/2025",
            "utf8",
            "0x10",
            "1st",
            "#42",
            "a-1",
            "127.0.0.1",
            "09:20",
            "3D",
            "$5",
        ] {
            let found: Vec<_> = quantities(text)
                .into_iter()
                .filter(|q| !matches!(q.unit, Unit::Other | Unit::Money))
                .collect();
            assert!(found.is_empty(), "{text}: {}", one(text));
        }
    }

    #[test]
    fn a_stated_number_may_be_rounded_or_floored() {
        let exact = Exact::new(240_100.into(), 2654.into());
        let tenth = |t: i64| Exact::new(t.into(), 10.into());
        assert!(says(&tenth(905), 1, &exact) && says(&tenth(904), 1, &exact) && says(&whole(90), 0, &exact));
        assert!(
            !says(&tenth(906), 1, &exact) && !says(&tenth(903), 1, &exact) && !says(&whole(91), 0, &exact)
        );
        assert_eq!(shown(&exact), "90.47");
        assert_eq!(shown(&whole(-3)), "-3");
    }
}
