//! Random policies with random evidence, and the score computed a second time without any code of the program:
//! integers over one common denominator, by the formula on paper.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use num_bigint::BigInt;
use proptest::prelude::*;

use super::{case, covered, measurement, run};
use crate::model::coverage::CoverageReport;
use crate::model::evidence::Evidence;
use crate::model::exact::Exact;
use crate::model::metric::Unit;
use crate::model::tests::{Outcome, TestReport};

/// What one check is about, with what was found; `None` is no evidence.
#[derive(Clone, Debug)]
pub(in crate::score) enum Found {
    /// A measurement between floor and target, all in tenths.
    Number { floor: i64, target: i64, value: Option<i64> },
    /// Covered and missed lines, target in percent.
    Lines { target: i64, lines: Option<(u32, u32)> },
    /// Passed, failed and skipped cases, target in percent.
    Cases { target: i64, cases: Option<(usize, usize, usize)> },
    /// A claim that lives, or one that has run out.
    Claim { lives: bool },
}

#[derive(Clone, Debug)]
pub(in crate::score) struct CheckSpec {
    pub(in crate::score) weight: u64,
    pub(in crate::score) found: Found,
}

#[derive(Clone, Debug)]
pub(in crate::score) struct DimensionSpec {
    pub(in crate::score) weight: u64,
    pub(in crate::score) checks: Vec<CheckSpec>,
}

/// A policy with its evidence.
pub(in crate::score) type Spec = Vec<DimensionSpec>;

fn found() -> impl Strategy<Value = Found> {
    let number = (-50_i64..50, 1_i64..60, any::<bool>(), proptest::option::weighted(0.85, -120_i64..120));
    let number = number.prop_map(|(floor, span, up, value)| Found::Number {
        floor,
        target: if up { floor + span } else { floor - span },
        value,
    });
    let lines = (1_i64..=100, proptest::option::weighted(0.85, (0_u32..40, 0_u32..40)))
        .prop_map(|(target, lines)| Found::Lines { target, lines });
    let cases = (1_i64..=100, proptest::option::weighted(0.85, (0_usize..7, 0_usize..5, 0_usize..3)))
        .prop_map(|(target, cases)| Found::Cases { target, cases });
    prop_oneof![4 => number, 3 => lines, 3 => cases, 1 => any::<bool>().prop_map(|lives| Found::Claim { lives })]
}

fn check() -> impl Strategy<Value = CheckSpec> {
    (1_u64..9, found()).prop_map(|(weight, found)| CheckSpec { weight, found })
}

/// One to five dimensions of one to four checks.
pub(in crate::score) fn spec() -> impl Strategy<Value = Spec> {
    let dimension = (1_u64..40, proptest::collection::vec(check(), 1..5));
    let dimension = dimension.prop_map(|(weight, checks)| DimensionSpec { weight, checks });
    proptest::collection::vec(dimension, 1..6)
}

/// Another state of the same checks: some values changed, some lost, some new.
pub(in crate::score) fn changed(spec: &Spec) -> impl Strategy<Value = Spec> + use<> {
    let spec = spec.clone();
    let checks: usize = spec.iter().map(|dimension| dimension.checks.len()).sum();
    let change = (0_u8..4, -120_i64..120, (0_u32..40, 0_u32..40), (0_usize..7, 0_usize..5, 0_usize..3));
    proptest::collection::vec(change, checks).prop_map(move |changes| {
        let mut changes = changes.into_iter();
        let mut spec = spec.clone();
        for check in spec.iter_mut().flat_map(|dimension| &mut dimension.checks) {
            let Some((kind, number, new_lines, new_cases)) = changes.next() else { break };
            match (&mut check.found, kind) {
                (Found::Number { value, .. }, 1) => *value = Some(number),
                (Found::Lines { lines, .. }, 1) => *lines = Some(new_lines),
                (Found::Cases { cases, .. }, 1) => *cases = Some(new_cases),
                (Found::Number { value, .. }, 2) => *value = None,
                (Found::Lines { lines, .. }, 2) => *lines = None,
                (Found::Cases { cases, .. }, 2) => *cases = None,
                _ => {}
            }
        }
        spec
    })
}

/// The policy text; `scale` multiplies all weights.
pub(in crate::score) fn policy(spec: &Spec, scale: u64, rest: &str) -> String {
    policy_with(spec, scale, &|_, _| String::new()) + rest
}

/// The policy text with further keys for each check, by the numbers of its dimension and its own.
pub(in crate::score) fn policy_with(
    spec: &Spec,
    scale: u64,
    more: &dyn Fn(usize, usize) -> String,
) -> String {
    let mut text = "dimensions:\n".to_owned();
    for (d, dimension) in spec.iter().enumerate() {
        writeln!(text, "  d{d}:\n    weight: {}\n    checks:", dimension.weight * scale).unwrap();
        for (c, check) in dimension.checks.iter().enumerate() {
            let id = format!("d{d}c{c}");
            let what = match &check.found {
                Found::Number { floor, target, .. } => {
                    format!("metric: {id}, floor: {floor}e-1, target: {target}e-1")
                }
                Found::Lines { target, .. } => {
                    format!("metric: coverage.lines, paths: '{id}', target: {target}%")
                }
                Found::Cases { target, .. } => {
                    format!("metric: tests.pass-rate, suites: '{id}', target: {target}%")
                }
                Found::Claim { lives } => {
                    let expires = if *lives { "2026-12-31" } else { "2026-09-01" };
                    format!("attest: done, owner: me, date: 2026-08-01, expires: {expires}")
                }
            };
            let more = more(d, c);
            writeln!(text, "      c{c}: {{{what}, weight: {}{more}}}", check.weight * scale).unwrap();
        }
    }
    text
}

/// The evidence that the spec describes.
pub(in crate::score) fn evidence(spec: &Spec) -> Evidence {
    let mut coverage: Option<CoverageReport> = None;
    let mut tests: Option<TestReport> = None;
    let mut measurements = Vec::new();
    for (d, dimension) in spec.iter().enumerate() {
        for (c, check) in dimension.checks.iter().enumerate() {
            let id = format!("d{d}c{c}");
            match &check.found {
                Found::Number { value: Some(value), .. } => {
                    measurements.push(measurement(&id, &format!("{value}e-1"), Unit::Count, None));
                }
                Found::Lines { lines: Some((hit, missed)), .. } => {
                    let one = covered(&[(id.as_str(), *hit, hit + missed)]);
                    coverage.get_or_insert_default().files.extend(one.files);
                }
                Found::Cases { cases: Some((passed, failed, skipped)), .. } => {
                    let outcomes =
                        [(Outcome::Passed, passed), (Outcome::Failed, failed), (Outcome::Skipped, skipped)];
                    let cases = outcomes.into_iter().flat_map(|(outcome, number)| {
                        (0..*number).map(move |index| (outcome, format!("{}{index}", outcome.name())))
                    });
                    let cases = run(cases.map(|(outcome, name)| case(&id, &name, outcome))).cases;
                    tests.get_or_insert_default().cases.extend(cases);
                }
                _ => {}
            }
        }
    }
    Evidence { tests, coverage, measurements, ..Evidence::default() }
}

/// A fraction with a positive denominator; never reduced.
#[derive(Clone, Debug)]
pub(in crate::score) struct Fraction(pub(in crate::score) BigInt, pub(in crate::score) BigInt);

impl Fraction {
    pub(in crate::score) fn new(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Self {
        Self(numerator.into(), denominator.into())
    }

    pub(in crate::score) fn plus(&self, other: &Self) -> Self {
        Self(&self.0 * &other.1 + &other.0 * &self.1, &self.1 * &other.1)
    }

    pub(in crate::score) fn minus(&self, other: &Self) -> Self {
        self.plus(&Self(-&other.0, other.1.clone()))
    }

    /// Whether this is `tenths` or more.
    pub(in crate::score) fn reaches(&self, tenths: i64) -> bool {
        &self.0 * 10 >= &self.1 * tenths
    }

    pub(in crate::score) fn is_zero(&self) -> bool {
        self.0 == BigInt::from(0)
    }

    /// Whole tenths, floored; scores are never negative.
    pub(in crate::score) fn tenths(&self) -> BigInt {
        &self.0 * 10 / &self.1
    }
}

/// The same as the program's own number, to compare with.
pub(in crate::score) fn exact(Fraction(numerator, denominator): &Fraction) -> Exact {
    Exact::new(numerator.clone(), denominator.clone())
}

/// Attainment by the book; `lost` cases of the base did not run and count as failed.
pub(in crate::score) fn attainment(found: &Found, lost: usize) -> Fraction {
    let clamped = |numerator: i128, denominator: i128| {
        let (numerator, denominator) =
            if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
        Fraction::new(numerator.clamp(0, denominator), denominator)
    };
    match *found {
        Found::Number { floor, target, value: Some(value) } => {
            clamped(i128::from(value - floor), i128::from(target - floor))
        }
        Found::Lines { target, lines: Some((hit, missed)) } if hit + missed > 0 => {
            clamped(i128::from(hit) * 100, i128::from(hit + missed) * i128::from(target))
        }
        Found::Cases { target, cases: Some((passed, failed, _)) } if passed + failed > 0 => {
            clamped(passed as i128 * 100, (passed + failed + lost) as i128 * i128::from(target))
        }
        Found::Claim { lives: true } => Fraction::new(1, 2),
        _ => Fraction::new(0, 1),
    }
}

/// Points of every check, dimension by dimension.
pub(in crate::score) fn points(spec: &Spec) -> Vec<Vec<Fraction>> {
    points_without(spec, &BTreeMap::new())
}

/// The same, while so many cases of the base's suites did not run.
pub(in crate::score) fn points_without(
    spec: &Spec,
    lost: &BTreeMap<(usize, usize), usize>,
) -> Vec<Vec<Fraction>> {
    let all: u64 = spec.iter().map(|dimension| dimension.weight).sum();
    spec.iter()
        .enumerate()
        .map(|(d, dimension)| {
            let own: u64 = dimension.checks.iter().map(|check| check.weight).sum();
            let point = |(c, check): (usize, &CheckSpec)| {
                let lost = lost.get(&(d, c)).copied().unwrap_or(0);
                let Fraction(numerator, denominator) = attainment(&check.found, lost);
                Fraction(numerator * 100 * dimension.weight * check.weight, denominator * all * own)
            };
            dimension.checks.iter().enumerate().map(point).collect()
        })
        .collect()
}

pub(in crate::score) fn sum<'a>(parts: impl IntoIterator<Item = &'a Fraction>) -> Fraction {
    parts.into_iter().fold(Fraction::new(0, 1), |sum, part| sum.plus(part))
}

/// The score.
pub(in crate::score) fn score(spec: &Spec) -> Fraction {
    sum(points(spec).iter().flatten())
}

/// The score beside `base`, of which cases may be gone.
pub(in crate::score) fn score_against(spec: &Spec, base: &Spec) -> Fraction {
    sum(points_without(spec, &lost(spec, base)).iter().flatten())
}

/// Cases of every suite: passed, failed and skipped ones, numbered through.
fn suites(spec: &Spec) -> Vec<((usize, usize), [usize; 3])> {
    let checks = spec.iter().enumerate().flat_map(|(d, dimension)| {
        dimension.checks.iter().enumerate().map(move |(c, check)| ((d, c), &check.found))
    });
    let suites = checks.filter_map(|(place, found)| match found {
        Found::Cases { cases: Some((passed, failed, skipped)), .. } => {
            Some((place, [*passed, *failed, *skipped]))
        }
        _ => None,
    });
    suites.collect()
}

/// How many cases of each outcome the one has and the other has not, by suite.
pub(in crate::score) fn gone(from: &Spec, to: &Spec) -> Vec<((usize, usize), [usize; 3])> {
    let there = suites(to);
    let gone = suites(from).into_iter().map(|(place, had)| {
        let has = there.iter().find(|(other, _)| *other == place).map_or([0; 3], |(_, has)| *has);
        (place, [0, 1, 2].map(|kind| had[kind].saturating_sub(has[kind])))
    });
    gone.collect()
}

/// Cases of the base that count as not run, by the documentation: without a diff and with all reports there those that
/// failed and those of suites that are gone, failed ones first, less as many as are new.
pub(in crate::score) fn lost(spec: &Spec, base: &Spec) -> BTreeMap<(usize, usize), usize> {
    let all = |of: &[((usize, usize), [usize; 3])]| of.iter().flat_map(|(_, kinds)| kinds).sum::<usize>();
    let gone = gone(base, spec);
    let mut left = all(&gone).saturating_sub(all(&self::gone(spec, base)));
    let here = suites(spec);
    let is_here = |place| here.iter().any(|(other, kinds)| other == place && kinds.iter().sum::<usize>() > 0);
    let mut lost = BTreeMap::new();
    let failed = gone.iter().map(|(place, kinds)| (*place, kinds[1]));
    let whole =
        gone.iter().filter(|(place, _)| !is_here(place)).map(|(place, kinds)| (*place, kinds[0] + kinds[2]));
    for (place, number) in failed.chain(whole) {
        let counted = number.min(left);
        left -= counted;
        *lost.entry(place).or_insert(0) += counted;
    }
    lost
}
