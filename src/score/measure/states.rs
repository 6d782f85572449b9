//! A metric with its value, or with the state that says why there is none.

use crate::model::exact::Exact;
use crate::model::input::Kind;
use crate::model::metric::{Metric, MetricState, Unit};
use crate::score::facts::Facts;

pub(super) fn measured(value: Exact, unit: Unit) -> Metric {
    Metric {
        state: MetricState::Measured,
        value: Some(value),
        counts: None,
        unit,
        reason: None,
        environment: None,
    }
}

pub(super) fn unmeasured(state: MetricState, unit: Unit, reason: String) -> Metric {
    Metric { state, value: None, counts: None, unit, reason: Some(reason), environment: None }
}

/// No evidence of `kind`: invalid when an input of that kind could not be read, else simply not there.
pub(super) fn absent(kind: Kind, unit: Unit, reason: &str, facts: &Facts<'_>) -> Metric {
    match facts.shortfall(kind).or_else(|| facts.bad_source(kind)) {
        Some(reason) => unmeasured(MetricState::Invalid, unit, reason),
        None => unmeasured(MetricState::NoEvidence, unit, reason.to_owned()),
    }
}
