//! Coverage in the report.

use std::collections::BTreeMap;

use super::component::ComponentReport;
use crate::model::coverage::{CoverageTotals, Covered, PatchCoverage};
use crate::model::coverage_change::{CoverageChange, ReportSet};
use crate::model::evidence::PathMatching;
use crate::model::exact::Tenths;

/// Coverage of the head, and what changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageSection {
    /// The whole project.
    pub totals: CoverageTotals,
    /// The same on the base.
    pub base_totals: Option<CoverageTotals>,
    /// The lines that the change adds; `None` when no diff is known.
    pub patch: Option<PatchCoverage>,
    /// All source files by path.
    pub files: BTreeMap<String, FileReport>,
    /// Only with a baseline and a diff.
    pub indirect: Vec<IndirectChange>,
    /// Why the lines' total is another one; only with a baseline and a whole diff.
    pub change: Option<CoverageChange>,
    /// Reports that only one side has.
    pub report_set: ReportSet,
    /// The policy's components, in its order.
    pub components: Vec<ComponentReport>,
    /// How report paths became repository paths.
    pub paths: PathMatching,
}

/// One source file in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Line totals.
    pub lines: Covered,
    /// Branch totals.
    pub branches: Option<Covered>,
    /// The line percentage's change in tenths of a point; `None` without a baseline or when new.
    pub delta: Option<Tenths>,
}

/// Lines outside the change whose state flipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndirectChange {
    /// Repository path.
    pub path: String,
    /// Lines (of the head) that ran on the base and do not now.
    pub lost: Vec<u32>,
    /// Lines (of the head) that run now and did not on the base.
    pub gained: Vec<u32>,
}
