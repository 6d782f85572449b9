//! Where the stated plan and the score do not fit together.

use crate::model::exact::Tenths;
use crate::model::plan::{Goal, Phases, ScenarioOutcome};
use crate::model::report::Report;
use crate::score::show::{some, tenths};

/// One sentence each; none for a plan that is right.
pub(super) fn warnings(
    goal: &Goal,
    report: &Report,
    (phases, scenarios): (Option<&Phases>, &[ScenarioOutcome]),
) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(past(goal, "the score of today", report.score.shown));
    let steps = phases.map(|phases| phases.steps.as_slice()).unwrap_or_default();
    for step in steps {
        let name = format!("phase “{}”", step.name);
        said.extend(unknown(&name, &step.unknown));
        let idle: Vec<String> = step
            .raises
            .iter()
            .filter(|raise| raise.from == raise.to)
            .map(|raise| raise.check.clone())
            .collect();
        if !idle.is_empty() {
            said.push(format!("{name} raises nothing by {}: it is there already", some(&idle)));
        }
    }
    said.extend(steps.last().and_then(|last| past(goal, "the last phase", last.score)));
    for scenario in scenarios {
        let name = format!("scenario “{}”", scenario.name);
        said.extend(unknown(&name, &scenario.unknown));
        said.extend(past(goal, &name, scenario.score));
    }
    said
}

fn unknown(name: &str, checks: &[String]) -> Option<String> {
    (!checks.is_empty())
        .then(|| format!("{name} names {}, which the policy does not have: no points for it", some(checks)))
}

/// A ceiling that is passed is none.
fn past(goal: &Goal, what: &str, score: Tenths) -> Option<String> {
    (score > goal.score)
        .then(|| format!("{what} reaches {}, past the ceiling of {}", tenths(score), tenths(goal.score)))
}
