//! From a value to 0..1.

use num_traits::{One, Zero};

use crate::model::exact::{Exact, clamp_unit};
use crate::model::metric::{Better, Metric, MetricState};
use crate::policy::{Check, MetricSelector, Policy, Subject, TestMetric};

use super::facts::Facts;

/// The share of its points that `check` reaches. Whatever is not measured reaches nothing; a live claim reaches
/// what the policy grants claims.
pub(super) fn attainment(policy: &Policy, check: &Check, metric: &Metric, facts: &Facts<'_>) -> Exact {
    match (metric.state, &metric.value) {
        (MetricState::Measured, Some(value)) => between(check, value, facts),
        (MetricState::Claimed, _) => policy.claim_factor.clone(),
        _ => Exact::zero(),
    }
}

/// Linear from floor to target; where they are equal, a step that the direction decides.
pub(super) fn between(check: &Check, value: &Exact, facts: &Facts<'_>) -> Exact {
    let span = &check.target - &check.floor;
    if !span.is_zero() {
        return clamp_unit((value - &check.floor) / span);
    }
    let reached = match step_direction(check, facts) {
        Some(Better::Higher) => *value >= check.target,
        Some(Better::Lower) => *value <= check.target,
        None => false,
    };
    if reached { Exact::one() } else { Exact::zero() }
}

/// Which way is better when floor and target do not tell.
fn step_direction(check: &Check, facts: &Facts<'_>) -> Option<Better> {
    match &check.subject {
        Subject::Attestation(_) => None,
        Subject::Metric(MetricSelector::Tests { metric, .. }) => Some(match metric {
            TestMetric::Total | TestMetric::Passed | TestMetric::PassRate => Better::Higher,
            _ => Better::Lower,
        }),
        Subject::Metric(MetricSelector::Coverage { .. }) => Some(Better::Higher),
        Subject::Metric(MetricSelector::Findings { .. } | MetricSelector::Todos { .. }) => {
            Some(Better::Lower)
        }
        Subject::Metric(MetricSelector::Named(name)) => {
            facts.evidence.measurements.iter().find(|found| found.id == *name)?.better
        }
    }
}
