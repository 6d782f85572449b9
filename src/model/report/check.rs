//! Dimensions and checks as scored.

use super::score::Delta;
use crate::model::exact::{Exact, Tenths};
use crate::model::metric::{MetricState, Unit};

/// A dimension as scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionReport {
    /// Policy key.
    pub id: String,
    /// Display name.
    pub name: String,
    /// As the policy writes it.
    pub weight: u64,
    /// Of 100, floored.
    pub score: Tenths,
    /// Shown; all dimensions sum to the score.
    pub points: Tenths,
    /// Shown; all dimensions sum to 100.0.
    pub max_points: Tenths,
    /// Shown; all dimensions sum to the delta. `None` without a baseline.
    pub delta: Option<Delta>,
    /// In the policy's order, removed ones last.
    pub checks: Vec<CheckReport>,
    /// False for a dimension that only the base's policy has.
    pub in_policy: bool,
}

/// A check as scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// `dimension.check`.
    pub id: String,
    /// The metric with its selection, as the policy writes it; `attestation` for attested checks.
    pub metric: String,
    /// What stands behind it.
    pub state: MetricState,
    /// Why it is not measured; who claims what until when.
    pub reason: Option<String>,
    /// In the base unit.
    pub value: Option<Exact>,
    /// The same on the base.
    pub base_value: Option<Exact>,
    /// Numerator and denominator, where the value is a ratio of counts.
    pub counts: Option<(u64, u64)>,
    /// Unit of value, floor and target.
    pub unit: Unit,
    /// Attainment 0 at and below this.
    pub floor: Exact,
    /// Attainment 1 at and above this.
    pub target: Exact,
    /// Must be attained in full, else the verdict is capped.
    pub required: bool,
    /// 0..1, exact.
    pub attainment: Exact,
    /// Shown; all checks of a dimension sum to its points.
    pub points: Tenths,
    /// Shown; `points` + the shown gap.
    pub max_points: Tenths,
    /// Shown; sums like points do. `None` without a baseline.
    pub delta: Option<Delta>,
    /// Of the delta.
    pub cause: Cause,
    /// False for a check that only the base's policy has: 0 points, listed for its delta alone.
    pub in_policy: bool,
    /// Who looks after it.
    pub owner: Option<String>,
}

/// Why a check's points differ from the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Same points.
    Unchanged,
    /// Measured on both sides, with another value.
    ValueChanged,
    /// Measured on both sides; without the cases that are flaky on either, the value is the same.
    FlakyOnly,
    /// Measured on both sides, but on different machines: no regression, and no gain.
    NotComparable,
    /// The base had no evidence.
    EvidenceAppeared,
    /// The head has no evidence, or cases of the base did not run.
    EvidenceLost,
    /// The head's evidence is unreadable, cut short or short of what is expected.
    EvidenceInvalid,
    /// The head's evidence is from another commit or too old.
    EvidenceStale,
    /// The attestation ran out.
    AttestationExpired,
    /// An attestation came, went or changed.
    AttestationChanged,
    /// Weight, floor, target or the check itself changed.
    PolicyChanged,
}

impl Cause {
    /// The words in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::ValueChanged => "value changed",
            Self::FlakyOnly => "flaky only",
            Self::NotComparable => "measured on another machine",
            Self::EvidenceAppeared => "evidence appeared",
            Self::EvidenceLost => "evidence lost",
            Self::EvidenceInvalid => "evidence invalid",
            Self::EvidenceStale => "evidence stale",
            Self::AttestationExpired => "attestation expired",
            Self::AttestationChanged => "attestation changed",
            Self::PolicyChanged => "policy changed",
        }
    }
}
