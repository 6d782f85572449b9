//! Percentiles of any number of values in bounded memory.
//!
//! Values below 4096 are kept exactly; above, a bucket is at most 1/2048 (0.05 %) of its value wide. A percentile is
//! the nearest rank's value, told as the upper end of its bucket, so it never looks better than it is.

/// Bits of a value that are kept.
const BITS: u32 = 11;

/// Counts of values by size.
#[derive(Clone, Debug, Default)]
pub(super) struct Histogram {
    buckets: Vec<u64>,
    count: u64,
    sum: u128,
    min: u64,
    max: u64,
}

impl Histogram {
    /// Counts `value`.
    pub(super) fn add(&mut self, value: u64) {
        let at = bucket(value);
        if at >= self.buckets.len() {
            self.buckets.resize(at + 1, 0);
        }
        if let Some(bucket) = self.buckets.get_mut(at) {
            *bucket += 1;
        }
        self.min = if self.count == 0 { value } else { self.min.min(value) };
        self.max = self.max.max(value);
        self.count += 1;
        self.sum += u128::from(value);
    }

    /// How many values.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    pub(super) fn sum(&self) -> u128 {
        self.sum
    }

    /// The smallest, 0 without values.
    pub(super) fn min(&self) -> u64 {
        self.min
    }

    /// The largest, 0 without values.
    pub(super) fn max(&self) -> u64 {
        self.max
    }

    /// The value that `per_mille` of a thousand values do not exceed; `None` without values.
    pub(super) fn percentile(&self, per_mille: u64) -> Option<u64> {
        let rank = u128::from(self.count) * u128::from(per_mille);
        let rank = rank.div_ceil(1000).max(1);
        let mut seen = 0_u128;
        for (at, count) in self.buckets.iter().enumerate() {
            seen += u128::from(*count);
            if seen >= rank {
                return Some(upper(at).clamp(self.min, self.max));
            }
        }
        None
    }
}

/// The bucket of `value`: its highest bits, and how far they are shifted.
fn bucket(value: u64) -> usize {
    let shift = (u64::BITS - value.leading_zeros()).saturating_sub(BITS + 1);
    let place = u64::from(shift) * (1 << BITS) + (value >> shift);
    usize::try_from(place).unwrap_or(usize::MAX - 1)
}

/// The largest value of the bucket `at`.
fn upper(at: usize) -> u64 {
    let at = at as u64;
    if at < 2 << BITS {
        return at;
    }
    let shift = (at >> BITS) - 1;
    let bits = at - shift * (1 << BITS);
    (bits << shift) | ((1 << shift) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_narrow_and_in_order() {
        let mut last = 0;
        for value in (0..5000).chain((1..52).map(|bit| 4097 << bit)).chain([u64::MAX]) {
            let at = bucket(value);
            assert!(at >= last, "{value}");
            last = at;
            let upper = upper(at);
            assert!(upper >= value && upper - value <= value >> 11, "{value} {upper}");
        }
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let mut all = Histogram::default();
        assert_eq!(all.percentile(500), None);
        (1..=1000).for_each(|value| all.add(value));
        assert_eq!(
            [500, 900, 950, 990, 1000].map(|p| all.percentile(p).unwrap()),
            [500, 900, 950, 990, 1000]
        );
        assert_eq!((all.min(), all.max(), all.count(), all.sum()), (1, 1000, 1000, 500_500));
    }
}
