//! The cheapest way to green, out of all sets of gaps.

use num_traits::Signed;
use proptest::prelude::*;

use super::rules::{Rules, rules};
use super::specs::{config, full};
use crate::model::exact::{Exact, Tenths};
use crate::model::report::{Gap, Report};
use crate::score::tests::Setup;
use crate::score::tests::independent::{
    CheckSpec, Found, Fraction, Spec, evidence, exact, points, score, spec, sum,
};

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

/// A gap that can be closed.
struct Closing {
    /// `d0.c0`.
    id: String,
    /// Of the dimension that has a minimum of its own.
    is_first: bool,
    twice_hours: Option<u64>,
    is_forced: bool,
    points: Exact,
}

fn closings(gate: &Rules, spec: &Spec) -> Vec<Closing> {
    let (own, max) = (points(spec), points(&full(spec)));
    let mut closings = Vec::new();
    for (d, row) in spec.iter().enumerate() {
        for (c, check) in row.checks.iter().enumerate() {
            let points = exact(&gain(check, &max[d][c], &own[d][c]));
            let closes = points == exact(&max[d][c].minus(&own[d][c]));
            closings.push(Closing {
                id: format!("d{d}.c{c}"),
                is_first: d == 0,
                twice_hours: gate.hours(spec, (d, c)),
                is_forced: closes && gate.is_required(spec, (d, c)),
                points,
            });
        }
    }
    closings.retain(|closing| closing.points.is_positive());
    closings
}

fn zero() -> Exact {
    Exact::from_integer(0.into())
}

/// What all of `closings` bring, to the score and to the first dimension.
fn brought<'a>(closings: impl Iterator<Item = &'a Closing> + Clone) -> (Exact, Exact) {
    let sum = |sum: Exact, closing: &Closing| sum + &closing.points;
    (closings.clone().fold(zero(), sum), closings.filter(|closing| closing.is_first).fold(zero(), sum))
}

/// Points that have to be reached, by the score and by the first dimension.
struct Needs {
    score: Option<Exact>,
    first: Option<Exact>,
}

impl Needs {
    fn are_met(&self, (score, first): &(Exact, Exact)) -> bool {
        self.score.as_ref().is_none_or(|limit| score >= limit)
            && self.first.as_ref().is_none_or(|limit| first >= limit)
    }

    /// Whether anybody may choose to close it.
    fn count(&self, closing: &Closing) -> bool {
        !closing.is_forced && (self.score.is_some() || (self.first.is_some() && closing.is_first))
    }
}

/// Hours (when all gaps that count say how many), number of gaps, points.
type Cost = (u64, usize, Exact);

fn cost(chosen: &[&Closing], timed: bool) -> Cost {
    let optional = || chosen.iter().filter(|closing| !closing.is_forced);
    let hours = if timed { optional().filter_map(|closing| closing.twice_hours).sum() } else { 0 };
    (hours, optional().count(), brought(optional().copied()).0)
}

/// Every set of gaps is tried: the least cost of those that suffice.
fn cheapest(closings: &[Closing], own: &(Exact, Exact), needs: &Needs, timed: bool) -> Option<Cost> {
    let subsets = (0..1_u32 << closings.len()).map(|mask| -> Vec<&Closing> {
        let bits = closings.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
        bits.map(|(_, closing)| closing).collect()
    });
    let forced = closings.iter().filter(|closing| closing.is_forced).count();
    subsets
        .filter(|chosen| chosen.iter().filter(|closing| closing.is_forced).count() == forced)
        .filter(|chosen| needs.are_met(&with(own, chosen)))
        .map(|chosen| cost(&chosen, timed))
        .min()
}

fn with(own: &(Exact, Exact), chosen: &[&Closing]) -> (Exact, Exact) {
    let (score, first) = brought(chosen.iter().copied());
    (&own.0 + score, &own.1 + first)
}

proptest! {
    #![proptest_config(config())]

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
        let closings = closings(&gate, &spec);
        let own = (exact(&score(&spec)), exact(&sum(&points(&spec)[0])));
        let all = with(&own, &closings.iter().collect::<Vec<_>>());
        let share = exact(&sum(&points(&full(&spec))[0])) / Exact::from_integer(100.into());
        let failing = |id: &str| report.gate.failing().any(|condition| condition.id == id);
        let least = gate.min_score.filter(|_| failing("min-score")).map(|limit| Tenths(limit).exact());
        let first_least = gate.dimension_min.filter(|_| failing("dimension-min/d0")).map(|limit| Tenths(limit).exact() * &share);
        let needs = Needs {
            score: least.clone().filter(|limit| all.0 >= *limit),
            first: first_least.clone().filter(|limit| all.1 >= *limit),
        };
        prop_assert_eq!(
            plain.iter().filter(|step| step.contains("closing every gap is not enough")).count(),
            usize::from(least.is_some() && needs.score.is_none()) + usize::from(first_least.is_some() && needs.first.is_none())
        );
        let timed = closings.iter().filter(|closing| needs.count(closing)).all(|closing| closing.twice_hours.is_some());
        let chosen: Vec<&Closing> = closings.iter().filter(|closing| gaps.contains(&closing.id)).collect();
        prop_assert_eq!(chosen.len(), gaps.len());
        prop_assert_eq!(cost(&chosen, timed), cheapest(&closings, &own, &needs, timed).unwrap());
        prop_assert!(needs.are_met(&with(&own, &chosen)));
    }
}
