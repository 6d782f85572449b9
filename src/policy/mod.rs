//! The policy: `readiness.yml` as validated values.
//!
//! [`load::parse`] turns text into a [`Policy`] or an error with line, column and a way out; nothing half-valid
//! exists. Imports the model only. `docs/policy.md` lists every key.

pub mod defaults;
pub mod error;
mod fingerprint;
mod glob;
pub mod load;
mod locate;
mod outline;
mod quantity;
mod raw;
mod suggest;
pub mod tighten;
mod validate;

use globset::GlobSet;
use jiff::civil::Date;

use crate::model::exact::{Exact, Tenths};
use crate::model::gate::GateMode;
use crate::model::metric::Unit;

/// Globs that match whole values; empty means "everything".
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// As written.
    pub patterns: Vec<String>,
    /// Compiled.
    pub globs: GlobSet,
}

impl Selection {
    /// Whether `value` is selected.
    pub fn matches(&self, value: &str) -> bool {
        self.patterns.is_empty() || self.globs.is_match(value)
    }
}

/// Which number of the test run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestMetric {
    /// All cases.
    Total,
    /// Passed cases.
    Passed,
    /// Failed cases.
    Failed,
    /// Errored cases.
    Errored,
    /// Skipped cases.
    Skipped,
    /// Flaky cases.
    Flaky,
    /// passed / (total − skipped).
    PassRate,
    /// Sum of durations.
    Duration,
}

/// Which ratio of the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageMetric {
    /// Covered lines of coverable lines.
    Lines,
    /// Taken branches of all branches.
    Branches,
    /// Executed functions of all functions.
    Functions,
    /// Executed statements of all statements.
    Statements,
    /// Covered added lines of added coverable lines.
    Patch,
}

/// Which findings are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingMetric {
    /// Level `error`.
    Errors,
    /// Level `warning`.
    Warnings,
    /// Level `note`.
    Notes,
    /// Security severity from 9.0.
    Critical,
    /// Security severity from 7.0.
    High,
    /// Security severity from 4.0.
    Medium,
    /// Any lower security severity.
    Low,
}

/// What a check measures.
#[derive(Clone, Debug)]
pub enum MetricSelector {
    /// `tests.*`.
    Tests {
        /// Which number.
        metric: TestMetric,
        /// Suite paths.
        suites: Selection,
        /// Class names.
        classes: Selection,
        /// Source files of the cases.
        files: Selection,
    },
    /// `coverage.*`.
    Coverage {
        /// Which ratio.
        metric: CoverageMetric,
        /// Repository paths.
        paths: Selection,
    },
    /// `findings.*`.
    Findings {
        /// Which findings.
        metric: FindingMetric,
        /// Names of tools.
        tools: Selection,
        /// Rule ids.
        rules: Selection,
        /// Repository paths.
        paths: Selection,
    },
    /// `todos.count`.
    Todos {
        /// Repository paths.
        paths: Selection,
    },
    /// A measurement by its name.
    Named(String),
}

/// A human claim that stands in for evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// What is claimed.
    pub claim: String,
    /// Who claims it.
    pub owner: String,
    /// Since when.
    pub date: Date,
    /// Last day on which it counts.
    pub expires: Date,
    /// Where to read more.
    pub link: Option<String>,
}

/// What a check looks at.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A metric.
    Metric(MetricSelector),
    /// Only a claim.
    Attestation(Attestation),
}

/// Hours, from least to most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effort {
    /// At least.
    pub low: Exact,
    /// At most.
    pub high: Exact,
}

/// One check.
#[derive(Clone, Debug)]
pub struct Check {
    /// Key in its dimension.
    pub key: String,
    /// `dimension.key`.
    pub id: String,
    /// The metric as written (`coverage.lines`), `attestation` for claims.
    pub metric: String,
    /// What it looks at.
    pub subject: Subject,
    /// At least 1.
    pub weight: u64,
    /// Attainment 0; equal to the target for a step.
    pub floor: Exact,
    /// Attainment 1.
    pub target: Exact,
    /// Unit of floor and target.
    pub unit: Unit,
    /// Must be attained in full.
    pub required: bool,
    /// Days after which evidence is stale.
    pub max_age_days: Option<u32>,
    /// To close the gap.
    pub effort: Option<Effort>,
    /// Who looks after it.
    pub owner: Option<String>,
}

/// One dimension with at least one check.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Policy key.
    pub id: String,
    /// Display name; the key when none is given.
    pub name: String,
    /// At least 1.
    pub weight: u64,
    /// In the order written.
    pub checks: Vec<Check>,
}

/// A step of bands or grades: from this score on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Lower bound, inclusive.
    pub from: Tenths,
    /// Its name.
    pub name: String,
}

/// What to do about incomplete and invalid inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBadEvidence {
    /// The gate fails.
    Fail,
    /// Only shown.
    Warn,
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

/// A number of files that must be there.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Display name.
    pub name: String,
    /// Which files.
    pub files: Selection,
    /// How many of them at least.
    pub count: u64,
}

/// Rewrites the beginning of report paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathRule {
    /// A prefix of report paths.
    pub from: String,
    /// What stands in its place.
    pub to: String,
}

/// Where evidence is looked for.
#[derive(Clone, Debug, Default)]
pub struct EvidencePolicy {
    /// Globs below the working directory; empty means the well-known places.
    pub include: Vec<String>,
    /// Globs that are left out.
    pub exclude: Vec<String>,
    /// Files that must be there.
    pub expect: Vec<Expectation>,
    /// Path rewriting, first match wins.
    pub paths: Vec<PathRule>,
}

/// What is remembered.
#[derive(Clone, Debug)]
pub struct HistoryPolicy {
    /// Branch globs whose pushes are recorded.
    pub branches: Selection,
    /// Days that lines are kept.
    pub keep_days: u32,
}

/// A score that cannot be passed, with the reason that is shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// 0..=100.
    pub score: Tenths,
    /// Why not more.
    pub reason: String,
}

/// A set of checks that are raised together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Display name.
    pub name: String,
    /// Of the whole phase.
    pub effort: Option<Effort>,
    /// Check id → the attainment that the phase reaches, 0..=1.
    pub raises: Vec<(String, Exact)>,
}

/// "What if": checks set to an attainment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Display name.
    pub name: String,
    /// Check id → attainment, 0..=1.
    pub set: Vec<(String, Exact)>,
}

/// The way ahead as the team states it; never changes the score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Limits projections and the goal.
    pub ceiling: Option<Ceiling>,
    /// In order.
    pub phases: Vec<Phase>,
    /// Alternatives.
    pub scenarios: Vec<Scenario>,
}

/// A check that the policy takes out, with the reason: it has no weight and no points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotApplicable {
    /// `dimension.key`.
    pub check: String,
    /// Why.
    pub reason: String,
}

/// The whole policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The text it was read from; the default policy has one, too.
    pub text: String,
    /// Where evidence is looked for.
    pub evidence: EvidencePolicy,
    /// At least one, in the order written.
    pub dimensions: Vec<Dimension>,
    /// Partition of 0..=100, ascending, first from 0.
    pub bands: Vec<Step>,
    /// Partition of 0..=100, ascending, first from 0; empty when the policy turns grades off.
    pub grades: Vec<Step>,
    /// Share of its points that a live claim is worth, 0..=1.
    pub claim_factor: Exact,
    /// The gate.
    pub gate: GatePolicy,
    /// Exemptions.
    pub waivers: Vec<Waiver>,
    /// What is remembered.
    pub history: HistoryPolicy,
    /// Checks that are written down and taken out.
    pub not_applicable: Vec<NotApplicable>,
    /// The way ahead.
    pub plan: Plan,
}

impl Policy {
    /// All checks in the order written, each with its dimension.
    pub fn checks(&self) -> impl Iterator<Item = (&Dimension, &Check)> {
        self.dimensions
            .iter()
            .flat_map(|dimension| dimension.checks.iter().map(move |check| (dimension, check)))
    }
}
