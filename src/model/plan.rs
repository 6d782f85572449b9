//! The finished plan: the way from the score of today to the goal, already decided and already rounded.
//!
//! Gains are differences of shown scores, so they add up line by line and in all.

use super::exact::{Exact, Tenths};
use super::report::{Gap, Report, Verdict};

/// Hours, from least to most.
pub type Hours = (Exact, Exact);

/// Where the way ends: 100, or the ceiling that the policy states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// 0..=100.
    pub score: Tenths,
    /// Why not 100; absent when it is.
    pub reason: Option<String>,
}

/// One check that a phase raises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raise {
    /// Id of the check.
    pub check: String,
    /// Attainment before, 0..=1.
    pub from: Exact,
    /// Attainment after, `from..=1`.
    pub to: Exact,
    /// Exactly weight × raised attainment.
    pub exact: Exact,
    /// Shown; all raises of a phase sum to its gain.
    pub gain: Tenths,
}

/// One phase, after all those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseOutcome {
    /// As the policy names it.
    pub name: String,
    /// In the policy's order, without those that are unknown.
    pub raises: Vec<Raise>,
    /// Names of checks that the policy does not have: they bring nothing.
    pub unknown: Vec<String>,
    /// Sum of the raises.
    pub exact: Exact,
    /// Shown score after − shown score before.
    pub gain: Tenths,
    /// Shown score after the phase.
    pub score: Tenths,
    /// Verdict after the phase.
    pub verdict: Verdict,
    /// The policy's, else that of the gaps that it closes when all have one.
    pub effort: Option<Hours>,
    /// Points per hour of the middle of the effort.
    pub points_per_hour: Option<Exact>,
}

/// What no phase addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Id of the check.
    pub check: String,
    /// Shown; all rests sum to 100 − the score after the last phase.
    pub points: Tenths,
}

/// The phases in order, and what they leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phases {
    /// At least one.
    pub steps: Vec<PhaseOutcome>,
    /// Sum of the gains: last score − score of today.
    pub gain: Tenths,
    /// Hours of all phases, when all have an effort.
    pub effort: Option<Hours>,
    /// Most points first.
    pub rest: Vec<Rest>,
}

/// One "what if" of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioOutcome {
    /// As the policy names it.
    pub name: String,
    /// Shown score.
    pub score: Tenths,
    /// Against the score of today.
    pub change: Tenths,
    /// Verdict under it.
    pub verdict: Verdict,
    /// Names of checks that the policy does not have.
    pub unknown: Vec<String>,
    /// Of the gaps that it closes, when it raises nothing else and all have an effort.
    pub effort: Option<Hours>,
}

/// Points per week: the 20 % quantile, the median and the 80 % quantile of all pairwise slopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slope {
    /// 20 % of the slopes are lower.
    pub low: Exact,
    /// The Theil-Sen estimate.
    pub middle: Exact,
    /// 20 % of the slopes are higher.
    pub high: Exact,
}

/// When a score is reached if the trend goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// `min-score`, the name of a band, `goal`.
    pub name: String,
    /// Above the score of today, not above the goal.
    pub score: Tenths,
    /// Weeks from today at the high, the middle and the low slope, in this order.
    pub weeks: (Exact, Exact, Exact),
}

/// What the trend says about the weeks to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Projection {
    /// Fewer recorded runs, or over fewer days, than it takes.
    TooShort {
        /// Recorded runs.
        runs: usize,
        /// Whole days between the first and the last.
        days: u64,
    },
    /// The band is not wholly above zero: nothing is projected.
    Unclear(Slope),
    /// The score rises.
    Rising {
        /// How fast.
        slope: Slope,
        /// Lowest score first.
        milestones: Vec<Milestone>,
        /// Shown score in four weeks at the low, the middle and the high slope, at most the goal.
        in_four_weeks: (Tenths, Tenths, Tenths),
    },
}

/// The whole plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanReport {
    /// The evaluation that it starts from, with what was assumed; its gaps sum to 100 − score.
    pub report: Report,
    /// The shown score without what was assumed; absent when nothing was.
    pub measured: Option<Tenths>,
    /// What was assumed, one sentence each.
    pub assumed: Vec<String>,
    /// Where the way ends.
    pub goal: Goal,
    /// The gaps that have an effort, most points per hour first.
    pub by_rate: Vec<Gap>,
    /// Hours of all gaps, when all have an effort.
    pub effort: Option<Hours>,
    /// When the policy has phases.
    pub phases: Option<Phases>,
    /// The policy's.
    pub scenarios: Vec<ScenarioOutcome>,
    /// From the recorded runs.
    pub projection: Projection,
    /// Where the stated plan and the score do not fit together, one sentence each.
    pub warnings: Vec<String>,
}
