//! What is missing to 100, and the steps that turn the gate green.

use crate::model::exact::{Exact, Tenths};

/// What is missing to 100, per check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Id of the check.
    pub check: String,
    /// Exactly weight × missing attainment.
    pub exact: Exact,
    /// Shown; all gaps sum to 100 − score.
    pub points: Tenths,
    /// Hours, from the policy.
    pub effort_hours: Option<(Exact, Exact)>,
    /// Points per hour of the middle of the range.
    pub points_per_hour: Option<Exact>,
    /// What to bring about: "raise lines from 71.4 % to 80 %".
    pub advice: String,
}

/// The cheapest set of gaps that turns the gate green.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayToGreen {
    /// Steps in order: what to do, and the points it gains (0.0 for conditions that are not about points).
    pub steps: Vec<(String, Tenths)>,
    /// Hours of all steps, when all have an effort.
    pub effort_hours: Option<(Exact, Exact)>,
}
