//! What is missing to 100, check by check.

use std::cmp::Reverse;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::points::{CheckScore, Scorecard};
use super::show;
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::MetricState;
use crate::model::order;
use crate::model::report::{CheckReport, DimensionReport, Gap};
use crate::policy::{Effort, MetricSelector, Subject};

/// All gaps, most points first; the shown ones are those that the rows were laid out with.
pub(super) fn gaps(card: &Scorecard<'_>, dimensions: &[DimensionReport]) -> Vec<Gap> {
    let shown: Vec<&CheckReport> = dimensions.iter().flat_map(|dimension| &dimension.checks).collect();
    let mut gaps: Vec<Gap> = card
        .checks
        .iter()
        .filter(|score| score.gap().is_positive())
        .map(|score| {
            let row = shown.iter().find(|row| row.id == score.check.id);
            gap(score, row.map_or(Tenths::ZERO, |row| row.max_points - row.points))
        })
        .collect();
    order::sort_by_key(&mut gaps, |gap| Reverse((gap.points, gap.exact.clone())));
    gaps
}

fn gap(score: &CheckScore<'_>, points: Tenths) -> Gap {
    let exact = score.gap();
    let effort = score.check.effort.as_ref();
    let hours = effort.map(middle).filter(Exact::is_positive);
    Gap {
        check: score.check.id.clone(),
        points,
        effort_hours: effort.map(|effort| (effort.low.clone(), effort.high.clone())),
        points_per_hour: hours.map(|hours| &exact / hours),
        exact,
        advice: advice(score),
    }
}

/// The middle of an effort, in hours.
pub(super) fn middle(effort: &Effort) -> Exact {
    (&effort.low + &effort.high) / whole(2)
}

/// What to bring about.
pub(super) fn advice(score: &CheckScore<'_>) -> String {
    let id = &score.check.id;
    let because = score.metric.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    match (score.metric.state, &score.check.subject) {
        (MetricState::Measured, _) => raise(score),
        (MetricState::Claimed, _) => format!("measure what {id} only claims{because}"),
        (MetricState::Expired, _) => format!("renew the claim of {id}, or measure it{because}"),
        (MetricState::Stale, _) => format!("measure {id} on this commit{because}"),
        (MetricState::Invalid, _) => format!("repair the evidence of {id}{because}"),
        (MetricState::NoEvidence, Subject::Attestation(_)) => format!("wait for the claim of {id}{because}"),
        (MetricState::NoEvidence, Subject::Metric(_)) => format!("bring evidence for {id}{because}"),
    }
}

fn raise(score: &CheckScore<'_>) -> String {
    let (check, metric) = (score.check, &score.metric);
    let Some(value) = &metric.value else { return format!("measure {}", check.id) };
    let verb = if *value < check.target { "raise" } else { "lower" };
    let (from, to) = (show::value(value, metric.unit), show::value(&check.target, metric.unit));
    let more = metric.counts.map(|counts| missing(counts, &check.target)).filter(Signed::is_positive);
    let more = match (more, metric.counts) {
        (Some(more), Some((_, total))) => format!(" ({more} more of {total}{})", aside(score)),
        _ => String::new(),
    };
    format!("{verb} {} from {from} to {to}{more}", check.id)
}

/// That the numbers count cases which did not run.
fn aside(score: &CheckScore<'_>) -> String {
    let is_of_tests = matches!(&score.check.subject, Subject::Metric(MetricSelector::Tests { .. }));
    let reason = score.metric.reason.as_ref().filter(|_| is_of_tests);
    reason.map(|reason| format!("; {reason}")).unwrap_or_default()
}

/// How many more of the total reach `target`.
fn missing((numerator, denominator): (u64, u64), target: &Exact) -> BigInt {
    let needed = (target * whole(denominator)).ceil().to_integer() - BigInt::from(numerator);
    if needed.is_negative() { BigInt::zero() } else { needed }
}
