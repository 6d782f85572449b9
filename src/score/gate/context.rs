//! What conditions look at.

use crate::model::coverage_change::ReportSet;
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::findings_change::FindingsSection;
use crate::model::report::{ComponentReport, Delta, DimensionReport, TestsReport};
use crate::policy::GatePolicy;
use crate::score::Situation;
use crate::score::lost::Lost;
use crate::score::points::Scorecard;

/// Everything that is decided before the gate.
pub(in crate::score) struct Context<'a> {
    pub(in crate::score) situation: &'a Situation<'a>,
    pub(in crate::score) card: &'a Scorecard<'a>,
    pub(in crate::score) dimensions: &'a [DimensionReport],
    pub(in crate::score) delta: Option<Delta>,
    pub(in crate::score) tests: Option<&'a TestsReport>,
    pub(in crate::score) findings: Option<&'a FindingsSection>,
    pub(in crate::score) components: &'a [ComponentReport],
    /// Coverage reports that only one side has.
    pub(in crate::score) reports: &'a ReportSet,
    /// What of the base's evidence is not here.
    pub(in crate::score) lost: &'a Lost<'a>,
    /// The shown score under the policy that the change brings along.
    pub(in crate::score) proposed: Option<Tenths>,
}

impl<'a> Context<'a> {
    pub(super) fn gate(&self) -> &'a GatePolicy {
        &self.situation.policy.gate
    }

    pub(super) fn shown(&self) -> Tenths {
        self.card.shown()
    }

    /// The base's evidence.
    pub(super) fn base(&self) -> Option<&'a Evidence> {
        self.situation.baseline.map(|baseline| &baseline.evidence)
    }
}
