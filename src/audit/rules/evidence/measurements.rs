//! Measurements by their names.

use super::claim::{Claim, holds};
use super::verdict::Verdict;
use crate::audit::measured::Measured;
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};
use crate::model::metric::{Measurement, Unit as Base};

/// `p95 < 500 ms`, `P99 query latency: ~80ms`, and any measurement by its name.
pub(super) fn compare(claim: &Claim<'_>, measured: &Measured, verdicts: &mut Vec<Verdict>) {
    for measurement in &measured.measurements {
        if !speaks_of(&claim.about, measurement, &measured.measurements) {
            continue;
        }
        let numbers: Vec<(&Quantity, Exact)> =
            claim.quantities.iter().filter_map(|q| Some((q, factor(q, claim, measurement.unit)?))).collect();
        let [(quantity, factor), ..] = numbers.as_slice() else { continue };
        let scaled = &measurement.value / factor;
        let unit = match measurement.unit {
            Base::Milliseconds => " ms",
            Base::PerSecond => " per second",
            Base::Ratio => "%",
            Base::Bytes => " bytes",
            Base::Count => "",
        };
        let ratio = measurement.unit == Base::Ratio;
        let value = if ratio { &measurement.value * whole(100) } else { measurement.value.clone() };
        let measured = format!("{}{unit} (`{}`)", shown(&value), measurement.id);
        let fits = holds(quantity, &scaled);
        verdicts
            .push(Verdict::new(claim, quantity, (&measurement.id, scaled, measured)).holding(fits).of_all());
    }
}

/// How many base units one of a claim's unit is.
fn factor(quantity: &Quantity, claim: &Claim<'_>, base: Base) -> Option<Exact> {
    let written = claim.text.get(quantity.start..quantity.end).unwrap_or_default();
    let seconds = written
        .trim_end_matches("seconds")
        .trim_end_matches('s')
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit())
        && quantity.unit == Unit::Other;
    match (base, quantity.unit) {
        (Base::Milliseconds, Unit::Milliseconds) => Some(whole(1)),
        (Base::Milliseconds, Unit::Other) if seconds => Some(whole(1000)),
        (Base::Ratio, Unit::Percent) => Some(Exact::new(1.into(), 100.into())),
        (Base::Count | Base::PerSecond, Unit::None)
            if quantity.over.is_none() && !is_percentile(claim, quantity) =>
        {
            Some(whole(1))
        }
        _ => None,
    }
}

/// Whether a number is the 95 of `p95`.
fn is_percentile(claim: &Claim<'_>, quantity: &Quantity) -> bool {
    claim.text.get(..quantity.start).is_some_and(|before| before.ends_with(['p', 'P']))
}

/// Whether a claim names a measurement: all words of its id, or the only percentile of that name.
fn speaks_of(about: &str, measurement: &Measurement, all: &[Measurement]) -> bool {
    let parts: Vec<String> = measurement
        .id
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let Some(last) = parts.last() else { return false };
    let percentile = last
        .strip_prefix('p')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let only = all.iter().filter(|other| other.id.to_lowercase().ends_with(last.as_str())).count() == 1;
    if percentile {
        return mentions(about, &[last])
            && (only || parts.iter().rev().skip(1).all(|part| mentions(about, &[part])));
    }
    parts.iter().all(|part| mentions(about, &[part]))
}
