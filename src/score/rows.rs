//! The rows of a report: dimensions and checks with their shown numbers.

use num_traits::Zero;

use super::apportion::{Ties, apportion_groups};
use super::delta::{self, Deltas};
use super::layout::{CheckRow, DimensionRow};
use super::points::{CheckScore, Scorecard};
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::MetricState;
use crate::model::report::{CheckReport, Delta, DimensionReport};

/// Lays out `rows`. Points are apportioned to the shown score and gaps to what it lacks of 100, each first to
/// dimensions and then to checks.
pub(super) fn dimensions(
    rows: &[DimensionRow<'_>],
    card: &Scorecard<'_>,
    deltas: Option<&Deltas>,
) -> Vec<DimensionReport> {
    let shown = card.shown();
    let points = apportion_groups(&groups(rows, CheckScore::points), shown, Ties::EarlierFirst);
    let gaps = apportion_groups(&groups(rows, CheckScore::gap), Tenths(1000) - shown, Ties::LaterFirst);
    let numbers = points.into_iter().zip(gaps);
    rows.iter()
        .zip(numbers)
        .enumerate()
        .map(|(index, (row, (points, gaps)))| {
            let deltas = deltas.and_then(|deltas| deltas.dimensions.get(index));
            dimension(row, card, &Shown { points, gaps, deltas })
        })
        .collect()
}

/// One number per check, by dimension; 0 where the head's policy does not have the check.
fn groups<'a>(rows: &[DimensionRow<'a>], part: impl Fn(&CheckScore<'a>) -> Exact) -> Vec<Vec<Exact>> {
    let of = |row: &CheckRow<'a>| row.head.map_or_else(Exact::zero, &part);
    rows.iter().map(|row| row.checks.iter().map(of).collect()).collect()
}

/// The shown numbers of one dimension: its own, and those of its checks.
struct Shown<'a> {
    points: (Tenths, Vec<Tenths>),
    gaps: (Tenths, Vec<Tenths>),
    deltas: Option<&'a (Delta, Vec<Delta>)>,
}

fn dimension(row: &DimensionRow<'_>, card: &Scorecard<'_>, shown: &Shown<'_>) -> DimensionReport {
    let numbers = shown.points.1.iter().zip(&shown.gaps.1);
    let checks = row.checks.iter().zip(numbers).enumerate().map(|(index, (check, (points, gap)))| {
        let delta = shown.deltas.and_then(|(_, deltas)| deltas.get(index));
        CheckReport { points: *points, max_points: *points + *gap, delta: delta.copied(), ..described(check) }
    });
    DimensionReport {
        id: row.dimension.id.clone(),
        name: row.dimension.name.clone(),
        weight: row.dimension.weight,
        score: Tenths::floor(&card.dimension_score(&row.dimension.id)),
        points: shown.points.0,
        max_points: shown.points.0 + shown.gaps.0,
        delta: shown.deltas.map(|(delta, _)| *delta),
        checks: checks.collect(),
        in_policy: row.in_policy,
    }
}

/// Everything about a check but its shown numbers.
fn described(row: &CheckRow<'_>) -> CheckReport {
    let check = row.check;
    let metric = row.head.or(row.base).map(|score| &score.metric);
    let head = row.head.map(|score| &score.metric);
    CheckReport {
        id: check.id.clone(),
        metric: check.metric.clone(),
        state: head.map_or(MetricState::NoEvidence, |metric| metric.state),
        reason: head
            .map_or_else(|| Some("no longer in the policy".to_owned()), |metric| metric.reason.clone()),
        value: head.and_then(|metric| metric.value.clone()),
        base_value: row.rescored.or(row.base).and_then(|score| score.metric.value.clone()),
        counts: head.and_then(|metric| metric.counts),
        unit: metric.map_or(check.unit, |metric| metric.unit),
        floor: check.floor.clone(),
        target: check.target.clone(),
        required: check.required,
        attainment: row.head.map_or_else(|| whole(0), |score| score.attainment.clone()),
        points: Tenths::ZERO,
        max_points: Tenths::ZERO,
        delta: None,
        cause: delta::cause(row),
        in_policy: row.head.is_some(),
        owner: check.owner.clone(),
    }
}
