//! The score, its change and the verdict, as shown.

use crate::model::exact::{Exact, Tenths};

/// The score and the numbers beside it. `points` of everything sum to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 0..100, exact.
    pub exact: Exact,
    /// Floored.
    pub shown: Tenths,
    /// Share of the weight that has evidence, floored.
    pub evidenced_weight: Tenths,
    /// Points that rest on attestations, floored.
    pub claimed_points: Tenths,
    /// The score if all that is missing were perfect, floored.
    pub upper_bound: Tenths,
}

/// The delta against the base, in its two parts: `evidence + policy = total`, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delta {
    /// Shown head score − shown base score.
    pub total: Tenths,
    /// What the code and its evidence changed, both sides under the head's policy.
    pub evidence: Tenths,
    /// What the policy changed, on the base's evidence.
    pub policy: Tenths,
}

/// The verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The band that the score falls in, capped by required checks.
    pub band: String,
    /// The grade that the score falls in; absent when the policy has none.
    pub grade: Option<String>,
    /// The required check that holds the band down.
    pub capped_by: Option<String>,
}
