//! Shares of coverage and what moved them.

use crate::model::coverage::Covered;
use crate::model::coverage_change::{Change, Part};
use crate::model::exact::percent;
use crate::model::report::{ComponentReport, ComponentState};

/// The share of `covered`, or that there is nothing to cover.
pub(crate) fn share(covered: Covered) -> String {
    percent(covered.covered, covered.total)
        .map_or_else(|| String::from("no data"), |share| format!("{share} %"))
}

/// `61.1 % (11 of 18)`.
pub(crate) fn fraction(covered: Covered) -> String {
    format!("{} ({} of {})", share(covered), covered.covered, covered.total)
}

/// The parts of a change that are not nothing, by name, then the whole.
pub(crate) fn parts(change: &Change) -> Vec<(&'static str, Part)> {
    let parts = [
        ("added lines", change.patch),
        ("removed lines", change.removed),
        ("lines outside the change", change.indirect),
        ("reports that came or went", change.reports),
    ];
    let moved = parts.into_iter().filter(|(_, part)| !part.lines.is_none());
    moved.chain([("together", change.total)]).collect()
}

/// What moved the coverage of one file: `added lines -10.0, removed lines +15.0`.
pub(crate) fn why(change: &Change) -> String {
    let mut parts = parts(change);
    parts.pop();
    let said = |(name, part): &(&str, Part)| match part.points {
        Some(points) => format!("{name} {}", points.signed()),
        None => format!("{name} {:+}", part.lines.total),
    };
    parts.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// Where a component's numbers come from, unless they were all measured here: `2 files carried forward from
/// 3f2c9e1b04, 3 days old`.
pub(crate) fn origin(component: &ComponentReport) -> String {
    let state = match component.state {
        ComponentState::NoEvidence | ComponentState::Invalid => Some(component.state.name().to_owned()),
        ComponentState::Measured | ComponentState::Carried => None,
    };
    let carried = component.carried.iter().map(ToString::to_string);
    state.into_iter().chain(carried).collect::<Vec<_>>().join("; ")
}
