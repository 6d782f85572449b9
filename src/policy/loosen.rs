//! What a changed policy would let through that the one in force does not.
//!
//! A setting counts as looser when it could only help: a lower limit, a missing condition, a check that is easier to
//! attain, a new waiver. What cannot be compared (another metric, another selection) counts as looser, too. Weights can
//! shift either way; whether they raise the score is for whoever has the evidence.

use super::{
    Check, Component, GatePolicy, MetricSelector, OnBadEvidence, Policy, PolicyChange, Step, Subject,
};
use crate::model::exact::Exact;
use crate::model::gate::GateMode;

impl Policy {
    /// What is looser in `proposed`, one short phrase each; nothing when it is as strict everywhere.
    pub fn loosened_by(&self, proposed: &Self) -> Vec<String> {
        let mut found = gate(&self.gate, &proposed.gate);
        let checks = self.checks().filter_map(|(_, own)| check(own, proposed));
        found.extend(checks);
        let known = |waiver| self.waivers.contains(waiver);
        let added = proposed.waivers.iter().filter(|waiver| !known(waiver));
        found.extend(added.map(|waiver| format!("a waiver of `{}` is new", waiver.condition)));
        if proposed.claim_factor > self.claim_factor {
            found.push("`claim-factor` is higher".to_owned());
        }
        found.extend(steps("band", &self.bands, &proposed.bands));
        found.extend(steps("grade", &self.grades, &proposed.grades));
        found.extend(self.components.iter().filter_map(|own| component(own, proposed)));
        found.extend(evidence(self, proposed));
        found
    }
}

fn gate(own: &GatePolicy, new: &GatePolicy) -> Vec<String> {
    let lowered = |key: &str, looser: bool| looser.then(|| format!("`{key}` is looser"));
    let mut found: Vec<String> = [
        lowered("mode", mode(&new.mode) < mode(&own.mode)),
        lowered("min-score", is_lower(own.min_score, new.min_score)),
        lowered("max-drop", is_higher(own.max_drop, new.max_drop)),
        lowered("max-failures", is_higher(own.max_failures, new.max_failures)),
        lowered("no-new-failures", own.no_new_failures && !new.no_new_failures),
        lowered(
            "no-new-findings",
            own.no_new_findings.is_some() && own.no_new_findings != new.no_new_findings,
        ),
        lowered("no-lost-tests", own.no_lost_tests && !new.no_lost_tests),
        lowered("no-lost-evidence", own.no_lost_evidence && !new.no_lost_evidence),
        lowered("patch-coverage", is_lower(own.patch_coverage, new.patch_coverage)),
        lowered("patch-min-lines", own.patch_coverage.is_some() && new.patch_min_lines > own.patch_min_lines),
        lowered("max-new-flaky", is_higher(own.max_new_flaky, new.max_new_flaky)),
        lowered("policy-change", change(new.policy_change) < change(own.policy_change)),
        lowered(
            "on-bad-evidence",
            own.on_bad_evidence == OnBadEvidence::Fail && new.on_bad_evidence == OnBadEvidence::Warn,
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    for (id, least) in &own.dimension_min {
        let now = new.dimension_min.iter().find(|(other, _)| other == id).map(|(_, least)| *least);
        found.extend(lowered(&format!("dimension-min/{id}"), is_lower(Some(*least), now)));
    }
    found
}

/// The later a mode blocks, the looser it is.
fn mode(mode: &GateMode) -> (u8, std::cmp::Reverse<&str>) {
    match mode {
        GateMode::Warn => (0, std::cmp::Reverse("")),
        GateMode::EnforceAfter(day) => (1, std::cmp::Reverse(day)),
        GateMode::Enforce => (2, std::cmp::Reverse("")),
    }
}

fn change(rule: Option<PolicyChange>) -> u8 {
    match rule {
        None | Some(PolicyChange::Allow) => 0,
        Some(PolicyChange::StricterOnly) => 1,
        Some(PolicyChange::Deny) => 2,
    }
}

fn is_lower<T: PartialOrd>(own: Option<T>, new: Option<T>) -> bool {
    own.is_some_and(|own| new.is_none_or(|new| new < own))
}

fn is_higher<T: PartialOrd>(own: Option<T>, new: Option<T>) -> bool {
    own.is_some_and(|own| new.is_none_or(|new| new > own))
}

fn check(own: &Check, proposed: &Policy) -> Option<String> {
    let Some((_, new)) = proposed.checks().find(|(_, new)| new.id == own.id) else {
        return Some(format!("check {} is gone", own.id));
    };
    let why = if !measures_the_same(&own.subject, &new.subject) {
        "measures something else"
    } else if own.required && !new.required {
        "is not required any more"
    } else if is_easier(own, new) {
        "is easier to attain"
    } else if is_higher(own.max_age_days, new.max_age_days) {
        "takes older evidence"
    } else {
        return None;
    };
    Some(format!("check {} {why}", own.id))
}

/// Whether some value attains more than before. Steps are compared by their target alone.
fn is_easier(own: &Check, new: &Check) -> bool {
    let easier = |own: &Exact, new: &Exact, rising: bool| if rising { new < own } else { new > own };
    let rising = own.target > own.floor;
    let turned = rising != (new.target > new.floor);
    turned
        || own.unit != new.unit
        || easier(&own.target, &new.target, rising)
        || easier(&own.floor, &new.floor, rising)
}

fn measures_the_same(own: &Subject, new: &Subject) -> bool {
    match (own, new) {
        (Subject::Metric(own), Subject::Metric(new)) => described(own) == described(new),
        (Subject::Attestation(own), Subject::Attestation(new)) => own == new,
        _ => false,
    }
}

/// The metric and the globs that select for it.
fn described(selector: &MetricSelector) -> (String, Vec<&[String]>) {
    match selector {
        MetricSelector::Tests { metric, suites, classes, files } => {
            (format!("{metric:?}"), vec![&suites.patterns, &classes.patterns, &files.patterns])
        }
        MetricSelector::Coverage { metric, paths } => (format!("{metric:?}"), vec![&paths.patterns]),
        MetricSelector::Findings { metric, tools, rules, paths } => {
            (format!("{metric:?}"), vec![&tools.patterns, &rules.patterns, &paths.patterns])
        }
        MetricSelector::Todos { metric, paths } => (format!("todos {metric:?}"), vec![&paths.patterns]),
        MetricSelector::Named(name) => (name.clone(), Vec::new()),
    }
}

/// A limit that is lower or gone, other files, or older coverage that may stand in.
fn component(own: &Component, proposed: &Policy) -> Option<String> {
    let new = proposed.components.iter().find(|new| new.id == own.id);
    let looser = new.is_none_or(|new| {
        own.paths.patterns != new.paths.patterns
            || own.reports.patterns != new.reports.patterns
            || is_lower(own.coverage, new.coverage)
            || is_lower(own.branch_coverage, new.branch_coverage)
            || is_lower(own.patch_coverage, new.patch_coverage)
            || is_higher(own.max_drop, new.max_drop)
            || new.carry_forward_days > own.carry_forward_days
    });
    looser.then(|| format!("component {} is looser or looks at other files", own.id))
}

/// A name that is reached earlier, or not there any more.
fn steps(what: &str, own: &[Step], new: &[Step]) -> Vec<String> {
    let now = |name: &str| new.iter().find(|step| step.name == name);
    let looser = own.iter().filter(|step| now(&step.name).is_none_or(|new| new.from < step.from));
    looser.map(|step| format!("the {what} “{}” begins lower or is gone", step.name)).collect()
}

/// Other files, or fewer of them expected.
fn evidence(own: &Policy, new: &Policy) -> Option<String> {
    let (own, new) = (&own.evidence, &new.evidence);
    let kept = own.expect.iter().all(|own| {
        let same =
            |new: &&super::Expectation| new.files.patterns == own.files.patterns && new.count >= own.count;
        new.expect.iter().any(|other| same(&other))
    });
    let same = own.include == new.include && own.exclude == new.exclude && own.paths == new.paths;
    (!kept || !same).then(|| "`evidence` reads or expects other files".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::policy::load::parse;

    const OWN: &str = "
evidence: {expect: [{name: unit, files: 'a/*.xml', count: 2}]}
dimensions:
  t: {checks: {rate: {metric: tests.pass-rate, floor: 50%, target: 90%, required: true}, p99: {metric: p99, floor: 9, target: 1}}}
bands: {0: no, 80: yes}
gate: {min-score: 80, max-drop: 1, no-new-failures: true, dimension-min: {t: 50}, policy-change: stricter-only}
";

    /// What replacing `from` by `to` loosens.
    fn loosened(from: &str, to: &str) -> Vec<String> {
        assert!(OWN.contains(from));
        let own = parse(OWN, "own").unwrap();
        own.loosened_by(&parse(&OWN.replace(from, to), "new").unwrap())
    }

    #[test]
    fn a_policy_is_not_looser_than_itself_nor_than_a_laxer_one() {
        assert_eq!(loosened("min-score: 80", "min-score: 80"), [""; 0]);
        for (from, to) in [
            ("min-score: 80", "min-score: 90, max-failures: 0"),
            ("target: 90%", "target: 95%"),
            ("max-drop: 1", "max-drop: 0.5"),
            ("floor: 9", "floor: 8"),
            ("count: 2", "count: 3"),
            ("stricter-only", "deny"),
        ] {
            assert_eq!(loosened(from, to), [""; 0], "{to}");
        }
    }

    #[test]
    fn every_kind_of_loosening_is_named() {
        let one = |from, to| loosened(from, to).join("; ");
        insta::assert_snapshot!(one("min-score: 80, ", ""), @"`min-score` is looser");
        insta::assert_snapshot!(one("max-drop: 1", "max-drop: 2"), @"`max-drop` is looser");
        insta::assert_snapshot!(one("gate: {", "gate: {mode: warn, "), @"`mode` is looser");
        insta::assert_snapshot!(one("{t: 50}", "{t: 40}"), @"`dimension-min/t` is looser");
        insta::assert_snapshot!(one("policy-change: stricter-only", "policy-change: allow"), @"`policy-change` is looser");
        insta::assert_snapshot!(one("target: 90%", "target: 80%"), @"check t.rate is easier to attain");
        insta::assert_snapshot!(one("floor: 9", "floor: 20"), @"check t.p99 is easier to attain");
        insta::assert_snapshot!(one(", required: true", ""), @"check t.rate is not required any more");
        insta::assert_snapshot!(one("metric: p99", "metric: p50"), @"check t.p99 measures something else");
        insta::assert_snapshot!(one(", p99: {metric: p99, floor: 9, target: 1}", ""), @"check t.p99 is gone");
        insta::assert_snapshot!(one("80: yes", "70: yes"), @"the band “yes” begins lower or is gone");
        insta::assert_snapshot!(one("count: 2", "count: 1"), @"`evidence` reads or expects other files");
        insta::assert_snapshot!(one("bands:", "waivers: [{condition: max-drop, owner: me, reason: r, expires: 2027-01-01}]\nbands:"), @"a waiver of `max-drop` is new");
    }
}
