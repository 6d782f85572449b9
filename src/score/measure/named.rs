//! Measurements by their name.

use super::{absent, measured, unmeasured};
use crate::model::evidence::Evidence;
use crate::model::input::Kind;
use crate::model::metric::{Counts, Measurement, Metric, MetricState, Unit};
use crate::policy::Check;
use crate::score::facts::Facts;
use crate::score::show::count;

/// Digits that a shortened commit name has at least.
const SHORTEST_SHA: usize = 7;

pub(super) fn measure(name: &str, check: &Check, facts: &Facts<'_>) -> Metric {
    let unit = check.unit;
    let Some(found) = facts.evidence.measurements.iter().find(|measurement| measurement.id == name) else {
        return absent(Kind::Measurements, unit, &format!("no measurement is called `{name}`"), facts);
    };
    if let Some(reason) =
        facts.shortfall(Kind::Measurements).or_else(|| unusable(found, check)).or_else(|| fewer(name, facts))
    {
        return unmeasured(MetricState::Invalid, found.unit, reason);
    }
    match found.commit.as_deref().filter(|commit| !same_commit(commit, facts.commit)) {
        Some(other) => unmeasured(MetricState::Stale, found.unit, format!("measured on commit {other}")),
        None => Metric {
            environment: found.environment.clone(),
            counts: share(found),
            ..measured(found.value.clone(), found.unit)
        },
    }
}

fn share(found: &Measurement) -> Option<(u64, u64)> {
    match found.counts {
        Some(Counts::Share(part, total)) => Some((part, total)),
        _ => None,
    }
}

/// Why `found` cannot be compared with the limits of `check`. A plain number in the policy is in the
/// measurement's own base unit.
fn unusable(found: &Measurement, check: &Check) -> Option<String> {
    if check.unit != Unit::Count && check.unit != found.unit {
        let unit = if found.unit == Unit::Count { "a plain number" } else { found.unit.name() };
        return Some(format!("measured as {unit}, the policy asks for {}", check.unit.name()));
    }
    let directionless = check.floor == check.target && found.better.is_none();
    directionless
        .then(|| "floor and target are equal and the measurement does not say which way is better".to_owned())
}

/// Of several files with one measurement the worst counts, or all add up: fewer of them must not count as better.
fn fewer(name: &str, facts: &Facts<'_>) -> Option<String> {
    let files = |evidence: &Evidence| evidence.measured_in.get(name).copied().unwrap_or(1);
    let (before, now) = (facts.base.map(files)?, files(facts.evidence));
    (now < before).then(|| format!("measured in {} of the base and in {now} here", count(before, "file")))
}

fn same_commit(measured: &str, commit: &str) -> bool {
    let (measured, commit) = (measured.to_ascii_lowercase(), commit.to_ascii_lowercase());
    commit.is_empty()
        || measured == commit
        || (measured.len() >= SHORTEST_SHA && commit.starts_with(&measured))
}
