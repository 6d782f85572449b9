//! The report with all its parts.

use super::check::DimensionReport;
use super::coverage::CoverageSection;
use super::gap::{Gap, WayToGreen};
use super::measurement::MeasurementReport;
use super::score::{Delta, Score, Verdict};
use super::tests::TestsReport;
use crate::model::audit::AuditedDocument;
use crate::model::commit::{Branch, Head, Sha};
use crate::model::evidence::Source;
use crate::model::exact::Tenths;
use crate::model::findings_change::FindingsSection;
use crate::model::gate::Gate;
use crate::model::mutation::MutationReport;
use crate::model::todos::TodosSection;
use crate::model::trend::TrendPoint;

/// Everything that an output may show.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The report's name, when several stand side by side.
    pub name: Option<String>,
    /// The commit.
    pub head: Head,
    /// What it is compared with.
    pub base: Option<Base>,
    /// The score.
    pub score: Score,
    /// Against the base.
    pub delta: Option<Delta>,
    /// The verdict.
    pub verdict: Verdict,
    /// The gate's answer.
    pub gate: Gate,
    /// In the policy's order, removed ones last.
    pub dimensions: Vec<DimensionReport>,
    /// By points, most first.
    pub gaps: Vec<Gap>,
    /// When the gate fails.
    pub way_to_green: Option<WayToGreen>,
    /// When there was any test report.
    pub tests: Option<TestsReport>,
    /// When there was any coverage report.
    pub coverage: Option<CoverageSection>,
    /// When there was any report of a linter or scanner.
    pub findings: Option<FindingsSection>,
    /// By id.
    pub measurements: Vec<MeasurementReport>,
    /// Mutation testing, by tool.
    pub mutation: Vec<MutationReport>,
    /// When there was a checkout to look for markers in.
    pub todos: Option<TodosSection>,
    /// All inputs.
    pub sources: Vec<Source>,
    /// Under which rules.
    pub policy: PolicyOrigin,
    /// Recorded runs of the base branch, oldest first, for the sparkline.
    pub trend: Vec<TrendPoint>,
    /// Things that a reader must know and that are no condition: one sentence each.
    pub notes: Vec<String>,
    /// Documents that the policy lets audit, with what contradicts in them.
    pub audit: Vec<AuditedDocument>,
}

/// The recorded commit that the head is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The commit.
    pub sha: Sha,
    /// Its branch.
    pub branch: Option<Branch>,
    /// First-parent steps between the merge base and this commit; 0 is the merge base itself. `None`: not known.
    pub distance: Option<u32>,
    /// RFC 3339, UTC.
    pub recorded_at: Option<String>,
}

/// Where the policy came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyOrigin {
    /// "readiness.yml at main (3f2c9e1b04)", "built-in default".
    pub description: String,
    /// Hex SHA-256 of its text.
    pub fingerprint: String,
    /// The shown score under the pull request's own policy, when it edits it.
    pub proposed_score: Option<Tenths>,
}
