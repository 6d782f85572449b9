//! How a column of a table follows from two others.

use num_traits::{One as _, Signed as _, Zero as _};

use crate::model::exact::{Exact, whole};

/// How a column follows from two others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Sum,
    Product,
    Share,
    Quotient,
    Percent,
    Change,
}

/// All of them, those that say most first.
pub(super) const ALL: [Relation; 6] = [
    Relation::Share,
    Relation::Percent,
    Relation::Sum,
    Relation::Product,
    Relation::Quotient,
    Relation::Change,
];

impl Relation {
    /// What two numbers make, and whether they could not make it by chance.
    pub(super) fn of(self, a: &Exact, b: &Exact) -> Option<(Exact, bool)> {
        let plain = |number: &Exact| number.is_zero() || number.is_one();
        let divides = b.is_positive() && !a.is_negative();
        match self {
            Self::Sum => Some((a + b, !a.is_zero() && !b.is_zero())),
            Self::Product => Some((a * b, !plain(a) && !plain(b))),
            // `25% of 90` counts the percent as hundredths.
            Self::Share => Some((a * b / whole(100), !plain(a) && !plain(b))),
            Self::Quotient => divides.then(|| (a / b, !plain(a) && !plain(b))),
            Self::Percent => divides.then(|| (a * whole(100) / b, !a.is_zero() && a != b)),
            Self::Change => a.is_positive().then(|| ((b - a) * whole(100) / a, a != b)),
        }
    }

    /// Whether it matters which number comes first.
    pub(super) fn is_ordered(self) -> bool {
        !matches!(self, Self::Sum | Self::Product | Self::Share)
    }

    /// Whether totals do not keep it.
    pub(super) fn is_local(self) -> bool {
        !matches!(self, Self::Sum | Self::Percent)
    }

    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Sum => "plus",
            Self::Product | Self::Share => "times",
            Self::Quotient => "by",
            Self::Percent => "of",
            Self::Change => "to",
        }
    }
}
