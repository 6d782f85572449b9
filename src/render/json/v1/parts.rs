//! Parts that several documents share.

use serde::Serialize;

use crate::model::coverage::{CoverageTotals, Covered};
use crate::model::exact::percent;
use crate::model::metric::Measurement;

use super::number::Number;

/// `covered` of `total`.
#[derive(Serialize)]
pub(super) struct Ratio {
    covered: u64,
    total: u64,
}

impl From<Covered> for Ratio {
    fn from(covered: Covered) -> Self {
        Self { covered: covered.covered, total: covered.total }
    }
}

/// As [`Ratio`], with the shown percentage; null when there is nothing to cover.
#[derive(Serialize)]
pub(super) struct Percentage {
    covered: u64,
    total: u64,
    percent: Option<Number>,
}

impl From<Covered> for Percentage {
    fn from(covered: Covered) -> Self {
        let percent = percent(covered.covered, covered.total).map(Number::from);
        Self { covered: covered.covered, total: covered.total, percent }
    }
}

/// Totals of several source files.
#[derive(Serialize)]
pub(super) struct Totals {
    lines: Ratio,
    branches: Option<Ratio>,
    functions: Option<Ratio>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Ratio>,
}

impl From<&CoverageTotals> for Totals {
    fn from(totals: &CoverageTotals) -> Self {
        Self {
            lines: totals.lines.into(),
            branches: totals.branches.map(Ratio::from),
            functions: totals.functions.map(Ratio::from),
            statements: totals.statements.map(Ratio::from),
        }
    }
}

/// A named number in its base unit.
#[derive(Serialize)]
pub(super) struct NamedNumber<'a> {
    id: &'a str,
    value: Number,
    unit: &'static str,
    better: Option<&'static str>,
}

impl<'a> From<&'a Measurement> for NamedNumber<'a> {
    fn from(measurement: &'a Measurement) -> Self {
        Self {
            id: &measurement.id,
            value: Number::of(&measurement.value),
            unit: measurement.unit.name(),
            better: measurement.better.map(crate::model::metric::Better::name),
        }
    }
}
