//! What the recorded runs say about the weeks to come.
//!
//! Theil-Sen: the median of the slopes between all pairs of runs, which a few odd runs cannot move, with the 20 % and
//! 80 % quantiles of the same slopes as its band. A projection is made only if the whole band is above zero.

use jiff::Timestamp;
use num_traits::Signed;

use crate::model::exact::{Exact, Tenths, whole};
use crate::model::order;
use crate::model::plan::{Milestone, Projection, Slope};
use crate::model::trend::TrendPoint;
use crate::policy::Policy;

/// Runs that a projection takes.
const LEAST_RUNS: usize = 8;
/// Days between the first and the last of them.
const LEAST_DAYS: u64 = 14;
/// Newest runs that are looked at; their pairs are all tried.
const MOST_RUNS: usize = 200;
const SECONDS_PER_DAY: i64 = 86_400;
const SECONDS_PER_WEEK: i64 = 7 * SECONDS_PER_DAY;

/// The projection from `runs`, oldest first, for a shown score on its way to a goal.
pub(super) fn projection(
    runs: &[TrendPoint],
    policy: &Policy,
    (score, goal): (Tenths, Tenths),
) -> Projection {
    let dated: Vec<(i64, i64)> = runs.iter().filter_map(dated).collect();
    let newest = dated.get(dated.len().saturating_sub(MOST_RUNS)..).unwrap_or_default();
    let days = days(newest);
    if newest.len() < LEAST_RUNS || days < LEAST_DAYS {
        return Projection::TooShort { runs: newest.len(), days };
    }
    match slope(newest) {
        None => Projection::TooShort { runs: newest.len(), days },
        Some(slope) if !slope.low.is_positive() => Projection::Unclear(slope),
        Some(slope) => Projection::Rising {
            milestones: milestones(policy, &slope, (score, goal)),
            in_four_weeks: [&slope.low, &slope.middle, &slope.high]
                .map(|per_week| later(score, per_week, goal))
                .into(),
            slope,
        },
    }
}

/// Seconds and tenths.
fn dated(point: &TrendPoint) -> Option<(i64, i64)> {
    let at: Timestamp = point.recorded_at.parse().ok()?;
    Some((at.as_second(), point.score.0))
}

fn days(runs: &[(i64, i64)]) -> u64 {
    let times = || runs.iter().map(|(at, _)| *at);
    let span = times().max().unwrap_or(0) - times().min().unwrap_or(0);
    u64::try_from(span / SECONDS_PER_DAY).unwrap_or(0)
}

/// Points per week between all pairs of runs at different times.
fn slope(runs: &[(i64, i64)]) -> Option<Slope> {
    let mut slopes: Vec<Exact> = Vec::new();
    for (index, (at, score)) in runs.iter().enumerate() {
        for (later, then) in runs.iter().skip(index + 1) {
            if later != at {
                let points = Exact::new((then - score).into(), 10.into());
                slopes.push(points * Exact::new(SECONDS_PER_WEEK.into(), (later - at).into()));
            }
        }
    }
    order::sort(&mut slopes);
    Some(Slope { low: quantile(&slopes, 20)?, middle: quantile(&slopes, 50)?, high: quantile(&slopes, 80)? })
}

/// The value below which `percent` of the sorted ones lie, between neighbours in proportion.
fn quantile(sorted: &[Exact], percent: usize) -> Option<Exact> {
    let position = sorted.len().checked_sub(1)? * percent;
    let (index, part) = (position / 100, position % 100);
    let below = sorted.get(index)?;
    let above = sorted.get(index + 1).unwrap_or(below);
    Some(below + (above - below) * Exact::new(part.into(), 100.into()))
}

/// `min-score`, the next band and the goal, as far as they are ahead and within the goal.
fn milestones(policy: &Policy, slope: &Slope, (score, goal): (Tenths, Tenths)) -> Vec<Milestone> {
    let least = policy.gate.min_score.map(|least| ("min-score".to_owned(), least));
    let band = policy.bands.iter().find(|band| band.from > score);
    let band = band.map(|band| (band.name.clone(), band.from));
    let ahead = least.into_iter().chain(band).chain([("goal".to_owned(), goal)]);
    let mut ahead: Vec<Milestone> = ahead
        .filter(|(_, target)| *target > score && *target <= goal)
        .map(|(name, target)| {
            let weeks = |per_week: &Exact| (target - score).exact() / per_week;
            let weeks = (weeks(&slope.high), weeks(&slope.middle), weeks(&slope.low));
            Milestone { name, score: target, weeks }
        })
        .collect();
    order::sort_by_key(&mut ahead, |milestone| milestone.score);
    ahead
}

/// The score in four weeks. A score that is past the goal already stays.
fn later(score: Tenths, per_week: &Exact, goal: Tenths) -> Tenths {
    Tenths::floor(&(score.exact() + per_week * whole(4))).min(goal.max(score))
}
