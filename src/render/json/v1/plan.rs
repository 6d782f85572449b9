//! `readiness/plan/v1`.

use serde::Serialize;

use super::number::Number;
use super::report::{Missing, Reached as Judged, Way};
use crate::model::exact::Tenths;
use crate::model::plan::{Hours, PlanReport};
use crate::model::report::Gap;
use crate::render::json::writer::pretty;

mod phases;
mod projection;

use phases::{PhaseList, Scenario};
use projection::Trend;

/// The document for `plan`.
pub fn plan(plan: &PlanReport) -> String {
    pretty(&Document::from(plan))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    score: Number,
    measured_score: Option<Number>,
    assumed: &'a [String],
    verdict: Judged<'a>,
    gate: &'static str,
    goal: Goal<'a>,
    missing: Number,
    effort_hours: Option<[Number; 2]>,
    gaps: Vec<Missing<'a>>,
    by_points_per_hour: Vec<&'a str>,
    way_to_green: Option<Way<'a>>,
    phases: Option<PhaseList<'a>>,
    scenarios: Vec<Scenario<'a>>,
    projection: Trend<'a>,
    warnings: &'a [String],
}

impl<'a> From<&'a PlanReport> for Document<'a> {
    fn from(plan: &'a PlanReport) -> Self {
        let report = &plan.report;
        Self {
            schema: "readiness/plan/v1",
            score: report.score.shown.into(),
            measured_score: plan.measured.map(Number::from),
            assumed: &plan.assumed,
            verdict: Judged::from(&report.verdict),
            gate: report.gate.outcome.name(),
            goal: Goal { score: plan.goal.score.into(), reason: plan.goal.reason.as_deref() },
            missing: (Tenths(1000) - report.score.shown).into(),
            effort_hours: hours(plan.effort.as_ref()),
            gaps: report.gaps.iter().map(Missing::from).collect(),
            by_points_per_hour: plan.by_rate.iter().map(check).collect(),
            way_to_green: report.way_to_green.as_ref().map(Way::from),
            phases: plan.phases.as_ref().map(PhaseList::from),
            scenarios: plan.scenarios.iter().map(Scenario::from).collect(),
            projection: Trend::from(&plan.projection),
            warnings: &plan.warnings,
        }
    }
}

pub(super) fn check(gap: &Gap) -> &str {
    &gap.check
}

pub(super) fn hours(hours: Option<&Hours>) -> Option<[Number; 2]> {
    hours.map(|(low, high)| [Number::of(low), Number::of(high)])
}

#[derive(Serialize)]
struct Goal<'a> {
    score: Number,
    reason: Option<&'a str>,
}

#[cfg(test)]
mod tests;
