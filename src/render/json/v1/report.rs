//! `readiness/report/v1`: the whole report.

use serde::Serialize;

use crate::model::gate::{Condition, Gate, GateMode};
use crate::model::metric::MetricState;
use crate::model::report::{Base, CheckReport, Delta, DimensionReport, Gap, Report, Verdict, WayToGreen};
use crate::render::json::writer::pretty;

use super::audit::Document as Audited;
use super::debt::{Mutation, Todos};
use super::findings::Section;
use super::number::Number;
use super::sections::{Coverage, Measured, SourceFile, Tests};
use super::trend::Entry;

/// The document for `report`.
pub fn report(report: &Report) -> String {
    pretty(&Document::from(report))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    name: Option<&'a str>,
    head: Commit<'a>,
    base: Option<BaseCommit<'a>>,
    score: Number,
    delta: Option<Number>,
    evidence_delta: Option<Number>,
    policy_delta: Option<Number>,
    evidenced_weight: Number,
    claimed_points: Number,
    upper_bound: Number,
    verdict: Reached<'a>,
    gate: Answer<'a>,
    dimensions: Vec<Dimension<'a>>,
    tests: Option<Tests<'a>>,
    coverage: Option<Coverage<'a>>,
    findings: Option<Section<'a>>,
    measurements: Vec<Measured<'a>>,
    mutation: Vec<Mutation<'a>>,
    todos: Option<Todos<'a>>,
    sources: Vec<SourceFile<'a>>,
    gaps: Vec<Missing<'a>>,
    way_to_green: Option<Way<'a>>,
    policy: Origin<'a>,
    trend: Vec<Entry<'a>>,
    notes: &'a [String],
    audit: Vec<Audited<'a>>,
}

impl<'a> From<&'a Report> for Document<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            schema: "readiness/report/v1",
            name: report.name.as_deref(),
            head: Commit {
                sha: &report.head.sha.0,
                branch: report.head.branch.as_ref().map(|branch| branch.0.as_str()),
            },
            base: report.base.as_ref().map(BaseCommit::from),
            score: report.score.shown.into(),
            delta: report.delta.map(|delta| delta.total.into()),
            evidence_delta: report.delta.map(|delta| delta.evidence.into()),
            policy_delta: report.delta.map(|delta| delta.policy.into()),
            evidenced_weight: report.score.evidenced_weight.into(),
            claimed_points: report.score.claimed_points.into(),
            upper_bound: report.score.upper_bound.into(),
            verdict: (&report.verdict).into(),
            gate: (&report.gate).into(),
            dimensions: report.dimensions.iter().map(Dimension::from).collect(),
            tests: report.tests.as_ref().map(Tests::from),
            coverage: report.coverage.as_ref().map(Coverage::from),
            findings: report.findings.as_ref().map(Section::from),
            measurements: report.measurements.iter().map(Measured::from).collect(),
            mutation: report.mutation.iter().map(Mutation::from).collect(),
            todos: report.todos.as_ref().map(Todos::from),
            sources: report.sources.iter().map(SourceFile::from).collect(),
            gaps: report.gaps.iter().map(Missing::from).collect(),
            way_to_green: report.way_to_green.as_ref().map(Way::from),
            policy: Origin {
                description: &report.policy.description,
                fingerprint: &report.policy.fingerprint,
                proposed_score: report.policy.proposed_score.map(Number::from),
            },
            trend: report.trend.iter().map(Entry::from).collect(),
            notes: &report.notes,
            audit: report.audit.iter().map(Audited::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct Commit<'a> {
    sha: &'a str,
    branch: Option<&'a str>,
}

#[derive(Serialize)]
struct BaseCommit<'a> {
    sha: &'a str,
    branch: Option<&'a str>,
    distance: Option<u32>,
    recorded_at: Option<&'a str>,
}

impl<'a> From<&'a Base> for BaseCommit<'a> {
    fn from(base: &'a Base) -> Self {
        Self {
            sha: &base.sha.0,
            branch: base.branch.as_ref().map(|branch| branch.0.as_str()),
            distance: base.distance,
            recorded_at: base.recorded_at.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Reached<'a> {
    band: &'a str,
    grade: Option<&'a str>,
    capped_by: Option<&'a str>,
}

impl<'a> From<&'a Verdict> for Reached<'a> {
    fn from(verdict: &'a Verdict) -> Self {
        Self { band: &verdict.band, grade: verdict.grade.as_deref(), capped_by: verdict.capped_by.as_deref() }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    outcome: &'static str,
    mode: &'static str,
    enforced: bool,
    enforce_after: Option<&'a str>,
    conditions: Vec<Decided<'a>>,
}

impl<'a> From<&'a Gate> for Answer<'a> {
    fn from(gate: &'a Gate) -> Self {
        let (mode, enforce_after) = match &gate.mode {
            GateMode::Enforce => ("enforce", None),
            GateMode::Warn => ("warn", None),
            GateMode::EnforceAfter(day) => ("enforce-after", Some(day.as_str())),
        };
        Self {
            outcome: gate.outcome.name(),
            mode,
            enforced: gate.enforced,
            enforce_after,
            conditions: gate.conditions.iter().map(Decided::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct Decided<'a> {
    id: &'a str,
    outcome: &'static str,
    actual: Option<Number>,
    limit: Option<Number>,
    message: &'a str,
    way_out: Option<&'a str>,
    names: &'a [String],
}

impl<'a> From<&'a Condition> for Decided<'a> {
    fn from(condition: &'a Condition) -> Self {
        Self {
            id: &condition.id,
            outcome: condition.outcome.name(),
            actual: condition.actual.map(Number::from),
            limit: condition.limit.map(Number::from),
            message: &condition.message,
            way_out: condition.way_out.as_deref(),
            names: &condition.names,
        }
    }
}

#[derive(Serialize)]
struct Change {
    delta: Option<Number>,
    evidence_delta: Option<Number>,
    policy_delta: Option<Number>,
}

impl From<Option<Delta>> for Change {
    fn from(delta: Option<Delta>) -> Self {
        Self {
            delta: delta.map(|delta| delta.total.into()),
            evidence_delta: delta.map(|delta| delta.evidence.into()),
            policy_delta: delta.map(|delta| delta.policy.into()),
        }
    }
}

#[derive(Serialize)]
struct Dimension<'a> {
    id: &'a str,
    name: &'a str,
    weight: u64,
    score: Number,
    points: Number,
    max_points: Number,
    #[serde(flatten)]
    change: Change,
    in_policy: bool,
    checks: Vec<Check<'a>>,
}

impl<'a> From<&'a DimensionReport> for Dimension<'a> {
    fn from(dimension: &'a DimensionReport) -> Self {
        Self {
            id: &dimension.id,
            name: &dimension.name,
            weight: dimension.weight,
            score: dimension.score.into(),
            points: dimension.points.into(),
            max_points: dimension.max_points.into(),
            change: dimension.delta.into(),
            in_policy: dimension.in_policy,
            checks: dimension.checks.iter().map(Check::from).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Check<'a> {
    id: &'a str,
    metric: &'a str,
    state: &'static str,
    reason: Option<&'a str>,
    value: Option<Number>,
    base_value: Option<Number>,
    numerator: Option<u64>,
    denominator: Option<u64>,
    unit: &'static str,
    floor: Number,
    target: Number,
    required: bool,
    attainment: Number,
    points: Number,
    max_points: Number,
    #[serde(flatten)]
    change: Change,
    cause: &'static str,
    in_policy: bool,
    owner: Option<&'a str>,
}

impl<'a> From<&'a CheckReport> for Check<'a> {
    fn from(check: &'a CheckReport) -> Self {
        let number = |value| Number::in_unit(value, check.unit);
        Self {
            id: &check.id,
            metric: &check.metric,
            state: MetricState::name(check.state),
            reason: check.reason.as_deref(),
            value: check.value.as_ref().map(number),
            base_value: check.base_value.as_ref().map(number),
            numerator: check.counts.map(|(numerator, _)| numerator),
            denominator: check.counts.map(|(_, denominator)| denominator),
            unit: check.unit.name(),
            floor: number(&check.floor),
            target: number(&check.target),
            required: check.required,
            attainment: Number::of(&check.attainment),
            points: check.points.into(),
            max_points: check.max_points.into(),
            change: check.delta.into(),
            cause: check.cause.name(),
            in_policy: check.in_policy,
            owner: check.owner.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Missing<'a> {
    check: &'a str,
    points: Number,
    effort_hours: Option<[Number; 2]>,
    points_per_hour: Option<Number>,
    advice: &'a str,
}

impl<'a> From<&'a Gap> for Missing<'a> {
    fn from(gap: &'a Gap) -> Self {
        Self {
            check: &gap.check,
            points: gap.points.into(),
            effort_hours: gap.effort_hours.as_ref().map(|(low, high)| [Number::of(low), Number::of(high)]),
            points_per_hour: gap.points_per_hour.as_ref().map(Number::of),
            advice: &gap.advice,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Way<'a> {
    steps: Vec<Step<'a>>,
    effort_hours: Option<[Number; 2]>,
}

#[derive(Serialize)]
struct Step<'a> {
    advice: &'a str,
    points: Number,
}

impl<'a> From<&'a WayToGreen> for Way<'a> {
    fn from(way: &'a WayToGreen) -> Self {
        Self {
            steps: way
                .steps
                .iter()
                .map(|(advice, points)| Step { advice, points: (*points).into() })
                .collect(),
            effort_hours: way.effort_hours.as_ref().map(|(low, high)| [Number::of(low), Number::of(high)]),
        }
    }
}

#[derive(Serialize)]
struct Origin<'a> {
    description: &'a str,
    fingerprint: &'a str,
    proposed_score: Option<Number>,
}
