//! The gate's settings and the exemptions from them.

use jiff::civil::Date;

use crate::model::exact::Tenths;
use crate::model::findings::Threshold;
use crate::model::gate::GateMode;

/// What to do about incomplete and invalid inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBadEvidence {
    /// The gate fails.
    Fail,
    /// Only shown.
    Warn,
}

/// What a pull request may do to the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// Anything; it is only said.
    Allow,
    /// What loosens nothing and does not raise its own score.
    StricterOnly,
    /// Nothing: whoever changes the policy needs a waiver.
    Deny,
}

/// The gate's settings; a condition that is not asked for is `None` or `false`.
#[derive(Clone, Debug, PartialEq)]
pub struct GatePolicy {
    /// How it is enforced.
    pub mode: GateMode,
    /// Least shown score.
    pub min_score: Option<Tenths>,
    /// Largest drop of the shown score by evidence.
    pub max_drop: Option<Tenths>,
    /// Dimension id → least shown dimension score.
    pub dimension_min: Vec<(String, Tenths)>,
    /// Most failing cases.
    pub max_failures: Option<u64>,
    /// No case may newly fail.
    pub no_new_failures: bool,
    /// No finding that reaches it may be new.
    pub no_new_findings: Option<Threshold>,
    /// No case may vanish.
    pub no_lost_tests: bool,
    /// No kind of evidence may vanish.
    pub no_lost_evidence: bool,
    /// Least share of added coverable lines that ran, in percent.
    pub patch_coverage: Option<Tenths>,
    /// Below this many added coverable lines patch coverage is shown and not decided.
    pub patch_min_lines: u64,
    /// Most cases that are flaky here and were not on the base.
    pub max_new_flaky: Option<u64>,
    /// What a change may do to the policy; said and not decided when it is absent.
    pub policy_change: Option<PolicyChange>,
    /// What unreadable evidence does.
    pub on_bad_evidence: OnBadEvidence,
}

/// An exemption from one gate condition; never changes the score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Condition id, as in reports.
    pub condition: String,
    /// Who takes it on.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Last day on which it holds.
    pub expires: Date,
}
