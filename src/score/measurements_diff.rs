//! Measurements beside those of the base.

use num_traits::{Signed, Zero};

use super::Situation;
use crate::model::exact::Exact;
use crate::model::metric::Measurement;
use crate::model::order;
use crate::model::report::{Comparison, MeasurementReport};

/// By id; the base's value only where it has the same unit.
pub(super) fn compare(situation: &Situation<'_>) -> Vec<MeasurementReport> {
    let before =
        situation.baseline.map(|baseline| baseline.evidence.measurements.as_slice()).unwrap_or_default();
    let mut rows: Vec<MeasurementReport> = situation
        .evidence
        .measurements
        .iter()
        .map(|now| {
            let old = before.iter().find(|old| old.id == now.id && old.unit == now.unit);
            let comparison = old.map(|old| comparison(now, old));
            MeasurementReport { measurement: now.clone(), base: old.map(|old| old.value.clone()), comparison }
        })
        .collect();
    order::sort_by(&mut rows, |one, other| one.measurement.id.cmp(&other.measurement.id));
    rows
}

/// A change that both scatters together explain is noise.
fn comparison(now: &Measurement, old: &Measurement) -> Comparison {
    if now.is_elsewhere(old) {
        return Comparison::NotComparable;
    }
    let moved = &now.value - &old.value;
    if moved.is_zero() {
        return Comparison::Same;
    }
    let scatter = [&now.spread, &old.spread].into_iter().flatten().fold(Exact::zero(), |sum, one| sum + one);
    if moved.abs() <= scatter {
        return Comparison::Noise;
    }
    match now.better.or(old.better) {
        None => Comparison::Moved,
        Some(_) if now.is_worse_than(old) => Comparison::Worse,
        Some(_) => Comparison::Better,
    }
}
