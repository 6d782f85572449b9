//! The way ahead as the team states it.

use crate::model::exact::{Exact, Tenths};

use super::Effort;

/// A score that cannot be passed, with the reason that is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// 0..=100.
    pub score: Tenths,
    /// Why not more.
    pub reason: String,
}

/// A set of checks that are raised together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Display name.
    pub name: String,
    /// Of the whole phase.
    pub effort: Option<Effort>,
    /// Check id → the attainment that the phase reaches, 0..=1.
    pub raises: Vec<(String, Exact)>,
}

/// "What if": checks set to an attainment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Display name.
    pub name: String,
    /// Check id → attainment, 0..=1.
    pub set: Vec<(String, Exact)>,
}

/// The way ahead as the team states it; never changes the score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Limits projections and the goal.
    pub ceiling: Option<Ceiling>,
    /// In order.
    pub phases: Vec<Phase>,
    /// Alternatives.
    pub scenarios: Vec<Scenario>,
}
