//! Earlier runs as a snapshot lists them: enough to draw a trend and to find an older run's content.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::content::ContentId;
use super::snapshot::Snapshot;
use super::wire::{WireError, v1, values};
use crate::model::commit::{RunId, Sha};
use crate::model::order;
use crate::model::trend::TrendPoint;

/// How many earlier runs a snapshot lists, and how many replaced contents a folder keeps.
pub const KEPT: usize = 200;

/// One earlier run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Without dimensions and metrics.
    pub point: TrendPoint,
    /// Content name of its snapshot, when it was kept.
    pub tip: Option<ContentId>,
}

impl Recent {
    /// `snapshot`, whose bytes are called `tip`.
    pub fn of(snapshot: &Snapshot, tip: Option<ContentId>) -> Self {
        let point = snapshot.point();
        Self { point: TrendPoint { dimensions: BTreeMap::new(), metrics: BTreeMap::new(), ..point }, tip }
    }
}

/// Which of two runs is newer. CI systems count their runs up, so a later rerun of an old run stays an old run;
/// ids that are no numbers are ordered by time.
pub fn order(left: (&RunId, &str), right: (&RunId, &str)) -> Ordering {
    match (left.0.id.parse::<u64>(), right.0.id.parse::<u64>()) {
        (Ok(l), Ok(r)) => l.cmp(&r).then(left.0.attempt.cmp(&right.0.attempt)),
        _ => left.1.cmp(right.1).then_with(|| left.0.cmp(right.0)),
    }
}

/// Puts `all` into order, oldest first, each run once, and keeps the newest.
pub fn tidy(all: &mut Vec<Recent>) {
    order::sort_by(all, |left, right| {
        order((&left.point.run, &left.point.recorded_at), (&right.point.run, &right.point.recorded_at))
    });
    all.dedup_by(|later, earlier| {
        let same = later.point.run.id == earlier.point.run.id;
        if same {
            std::mem::swap(later, earlier);
        }
        same
    });
    let surplus = all.len().saturating_sub(KEPT);
    all.drain(..surplus);
}

pub(super) fn to_wire(recent: &Recent) -> v1::Recent {
    let point = &recent.point;
    v1::Recent {
        sha: point.sha.0.clone(),
        run: point.run.id.clone(),
        attempt: point.run.attempt,
        recorded_at: point.recorded_at.clone(),
        score: point.score.to_string(),
        outcome: point.outcome.name().to_owned(),
        tip: recent.tip.as_ref().map(ToString::to_string),
    }
}

pub(super) fn from_wire(wire: v1::Recent) -> Result<Recent, WireError> {
    let tip = wire
        .tip
        .map(|text| ContentId::parse(&text).ok_or(WireError::Value { what: "content name", value: text }));
    Ok(Recent {
        point: TrendPoint {
            sha: Sha(wire.sha),
            run: RunId { id: wire.run, attempt: wire.attempt },
            recorded_at: wire.recorded_at,
            score: values::tenths(&wire.score)?,
            outcome: values::outcome(&wire.outcome)?,
            dimensions: BTreeMap::new(),
            metrics: BTreeMap::new(),
        },
        tip: tip.transpose()?,
    })
}
