//! `readiness/trend/v1`: recorded runs by branch, oldest first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::exact::parse_decimal;
use crate::model::order;
use crate::model::trend::{BranchTrend, TrendPoint};

use super::number::Number;
use crate::render::json::writer::pretty;

/// The document for `branches`.
pub fn trend(branches: &[BranchTrend]) -> String {
    pretty(&Document { schema: "readiness/trend/v1", branches: branches.iter().map(Branch::from).collect() })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    branches: Vec<Branch<'a>>,
}

#[derive(Serialize)]
struct Branch<'a> {
    branch: &'a str,
    runs: Vec<Entry<'a>>,
}

impl<'a> From<&'a BranchTrend> for Branch<'a> {
    fn from(trend: &'a BranchTrend) -> Self {
        Self { branch: &trend.branch.0, runs: trend.runs.iter().map(Entry::from).collect() }
    }
}

/// One recorded run; also the report's `trend`.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    sha: &'a str,
    run: &'a str,
    attempt: u32,
    recorded_at: &'a str,
    score: Number,
    outcome: &'static str,
    dimensions: BTreeMap<&'a str, Number>,
    metrics: BTreeMap<&'a str, Option<Number>>,
}

impl<'a> From<&'a TrendPoint> for Entry<'a> {
    fn from(point: &'a TrendPoint) -> Self {
        Self {
            sha: &point.sha.0,
            run: &point.run.id,
            attempt: point.run.attempt,
            recorded_at: &point.recorded_at,
            score: point.score.into(),
            outcome: point.outcome.name(),
            dimensions: order::map(point.dimensions.iter().map(|(id, score)| (id.as_str(), (*score).into()))),
            metrics: order::map(point.metrics.iter().map(|(name, value)| (name.as_str(), number(value)))),
        }
    }
}

fn number(text: &str) -> Option<Number> {
    parse_decimal(text).map(|number| Number::of(&number))
}
