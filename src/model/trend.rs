//! The trend: recorded runs of a branch in order.

use std::collections::BTreeMap;

use super::commit::{Branch, RunId, Sha};
use super::exact::Tenths;
use super::gate::GateOutcome;

/// One recorded run, as one line of the history holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// The commit.
    pub sha: Sha,
    /// The run that recorded it.
    pub run: RunId,
    /// RFC 3339, UTC.
    pub recorded_at: String,
    /// As shown at the time.
    pub score: Tenths,
    /// What the gate said.
    pub outcome: GateOutcome,
    /// Dimension id → its score of 100, as shown at the time.
    pub dimensions: BTreeMap<String, Tenths>,
    /// Metric name → value in its base unit, as a decimal text (`0.987`).
    pub metrics: BTreeMap<String, String>,
}

/// The recorded runs of one branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchTrend {
    /// The branch.
    pub branch: Branch,
    /// Oldest first.
    pub runs: Vec<TrendPoint>,
}
