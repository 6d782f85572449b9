//! Measurements in the report.

use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::Measurement;

/// A measurement with its base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasurementReport {
    /// As read.
    pub measurement: Measurement,
    /// The value on the base, in the same unit.
    pub base: Option<Exact>,
    /// What became of it since the base; `None` without a value on the base.
    pub comparison: Option<Comparison>,
}

impl MeasurementReport {
    /// The change in percent of the base's value, rounded down; `None` where nothing can be said.
    pub fn change(&self) -> Option<Tenths> {
        let base = self.base.as_ref().filter(|base| **base != whole(0))?;
        let comparable = self.comparison != Some(Comparison::NotComparable);
        comparable.then(|| Tenths::floor(&((&self.measurement.value - base) / base * whole(100))))
    }
}

/// A measurement against the one on the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same value.
    Same,
    /// It moved by no more than both scatter from run to run.
    Noise,
    /// It moved the good way.
    Better,
    /// It moved the bad way.
    Worse,
    /// It moved, and nobody says which way is good.
    Moved,
    /// It was measured on another machine.
    NotComparable,
}

impl Comparison {
    /// The words in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Noise => "within noise",
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Moved => "moved",
            Self::NotComparable => "not comparable",
        }
    }
}
