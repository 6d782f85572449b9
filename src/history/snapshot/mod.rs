//! A snapshot: one run in full, as a branch remembers it and as `--write snapshot=FILE` writes it.
//!
//! [`encode`] and [`decode`] are the only way between it and bytes; zstd is recognised by content.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::commit::{Branch, Head, RunId, Sha};
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::gate::GateOutcome;
use crate::model::order;
use crate::model::report::Report;
use crate::model::trend::TrendPoint;

use super::recent::Recent;

pub(super) mod code;
mod coverage;
mod evidence;
mod findings;
mod metrics;
pub(super) mod tests_code;

pub use code::{decode, encode, encode_for, encode_plain};
pub use metrics::decimal;

/// One run in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The commit.
    pub head: Head,
    /// The run; an empty id for local reports.
    pub run: RunId,
    /// RFC 3339, UTC.
    pub recorded_at: String,
    /// The policy's whole text.
    pub policy_text: String,
    /// What was read.
    pub evidence: Evidence,
    /// As shown.
    pub score: Tenths,
    /// What the gate said.
    pub outcome: GateOutcome,
    /// Dimension id → its score of 100, as shown.
    pub dimensions: BTreeMap<String, Tenths>,
    /// Check id → its points, as shown.
    pub points: BTreeMap<String, Tenths>,
    /// Metric name → value in its base unit, as a decimal text.
    pub metrics: BTreeMap<String, String>,
    /// Earlier runs of the branch, oldest first; filled when the snapshot is recorded.
    pub recent: Vec<Recent>,
}

impl Snapshot {
    /// The snapshot of a finished report and the evidence it was made from.
    pub fn new(
        report: &Report,
        evidence: &Evidence,
        policy_text: &str,
        run: RunId,
        recorded_at: jiff::Timestamp,
    ) -> Self {
        let current = report.dimensions.iter().filter(|dimension| dimension.in_policy);
        Self {
            head: report.head.clone(),
            run,
            recorded_at: whole_seconds(recorded_at),
            policy_text: policy_text.to_owned(),
            evidence: evidence.clone(),
            score: report.score.shown,
            outcome: report.gate.outcome,
            dimensions: order::map(current.clone().map(|dimension| (dimension.id.clone(), dimension.score))),
            points: order::map(
                current
                    .flat_map(|dimension| &dimension.checks)
                    .filter(|check| check.in_policy)
                    .map(|check| (check.id.clone(), check.points)),
            ),
            metrics: metrics::of(evidence),
            recent: Vec::new(),
        }
    }

    /// The branch, when known.
    pub fn branch(&self) -> Option<&Branch> {
        self.head.branch.as_ref()
    }

    /// The commit.
    pub fn sha(&self) -> &Sha {
        &self.head.sha
    }

    /// The day of the recording; the first of all days when the time cannot be read.
    pub fn recorded_on(&self) -> Date {
        self.recorded_at
            .parse::<jiff::Timestamp>()
            .map_or(Date::MIN, |at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// The run as a point of the trend.
    pub fn point(&self) -> TrendPoint {
        TrendPoint {
            sha: self.head.sha.clone(),
            run: self.run.clone(),
            recorded_at: self.recorded_at.clone(),
            score: self.score,
            outcome: self.outcome,
            dimensions: self.dimensions.clone(),
            metrics: self.metrics.clone(),
        }
    }

    /// All runs that the snapshot knows of, oldest first, itself last; dimensions and metrics only for itself.
    pub fn trend(&self) -> Vec<TrendPoint> {
        let mut points: Vec<_> = self.recent.iter().map(|recent| recent.point.clone()).collect();
        points.push(self.point());
        points
    }
}

/// RFC 3339 in UTC without a fraction, as all times of the history are written.
fn whole_seconds(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
