//! Shares that are claimed as a percentage.

use super::claim::{Claim, PASS_RATE, holds};
use super::verdict::Verdict;
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::exact::{ratio, whole};

/// The percentages that a claim calls a coverage, or those that it does not; all of them where it has one alone.
fn percents<'c>(claim: &'c Claim<'_>, coverage: bool) -> Vec<&'c Quantity> {
    let all: Vec<&Quantity> =
        claim.quantities.iter().filter(|q| q.unit == Unit::Percent && !q.signed).collect();
    if all.len() < 2 {
        return all;
    }
    let called = |q: &&&Quantity| {
        let from = claim.quantities.iter().rfind(|other| other.end <= q.start).map_or(0, |other| other.end);
        let before = claim.text.get(from..q.start).unwrap_or_default();
        let after = claim.text.get(q.end..).unwrap_or_default();
        let after = after.split([',', '.', ';', '(', ')']).next().unwrap_or_default();
        mentions(&format!("{before} {after}").to_lowercase(), &["coverage", "covered"]) == coverage
    };
    all.iter().filter(called).copied().collect()
}

/// The only percentage of a claim against the exact share `part` of `total`; `other` is a second fair reading of it.
pub(super) fn percentage(
    claim: &Claim<'_>,
    (part, total): (u64, u64),
    other: u64,
    (kind, said): (&str, &str),
    verdicts: &mut Vec<Verdict>,
) {
    let percents = percents(claim, kind != PASS_RATE);
    let exact = |total: u64| ratio(part, total).map(|share| share * whole(100));
    let ([percent], Some(exact), Some(other)) = (percents.as_slice(), exact(total), exact(other)) else {
        return;
    };
    let measured = format!("{}% {said}", shown(&exact));
    let fits = holds(percent, &exact) || holds(percent, &other);
    verdicts.push(Verdict::new(claim, percent, (kind, exact, measured)).holding(fits));
}
