//! Phases and scenarios of a plan.

use serde::Serialize;

use super::hours;
use crate::model::plan::{PhaseOutcome, Phases, Raise, ScenarioOutcome};
use crate::render::json::v1::number::Number;
use crate::render::json::v1::report::Reached as Judged;

#[derive(Serialize)]
pub(super) struct PhaseList<'a> {
    gain: Number,
    effort_hours: Option<[Number; 2]>,
    steps: Vec<Phase<'a>>,
    rest: Vec<Rest<'a>>,
}

impl<'a> From<&'a Phases> for PhaseList<'a> {
    fn from(phases: &'a Phases) -> Self {
        Self {
            gain: phases.gain.into(),
            effort_hours: hours(phases.effort.as_ref()),
            steps: phases.steps.iter().map(Phase::from).collect(),
            rest: phases
                .rest
                .iter()
                .map(|rest| Rest { check: &rest.check, points: rest.points.into() })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Rest<'a> {
    check: &'a str,
    points: Number,
}

#[derive(Serialize)]
struct Phase<'a> {
    name: &'a str,
    gain: Number,
    exact_gain: Number,
    score: Number,
    verdict: Judged<'a>,
    effort_hours: Option<[Number; 2]>,
    points_per_hour: Option<Number>,
    raises: Vec<RaiseOf<'a>>,
    unknown: &'a [String],
}

impl<'a> From<&'a PhaseOutcome> for Phase<'a> {
    fn from(step: &'a PhaseOutcome) -> Self {
        Self {
            name: &step.name,
            gain: step.gain.into(),
            exact_gain: Number::of(&step.exact),
            score: step.score.into(),
            verdict: Judged::from(&step.verdict),
            effort_hours: hours(step.effort.as_ref()),
            points_per_hour: step.points_per_hour.as_ref().map(Number::of),
            raises: step.raises.iter().map(RaiseOf::from).collect(),
            unknown: &step.unknown,
        }
    }
}

#[derive(Serialize)]
struct RaiseOf<'a> {
    check: &'a str,
    from: Number,
    to: Number,
    gain: Number,
}

impl<'a> From<&'a Raise> for RaiseOf<'a> {
    fn from(raise: &'a Raise) -> Self {
        Self {
            check: &raise.check,
            from: Number::of(&raise.from),
            to: Number::of(&raise.to),
            gain: raise.gain.into(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Scenario<'a> {
    name: &'a str,
    score: Number,
    change: Number,
    verdict: Judged<'a>,
    effort_hours: Option<[Number; 2]>,
    unknown: &'a [String],
}

impl<'a> From<&'a ScenarioOutcome> for Scenario<'a> {
    fn from(one: &'a ScenarioOutcome) -> Self {
        Self {
            name: &one.name,
            score: one.score.into(),
            change: one.change.into(),
            verdict: Judged::from(&one.verdict),
            effort_hours: hours(one.effort.as_ref()),
            unknown: &one.unknown,
        }
    }
}
