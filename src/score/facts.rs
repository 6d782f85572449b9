//! One side of a comparison: the evidence of one commit, and the days that matter for it.

use jiff::civil::Date;

use super::lost::Lost;
use super::{Baseline, Situation};
use crate::model::coverage::PatchCoverage;
use crate::model::coverage_change::ReportSet;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::input::Kind;

/// What checks are measured against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) patch: Option<&'a PatchCoverage>,
    /// What the change touches.
    pub(super) diff: Option<&'a Diff>,
    /// Reports that only one side has; `None` on the base's side.
    pub(super) reports: Option<&'a ReportSet>,
    /// What of the base's evidence is not here; `None` on the base's side.
    pub(super) lost: Option<&'a Lost<'a>>,
    /// The base's evidence, on the head's side.
    pub(super) base: Option<&'a Evidence>,
    /// The commit of the evidence; empty when unknown.
    pub(super) commit: &'a str,
    /// No claim counts before it begins.
    pub(super) today: Date,
    /// The day on which a claim must not have run out.
    pub(super) claims_on: Date,
}

impl<'a> Facts<'a> {
    /// The head's side.
    pub(super) fn head(situation: &'a Situation<'a>, reports: &'a ReportSet, lost: &'a Lost<'a>) -> Self {
        Self {
            evidence: situation.evidence,
            patch: situation.patch.as_ref(),
            diff: situation.diff,
            reports: Some(reports),
            lost: Some(lost),
            base: situation.baseline.map(|baseline| &baseline.evidence),
            commit: &situation.head.sha.0,
            today: situation.today,
            claims_on: situation.today,
        }
    }

    /// The base's side. Patch coverage is a property of the change and not of a commit, so both sides have the
    /// same: a check on it never makes a delta.
    pub(super) fn base(situation: &'a Situation<'a>, baseline: &'a Baseline) -> Self {
        Self {
            evidence: &baseline.evidence,
            patch: situation.patch.as_ref(),
            diff: situation.diff,
            reports: None,
            lost: None,
            base: None,
            commit: &baseline.base.sha.0,
            today: situation.today,
            claims_on: baseline.recorded_on,
        }
    }

    /// Why no metric of `kind` can be trusted: something that the policy expects is not there.
    pub(super) fn shortfall(&self, kind: Kind) -> Option<String> {
        let short = self.evidence.shortfalls.iter().find(|(of, _)| *of == kind).map(|(_, text)| text.clone());
        let paths = self.evidence.paths.invalid.clone().filter(|_| kind == Kind::Coverage);
        short.or(paths)
    }

    /// An unusable input of `kind`, for when nothing of that kind could be read.
    pub(super) fn bad_source(&self, kind: Kind) -> Option<String> {
        let source = self.evidence.bad_sources().find(|source| source.kind == Some(kind))?;
        Some(format!("{} is {}", source.path, source.state.name()))
    }
}
