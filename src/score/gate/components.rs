//! `component/ID/LIMIT`: the policy's limits for one component hold. What was not measured does not hold.

use super::{
    Condition, ConditionOutcome, Context, GateNumber, Tenths, condition, no_baseline, outcome, unless,
};
use crate::model::coverage::Covered;
use crate::model::exact::percent;
use crate::model::report::{ComponentReport, ComponentState};
use crate::model::words::with_noun;
use crate::policy::Component;
use crate::score::components::said;
use crate::score::show::{count, tenths};

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let components = context.situation.policy.components.iter().zip(context.components);
    components.flat_map(|(policy, found)| one(&Subject { policy, found, context })).collect()
}

/// One component with its limits.
struct Subject<'a> {
    policy: &'a Component,
    found: &'a ComponentReport,
    context: &'a Context<'a>,
}

fn one(subject: &Subject<'_>) -> Vec<Condition> {
    let Component { coverage, branch_coverage, patch_coverage, max_drop, .. } = subject.policy;
    let lines = Some(subject.found.totals.lines);
    let branches = subject.found.totals.branches;
    let decided = [
        coverage.map(|limit| subject.least("coverage", ("line", lines), limit)),
        branch_coverage.map(|limit| subject.least("branch-coverage", ("branch", branches), limit)),
        patch_coverage.map(|limit| subject.patch(limit)),
        max_drop.map(|limit| subject.drop(limit)),
    ];
    decided.into_iter().flatten().collect()
}

impl Subject<'_> {
    fn id(&self, limit: &str) -> String {
        format!("component/{}/{limit}", self.policy.id)
    }

    fn is_measured(&self) -> bool {
        matches!(self.found.state, ComponentState::Measured | ComponentState::Carried)
    }

    /// Where the numbers come from, when not from this commit.
    fn origin(&self) -> String {
        if self.found.carried.is_empty() {
            String::new()
        } else {
            format!(" ({})", said(&self.found.carried))
        }
    }

    fn unmeasured(&self, limit: &str, what: &str) -> Condition {
        let nothing = || format!("no report has {what} records of its files");
        let reason = self.found.reason.clone().unwrap_or_else(nothing);
        let message = format!("{what} coverage of {} cannot be told: {reason}", self.policy.name);
        let name = &self.policy.name;
        let way_out = Some(match self.found.totals.lines.total {
            0 => format!("hand in the coverage reports of the job of {name}"),
            _ if self.is_measured() => format!("let the coverage tool of {name} record {what} coverage"),
            _ => format!("hand in all coverage reports of {name}"),
        });
        Condition { way_out, ..condition(self.id(limit), ConditionOutcome::Fail, message) }
    }

    fn least(&self, key: &str, (what, covered): (&str, Option<Covered>), limit: Tenths) -> Condition {
        let found = covered.and_then(|covered| Some((percent(covered.covered, covered.total)?, covered)));
        let Some((found, covered)) = found.filter(|_| self.is_measured()) else {
            return Condition { limit: Some(GateNumber::Tenths(limit)), ..self.unmeasured(key, what) };
        };
        let holds = found >= limit;
        let message = format!(
            "{what} coverage of {} is {} %{}, at least {} % asked for",
            self.policy.name,
            tenths(found),
            self.origin(),
            tenths(limit)
        );
        Condition {
            actual: Some(GateNumber::Tenths(found)),
            limit: Some(GateNumber::Tenths(limit)),
            way_out: unless(holds, || {
                let missed = count(covered.total - covered.covered, &format!("missed {what}"));
                format!("cover {} of the {missed} of {}", needed(covered, limit), self.policy.name)
            }),
            ..condition(self.id(key), outcome(holds), message)
        }
    }

    fn patch(&self, limit: Tenths) -> Condition {
        let decided = self.decided_patch(limit);
        Condition { limit: Some(GateNumber::Tenths(limit)), ..decided }
    }

    fn decided_patch(&self, limit: Tenths) -> Condition {
        const KEY: &str = "patch-coverage";
        let not_gated = |message: String| condition(self.id(KEY), ConditionOutcome::NotGated, message);
        let name = &self.policy.name;
        let Some(diff) = self.context.situation.diff else {
            return not_gated("no diff is known, so there are no added lines to look at".to_owned());
        };
        let touched = |path: &String| self.policy.has(path);
        if !diff.files.iter().any(|(path, change)| touched(path) && !change.added.is_empty()) {
            return not_gated(format!("the change adds no line to {name}"));
        }
        if !self.is_measured() {
            return self.unmeasured(KEY, "line");
        }
        let lines = self.found.patch.unwrap_or_default();
        let least = self.context.gate().patch_min_lines;
        let added = count(lines.total, "added coverable line");
        let Some(found) = percent(lines.covered, lines.total).filter(|_| lines.total >= least) else {
            let actual = percent(lines.covered, lines.total).map(GateNumber::Tenths);
            let message =
                format!("{added} in {name}, fewer than the {least} that patch coverage is decided on");
            return Condition { actual, ..not_gated(message) };
        };
        let holds = found >= limit;
        let asked = tenths(limit);
        let message = format!(
            "patch coverage of {name} is {} % of {added}, at least {asked} % asked for",
            tenths(found)
        );
        if let Some(reason) = diff.incomplete.as_ref().filter(|_| holds) {
            return not_gated(format!("{message}; the diff is not whole, so this is not decided: {reason}"));
        }
        Condition {
            actual: Some(GateNumber::Tenths(found)),
            way_out: unless(holds, || {
                let missed = count(lines.total - lines.covered, "missed added line");
                format!("cover {} of the {missed} of {name}", needed(lines, limit))
            }),
            ..condition(self.id(KEY), outcome(holds), message)
        }
    }

    fn drop(&self, limit: Tenths) -> Condition {
        const KEY: &str = "max-drop";
        let limit_shown = Some(GateNumber::Tenths(limit));
        if self.found.base.is_none() {
            return no_baseline(&self.id(KEY), limit_shown);
        }
        let Some(delta) = self.found.delta.filter(|_| self.is_measured()) else {
            return Condition { limit: limit_shown, ..self.unmeasured(KEY, "line") };
        };
        let drop = (Tenths::ZERO - delta).max(Tenths::ZERO);
        let holds = drop <= limit;
        let message = format!(
            "line coverage of {} dropped by {}{}, at most {} allowed",
            self.policy.name,
            with_noun(&tenths(drop), "point"),
            self.origin(),
            tenths(limit)
        );
        let way_out = unless(holds, || {
            let back = with_noun(&tenths(drop - limit), "point");
            format!("win back {back} of line coverage of {}", self.policy.name)
        });
        let actual = Some(GateNumber::Tenths(drop));
        Condition { actual, limit: limit_shown, way_out, ..condition(self.id(KEY), outcome(holds), message) }
    }
}

/// The fewest more that reach `limit`: the smallest n with 1000 · (covered + n) ≥ limit · total.
pub(super) fn needed(covered: Covered, limit: Tenths) -> u128 {
    let limit = u128::try_from(limit.0).unwrap_or(0);
    (limit * u128::from(covered.total)).div_ceil(1000).saturating_sub(u128::from(covered.covered))
}
