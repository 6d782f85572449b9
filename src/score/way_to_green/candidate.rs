//! Gaps that somebody can close, and what closing them is called.

use num_traits::{Signed, Zero};

use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::MetricState;
use crate::model::report::Gap;
use crate::policy::{MetricSelector, Policy, Subject, TestMetric};
use crate::score::points::CheckScore;

/// A gap that somebody can close.
pub(super) struct Candidate<'a> {
    pub(super) score: &'a CheckScore<'a>,
    pub(super) gain: Exact,
    /// Whether it is closed by making every case pass.
    pub(super) comes_with_passing: bool,
    /// What to do, where that is not to close the check's whole gap.
    pub(super) instead: Option<String>,
}

/// A live claim cannot be closed by anybody's work on this commit, an expired one can be renewed.
pub(super) fn candidate<'a>(score: &'a CheckScore<'a>, policy: &Policy) -> Option<Candidate<'a>> {
    let gain = match (&score.check.subject, score.metric.state) {
        (Subject::Metric(_), _) => score.gap(),
        (Subject::Attestation(_), MetricState::Expired) => &score.max * &policy.claim_factor,
        (Subject::Attestation(_), _) => Exact::zero(),
    };
    gain.is_positive().then(|| whole_gap(score, gain))
}

pub(super) fn whole_gap<'a>(score: &'a CheckScore<'a>, gain: Exact) -> Candidate<'a> {
    Candidate { score, gain, comes_with_passing: false, instead: None }
}

/// A gap that is gone only when no case of the whole run fails.
pub(super) fn makes_every_case_pass(candidate: &Candidate<'_>) -> bool {
    let Subject::Metric(MetricSelector::Tests { metric: TestMetric::PassRate, suites, classes, files }) =
        &candidate.score.check.subject
    else {
        return false;
    };
    let everything = [suites, classes, files].iter().all(|selection| selection.patterns.is_empty());
    let is_measured = candidate.score.metric.state == MetricState::Measured;
    everything && is_measured && candidate.score.check.target == whole(1)
}

pub(super) fn step(candidate: &Candidate<'_>, gaps: &[Gap]) -> (String, Tenths) {
    let id = &candidate.score.check.id;
    let gap = gaps.iter().find(|gap| gap.check == *id);
    let closes = candidate.gain == candidate.score.gap();
    let points = gap.filter(|_| closes).map_or_else(|| Tenths::floor(&candidate.gain), |gap| gap.points);
    let advice = || gap.map_or_else(|| id.clone(), |gap| gap.advice.clone());
    (candidate.instead.clone().unwrap_or_else(advice), points)
}
