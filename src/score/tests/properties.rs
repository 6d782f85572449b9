//! Laws of the score that hold for every policy and all evidence.

use num_bigint::BigInt;
use proptest::prelude::*;

use super::independent::{
    DimensionSpec, Found, Fraction, Spec, changed, evidence, exact, lost, points, points_without, policy,
    score, score_against, spec,
};
use super::{Setup, baseline};
use crate::model::exact::{Exact, Tenths};
use crate::model::gate::ConditionOutcome;
use crate::model::report::{Delta, Report};
use crate::policy::load::parse;

fn report(spec: &Spec) -> Report {
    Setup::new(&policy(spec, 1, ""), evidence(spec)).report()
}

fn shown(fraction: &Fraction) -> BigInt {
    fraction.tenths()
}

fn compared(head: &Spec, base: &Spec, base_policy: &str) -> Report {
    let mut setup = Setup::new(&policy(head, 1, ""), evidence(head));
    setup.baseline = Some(baseline(parse(base_policy, "base.yml").unwrap(), evidence(base)));
    setup.report()
}

/// A part is shown within one step, with its own sign.
fn fits(shown: Tenths, exact: &Exact) -> bool {
    let floor = Tenths::floor(exact);
    let whole = floor.exact() == *exact;
    shown == floor || (!whole && shown == floor + Tenths(1))
}

fn parts_add_up(deltas: &[(Delta, Vec<Delta>)], total: Delta) -> bool {
    let sum = |part: fn(&Delta) -> Tenths| {
        deltas.iter().map(|(delta, _)| part(delta)).sum::<Tenths>() == part(&total)
            && deltas.iter().all(|(delta, checks)| checks.iter().map(part).sum::<Tenths>() == part(delta))
    };
    sum(|delta| delta.total) && sum(|delta| delta.evidence) && sum(|delta| delta.policy)
}

fn deltas(report: &Report) -> Vec<(Delta, Vec<Delta>)> {
    let dimensions = report.dimensions.iter();
    dimensions
        .map(|row| (row.delta.unwrap(), row.checks.iter().map(|check| check.delta.unwrap()).collect()))
        .collect()
}

/// A quarter of the usual number of cases: each one is a whole policy, read and scored several times.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_score_is_bounded_and_equals_an_independent_computation(spec in spec()) {
        let report = report(&spec);
        let own = score(&spec);
        prop_assert_eq!(&report.score.exact, &exact(&own));
        prop_assert_eq!(BigInt::from(report.score.shown.0), shown(&own));
        prop_assert!((Tenths(0)..=Tenths(1000)).contains(&report.score.shown));
        prop_assert!(report.score.upper_bound >= report.score.shown);
        prop_assert!(report.score.upper_bound <= Tenths(1000));
    }

    #[test]
    fn shown_points_sum_to_the_score_and_gaps_to_the_rest(spec in spec()) {
        let report = report(&spec);
        let score = report.score.shown;
        prop_assert_eq!(report.dimensions.iter().map(|row| row.points).sum::<Tenths>(), score);
        prop_assert_eq!(report.dimensions.iter().map(|row| row.max_points).sum::<Tenths>(), Tenths(1000));
        prop_assert_eq!(report.gaps.iter().map(|gap| gap.points).sum::<Tenths>(), Tenths(1000) - score);
        prop_assert!(report.gaps.iter().all(|gap| fits(gap.points, &gap.exact)));
        for (row, own) in report.dimensions.iter().zip(points(&spec)) {
            prop_assert_eq!(row.checks.iter().map(|check| check.points).sum::<Tenths>(), row.points);
            prop_assert_eq!(row.checks.iter().map(|check| check.max_points).sum::<Tenths>(), row.max_points);
            for (check, own) in row.checks.iter().zip(own) {
                prop_assert!(fits(check.points, &exact(&own)), "{} of {:?}", check.points, own);
            }
        }
    }

    #[test]
    fn deltas_add_up_and_no_sign_flips((base, head) in spec().prop_flat_map(|s| (Just(s.clone()), changed(&s)))) {
        let report = compared(&head, &base, &policy(&base, 1, ""));
        let total = report.delta.unwrap();
        prop_assert_eq!(BigInt::from(total.total.0), shown(&score_against(&head, &base)) - shown(&score(&base)));
        prop_assert_eq!((total.evidence, total.policy), (total.total, Tenths(0)));
        prop_assert!(parts_add_up(&deltas(&report), total));
        for (row, (before, now)) in report.dimensions.iter().zip(points(&base).iter().zip(points_without(&head, &lost(&head, &base)))) {
            for (check, (before, now)) in row.checks.iter().zip(before.iter().zip(now)) {
                let change = exact(&now) - exact(before);
                prop_assert!(fits(check.delta.unwrap().total, &change), "{:?} for {}", check.delta, change);
            }
        }
    }

    #[test]
    fn evidence_and_policy_add_up_to_the_delta(
        (base, head) in spec().prop_flat_map(|s| (Just(s.clone()), changed(&s))),
        other in spec(),
    ) {
        // The base is scored by a policy with other weights and other checks, over the same evidence names.
        let report = compared(&head, &base, &policy(&other, 1, ""));
        let total = report.delta.unwrap();
        let own = baseline(parse(&policy(&other, 1, ""), "base.yml").unwrap(), evidence(&base)).score;
        prop_assert_eq!(total.total, report.score.shown - own);
        prop_assert_eq!(total.evidence + total.policy, total.total);
        prop_assert_eq!(BigInt::from(total.evidence.0), shown(&score_against(&head, &base)) - shown(&score(&base)));
        prop_assert!(parts_add_up(&deltas(&report), total));
    }

    #[test]
    fn losing_a_metric_never_raises_the_score(spec in spec(), which in any::<prop::sample::Index>()) {
        let before = report(&spec);
        let mut lost = spec;
        let mut checks: Vec<&mut Found> =
            lost.iter_mut().flat_map(|row| &mut row.checks).map(|check| &mut check.found).collect();
        let index = which.index(checks.len());
        match &mut *checks[index] {
            Found::Number { value, .. } => *value = None,
            Found::Lines { lines, .. } => *lines = None,
            Found::Cases { cases, .. } => *cases = None,
            Found::Claim { lives } => *lives = false,
        }
        let after = report(&lost);
        prop_assert!(after.score.exact <= before.score.exact);
        prop_assert!(after.score.evidenced_weight <= before.score.evidenced_weight);
    }

    #[test]
    fn a_better_metric_never_lowers_the_score(spec in spec(), by in 1_i64..90, which in any::<prop::sample::Index>()) {
        let before = report(&spec);
        let mut better = spec;
        let mut checks: Vec<&mut Found> =
            better.iter_mut().flat_map(|row| &mut row.checks).map(|check| &mut check.found).collect();
        let index = which.index(checks.len());
        match &mut *checks[index] {
            Found::Number { floor, target, value: Some(value) } => *value += by * (*target - *floor).signum(),
            Found::Lines { lines: Some((hit, missed)), .. } if *missed > 0 => { *hit += 1; *missed -= 1; }
            Found::Cases { cases: Some((passed, failed, _)), .. } if *failed > 0 => { *passed += 1; *failed -= 1; }
            _ => {}
        }
        prop_assert!(report(&better).score.exact >= before.score.exact);
    }

    #[test]
    fn order_and_weight_scale_do_not_matter(spec in spec(), scale in 2_u64..50) {
        let one = report(&spec);
        let scaled = Setup::new(&policy(&spec, scale, ""), evidence(&spec)).report();
        prop_assert_eq!(&one.score, &scaled.score);
        let mut backwards = evidence(&spec);
        backwards.measurements.reverse();
        if let Some(tests) = &mut backwards.tests {
            tests.cases.reverse();
        }
        let reordered = Setup::new(&policy(&spec, 1, ""), backwards).report();
        prop_assert_eq!(one, reordered);
    }

    #[test]
    fn the_order_of_dimensions_does_not_change_the_score(spec in spec()) {
        let reversed: Vec<DimensionSpec> = spec.iter().rev().cloned().collect();
        prop_assert_eq!(report(&spec).score, report(&reversed).score);
    }

    #[test]
    fn a_waiver_changes_the_gate_and_never_the_score(spec in spec()) {
        let gate = "gate: {min-score: 100}\n";
        let waiver = "waivers:\n  - {condition: min-score, owner: me, reason: r, expires: 2026-12-31}\n";
        let gated = Setup::new(&policy(&spec, 1, gate), evidence(&spec)).report();
        let waived = Setup::new(&policy(&spec, 1, &format!("{gate}{waiver}")), evidence(&spec)).report();
        prop_assert_eq!(gated.score, waived.score);
        prop_assert_eq!(gated.dimensions, waived.dimensions);
        prop_assert!(waived.gate.conditions.iter().all(|one| one.outcome != ConditionOutcome::Fail));
    }

    #[test]
    fn the_shown_verdict_is_the_exact_one(spec in spec(), limit in 0_i64..=1000) {
        let gate = format!("gate: {{min-score: {}}}\nbands: {{0: low, {}: high}}\n", Tenths(limit), Tenths(limit.max(1)));
        let report = Setup::new(&policy(&spec, 1, &gate), evidence(&spec)).report();
        let reaches = exact(&score(&spec)) >= Tenths(limit).exact();
        let passes = report.gate.conditions.iter().any(|one| one.id == "min-score" && one.outcome == ConditionOutcome::Pass);
        prop_assert_eq!(passes, reaches);
        let high = exact(&score(&spec)) >= Tenths(limit.max(1)).exact();
        prop_assert_eq!(report.verdict.band == "high", high);
    }

    #[test]
    fn the_same_situation_gives_the_same_report((base, head) in spec().prop_flat_map(|s| (Just(s.clone()), changed(&s)))) {
        let text = policy(&base, 1, "");
        prop_assert_eq!(compared(&head, &base, &text), compared(&head, &base, &text));
    }

    #[test]
    fn the_way_to_green_reaches_the_limit_with_as_few_steps_as_possible(spec in spec(), limit in 1_i64..=1000) {
        let gate = format!("gate: {{min-score: {}}}\n", Tenths(limit));
        let report = Setup::new(&policy(&spec, 1, &gate), evidence(&spec)).report();
        let Some(way) = &report.way_to_green else { return Ok(()) };
        // Every gap but those of live claims can be closed; renewing a dead claim gives half.
        let attainable = |id: &str, gap: &Exact| {
            let claim = report.dimensions.iter().flat_map(|row| &row.checks).find(|check| check.id == id).unwrap();
            match claim.state.name() {
                "claimed" => Exact::new(0.into(), 1.into()),
                "expired" => gap / Exact::new(2.into(), 1.into()),
                _ => gap.clone(),
            }
        };
        let mut gains: Vec<Exact> = report.gaps.iter().map(|gap| attainable(&gap.check, &gap.exact)).collect();
        gains.sort();
        let mut sum = report.score.exact.clone();
        let mut fewest = 0;
        while sum < Tenths(limit).exact() {
            let Some(largest) = gains.pop() else { break };
            sum += largest;
            fewest += 1;
        }
        if sum >= Tenths(limit).exact() {
            prop_assert_eq!(way.steps.len(), fewest);
        } else {
            prop_assert!(way.steps.iter().any(|(step, _)| step.contains("closing every gap is not enough")));
        }
    }
}
