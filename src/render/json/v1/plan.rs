//! `readiness/plan/v1`.

use serde::Serialize;

use crate::model::exact::{Exact, Tenths};
use crate::model::plan::{
    Hours, Milestone, PhaseOutcome, Phases, PlanReport, Projection, Raise, ScenarioOutcome, Slope,
};
use crate::model::report::Gap;
use crate::render::json::writer::pretty;

use super::number::Number;
use super::report::{Missing, Reached as Judged, Way};

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

fn check(gap: &Gap) -> &str {
    &gap.check
}

fn hours(hours: Option<&Hours>) -> Option<[Number; 2]> {
    hours.map(|(low, high)| [Number::of(low), Number::of(high)])
}

#[derive(Serialize)]
struct Goal<'a> {
    score: Number,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct PhaseList<'a> {
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
struct Scenario<'a> {
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

/// Low, middle and high of a band are in this order.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
enum Trend<'a> {
    TooShort { runs: usize, days: u64 },
    Unclear { points_per_week: [Number; 3] },
    Rising { points_per_week: [Number; 3], in_four_weeks: [Number; 3], milestones: Vec<Reached<'a>> },
}

#[derive(Serialize)]
struct Reached<'a> {
    name: &'a str,
    score: Number,
    weeks: [Number; 3],
}

impl<'a> From<&'a Projection> for Trend<'a> {
    fn from(projection: &'a Projection) -> Self {
        match projection {
            Projection::TooShort { runs, days } => Self::TooShort { runs: *runs, days: *days },
            Projection::Unclear(slope) => Self::Unclear { points_per_week: band(slope) },
            Projection::Rising { slope, milestones, in_four_weeks: (low, middle, high) } => Self::Rising {
                points_per_week: band(slope),
                in_four_weeks: [*low, *middle, *high].map(Number::from),
                milestones: milestones.iter().map(reached).collect(),
            },
        }
    }
}

fn band(slope: &Slope) -> [Number; 3] {
    [&slope.low, &slope.middle, &slope.high].map(|number: &Exact| Number::of(number))
}

fn reached(milestone: &Milestone) -> Reached<'_> {
    let (first, middle, last) = &milestone.weeks;
    Reached {
        name: &milestone.name,
        score: milestone.score.into(),
        weeks: [first, middle, last].map(|number: &Exact| Number::of(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample_plan;

    #[test]
    #[expect(clippy::too_many_lines, reason = "the snapshot is the whole document")]
    fn a_plan_is_written_like_this() {
        insta::assert_snapshot!(plan(&sample_plan::plan()), @r#"
        {
          "schema": "readiness/plan/v1",
          "score": 87.4,
          "measured_score": 87.2,
          "assumed": [
            "coverage.lines is 77.4 %"
          ],
          "verdict": {
            "band": "ready",
            "grade": "B",
            "capped_by": null
          },
          "gate": "fail",
          "goal": {
            "score": 95.0,
            "reason": "no production | traffic in CI"
          },
          "missing": 12.6,
          "effort_hours": null,
          "gaps": [
            {
              "check": "performance.p99",
              "points": 10.0,
              "effort_hours": [
                40,
                60
              ],
              "points_per_hour": 0.2,
              "advice": "bring evidence for `http_req_duration.p99`"
            },
            {
              "check": "tests.pass-rate",
              "points": 1.6,
              "effort_hours": null,
              "points_per_hour": null,
              "advice": "raise `tests.pass-rate` from 98.7 % to 100.0 %"
            },
            {
              "check": "coverage.lines",
              "points": 1.0,
              "effort_hours": null,
              "points_per_hour": null,
              "advice": "raise `coverage.lines` from 77.4 % to 80.0 %"
            }
          ],
          "by_points_per_hour": [
            "performance.p99"
          ],
          "way_to_green": {
            "steps": [
              {
                "advice": "make `test_checkout_rejects_an_expired_card` pass",
                "points": 0.8
              },
              {
                "advice": "cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`",
                "points": 0.0
              }
            ],
            "effort_hours": null
          },
          "phases": {
            "gain": 11.6,
            "effort_hours": null,
            "steps": [
              {
                "name": "Load tests",
                "gain": 10.0,
                "exact_gain": 10,
                "score": 97.4,
                "verdict": {
                  "band": "ready",
                  "grade": "A+",
                  "capped_by": null
                },
                "effort_hours": [
                  40,
                  60
                ],
                "points_per_hour": 0.2,
                "raises": [
                  {
                    "check": "performance.p99",
                    "from": 0,
                    "to": 1,
                    "gain": 10.0
                  }
                ],
                "unknown": []
              },
              {
                "name": "Repairs",
                "gain": 1.6,
                "exact_gain": 1.6,
                "score": 99.0,
                "verdict": {
                  "band": "ready",
                  "grade": "A+",
                  "capped_by": null
                },
                "effort_hours": null,
                "points_per_hour": null,
                "raises": [
                  {
                    "check": "tests.pass-rate",
                    "from": 0.974,
                    "to": 1,
                    "gain": 1.6
                  }
                ],
                "unknown": [
                  "e2e.router"
                ]
              }
            ],
            "rest": [
              {
                "check": "coverage.lines",
                "points": 1.0
              }
            ]
          },
          "scenarios": [
            {
              "name": "Cautious <b>",
              "score": 88.4,
              "change": 1.0,
              "verdict": {
                "band": "ready",
                "grade": "A+",
                "capped_by": null
              },
              "effort_hours": [
                8,
                8
              ],
              "unknown": []
            }
          ],
          "projection": {
            "state": "rising",
            "points_per_week": [
              0.5,
              1,
              2
            ],
            "in_four_weeks": [
              89.4,
              91.4,
              95.0
            ],
            "milestones": [
              {
                "name": "goal",
                "score": 95.0,
                "weeks": [
                  3.8,
                  7.6,
                  15.2
                ]
              }
            ]
          },
          "warnings": [
            "the last phase reaches 99, past the ceiling of 95"
          ]
        }
        "#);
    }
}
