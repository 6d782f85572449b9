//! What a check looks at.

use super::states::unmeasured;
use super::{age, coverage, findings, named, tests, todos};
use crate::model::metric::{Metric, MetricState, Unit};
use crate::policy::{Attestation, Check, MetricSelector, Subject, left};
use crate::score::facts::Facts;

/// Measures what `check` looks at.
pub(in crate::score) fn measure(check: &Check, facts: &Facts<'_>) -> Metric {
    let metric = undated(check, facts);
    let too_old = check.max_age_days.and_then(|days| age::exceeded(check, days, facts));
    match too_old.filter(|_| metric.state == MetricState::Measured) {
        Some(reason) => unmeasured(MetricState::Stale, metric.unit, reason),
        None => metric,
    }
}

/// Measures without a look at how old the evidence is.
fn undated(check: &Check, facts: &Facts<'_>) -> Metric {
    match &check.subject {
        Subject::Attestation(claim) => attestation(claim, facts),
        Subject::Metric(MetricSelector::Tests { metric, suites, classes, files }) => {
            tests::measure(*metric, &tests::Selected { suites, classes, files }, facts)
        }
        Subject::Metric(MetricSelector::Coverage { metric, paths }) => {
            coverage::measure(*metric, paths, facts)
        }
        Subject::Metric(MetricSelector::Findings { metric, tools, rules, paths }) => {
            findings::measure(*metric, &findings::Selected { tools, rules, paths }, facts)
        }
        Subject::Metric(MetricSelector::Todos { metric, paths }) => todos::measure(*metric, paths, facts),
        Subject::Metric(MetricSelector::Named(name)) => named::measure(name, check, facts),
    }
}

fn attestation(claim: &Attestation, facts: &Facts<'_>) -> Metric {
    let Attestation { claim: text, owner, date, expires, .. } = claim;
    let (state, reason) = if *date > facts.today {
        (MetricState::NoEvidence, format!("{owner} claims “{text}” from {date} on"))
    } else if *expires < facts.claims_on {
        (MetricState::Expired, format!("{owner} claimed “{text}” until {expires}"))
    } else {
        let left = left(*expires, facts.claims_on);
        (MetricState::Claimed, format!("{owner} claims “{text}” until {expires}, {left}"))
    };
    unmeasured(state, Unit::Ratio, reason)
}
