//! Both parts of the delta and their causes.

use num_bigint::BigInt;
use num_traits::Signed;
use proptest::prelude::*;

use super::specs::{check_at, config, two};
use crate::model::exact::Tenths;
use crate::model::report::Cause;
use crate::policy::load::parse;
use crate::score::tests::independent::{
    CheckSpec, Found, Fraction, Spec, evidence, exact, lost, points, points_without, policy, score,
    score_against, spec,
};
use crate::score::tests::{Setup, baseline};

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
}
