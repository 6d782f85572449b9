//! The order of dimensions and checks in a report: the policy's own, then those that only the base's policy has.

use super::points::{CheckScore, Scorecard};
use crate::policy::{Check, Dimension, Policy};

/// The base's evidence, scored twice.
#[derive(Clone, Debug)]
pub(super) struct BaseCards<'a> {
    /// By the head's rules.
    pub(super) rescored: Scorecard<'a>,
    /// By its own.
    pub(super) own: Scorecard<'a>,
    /// Its own rules.
    pub(super) policy: &'a Policy,
    /// Ids of the checks whose value differs by flaky cases alone.
    pub(super) flaky_only: Vec<String>,
}

/// One check with what it scores on either side; absent where it does not exist.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckRow<'a> {
    pub(super) check: &'a Check,
    pub(super) head: Option<&'a CheckScore<'a>>,
    pub(super) rescored: Option<&'a CheckScore<'a>>,
    pub(super) base: Option<&'a CheckScore<'a>>,
    /// Only flaky cases make the difference between the two sides' evidence.
    pub(super) flaky_only: bool,
}

/// One dimension with its checks.
#[derive(Clone, Debug)]
pub(super) struct DimensionRow<'a> {
    pub(super) dimension: &'a Dimension,
    pub(super) in_policy: bool,
    pub(super) checks: Vec<CheckRow<'a>>,
}

/// All rows of a report.
pub(super) fn rows<'a>(
    policy: &'a Policy,
    head: &'a Scorecard<'a>,
    base: Option<&'a BaseCards<'a>>,
) -> Vec<DimensionRow<'a>> {
    let own = policy.dimensions.iter().map(|dimension| (dimension, true));
    let before = base.map(|base| base.policy.dimensions.as_slice()).unwrap_or_default();
    let removed = before.iter().filter(|old| dimension(&policy.dimensions, &old.id).is_none());
    own.chain(removed.map(|dimension| (dimension, false)))
        .map(|(own, in_policy)| {
            let gone = dimension(before, &own.id).filter(|_| in_policy).map(|old| removed_checks(own, old));
            let checks = own.checks.iter().chain(gone.into_iter().flatten());
            let checks = checks.map(|check| row(check, head, base)).collect();
            DimensionRow { dimension: own, in_policy, checks }
        })
        .collect()
}

fn dimension<'a>(dimensions: &'a [Dimension], id: &str) -> Option<&'a Dimension> {
    dimensions.iter().find(|dimension| dimension.id == id)
}

fn removed_checks<'a>(own: &'a Dimension, old: &'a Dimension) -> impl Iterator<Item = &'a Check> {
    old.checks.iter().filter(|old| !own.checks.iter().any(|check| check.id == old.id))
}

fn row<'a>(check: &'a Check, head: &'a Scorecard<'a>, base: Option<&'a BaseCards<'a>>) -> CheckRow<'a> {
    CheckRow {
        check,
        head: head.check(&check.id),
        rescored: base.and_then(|base| base.rescored.check(&check.id)),
        base: base.and_then(|base| base.own.check(&check.id)),
        flaky_only: base.is_some_and(|base| base.flaky_only.contains(&check.id)),
    }
}
