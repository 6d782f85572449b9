//! The outcome of every condition, by the documentation.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;

use super::extras::Extras;
use super::rules::Rules;
use super::specs::check_at;
use crate::score::tests::independent::{
    CheckSpec, Found, Fraction, Spec, attainment, gone, lost, points_without, score, sum,
};

impl Rules {
    /// The outcome of every condition, by the documentation.
    pub(super) fn outcomes(
        &self,
        head: &Spec,
        base: &Spec,
        extras: &Extras,
    ) -> BTreeMap<String, &'static str> {
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
