//! How a plan is said, the same in every output.

use crate::model::exact::{Exact, Tenths};
use crate::model::plan::{Hours, Milestone, PlanReport, Projection, Slope};

use super::wording;

/// Hours from least to most; nothing where they are unknown.
pub(super) fn hours(hours: Option<&Hours>) -> String {
    hours.map(wording::effort).unwrap_or_default()
}

/// Points per hour; nothing where the effort is unknown. Small rates differ in their third digit.
pub(super) fn rate(rate: Option<&Exact>) -> String {
    let digits = |rate: &Exact| if rate.numer() < rate.denom() { 3 } else { 2 };
    rate.map(|rate| wording::decimal(rate, digits(rate))).unwrap_or_default()
}

/// What was assumed, with the score without it.
pub(super) fn assumptions(plan: &PlanReport) -> Vec<String> {
    let without =
        plan.measured.map(|score| format!("what if: without these assumptions the score is {score}"));
    plan.assumed.iter().map(|said| format!("what if: {said}")).chain(without).collect()
}

/// How far it is, and what limits it.
pub(super) fn goal(plan: &PlanReport) -> String {
    let (score, goal) = (plan.report.score.shown, plan.goal.score);
    let missing = (goal - score).max(Tenths::ZERO);
    match &plan.goal.reason {
        None => format!("the goal is {goal}: {missing} points are missing"),
        Some(reason) => format!(
            "the goal is the ceiling of {goal} ({reason}): {missing} points are missing, {} more are out of reach",
            Tenths(1000) - goal
        ),
    }
}

/// What the trend says, one sentence each.
pub(super) fn projection(projection: &Projection) -> Vec<String> {
    match projection {
        Projection::TooShort { runs, days } => vec![format!(
            "not projected: it takes 8 recorded runs over 14 days, and there are {runs} over {}",
            wording::counted(*days, "day")
        )],
        Projection::Unclear(slope) => {
            vec![format!("not projected: {}, which is not clearly a rise", speed(slope))]
        }
        Projection::Rising { slope, milestones, in_four_weeks: (low, middle, high) } => {
            let mut said = vec![format!("the score rises: {}", speed(slope))];
            said.extend(milestones.iter().map(reached));
            said.push(format!("in 4 weeks: {middle} ({low} to {high})"));
            said
        }
    }
}

fn speed(slope: &Slope) -> String {
    let shown = |number| wording::decimal(number, 2);
    let (low, middle, high) = (shown(&slope.low), shown(&slope.middle), shown(&slope.high));
    format!("{middle} points per week ({low} to {high} in the middle 60 % of all pairs of runs)")
}

fn reached(milestone: &Milestone) -> String {
    let weeks = |number| wording::decimal(number, 1);
    let (first, middle, last) = &milestone.weeks;
    format!(
        "{} ({}) in {} weeks ({} to {})",
        milestone.name,
        milestone.score,
        weeks(middle),
        weeks(first),
        weeks(last)
    )
}
