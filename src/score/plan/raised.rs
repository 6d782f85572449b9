//! A scorecard with other attainments, and what getting there costs.

use num_traits::One;

use crate::model::exact::Exact;
use crate::model::plan::Hours;
use crate::policy::Effort;
use crate::score::points::{CheckScore, Scorecard};

/// Entries of a phase or a scenario whose checks the policy does not have.
pub(super) fn unknown(card: &Scorecard<'_>, wanted: &[(String, Exact)]) -> Vec<String> {
    let missing = wanted.iter().filter(|(id, _)| card.check(id).is_none());
    missing.map(|(id, _)| id.clone()).collect()
}

/// Sets the attainment of `id`; nothing happens to a check that does not exist.
pub(super) fn set(card: &mut Scorecard<'_>, id: &str, attainment: &Exact) {
    if let Some(score) = card.checks.iter_mut().find(|score| score.check.id == id) {
        score.attainment = attainment.clone();
    }
}

/// Hours of going from `before` to `after`, when every check that rises is closed and says what that takes.
pub(super) fn effort(before: &Scorecard<'_>, after: &Scorecard<'_>) -> Option<Hours> {
    let pairs = before.checks.iter().zip(&after.checks);
    let rising: Vec<&CheckScore<'_>> =
        pairs.filter(|(old, new)| new.attainment > old.attainment).map(|(_, new)| new).collect();
    let hours = rising.iter().map(|score| {
        let closes = score.attainment == Exact::one();
        score.check.effort.as_ref().filter(|_| closes).map(hours)
    });
    let hours: Vec<Option<Hours>> = hours.collect();
    total(hours.iter().map(Option::as_ref))
}

/// An effort as the plan holds it.
pub(super) fn hours(effort: &Effort) -> Hours {
    (effort.low.clone(), effort.high.clone())
}

/// Hours of all parts, when there is a part and all have an effort.
pub(super) fn total<'a>(parts: impl Iterator<Item = Option<&'a Hours>>) -> Option<Hours> {
    let parts: Option<Vec<&Hours>> = parts.collect();
    let parts = parts.filter(|parts| !parts.is_empty())?;
    let sum = |end: fn(&Hours) -> &Exact| parts.iter().map(|hours| end(hours)).sum();
    Some((sum(|hours| &hours.0), sum(|hours| &hours.1)))
}
