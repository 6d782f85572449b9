//! The policy: `readiness.yml` as validated values.
//!
//! [`load::parse`] turns text into a [`Policy`] or an error with line, column and a way out; nothing half-valid
//! exists. Imports the model only. `docs/policy.md` lists every key.

mod component;
pub mod defaults;
pub mod error;
pub mod extends;
pub mod extract;
#[cfg(test)]
mod extract_tests;
mod fingerprint;
mod gate;
mod glob;
pub mod load;
mod locate;
mod loosen;
mod meaning;
mod outline;
mod plan;
mod presets;
mod quantity;
mod raw;
#[cfg(test)]
mod schema_tests;
mod selector;
pub mod suggest;
pub mod tighten;
mod validate;
mod value;

use jiff::civil::Date;

use crate::model::exact::{Exact, Tenths};
use crate::model::metric::Unit;

pub use component::Component;
pub use gate::{GatePolicy, OnBadEvidence, PolicyChange, Waiver};
pub use meaning::left;
pub use plan::{Ceiling, Phase, Plan, Scenario};
pub use selector::{CoverageMetric, FindingMetric, MetricSelector, Selection, TestMetric, TodoMetric};

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
    /// Numbers that are taken out of single files.
    pub extract: Vec<extract::Extractor>,
}

/// What is remembered.
#[derive(Clone, Debug)]
pub struct HistoryPolicy {
    /// Branch globs whose pushes are recorded.
    pub branches: Selection,
    /// Days that lines are kept.
    pub keep_days: u32,
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
    /// Parts that are looked at on their own, in the order written.
    pub components: Vec<Component>,
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
    /// Documents whose contradictions stand in the report; none when empty.
    pub audit: Selection,
}

impl Policy {
    /// All checks in the order written, each with its dimension.
    pub fn checks(&self) -> impl Iterator<Item = (&Dimension, &Check)> {
        self.dimensions
            .iter()
            .flat_map(|dimension| dimension.checks.iter().map(move |check| (dimension, check)))
    }

    /// Whether a check counts markers in comments.
    pub fn counts_todos(&self) -> bool {
        let is_about = |subject: &Subject| matches!(subject, Subject::Metric(MetricSelector::Todos { .. }));
        self.checks().any(|(_, check)| is_about(&check.subject))
    }
}
