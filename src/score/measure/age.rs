//! `max-age`: evidence that was made too long ago says nothing about this commit.

use jiff::tz::TimeZone;

use crate::model::input::Kind;
use crate::policy::{Check, MetricSelector, Subject};
use crate::score::facts::Facts;
use crate::score::show::count;

/// Why the evidence of `check` is older than `days`; nothing when it is not, or when nobody says how old it is.
pub(super) fn exceeded(check: &Check, days: u32, facts: &Facts<'_>) -> Option<String> {
    let kind = kind(check)?;
    let (_, made) = facts.evidence.dates.iter().find(|(of, _)| *of == kind)?;
    let made = made.to_zoned(TimeZone::UTC).date();
    let age = u32::try_from(made.until(facts.claims_on).ok()?.get_days()).unwrap_or(0);
    let limit = count(u64::from(days), "day");
    (age > days)
        .then(|| format!("made on {made}, {} ago; `max-age` is {limit}", count(u64::from(age), "day")))
}

/// The kind of evidence that `check` is measured from.
pub(in crate::score) fn kind(check: &Check) -> Option<Kind> {
    match &check.subject {
        Subject::Attestation(_) | Subject::Metric(MetricSelector::Todos { .. }) => None,
        Subject::Metric(MetricSelector::Tests { .. }) => Some(Kind::Tests),
        Subject::Metric(MetricSelector::Coverage { .. }) => Some(Kind::Coverage),
        Subject::Metric(MetricSelector::Findings { .. }) => Some(Kind::Findings),
        Subject::Metric(MetricSelector::Named(_)) => Some(Kind::Measurements),
    }
}
