//! Exact shares.

/// `covered` of `total`; never turned into a float before it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// How many were executed.
    pub covered: u64,
    /// How many could have been.
    pub total: u64,
}

impl Covered {
    /// What is known when one record says this and another `other` of the same things, which cannot be laid over each
    /// other: the larger numbers, a lower bound.
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        Self { covered: self.covered.max(other.covered), total: self.total.max(other.total) }
    }
}

impl std::ops::Add for Covered {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            covered: self.covered.saturating_add(other.covered),
            total: self.total.saturating_add(other.total),
        }
    }
}

impl std::iter::Sum for Covered {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |all, part| all + part)
    }
}
