//! Numbers on the wire.

use num_traits::ToPrimitive;
use serde::{Serialize, Serializer};

use crate::model::exact::{Exact, Tenths, to_f64, whole};
use crate::model::gate::GateNumber;
use crate::model::metric::Unit;

/// A number as JSON writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// Without a point.
    Whole(i64),
    /// With one.
    Decimal(f64),
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Decimal(number) => serializer.serialize_f64(*number),
        }
    }
}

impl Number {
    /// Whole numbers as such, others rounded down to twelve digits after the point, so that a share just below 1
    /// never reads as 1.
    pub(super) fn of(number: &Exact) -> Self {
        let whole_number = number.is_integer().then(|| number.to_integer().to_i64()).flatten();
        whole_number.map_or_else(|| Self::Decimal(decimal(number)), Self::Whole)
    }

    /// Shares always have a point: `1.0`.
    pub(super) fn in_unit(number: &Exact, unit: Unit) -> Self {
        match unit {
            Unit::Ratio => Self::Decimal(decimal(number)),
            _ => Self::of(number),
        }
    }
}

impl From<Tenths> for Number {
    fn from(tenths: Tenths) -> Self {
        Self::Decimal(tenths.to_f64())
    }
}

impl From<GateNumber> for Number {
    fn from(number: GateNumber) -> Self {
        match number {
            GateNumber::Tenths(tenths) => tenths.into(),
            GateNumber::Count(count) => {
                i64::try_from(count).map_or(Self::Decimal(to_f64(&whole(count))), Self::Whole)
            }
        }
    }
}

fn decimal(number: &Exact) -> f64 {
    let shift = whole(1_000_000_000_000_u64);
    to_f64(&((number * &shift).floor() / shift))
}

/// Nanoseconds as seconds.
pub(super) fn seconds(nanoseconds: u64) -> f64 {
    to_f64(&Exact::new(nanoseconds.into(), 1_000_000_000_u64.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::exact::ratio;

    #[test]
    fn numbers_read_as_people_write_them() {
        let shown = [
            serde_json::to_string(&Number::from(Tenths(874))),
            serde_json::to_string(&Number::of(&ratio(987, 1000).unwrap())),
            serde_json::to_string(&Number::of(&ratio(2, 3).unwrap())),
            serde_json::to_string(&Number::of(&whole(40))),
            serde_json::to_string(&Number::in_unit(&whole(1), Unit::Ratio)),
            serde_json::to_string(&Number::of(
                &ratio(9_999_999_999_999_999, 10_000_000_000_000_000).unwrap(),
            )),
            serde_json::to_string(&seconds(1_250_000_000)),
            serde_json::to_string(&seconds(7_000_001)),
        ]
        .map(Result::unwrap);
        let wanted =
            ["87.4", "0.987", "0.666666666666", "40", "1.0", "0.999999999999", "1.25", "0.007000001"];
        assert_eq!(shown, wanted);
    }
}
