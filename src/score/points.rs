//! Exact points of every check under one policy and one side's evidence.

use num_traits::Zero;

use super::attainment::{attainment, between};
use super::facts::Facts;
use super::measure::measure;
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::{Metric, MetricState};
use crate::policy::{Check, Dimension, Policy};

/// One check as scored, exactly.
#[derive(Clone, Debug)]
pub(super) struct CheckScore<'p> {
    pub(super) dimension: &'p Dimension,
    pub(super) check: &'p Check,
    pub(super) metric: Metric,
    /// 0..1.
    pub(super) attainment: Exact,
    /// 100 · `W_dim`/ΣW · `w_check`/Σw.
    pub(super) max: Exact,
}

impl CheckScore<'_> {
    /// What it brings.
    pub(super) fn points(&self) -> Exact {
        &self.max * &self.attainment
    }

    /// What it lacks.
    pub(super) fn gap(&self) -> Exact {
        &self.max - self.points()
    }

    /// Whether nothing usable stands behind it.
    pub(super) fn is_missing(&self) -> bool {
        !matches!(self.metric.state, MetricState::Measured | MetricState::Claimed)
    }
}

/// All checks of one policy as scored, in the policy's order.
#[derive(Clone, Debug)]
pub(super) struct Scorecard<'p> {
    pub(super) checks: Vec<CheckScore<'p>>,
}

impl<'p> Scorecard<'p> {
    /// Scores `facts` by the rules of `policy`.
    pub(super) fn new(policy: &'p Policy, facts: &Facts<'_>) -> Self {
        let all: u64 = policy.dimensions.iter().map(|dimension| dimension.weight).sum();
        let mut checks = Vec::new();
        for dimension in &policy.dimensions {
            let own: u64 = dimension.checks.iter().map(|check| check.weight).sum();
            for check in &dimension.checks {
                let metric = measure(check, facts);
                let attainment = attainment(policy, check, &metric, facts);
                let max = whole(100) * share(dimension.weight, all) * share(check.weight, own);
                checks.push(CheckScore { dimension, check, metric, attainment, max });
            }
        }
        Self { checks }
    }

    /// The same card with values that are assumed instead of measured, in the units of their checks.
    pub(super) fn assuming(mut self, assumed: &[(String, Exact)], facts: &Facts<'_>) -> Self {
        for score in &mut self.checks {
            if let Some((_, value)) = assumed.iter().rfind(|(id, _)| *id == score.check.id) {
                score.attainment = between(score.check, value, facts);
                score.metric = Metric {
                    environment: None,
                    state: MetricState::Measured,
                    value: Some(value.clone()),
                    counts: None,
                    unit: score.check.unit,
                    reason: Some("assumed".to_owned()),
                };
            }
        }
        self
    }

    /// 0..100.
    pub(super) fn total(&self) -> Exact {
        self.checks.iter().map(CheckScore::points).fold(Exact::zero(), |sum, points| sum + points)
    }

    /// The score as shown.
    pub(super) fn shown(&self) -> Tenths {
        Tenths::floor(&self.total())
    }

    /// The check called `id`.
    pub(super) fn check(&self, id: &str) -> Option<&CheckScore<'p>> {
        self.checks.iter().find(|score| score.check.id == id)
    }

    /// The checks of one dimension.
    pub(super) fn of<'a>(&'a self, dimension: &'a str) -> impl Iterator<Item = &'a CheckScore<'p>> {
        self.checks.iter().filter(move |score| score.dimension.id == dimension)
    }

    /// A dimension's score of 100, exact; 0 for one that does not exist.
    pub(super) fn dimension_score(&self, id: &str) -> Exact {
        let (points, max) = self.of(id).fold((Exact::zero(), Exact::zero()), |(points, max), score| {
            (points + score.points(), max + &score.max)
        });
        if max.is_zero() { max } else { whole(100) * points / max }
    }
}

/// `part` of `all`; the policy guarantees that weights are at least 1.
fn share(part: u64, all: u64) -> Exact {
    Exact::new(part.into(), all.max(1).into())
}
