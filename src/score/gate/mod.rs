//! The gate: one file per condition, and the list of them.
//!
//! A new condition is one file with a function from [`Context`] to its decided conditions (none when the policy
//! does not ask for it), one line in [`CONDITIONS`], and its name in the policy's list of waivable conditions.

mod bad_evidence;
mod components;
mod dimension_min;
mod lost_evidence;
mod lost_tests;
mod max_drop;
mod max_failures;
mod min_score;
mod new_failures;
mod new_findings;
mod new_flaky;
mod patch_coverage;
mod policy_change;
mod required;
mod suite_errors;
mod waive;

use jiff::civil::Date;

use super::Situation;
use super::lost::Lost;
use super::points::Scorecard;
use crate::model::coverage_change::ReportSet;
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::findings_change::FindingsSection;
use crate::model::gate::{Condition, ConditionOutcome, Gate, GateMode, GateNumber, GateOutcome};
use crate::model::report::{ComponentReport, Delta, DimensionReport, TestsReport};
use crate::policy::GatePolicy;

/// What conditions look at: everything that is decided before the gate.
pub(super) struct Context<'a> {
    pub(super) situation: &'a Situation<'a>,
    pub(super) card: &'a Scorecard<'a>,
    pub(super) dimensions: &'a [DimensionReport],
    pub(super) delta: Option<Delta>,
    pub(super) tests: Option<&'a TestsReport>,
    pub(super) findings: Option<&'a FindingsSection>,
    pub(super) components: &'a [ComponentReport],
    /// Coverage reports that only one side has.
    pub(super) reports: &'a ReportSet,
    /// What of the base's evidence is not here.
    pub(super) lost: &'a Lost<'a>,
    /// The shown score under the policy that the change brings along.
    pub(super) proposed: Option<Tenths>,
}

impl<'a> Context<'a> {
    fn gate(&self) -> &'a GatePolicy {
        &self.situation.policy.gate
    }

    fn shown(&self) -> Tenths {
        self.card.shown()
    }

    /// The base's evidence.
    fn base(&self) -> Option<&'a Evidence> {
        self.situation.baseline.map(|baseline| &baseline.evidence)
    }
}

/// All conditions in the order of the report.
const CONDITIONS: [fn(&Context<'_>) -> Vec<Condition>; 15] = [
    min_score::decide,
    max_drop::decide,
    dimension_min::decide,
    required::decide,
    max_failures::decide,
    new_failures::decide,
    new_findings::decide,
    lost_tests::decide,
    lost_evidence::decide,
    patch_coverage::decide,
    components::decide,
    new_flaky::decide,
    policy_change::decide,
    suite_errors::decide,
    bad_evidence::decide,
];

/// Decides every condition, applies waivers, and gives the mode's answer.
pub(super) fn decide(context: &Context<'_>) -> Gate {
    let today = context.situation.today;
    let waivers = &context.situation.policy.waivers;
    let mut conditions: Vec<Condition> = CONDITIONS.iter().flat_map(|decide| decide(context)).collect();
    for condition in &mut conditions {
        waive::apply(condition, waivers, today);
    }
    let mode = context.gate().mode.clone();
    let enforced = is_enforced(&mode, today);
    let fails = conditions.iter().any(|condition| condition.outcome == ConditionOutcome::Fail);
    let outcome = if enforced && fails { GateOutcome::Fail } else { GateOutcome::Pass };
    Gate { outcome, mode, enforced, conditions }
}

/// Whether failing conditions block on the day. A day that cannot be read enforces: nothing goes by unseen.
fn is_enforced(mode: &GateMode, today: Date) -> bool {
    match mode {
        GateMode::Enforce => true,
        GateMode::Warn => false,
        GateMode::EnforceAfter(day) => day.parse::<Date>().map_or(true, |day| day <= today),
    }
}

/// A condition without numbers; the rest is added by struct update.
fn condition(id: impl Into<String>, outcome: ConditionOutcome, message: impl Into<String>) -> Condition {
    Condition {
        id: id.into(),
        outcome,
        actual: None,
        limit: None,
        message: message.into(),
        way_out: None,
        names: Vec::new(),
    }
}

/// A condition that compares with a base that is not there.
fn no_baseline(id: &str, limit: Option<GateNumber>) -> Condition {
    let message = "there is no baseline to compare with";
    let way_out = Some("a recorded run of the base branch makes the comparison possible".to_owned());
    Condition { limit, way_out, ..condition(id, ConditionOutcome::NoBaseline, message) }
}

/// Pass or fail.
fn outcome(holds: bool) -> ConditionOutcome {
    if holds { ConditionOutcome::Pass } else { ConditionOutcome::Fail }
}

/// The waiver as a way out: what a change brings along does not rule over that change.
fn or_waive(id: &str) -> String {
    format!("or waive `{id}` with a reason (merged to the base branch first)")
}

/// The way out, only where one is needed.
fn unless(holds: bool, way_out: impl FnOnce() -> String) -> Option<String> {
    if holds { None } else { Some(way_out()) }
}
