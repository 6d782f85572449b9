//! One metric per check: its value, or the state that says why there is none.

mod age;
mod coverage;
mod findings;
mod named;
mod tests;
mod todos;

pub(super) use age::kind;
pub(super) use findings::{Selected as SelectedFindings, is_counted};
pub(super) use tests::Selected;
pub(super) use todos::selected as selected_todos;

use super::facts::Facts;
use crate::model::exact::Exact;
use crate::model::input::Kind;
use crate::model::metric::{Metric, MetricState, Unit};
use crate::policy::{Attestation, Check, MetricSelector, Subject, left};

/// Measures what `check` looks at.
pub(super) fn measure(check: &Check, facts: &Facts<'_>) -> Metric {
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
            tests::measure(*metric, &Selected { suites, classes, files }, facts)
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

fn measured(value: Exact, unit: Unit) -> Metric {
    Metric {
        state: MetricState::Measured,
        value: Some(value),
        counts: None,
        unit,
        reason: None,
        environment: None,
    }
}

fn unmeasured(state: MetricState, unit: Unit, reason: String) -> Metric {
    Metric { state, value: None, counts: None, unit, reason: Some(reason), environment: None }
}

/// No evidence of `kind`: invalid when an input of that kind could not be read, else simply not there.
fn absent(kind: Kind, unit: Unit, reason: &str, facts: &Facts<'_>) -> Metric {
    match facts.shortfall(kind).or_else(|| facts.bad_source(kind)) {
        Some(reason) => unmeasured(MetricState::Invalid, unit, reason),
        None => unmeasured(MetricState::NoEvidence, unit, reason.to_owned()),
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
