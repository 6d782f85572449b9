//! Head against base: what evidence changed apart from what the policy changed, per check and with a cause.
//!
//! evidence = (head evidence − base evidence), both under the head's policy; policy = (head policy − base policy),
//! both on the base's evidence. All three totals are differences of shown scores, so they add up as shown.

use num_traits::{Signed, Zero};

use super::apportion::{Ties, apportion_groups};
use super::layout::{BaseCards, CheckRow, DimensionRow};
use super::points::{CheckScore, Scorecard};
use crate::model::exact::{Exact, Tenths};
use crate::model::metric::{Metric, MetricState};
use crate::model::report::{Cause, Delta};
use crate::policy::{Check, MetricSelector, Subject};

/// The deltas of a report; dimensions and checks are in the order of its rows.
#[derive(Clone, Debug)]
pub(super) struct Deltas {
    pub(super) total: Delta,
    pub(super) dimensions: Vec<(Delta, Vec<Delta>)>,
}

pub(super) fn deltas(rows: &[DimensionRow<'_>], head: &Scorecard<'_>, base: &BaseCards<'_>) -> Deltas {
    let (head, rescored, own) = (head.shown(), base.rescored.shown(), base.own.shown());
    let evidence = split(rows, head - rescored, evidence_part);
    let policy = split(rows, rescored - own, policy_part);
    let dimensions = evidence.into_iter().zip(policy).map(|((evidence, checks), (policy, policy_checks))| {
        let checks = checks.into_iter().zip(policy_checks);
        (delta(evidence, policy), checks.map(|(evidence, policy)| delta(evidence, policy)).collect())
    });
    Deltas { total: delta(head - rescored, rescored - own), dimensions: dimensions.collect() }
}

fn delta(evidence: Tenths, policy: Tenths) -> Delta {
    Delta { total: evidence + policy, evidence, policy }
}

fn split(
    rows: &[DimensionRow<'_>],
    total: Tenths,
    part: fn(&CheckRow<'_>) -> Exact,
) -> Vec<(Tenths, Vec<Tenths>)> {
    let groups: Vec<Vec<Exact>> = rows.iter().map(|row| row.checks.iter().map(part).collect()).collect();
    apportion_groups(&groups, total, Ties::EarlierFirst)
}

fn evidence_part(row: &CheckRow<'_>) -> Exact {
    points(row.head) - points(row.rescored)
}

fn policy_part(row: &CheckRow<'_>) -> Exact {
    points(row.rescored) - points(row.base)
}

fn points(score: Option<&CheckScore<'_>>) -> Exact {
    score.map_or_else(Exact::zero, CheckScore::points)
}

/// Why the check of `row` has other points than on the base.
pub(super) fn cause(row: &CheckRow<'_>) -> Cause {
    match (row.head, row.rescored) {
        (Some(head), Some(rescored)) if !evidence_part(row).is_zero() => {
            match evidence_cause(&head.metric, &rescored.metric) {
                Cause::ValueChanged if is_lower(row) && counts_lost_cases(row.check, &head.metric) => {
                    Cause::EvidenceLost
                }
                Cause::ValueChanged if row.flaky_only => Cause::FlakyOnly,
                cause => cause,
            }
        }
        _ if policy_part(row).is_zero() => Cause::Unchanged,
        _ => Cause::PolicyChanged,
    }
}

fn is_lower(row: &CheckRow<'_>) -> bool {
    evidence_part(row).is_negative()
}

/// Whether the value is what it is because cases did not run: only of these a number of the tests says anything.
fn counts_lost_cases(check: &Check, head: &Metric) -> bool {
    matches!(&check.subject, Subject::Metric(MetricSelector::Tests { .. })) && head.reason.is_some()
}

fn evidence_cause(head: &Metric, base: &Metric) -> Cause {
    let elsewhere = matches!((&head.environment, &base.environment), (Some(one), Some(two)) if one != two);
    match (head.state, base.state) {
        (MetricState::Expired, _) => Cause::AttestationExpired,
        (MetricState::Claimed, _) | (_, MetricState::Claimed) => Cause::AttestationChanged,
        (MetricState::Invalid, _) => Cause::EvidenceInvalid,
        (MetricState::Stale, _) => Cause::EvidenceStale,
        (MetricState::NoEvidence, _) => Cause::EvidenceLost,
        (MetricState::Measured, MetricState::Measured) if elsewhere => Cause::NotComparable,
        (MetricState::Measured, MetricState::Measured) => Cause::ValueChanged,
        (MetricState::Measured, _) => Cause::EvidenceAppeared,
    }
}
