//! The finished report: everything that an output may show, already decided and already rounded.
//!
//! Outputs only lay it out. Shown parts add up to their shown whole here, not in the outputs.

use std::collections::BTreeMap;

use super::audit::AuditedDocument;
use super::commit::{Branch, Head, Sha};
pub use super::component::{CarriedReport, ComponentReport, ComponentState};
use super::coverage::{CoverageTotals, Covered, PatchCoverage};
use super::coverage_change::{CoverageChange, ReportSet};
use super::evidence::{PathMatching, Source};
use super::exact::{Exact, Tenths, whole};
use super::findings_change::FindingsSection;
use super::gate::Gate;
use super::metric::{Measurement, MetricState, Unit};
use super::mutation::MutationReport;
use super::tests::{CaseDetail, CaseId, SuiteError, TestCounts};
use super::todos::TodosSection;
use super::trend::TrendPoint;

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

/// What is missing to 100, per check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Id of the check.
    pub check: String,
    /// Exactly weight × missing attainment.
    pub exact: Exact,
    /// Shown; all gaps sum to 100 − score.
    pub points: Tenths,
    /// Hours, from the policy.
    pub effort_hours: Option<(Exact, Exact)>,
    /// Points per hour of the middle of the range.
    pub points_per_hour: Option<Exact>,
    /// What to bring about: "raise lines from 71.4 % to 80 %".
    pub advice: String,
}

/// A case with what it says, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNote {
    /// Which case.
    pub id: CaseId,
    /// Message and place.
    pub detail: CaseDetail,
    /// Nanoseconds on base and head, for slower cases.
    pub durations: Option<(u64, u64)>,
}

/// Tests of the head, and what changed in them. Lists are ordered by identity and complete; outputs cut them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestsReport {
    /// All cases.
    pub counts: TestCounts,
    /// The same on the base.
    pub base_counts: Option<TestCounts>,
    /// Sum of all durations, nanoseconds.
    pub duration: u64,
    /// Failing here, not failing on the base; without a baseline every failing case.
    pub new_failures: Vec<CaseNote>,
    /// Failing on both.
    pub still_failing: Vec<CaseNote>,
    /// Failing on the base, passed here.
    pub fixed: Vec<CaseNote>,
    /// Failed and passed here.
    pub flaky: Vec<CaseNote>,
    /// Cases that the base does not have.
    pub added: u64,
    /// Number of cases of the base that did not run, are not explained by the change, and count as failed.
    pub lost: u64,
    /// Cases of the base that are gone.
    pub removed: Vec<CaseNote>,
    /// Ran on the base, skipped here.
    pub newly_skipped: Vec<CaseNote>,
    /// Passed on both and took at least twice as long and a second longer; slowest growth first.
    pub slower: Vec<CaseNote>,
    /// Failures outside any case.
    pub suite_errors: Vec<SuiteError>,
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

/// A measurement with its base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasurementReport {
    /// As read.
    pub measurement: Measurement,
    /// The value on the base, in the same unit.
    pub base: Option<Exact>,
    /// What became of it since the base; `None` without a value on the base.
    pub comparison: Option<Comparison>,
}

impl MeasurementReport {
    /// The change in percent of the base's value, rounded down; `None` where nothing can be said.
    pub fn change(&self) -> Option<Tenths> {
        let base = self.base.as_ref().filter(|base| **base != whole(0))?;
        let comparable = self.comparison != Some(Comparison::NotComparable);
        comparable.then(|| Tenths::floor(&((&self.measurement.value - base) / base * whole(100))))
    }
}

/// A measurement against the one on the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same value.
    Same,
    /// It moved by no more than both scatter from run to run.
    Noise,
    /// It moved the good way.
    Better,
    /// It moved the bad way.
    Worse,
    /// It moved, and nobody says which way is good.
    Moved,
    /// It was measured on another machine.
    NotComparable,
}

impl Comparison {
    /// The words in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Noise => "within noise",
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Moved => "moved",
            Self::NotComparable => "not comparable",
        }
    }
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

/// The cheapest set of gaps that turns the gate green.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayToGreen {
    /// Steps in order: what to do, and the points it gains (0.0 for conditions that are not about points).
    pub steps: Vec<(String, Tenths)>,
    /// Hours of all steps, when all have an effort.
    pub effort_hours: Option<(Exact, Exact)>,
}

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
