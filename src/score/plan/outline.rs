//! The one function that puts the plan together.

use std::cmp::Reverse;

use super::raised::total;
use super::{Assumptions, phases, scenarios, trend, warnings};
use crate::model::exact::Tenths;
use crate::model::order;
use crate::model::plan::{Goal, PlanReport};
use crate::model::report::Gap;
use crate::score::Situation;
use crate::score::coverage_change;
use crate::score::evaluate::{evaluate, evaluate_with};
use crate::score::facts::Facts;
use crate::score::lost::Lost;
use crate::score::points::Scorecard;

/// Computes the plan: the same for the same situation and the same assumptions.
pub fn plan(situation: &Situation<'_>, assumptions: &Assumptions) -> PlanReport {
    let report = evaluate_with(situation, &assumptions.set);
    let reports = coverage_change::report_set(situation);
    let lost = Lost::of(situation);
    let facts = Facts::head(situation, &reports, &lost).knowing(report.todos.as_ref());
    let card = Scorecard::new(situation.policy, &facts).assuming(&assumptions.set, &facts);
    let goal = goal(situation);
    let phases = phases::phases(situation.policy, &card);
    let scenarios = scenarios::scenarios(situation.policy, &card);
    PlanReport {
        measured: measured(situation, assumptions),
        assumed: assumptions.said.clone(),
        by_rate: by_rate(&report.gaps),
        effort: total(report.gaps.iter().map(|gap| gap.effort_hours.as_ref())),
        projection: trend::projection(&situation.trend, situation.policy, (report.score.shown, goal.score)),
        warnings: warnings::warnings(&goal, &report, (phases.as_ref(), &scenarios)),
        goal,
        phases,
        scenarios,
        report,
    }
}

fn goal(situation: &Situation<'_>) -> Goal {
    match &situation.policy.plan.ceiling {
        Some(ceiling) => Goal { score: ceiling.score, reason: Some(ceiling.reason.clone()) },
        None => Goal { score: Tenths(1000), reason: None },
    }
}

fn measured(situation: &Situation<'_>, assumptions: &Assumptions) -> Option<Tenths> {
    let set = !assumptions.set.is_empty();
    assumptions.measured.or_else(|| set.then(|| evaluate(situation).score.shown))
}

fn by_rate(gaps: &[Gap]) -> Vec<Gap> {
    let mut rated: Vec<Gap> = gaps.iter().filter(|gap| gap.points_per_hour.is_some()).cloned().collect();
    order::sort_by_key(&mut rated, |gap| Reverse(gap.points_per_hour.clone()));
    rated
}
