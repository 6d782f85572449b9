//! "What if" by the policy: each scenario starts from the score of today.

use super::raised::{effort, set, unknown};
use crate::model::plan::ScenarioOutcome;
use crate::policy::{Policy, Scenario};
use crate::score::points::Scorecard;
use crate::score::verdict::verdict;

/// Every scenario of the policy, in its order.
pub(super) fn scenarios(policy: &Policy, card: &Scorecard<'_>) -> Vec<ScenarioOutcome> {
    policy.plan.scenarios.iter().map(|scenario| outcome(scenario, policy, card)).collect()
}

fn outcome(scenario: &Scenario, policy: &Policy, card: &Scorecard<'_>) -> ScenarioOutcome {
    let mut then = card.clone();
    for (id, attainment) in &scenario.set {
        set(&mut then, id, attainment);
    }
    ScenarioOutcome {
        name: scenario.name.clone(),
        score: then.shown(),
        change: then.shown() - card.shown(),
        verdict: verdict(policy, &then),
        unknown: unknown(card, &scenario.set),
        effort: effort(card, &then),
    }
}
