//! Delta, gate and plan computed a second time, from the documentation and with no code of the program: naive, exact,
//! on random policies and evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use num_bigint::BigInt;
use num_traits::Signed;
use proptest::prelude::*;

use super::independent::{
    CheckSpec, Found, Fraction, Spec, attainment, changed, evidence, exact, gone, lost, points,
    points_without, policy, policy_with, score, score_against, spec, sum,
};
use super::{Setup, baseline, case, run};
use crate::model::coverage::{Covered, PatchCoverage};
use crate::model::diff::Diff;
use crate::model::evidence::{Evidence, Source};
use crate::model::exact::{Exact, Tenths};
use crate::model::findings::{Finding, FindingsReport, Fingerprint, Level, ToolRun};
use crate::model::gate::GateOutcome;
use crate::model::input::{InputState, Kind};
use crate::model::report::{Cause, Gap, Report};
use crate::model::tests::{Outcome, SuiteError, TestCase};
use crate::policy::load::parse;
use crate::score::{Assumptions, plan};

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

/// A spec, and the same checks with other evidence.
fn two() -> impl Strategy<Value = (Spec, Spec)> {
    spec().prop_flat_map(|spec| (Just(spec.clone()), changed(&spec)))
}

/// What `rules` say about the evidence of `found`: both call their evidence alike.
fn ruled(rules: &Spec, found: &Spec) -> Spec {
    let mut applied = rules.clone();
    for (d, dimension) in applied.iter_mut().enumerate() {
        for (c, check) in dimension.checks.iter_mut().enumerate() {
            let own = found.get(d).and_then(|dimension| dimension.checks.get(c)).map(|check| &check.found);
            match (&mut check.found, own) {
                (Found::Number { value, .. }, Some(Found::Number { value: own, .. })) => *value = *own,
                (Found::Number { value, .. }, _) => *value = None,
                (Found::Lines { lines, .. }, Some(Found::Lines { lines: own, .. })) => *lines = *own,
                (Found::Lines { lines, .. }, _) => *lines = None,
                (Found::Cases { cases, .. }, Some(Found::Cases { cases: own, .. })) => *cases = *own,
                (Found::Cases { cases, .. }, _) => *cases = None,
                (Found::Claim { .. }, _) => {}
            }
        }
    }
    applied
}

fn is_measured(found: &Found) -> bool {
    match found {
        Found::Number { value, .. } => value.is_some(),
        Found::Lines { lines, .. } => lines.is_some_and(|(hit, missed)| hit + missed > 0),
        Found::Cases { cases, .. } => cases.is_some_and(|(passed, failed, _)| passed + failed > 0),
        Found::Claim { .. } => false,
    }
}

fn at(spec: &[Vec<Fraction>], (d, c): (usize, usize)) -> Fraction {
    spec.get(d).and_then(|row| row.get(c)).cloned().unwrap_or_else(|| Fraction::new(0, 1))
}

fn check_at(spec: &Spec, (d, c): (usize, usize)) -> Option<&CheckSpec> {
    spec.get(d).and_then(|row| row.checks.get(c))
}

/// Numbers of dimension and check in `d1.c0`.
fn place(id: &str) -> (usize, usize) {
    let (d, c) = id.split_once('.').unwrap();
    let number = |text: &str| text.get(1..).unwrap().parse().unwrap();
    (number(d), number(c))
}

/// Why a check has other points, when the head's own evidence and the base's are measured by the same rules.
fn cause(
    head: Option<&CheckSpec>,
    base: Option<&CheckSpec>,
    evidence: &Fraction,
    policy: &Fraction,
) -> Cause {
    match (head, base) {
        (Some(head), Some(base)) if !evidence.is_zero() => {
            match (is_measured(&head.found), is_measured(&base.found)) {
                (true, true) => Cause::ValueChanged,
                (true, false) => Cause::EvidenceAppeared,
                (false, _) => Cause::EvidenceLost,
            }
        }
        _ if policy.is_zero() => Cause::Unchanged,
        _ => Cause::PolicyChanged,
    }
}

/// Everything that a gate may look at beside checks.
#[derive(Clone, Debug)]
struct Extras {
    /// Which of four cases of one suite are flaky on base and head.
    flaky: Option<(u8, u8)>,
    suite_errors: usize,
    bad: usize,
    short: bool,
    /// Fingerprints with their levels, of the tools that ran.
    findings: (Option<Vec<u8>>, Option<Vec<u8>>),
    patch: Option<(u64, u64)>,
    edited: Option<u8>,
}

fn extras() -> impl Strategy<Value = Extras> {
    let found = || proptest::option::weighted(0.7, proptest::collection::vec(0..6_u8, 0..5));
    let rare = || proptest::bool::weighted(0.15);
    (
        proptest::option::of((0..16_u8, 0..16_u8)),
        (0..3_usize, rare(), rare()),
        (found(), found()),
        proptest::option::weighted(0.7, (0..40_u64, 0..40_u64)),
        proptest::option::weighted(0.3, 0..3_u8),
    )
        .prop_map(|(flaky, (errors, bad, short), findings, patch, edited)| Extras {
            flaky,
            suite_errors: usize::from(errors == 2),
            bad: usize::from(bad),
            short,
            findings,
            patch: patch.map(|(covered, missed)| (covered, covered + missed)),
            edited,
        })
}

fn report_of(prints: &[u8]) -> FindingsReport {
    let finding = |print: &u8| Finding {
        tool: "t".into(),
        rule: "r".into(),
        level: if print.is_multiple_of(2) { Level::Error } else { Level::Note },
        severity: None,
        path: None,
        line: None,
        message: "m".into(),
        package: None,
        fingerprint: Fingerprint(u128::from(*print)),
        suppressed: None,
    };
    let runs = vec![ToolRun { tool: "t".into(), failure: None }];
    FindingsReport { runs, findings: prints.iter().map(finding).collect(), ..FindingsReport::default() }
}

impl Extras {
    fn added(&self, mut evidence: Evidence, is_head: bool) -> Evidence {
        if let Some((base, head)) = self.flaky {
            let mask = if is_head { head } else { base };
            let flaky = (0..4).map(|bit| TestCase {
                flaky: mask >> bit & 1 == 1,
                ..case("x", &format!("f{bit}"), Outcome::Passed)
            });
            evidence.tests.get_or_insert_with(|| run([])).cases.extend(flaky);
        }
        let findings = if is_head { &self.findings.1 } else { &self.findings.0 };
        evidence.findings = findings.as_ref().map(|prints| report_of(prints));
        if !is_head {
            return evidence;
        }
        if let Some(tests) = &mut evidence.tests {
            let error = SuiteError { suite: "s".into(), message: "does not load".to_owned() };
            tests.suite_errors = vec![error; self.suite_errors];
        }
        let bad = Source {
            path: "cut.xml".to_owned(),
            format: None,
            kind: None,
            state: InputState::Invalid,
            holds: String::new(),
            problem: None,
        };
        evidence.sources = vec![bad; self.bad];
        evidence.shortfalls =
            if self.short { vec![(Kind::Findings, "shards".to_owned())] } else { Vec::new() };
        evidence
    }
}

/// Limits of a random gate; `None` where it does not ask.
#[derive(Clone, Debug)]
struct Rules {
    min_score: Option<i64>,
    max_drop: Option<i64>,
    dimension_min: Option<i64>,
    max_failures: Option<u64>,
    patch: Option<(i64, u64)>,
    max_new_flaky: Option<u64>,
    component: Option<i64>,
    /// No new failures, no lost tests, no lost evidence, no new findings of level error.
    flags: [bool; 4],
    policy_change: Option<&'static str>,
    mode: (&'static str, bool),
    /// A condition, and whether its waiver lives.
    waiver: Option<(&'static str, bool)>,
    /// By number of the check in the whole policy.
    required: Vec<bool>,
    effort: Vec<Option<(u64, u64)>>,
}

const WAIVABLE: [&str; 10] = [
    "min-score",
    "max-drop",
    "dimension-min",
    "required",
    "no-new-failures",
    "no-lost-tests",
    "bad-evidence",
    "patch-coverage",
    "component/all",
    "suite-errors",
];

fn rules() -> impl Strategy<Value = Rules> {
    let tenths = || proptest::option::of(0..=1000_i64);
    let modes = [
        ("enforce", true),
        ("warn", false),
        ("{enforce-after: 2026-09-01}", true),
        ("{enforce-after: 2026-11-01}", false),
    ];
    let changes = proptest::option::of(proptest::sample::select(vec!["allow", "stricter-only", "deny"]));
    (
        (tenths(), proptest::option::of(0..300_i64), tenths(), proptest::option::of(0..6_u64)),
        (proptest::option::of((0..=1000_i64, 1..30_u64)), proptest::option::of(0..3_u64), tenths()),
        (any::<[bool; 4]>(), changes, proptest::sample::select(modes.to_vec())),
        proptest::option::of((proptest::sample::select(WAIVABLE.to_vec()), any::<bool>())),
        proptest::collection::vec(proptest::bool::weighted(0.1), 20),
        proptest::collection::vec(proptest::option::weighted(0.8, (0..20_u64, 0..20_u64)), 20),
    )
        .prop_map(|(points, more, (flags, policy_change, mode), waiver, required, effort)| Rules {
            min_score: points.0,
            max_drop: points.1,
            dimension_min: points.2,
            max_failures: points.3,
            patch: more.0,
            max_new_flaky: more.1,
            component: more.2,
            flags,
            policy_change,
            mode,
            waiver,
            required,
            effort,
        })
}

impl Rules {
    fn number(spec: &Spec, (d, c): (usize, usize)) -> usize {
        spec.iter().take(d).map(|row| row.checks.len()).sum::<usize>() + c
    }

    fn is_required(&self, spec: &Spec, place: (usize, usize)) -> bool {
        // A claim is never attained in full, so requiring one makes no sense.
        let is_claim = check_at(spec, place).is_some_and(|check| matches!(check.found, Found::Claim { .. }));
        self.required[Self::number(spec, place)] && !is_claim
    }

    /// Twice the middle of the hours of a check.
    fn hours(&self, spec: &Spec, place: (usize, usize)) -> Option<u64> {
        self.effort[Self::number(spec, place)].map(|(low, more)| 2 * low + more)
    }

    fn text(&self, spec: &Spec) -> String {
        let more = |d: usize, c: usize| {
            let required = if self.is_required(spec, (d, c)) { ", required: true" } else { "" };
            let effort = self.effort[Self::number(spec, (d, c))];
            let effort = effort.map(|(low, more)| format!(", effort: {low}h..{}h", low + more));
            format!("{required}{}", effort.unwrap_or_default())
        };
        let mut text = policy_with(spec, 1, &more);
        writeln!(text, "gate:\n  mode: {}", self.mode.0).unwrap();
        let tenths = |tenths: i64| Tenths(tenths).to_string();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                writeln!(text, "  {key}: {value}").unwrap();
            }
        };
        line("min-score", self.min_score.map(tenths));
        line("max-drop", self.max_drop.map(tenths));
        line("dimension-min", self.dimension_min.map(|limit| format!("{{d0: {}}}", tenths(limit))));
        line("max-failures", self.max_failures.map(|limit| limit.to_string()));
        line("patch-coverage", self.patch.map(|(limit, _)| format!("{}%", tenths(limit))));
        line("patch-min-lines", self.patch.map(|(_, least)| least.to_string()));
        line("max-new-flaky", self.max_new_flaky.map(|limit| limit.to_string()));
        line("policy-change", self.policy_change.map(str::to_owned));
        for (key, wanted) in ["no-new-failures", "no-lost-tests", "no-lost-evidence"].iter().zip(self.flags) {
            line(key, wanted.then(|| "true".to_owned()));
        }
        line("no-new-findings", self.flags[3].then(|| "error".to_owned()));
        if let Some(limit) = self.component {
            writeln!(text, "components: {{all: {{paths: ['**'], coverage: {}%}}}}", tenths(limit)).unwrap();
        }
        let known = |condition: &str| self.component.is_some() || !condition.starts_with("component");
        if let Some((condition, lives)) = self.waiver.filter(|(condition, _)| known(condition)) {
            let until = if lives { "2026-10-01" } else { "2026-09-30" };
            writeln!(text, "waivers: [{{condition: {condition}, owner: me, reason: r, expires: {until}}}]")
                .unwrap();
        }
        text
    }

    /// The outcome of every condition, by the documentation.
    fn outcomes(&self, head: &Spec, base: &Spec, extras: &Extras) -> BTreeMap<String, &'static str> {
        let mut told: BTreeMap<String, &'static str> = BTreeMap::new();
        let mut tell = |id: &str, holds: bool| {
            told.insert(id.to_owned(), if holds { "pass" } else { "fail" });
        };
        let lost = lost(head, base);
        let own = points_without(head, &lost);
        let total = sum(own.iter().flatten());
        if let Some(limit) = self.min_score {
            tell("min-score", total.reaches(limit));
        }
        if let Some(limit) = self.max_drop {
            tell("max-drop", score(base).tenths() - total.tenths() <= BigInt::from(limit));
        }
        if let Some(limit) = self.dimension_min {
            let weights: u64 = head[0].checks.iter().map(|check| check.weight).sum();
            let all: u64 = head.iter().map(|row| row.weight).sum();
            // Points of the dimension, times all weights over its own.
            let points = sum(&own[0]);
            let of_100 = Fraction(points.0 * all, points.1 * head[0].weight);
            assert!(weights > 0);
            tell("dimension-min/d0", of_100.reaches(limit));
        }
        for (d, row) in head.iter().enumerate() {
            for (c, check) in row.checks.iter().enumerate().filter(|(c, _)| self.is_required(head, (d, *c))) {
                let attained = attainment(&check.found, lost.get(&(d, c)).copied().unwrap_or(0));
                tell(&format!("required/d{d}.c{c}"), attained.0 == attained.1);
            }
        }
        self.about_tests(head, base, extras, &mut told);
        self.about_findings(extras, &mut told);
        self.about_coverage(head, extras, &mut told);
        self.about_evidence(head, base, extras, &mut told);
        if let Some((waived, true)) = self.waiver {
            for (id, outcome) in &mut told {
                let is_covered =
                    id.strip_prefix(waived).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
                if is_covered && *outcome == "fail" {
                    *outcome = "waived";
                }
            }
        }
        told
    }

    fn about_tests(
        &self,
        head: &Spec,
        base: &Spec,
        extras: &Extras,
        told: &mut BTreeMap<String, &'static str>,
    ) {
        let has_tests = |spec: &Spec| {
            let is_run = |check: &CheckSpec| matches!(check.found, Found::Cases { cases: Some(_), .. });
            extras.flaky.is_some() || spec.iter().flat_map(|row| &row.checks).any(is_run)
        };
        let failing: usize = gone(head, &Vec::new()).iter().map(|(_, kinds)| kinds[1]).sum();
        let new: usize = gone(head, base).iter().map(|(_, kinds)| kinds[1]).sum();
        let removed: usize = gone(base, head).iter().flat_map(|(_, kinds)| kinds).sum();
        let mut tell = |id: &str, outcome: &'static str| told.insert(id.to_owned(), outcome);
        let holds = |holds: bool| if holds { "pass" } else { "fail" };
        if let Some(limit) = self.max_failures {
            tell("max-failures", holds(has_tests(head) && failing as u64 <= limit));
        }
        if self.flags[0] {
            let is_counted = |check: &CheckSpec| matches!(check.found, Found::Cases { .. });
            let counted = head.iter().flat_map(|row| &row.checks).any(is_counted);
            let outcome = match (has_tests(head), has_tests(base) || counted) {
                (true, _) => holds(new == 0),
                (false, true) => "fail",
                (false, false) => "not-gated",
            };
            tell("no-new-failures", outcome);
        }
        if self.flags[1] {
            tell("no-lost-tests", holds(removed == 0));
        }
        if let Some(limit) = self.max_new_flaky {
            let new = extras.flaky.map_or(0, |(base, head)| (head & !base).count_ones());
            tell("max-new-flaky", holds(u64::from(new) <= limit));
        }
        if has_tests(head) {
            tell("suite-errors", holds(extras.suite_errors == 0));
        }
    }

    fn about_findings(&self, extras: &Extras, told: &mut BTreeMap<String, &'static str>) {
        if !self.flags[3] {
            return;
        }
        let outcome = match &extras.findings {
            (Some(_), None) => "fail",
            (None, None) => "not-gated",
            (base, Some(head)) => {
                let mut before = base.clone().unwrap_or_default();
                let new = head.iter().filter(|print| match before.iter().position(|old| old == *print) {
                    Some(index) => {
                        before.remove(index);
                        false
                    }
                    None => true,
                });
                if new.filter(|print| *print % 2 == 0).count() == 0 { "pass" } else { "fail" }
            }
        };
        told.insert("no-new-findings".to_owned(), outcome);
    }

    fn about_coverage(&self, head: &Spec, extras: &Extras, told: &mut BTreeMap<String, &'static str>) {
        let lines = head.iter().flat_map(|row| &row.checks).filter_map(|check| match check.found {
            Found::Lines { lines: Some((hit, missed)), .. } => {
                Some((u64::from(hit), u64::from(hit + missed)))
            }
            _ => None,
        });
        let lines: Vec<(u64, u64)> = lines.collect();
        let (hit, total) = lines.iter().fold((0, 0), |(hit, total), (own, all)| (hit + own, total + all));
        let reaches =
            |hit: u64, total: u64, tenths: i64| total > 0 && Fraction::new(hit * 100, total).reaches(tenths);
        if let Some((limit, least)) = self.patch {
            let outcome = match extras.patch {
                None => "not-gated",
                Some(_) if lines.is_empty() => "fail",
                Some((_, total)) if total < least => "not-gated",
                Some((covered, total)) if reaches(covered, total, limit) => "pass",
                Some(_) => "fail",
            };
            told.insert("patch-coverage".to_owned(), outcome);
        }
        if let Some(limit) = self.component {
            let outcome = if reaches(hit, total, limit) { "pass" } else { "fail" };
            told.insert("component/all/coverage".to_owned(), outcome);
        }
    }

    fn about_evidence(
        &self,
        head: &Spec,
        base: &Spec,
        extras: &Extras,
        told: &mut BTreeMap<String, &'static str>,
    ) {
        let kinds = |spec: &Spec, has_findings: bool| {
            let mut kinds: BTreeSet<String> = BTreeSet::new();
            for (d, row) in spec.iter().enumerate() {
                for (c, check) in row.checks.iter().enumerate() {
                    kinds.extend(match &check.found {
                        Found::Number { value: Some(_), .. } => Some(format!("d{d}c{c}")),
                        Found::Lines { lines: Some(_), .. } => Some("coverage".to_owned()),
                        Found::Cases { cases: Some(_), .. } => Some("tests".to_owned()),
                        _ => None,
                    });
                }
            }
            kinds.extend(extras.flaky.map(|_| "tests".to_owned()));
            kinds.extend(has_findings.then(|| "tool".to_owned()));
            kinds
        };
        let (base_has, head_has) =
            (kinds(base, extras.findings.0.is_some()), kinds(head, extras.findings.1.is_some()));
        let holds = |holds: bool| if holds { "pass" } else { "fail" };
        if self.flags[2] {
            // With a diff it is known which files still exist.
            let lines = |spec: &Spec, least: u32| -> BTreeSet<(usize, usize)> {
                let places =
                    spec.iter().enumerate().flat_map(|(d, row)| (0..row.checks.len()).map(move |c| (d, c)));
                let has = |place: &(usize, usize)| matches!(check_at(spec, *place).map(|check| &check.found), Some(Found::Lines { lines: Some((hit, missed)), .. }) if hit + missed >= least);
                places.filter(has).collect()
            };
            let compared = extras.patch.is_some() && head_has.contains("coverage");
            let all_named = !compared || lines(base, 1).is_subset(&lines(head, 0));
            told.insert("no-lost-evidence".to_owned(), holds(all_named && base_has.is_subset(&head_has)));
        }
        let not_run: usize = lost(head, base).values().sum();
        let is_whole = extras.bad == 0 && !extras.short && not_run == 0;
        told.insert("bad-evidence".to_owned(), holds(is_whole));
        let outcome = match (extras.edited, self.policy_change) {
            (None, None) => return,
            (None, Some(_)) | (Some(_), Some("allow")) => "pass",
            (Some(_), None) => "not-gated",
            (Some(edit), Some("stricter-only")) => holds(edit < 2),
            (Some(_), Some(_)) => "fail",
        };
        told.insert("policy-change".to_owned(), outcome);
    }
}

/// 0: nothing else, 1: stricter, 2: looser.
fn edited(text: &str, edit: u8) -> String {
    let gate = match edit {
        0 => return text.to_owned(),
        1 => {
            "gate:\n  no-lost-tests: true\n  no-lost-evidence: true\n  no-new-failures: true\n  policy-change: deny\n  on-bad-evidence: fail\n"
        }
        _ => "gate:\n  on-bad-evidence: warn\n",
    };
    text.replace("gate:\n", gate)
}

fn setup(rules: &Rules, head: &Spec, base: &Spec, extras: &Extras) -> Setup {
    let text = rules.text(head);
    let mut setup =
        Setup::new(&text, extras.added(evidence(head), true)).against(extras.added(evidence(base), false));
    if let Some((covered, total)) = extras.patch {
        setup.diff = Some(Diff::default());
        let lines = Covered { covered, total };
        let has_coverage = setup.evidence.coverage.is_some();
        setup.patch = has_coverage.then(|| PatchCoverage { lines, ..PatchCoverage::default() });
    }
    // An edit that writes a key twice is no policy.
    setup.edited = extras.edited.map(|edit| parse(&edited(&text, edit), "p").ok());
    setup
}

fn told(report: &Report) -> BTreeMap<String, &'static str> {
    report.gate.conditions.iter().map(|one| (one.id.clone(), one.outcome.name())).collect()
}

/// The checks of the way to green: its steps are the advice of gaps.
fn way(report: &Report) -> Option<(Vec<String>, Vec<String>)> {
    let way = report.way_to_green.as_ref()?;
    // Of a single gap only as much is asked as suffices: the same check, to another value.
    let is_of =
        |gap: &Gap, step: &str| gap.advice == step || step.starts_with(&format!("raise {} from ", gap.check));
    let gap = |step: &String| report.gaps.iter().find(|gap| is_of(gap, step)).map(|gap| gap.check.clone());
    let (gaps, plain): (Vec<_>, Vec<_>) =
        way.steps.iter().map(|(step, _)| (gap(step), step.clone())).partition(|(gap, _)| gap.is_some());
    Some((
        gaps.into_iter().filter_map(|(gap, _)| gap).collect(),
        plain.into_iter().map(|(_, step)| step).collect(),
    ))
}

/// What closing the gap of a check brings: nothing for a claim that lives, half for one that can be renewed.
fn gain(check: &CheckSpec, max: &Fraction, points: &Fraction) -> Fraction {
    match check.found {
        Found::Claim { lives: true } => Fraction::new(0, 1),
        Found::Claim { lives: false } => Fraction(max.0.clone(), &max.1 * 2),
        _ => max.minus(points),
    }
}

/// Every set of gaps is tried: the least cost of those that suffice, as hours (when all gaps that count say how many),
/// number of gaps, points.
fn cheapest(
    gains: &[(bool, Option<u64>, bool, Exact)],
    total: &Exact,
    first: &Exact,
    needs: &(Option<Exact>, Option<Exact>),
) -> Option<(u64, usize, Exact)> {
    // (is in the first dimension, twice its hours, is forced, gain)
    let counts = |gain: &(bool, Option<u64>, bool, Exact)| !gain.2 && (needs.0.is_some() || gain.0);
    let timed = gains.iter().filter(|gain| counts(gain)).all(|gain| gain.1.is_some());
    let mut best: Option<(u64, usize, Exact)> = None;
    for mask in 0..1_u32 << gains.len() {
        let chosen: Vec<_> =
            gains.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, gain)| gain).collect();
        if gains.iter().enumerate().any(|(bit, gain)| gain.2 && mask >> bit & 1 == 0) {
            continue;
        }
        let zero = Exact::from_integer(0.into());
        let sum = |only_first: bool| {
            chosen.iter().filter(|gain| gain.0 || !only_first).fold(zero.clone(), |sum, gain| sum + &gain.3)
        };
        let enough = needs.0.as_ref().is_none_or(|limit| total + sum(false) >= *limit)
            && needs.1.as_ref().is_none_or(|limit| first + sum(true) >= *limit);
        if !enough {
            continue;
        }
        let optional: Vec<_> = chosen.iter().filter(|gain| !gain.2).collect();
        let hours = if timed { optional.iter().filter_map(|gain| gain.1).sum() } else { 0 };
        let points = optional.iter().fold(zero.clone(), |sum, gain| sum + &gain.3);
        let cost = (hours, optional.len(), points);
        if best.as_ref().is_none_or(|best| cost < *best) {
            best = Some(cost);
        }
    }
    best
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn both_parts_of_the_delta_and_their_causes_are_those_on_paper((base, head) in two(), other in spec()) {
        let mut setup = Setup::new(&policy(&head, 1, ""), evidence(&head));
        setup.baseline = Some(baseline(parse(&policy(&other, 1, ""), "base.yml").unwrap(), evidence(&base)));
        let report = setup.report();
        let own = ruled(&other, &base);
        let not_run = lost(&head, &base);
        let (now, before, then) = (points_without(&head, &not_run), points(&base), points(&own));
        let total = report.delta.unwrap();
        prop_assert_eq!(BigInt::from(total.evidence.0), score_against(&head, &base).tenths() - score(&base).tenths());
        prop_assert_eq!(BigInt::from(total.policy.0), score(&base).tenths() - score(&own).tenths());
        let rows = report.dimensions.iter().flat_map(|row| &row.checks);
        let (mut evidence_parts, mut policy_parts) = (Fraction::new(0, 1), Fraction::new(0, 1));
        for row in rows {
            let at_place = place(&row.id);
            let evidence = at(&now, at_place).minus(&at(&before, at_place));
            let policy = at(&before, at_place).minus(&at(&then, at_place));
            let expected = cause(check_at(&head, at_place), check_at(&base, at_place), &evidence, &policy);
            let not_run = not_run.get(&at_place).copied().unwrap_or(0);
            let is_lost = expected == Cause::ValueChanged && not_run > 0 && exact(&evidence).is_negative();
            let expected = if is_lost { Cause::EvidenceLost } else { expected };
            prop_assert_eq!(row.cause, expected, "{}", row.id);
            for (shown, part) in [(row.delta.unwrap().evidence, &evidence), (row.delta.unwrap().policy, &policy)] {
                let off = shown.exact() - exact(part);
                let step = Tenths(1).exact();
                prop_assert!(-&step < off && off < step, "{} shows {shown} for {}", row.id, exact(part));
            }
            (evidence_parts, policy_parts) = (evidence_parts.plus(&evidence), policy_parts.plus(&policy));
        }
        prop_assert_eq!(exact(&evidence_parts.plus(&policy_parts)), exact(&score_against(&head, &base)) - exact(&score(&own)));
    }

    #[test]
    fn every_condition_of_the_gate_is_the_one_on_paper((base, head) in two(), rules in rules(), extras in extras()) {
        let setup = setup(&rules, &head, &base, &extras);
        prop_assume!(!matches!(setup.edited, Some(None)));
        let report = setup.report();
        let expected = rules.outcomes(&head, &base, &extras);
        prop_assert_eq!(told(&report), expected.clone(), "{:#?}", report.gate);
        let fails = rules.mode.1 && expected.values().any(|outcome| *outcome == "fail");
        prop_assert_eq!(report.gate.outcome == GateOutcome::Fail, fails);
    }

    #[test]
    fn the_way_to_green_costs_as_little_as_the_best_of_all_sets(spec in spec(), rules in rules()) {
        let spec: Spec = spec.into_iter().take(3).map(|mut row| { row.checks.truncate(3); row }).collect();
        let gate = Rules {
            max_drop: None, max_failures: None, patch: None, max_new_flaky: None, component: None, flags: [false; 4],
            policy_change: None, waiver: None, ..rules
        };
        let report = Setup::new(&gate.text(&spec), evidence(&spec)).report();
        let Some((gaps, plain)) = way(&report) else {
            prop_assert_eq!(report.gate.failing().count(), 0);
            return Ok(());
        };
        let own = points(&spec);
        let max: Vec<Vec<Fraction>> = points(&full(&spec));
        let mut gains = Vec::new();
        let mut ids = Vec::new();
        for (d, row) in spec.iter().enumerate() {
            for (c, check) in row.checks.iter().enumerate() {
                let gain = exact(&gain(check, &max[d][c], &own[d][c]));
                let closes = gain == exact(&max[d][c].minus(&own[d][c]));
                if gain > Exact::from_integer(0.into()) {
                    gains.push((d == 0, gate.hours(&spec, (d, c)), closes && gate.is_required(&spec, (d, c)), gain));
                    ids.push(format!("d{d}.c{c}"));
                }
            }
        }
        let total = exact(&score(&spec));
        let first = exact(&sum(&own[0]));
        let share = exact(&sum(&max[0])) / Exact::from_integer(100.into());
        let all = |only_first: bool| gains.iter().filter(|gain| gain.0 || !only_first).fold(Exact::from_integer(0.into()), |sum, gain| sum + &gain.3);
        let failing = |id: &str| report.gate.failing().any(|condition| condition.id == id);
        let least = gate.min_score.filter(|_| failing("min-score")).map(|limit| Tenths(limit).exact());
        let first_least = gate.dimension_min.filter(|_| failing("dimension-min/d0")).map(|limit| Tenths(limit).exact() * &share);
        let possible = least.clone().filter(|limit| &total + all(false) >= *limit);
        let first_possible = first_least.clone().filter(|limit| &first + all(true) >= *limit);
        prop_assert_eq!(
            plain.iter().filter(|step| step.contains("closing every gap is not enough")).count(),
            usize::from(least.is_some() && possible.is_none()) + usize::from(first_least.is_some() && first_possible.is_none())
        );
        let best = cheapest(&gains, &total, &first, &(possible.clone(), first_possible.clone())).unwrap();
        let chosen: Vec<_> = gains.iter().zip(&ids).filter(|(_, id)| gaps.contains(id)).map(|(gain, _)| gain).collect();
        prop_assert_eq!(chosen.len(), gaps.len());
        let counts = |gain: &&(bool, Option<u64>, bool, Exact)| !gain.2 && (possible.is_some() || (first_possible.is_some() && gain.0));
        let timed = gains.iter().filter(counts).all(|gain| gain.1.is_some());
        let optional: Vec<_> = chosen.iter().filter(|gain| !gain.2).collect();
        let hours: u64 = if timed { optional.iter().filter_map(|gain| gain.1).sum() } else { 0 };
        let points = optional.iter().fold(Exact::from_integer(0.into()), |sum, gain| sum + &gain.3);
        prop_assert_eq!((hours, optional.len(), points), best);
        let sum = |only_first: bool| chosen.iter().filter(|gain| gain.0 || !only_first).fold(Exact::from_integer(0.into()), |sum, gain| sum + &gain.3);
        prop_assert!(possible.is_none_or(|limit| total + sum(false) >= limit));
        prop_assert!(first_possible.is_none_or(|limit| first + sum(true) >= limit));
    }

    #[test]
    fn gaps_rates_efforts_and_scenarios_are_those_on_paper(
        spec in spec(),
        rules in rules(),
        shares in proptest::collection::vec(proptest::option::of(0..=100_u64), 20),
    ) {
        let set: Vec<String> = spec
            .iter()
            .enumerate()
            .flat_map(|(d, row)| (0..row.checks.len()).map(move |c| (d, c)))
            .filter_map(|(d, c)| Some(format!("d{d}.c{c}: {}%", shares[Rules::number(&spec, (d, c))]?)))
            .collect();
        let text = format!("{}plan: {{scenarios: [{{name: s, set: {{{}}}}}]}}\n", rules.text(&spec), set.join(", "));
        let setup = Setup::new(&text, evidence(&spec));
        let situation = setup.situation();
        let found = plan(&situation, &Assumptions::default());
        let (own, max) = (points(&spec), points(&full(&spec)));
        let mut gaps: Vec<(String, Exact, Option<Exact>)> = Vec::new();
        let mut then = Exact::from_integer(0.into());
        let (mut low, mut high, mut all_timed) = (0, 0, true);
        for (d, row) in spec.iter().enumerate() {
            for c in 0..row.checks.len() {
                let (own, max) = (exact(&own[d][c]), exact(&max[d][c]));
                let gap = &max - &own;
                let number = Rules::number(&spec, (d, c));
                then += shares[number].map_or(own, |share| &max * Exact::new(share.into(), 100.into()));
                if gap == Exact::from_integer(0.into()) {
                    continue;
                }
                let twice = rules.hours(&spec, (d, c)).filter(|twice| *twice > 0);
                let rate = twice.map(|twice| &gap * Exact::from_integer(2.into()) / Exact::from_integer(twice.into()));
                match rules.effort[number] {
                    Some((from, more)) => (low, high) = (low + from, high + from + more),
                    None => all_timed = false,
                }
                gaps.push((format!("d{d}.c{c}"), gap, rate));
            }
        }
        let whole = |number: u64| Exact::from_integer(number.into());
        let effort = (all_timed && !gaps.is_empty()).then(|| (whole(low), whole(high)));
        prop_assert_eq!(&found.effort, &effort);
        prop_assert_eq!(found.scenarios[0].score, Tenths::floor(&then));
        prop_assert_eq!(found.scenarios[0].change, Tenths::floor(&then) - found.report.score.shown);
        let shown: BTreeMap<&str, Tenths> = found.report.gaps.iter().map(|gap| (gap.check.as_str(), gap.points)).collect();
        let rank = |gap: &(String, Exact, Option<Exact>)| (shown.get(gap.0.as_str()).copied(), gap.1.clone());
        gaps.sort_by_key(|gap| std::cmp::Reverse(rank(gap)));
        let told: Vec<_> = found.report.gaps.iter().map(|gap| (gap.check.clone(), gap.exact.clone(), gap.points_per_hour.clone())).collect();
        prop_assert_eq!(&told, &gaps);
        let mut rated: Vec<_> = gaps.into_iter().filter(|gap| gap.2.is_some()).collect();
        rated.sort_by(|one, other| other.2.cmp(&one.2));
        let told: Vec<_> = found.by_rate.iter().map(|gap| (gap.check.clone(), gap.exact.clone(), gap.points_per_hour.clone())).collect();
        prop_assert_eq!(told, rated);
    }
}

/// The same checks, all attained: what each can bring at most.
fn full(spec: &Spec) -> Spec {
    let mut full = spec.clone();
    for check in full.iter_mut().flat_map(|row| &mut row.checks) {
        check.found = Found::Number { floor: 0, target: 1, value: Some(1) };
    }
    full
}
