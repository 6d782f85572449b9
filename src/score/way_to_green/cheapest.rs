//! The cheapest gaps that suffice.

use num_traits::Zero;

use super::candidate::Candidate;
use super::need::Need;
use crate::model::exact::Exact;
use crate::model::order;
use crate::policy::Effort;
use crate::score::gaps::middle;

/// Up to this many gaps every subset is tried, so the answer is the cheapest; beyond, it is a good one.
const EXACT_UP_TO: usize = 12;

/// The cheapest candidates that meet all needs together with the forced ones.
pub(super) fn cheapest<'a>(
    optional: &'a [Candidate<'a>],
    needs: &[Need<'_>],
    forced: &'a [Candidate<'a>],
) -> Vec<&'a Candidate<'a>> {
    let enough = |chosen: &[&'a Candidate<'a>]| {
        needs.iter().all(|need| need.is_met(forced.iter().chain(chosen.iter().copied())))
    };
    let useful: Vec<&Candidate<'_>> =
        optional.iter().filter(|candidate| needs.iter().any(|need| need.counts(candidate))).collect();
    if useful.len() <= EXACT_UP_TO { smallest_cost(&useful, &enough) } else { pruned(&useful, &enough) }
}

/// Tries every subset.
fn smallest_cost<'a>(
    useful: &[&'a Candidate<'a>],
    enough: &dyn Fn(&[&'a Candidate<'a>]) -> bool,
) -> Vec<&'a Candidate<'a>> {
    let timed = useful.iter().all(|candidate| candidate.score.check.effort.is_some());
    let subset = |mask: u32| -> Vec<&'a Candidate<'a>> {
        let bits = useful.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
        bits.map(|(_, candidate)| *candidate).collect()
    };
    let subsets = (0..1_u32 << useful.len()).map(subset).filter(|chosen| enough(chosen));
    subsets.min_by_key(|chosen| cost(chosen, timed)).unwrap_or_default()
}

/// Takes the largest gains until they suffice, then leaves out what is not needed after all.
fn pruned<'a>(
    useful: &[&'a Candidate<'a>],
    enough: &dyn Fn(&[&'a Candidate<'a>]) -> bool,
) -> Vec<&'a Candidate<'a>> {
    let mut chosen: Vec<&Candidate<'_>> = Vec::new();
    for candidate in useful {
        if enough(&chosen) {
            break;
        }
        chosen.push(candidate);
    }
    for index in (0..chosen.len()).rev() {
        let without: Vec<_> =
            chosen.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, kept)| *kept).collect();
        if enough(&without) {
            chosen = without;
        }
    }
    chosen
}

/// Fewest hours when every gap has an effort, else fewest steps; then the least that suffices.
fn cost(chosen: &[&Candidate<'_>], timed: bool) -> (Exact, usize, Exact) {
    let hours = chosen.iter().filter_map(|candidate| candidate.score.check.effort.as_ref()).map(middle);
    let hours = if timed { hours.fold(Exact::zero(), |sum, hours| sum + hours) } else { Exact::zero() };
    let points = chosen.iter().fold(Exact::zero(), |sum, candidate| sum + &candidate.gain);
    (hours, chosen.len(), points)
}

/// Hours of all steps, when all have an effort.
pub(super) fn effort(chosen: &[&Candidate<'_>]) -> Option<(Exact, Exact)> {
    let checks =
        order::map(chosen.iter().map(|candidate| (&candidate.score.check.id, candidate.score.check)));
    let efforts: Option<Vec<&Effort>> = checks.values().map(|check| check.effort.as_ref()).collect();
    let efforts = efforts.filter(|efforts| !efforts.is_empty())?;
    let sum = |end: fn(&Effort) -> &Exact| efforts.iter().map(|effort| end(effort)).sum();
    Some((sum(|effort| &effort.low), sum(|effort| &effort.high)))
}
