//! What a policy means, in a few sentences.

use jiff::civil::Date;

use super::{
    Attestation, Check, Component, Dimension, GatePolicy, OnBadEvidence, Policy, PolicyChange, Step, Subject,
};
use crate::model::gate::GateMode;
use crate::model::order;

impl Policy {
    /// One sentence per dimension, then the gate, the verdict, and everything that ends some day.
    pub fn meaning(&self, today: Date) -> Vec<String> {
        let all: u64 = self.dimensions.iter().map(|dimension| dimension.weight).sum();
        let mut said: Vec<String> = self.dimensions.iter().map(|own| dimension(own, all)).collect();
        said.extend((!self.components.is_empty()).then(|| {
            let all: Vec<String> = self.components.iter().map(component).collect();
            format!("components: {}", all.join(", "))
        }));
        said.push(gate(&self.gate, self.checks().filter(|(_, check)| check.required).count()));
        said.push(format!("verdict: {}", steps(&self.bands)));
        if !self.grades.is_empty() {
            said.push(format!("grade: {}", steps(&self.grades)));
        }
        said.extend(
            self.not_applicable.iter().map(|out| format!("not applicable: {} ({})", out.check, out.reason)),
        );
        said.extend(self.checks().filter_map(|(_, check)| claim(check, today)));
        said.extend(self.waivers.iter().map(|waiver| {
            let left = left(waiver.expires, today);
            format!("waiver of {} by {}, {left}: {}", waiver.condition, waiver.owner, waiver.reason)
        }));
        said.extend(self.unknown_in_plan());
        said
    }

    /// Checks that the plan names and the policy does not have; allowed, and often a slip.
    fn unknown_in_plan(&self) -> Option<String> {
        let phases = self.plan.phases.iter().flat_map(|phase| &phase.raises);
        let named = phases.chain(self.plan.scenarios.iter().flat_map(|scenario| &scenario.set));
        let known = |id: &str| self.checks().any(|(_, check)| check.id == id);
        let mut unknown: Vec<&str> = named.map(|(id, _)| id.as_str()).filter(|id| !known(id)).collect();
        order::sort(&mut unknown);
        unknown.dedup();
        (!unknown.is_empty())
            .then(|| format!("the plan names checks that are not here: {}", unknown.join(", ")))
    }
}

fn dimension(own: &Dimension, all: u64) -> String {
    let sum: u64 = own.checks.iter().map(|check| check.weight).sum();
    let checks = own.checks.iter().map(|check| {
        let required = if check.required { ", required" } else { "" };
        format!("{} ({}, {} of {sum}{required})", check.key, check.metric, check.weight)
    });
    format!("{}, {} of {all}: {}", own.name, own.weight, checks.collect::<Vec<_>>().join(", "))
}

fn component(own: &Component) -> String {
    let limits = [
        ("coverage", own.coverage, " %"),
        ("branch-coverage", own.branch_coverage, " %"),
        ("patch-coverage", own.patch_coverage, " %"),
        ("max-drop", own.max_drop, ""),
    ];
    let limits =
        limits.into_iter().filter_map(|(name, limit, unit)| Some(format!("{name} {}{unit}", limit?)));
    let limits: Vec<String> = limits.collect();
    let limits = if limits.is_empty() { "no limit of its own".to_owned() } else { limits.join(", ") };
    format!("{} ({limits})", own.id)
}

fn gate(gate: &GatePolicy, required: usize) -> String {
    let mode = match &gate.mode {
        GateMode::Enforce => "gate, enforced".to_owned(),
        GateMode::Warn => "gate, warns only".to_owned(),
        GateMode::EnforceAfter(day) => format!("gate, enforced from {day} on"),
    };
    let limits = [
        gate.min_score.map(|limit| format!("min-score {limit}")),
        gate.max_drop.map(|limit| format!("max-drop {limit}")),
        gate.max_failures.map(|limit| format!("max-failures {limit}")),
        gate.patch_coverage
            .map(|limit| format!("patch-coverage {limit} % from {} lines on", gate.patch_min_lines)),
        gate.max_new_flaky.map(|limit| format!("max-new-flaky {limit}")),
        gate.no_new_failures.then(|| "no-new-failures".to_owned()),
        gate.no_new_findings.map(|_| "no-new-findings".to_owned()),
        gate.no_lost_tests.then(|| "no-lost-tests".to_owned()),
        gate.no_lost_evidence.then(|| "no-lost-evidence".to_owned()),
        gate.policy_change.map(|rule| format!("policy-change {}", rule.name())),
        (required > 0).then(|| format!("{required} required")),
        (gate.on_bad_evidence == OnBadEvidence::Fail).then(|| "no bad evidence".to_owned()),
    ];
    let least = gate.dimension_min.iter().map(|(id, limit)| format!("{id} {limit}"));
    let conditions: Vec<String> = limits.into_iter().flatten().chain(least).collect();
    format!("{mode}: {}", conditions.join(", "))
}

impl PolicyChange {
    /// The word in the policy.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::StricterOnly => "stricter-only",
            Self::Deny => "deny",
        }
    }
}

fn steps(steps: &[Step]) -> String {
    let steps = steps.iter().map(|step| format!("{} from {}", step.name, step.from));
    steps.collect::<Vec<_>>().join(", ")
}

fn claim(check: &Check, today: Date) -> Option<String> {
    let Subject::Attestation(Attestation { claim, owner, expires, .. }) = &check.subject else { return None };
    Some(format!("claim {} by {owner}, {}: {claim}", check.id, left(*expires, today)))
}

/// "12 days left", "ran out on 2026-01-01".
pub fn left(expires: Date, today: Date) -> String {
    let days = today.until(expires).map_or(0, |span| span.get_days());
    match days {
        ..0 => format!("ran out on {expires}"),
        0 => "ends today".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::policy::load::parse;

    #[test]
    fn a_policy_says_what_it_means() {
        let text = "
dimensions:
  tests:
    name: Tests
    weight: 3
    checks:
      rate: {metric: tests.pass-rate, target: 100%, required: true, weight: 2}
      fuzz: {metric: fuzz.hours, target: 8, floor: 0, not-applicable: no parser}
      review: {attest: reviewed, owner: '@sec', date: 2026-09-01, expires: 2026-10-02}
components:
  api: {paths: [api/**], coverage: 80%, max-drop: 1}
  web: {paths: [web/**]}
gate: {mode: warn, min-score: 80, dimension-min: {tests: 50}, policy-change: deny}
waivers:
  - {condition: min-score, owner: '@me', reason: launch, expires: 2026-09-01}
  - {condition: required, owner: '@me', reason: launch, expires: 2026-10-11}
plan: {phases: [{name: p, raises: {tests.soak: 1}}]}
";
        let policy = parse(text, "readiness.yml").unwrap();
        insta::assert_snapshot!(policy.meaning(date(2026, 10, 1)).join("\n"), @r"
        Tests, 3 of 3: rate (tests.pass-rate, 2 of 3, required), review (attestation, 1 of 3)
        components: api (coverage 80.0 %, max-drop 1.0), web (no limit of its own)
        gate, warns only: min-score 80.0, policy-change deny, 1 required, no bad evidence, tests 50.0
        verdict: not ready from 0.0, conditional from 50.0, likely from 70.0, ready from 85.0
        grade: F from 0.0, D from 60.0, C from 70.0, B from 80.0, A- from 90.0, A+ from 95.0
        not applicable: tests.fuzz (no parser)
        claim tests.review by @sec, 1 day left: reviewed
        waiver of min-score by @me, ran out on 2026-09-01: launch
        waiver of required by @me, 10 days left: launch
        the plan names checks that are not here: tests.soak
        ");
    }
}
