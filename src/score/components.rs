//! The policy's components: each with its own coverage, and where that comes from when its job did not run.

use super::Situation;
use super::coverage_change::unmeasured_lines;
use crate::model::commit::Sha;
use crate::model::coverage::{CoverageReport, CoverageTotals, Covered};
use crate::model::coverage_change::ReportSet;
use crate::model::evidence::Carried;
use crate::model::exact::{Tenths, percent};
use crate::model::report::{CarriedReport, ComponentReport, ComponentState};
use crate::policy::Component;

/// One entry per component, in the policy's order.
pub(super) fn components(situation: &Situation<'_>, reports: &ReportSet) -> Vec<ComponentReport> {
    situation.policy.components.iter().map(|component| one(component, situation, reports)).collect()
}

fn one(component: &Component, situation: &Situation<'_>, reports: &ReportSet) -> ComponentReport {
    let head = situation.evidence.coverage.as_ref();
    let totals = head.map(|head| totals(component, head)).unwrap_or_default();
    let base = situation.baseline.and_then(|baseline| baseline.evidence.coverage.as_ref());
    let base = base.map(|base| self::totals(component, base)).filter(|base| base.lines.total > 0);
    let carried = carried(component, situation);
    let lost = unmeasured_lines(reports, |path| component.has(path));
    let state = match (&lost, totals.lines.total) {
        (Some(_), _) => ComponentState::Invalid,
        (None, 0) => ComponentState::NoEvidence,
        _ if carried.is_empty() => ComponentState::Measured,
        _ => ComponentState::Carried,
    };
    let percentages = base.and_then(|base| Some((share(totals.lines)?, share(base.lines)?)));
    ComponentReport {
        id: component.id.clone(),
        name: component.name.clone(),
        state,
        totals,
        base,
        delta: percentages.filter(|_| lost.is_none()).map(|(now, before)| now - before),
        patch: situation.patch.as_ref().map(|patch| {
            let files = patch.files.iter().filter(|(path, _)| component.has(path));
            files.map(|(_, file)| file.lines).sum()
        }),
        carried,
        reason: reason(component, situation, lost),
    }
}

fn totals(component: &Component, report: &CoverageReport) -> CoverageTotals {
    let files = report.files.iter().filter(|(path, _)| component.has(path));
    CoverageTotals::of(files.map(|(_, file)| file))
}

fn share(lines: Covered) -> Option<Tenths> {
    percent(lines.covered, lines.total)
}

fn carried(component: &Component, situation: &Situation<'_>) -> Vec<CarriedReport> {
    let own = situation.evidence.carried.iter().filter(|carried| carried.component == component.id);
    own.map(|Carried { sha, since, files, .. }| CarriedReport {
        sha: Sha(sha.clone()),
        days: since
            .parse::<jiff::civil::Date>()
            .ok()
            .and_then(|since| u32::try_from(situation.today.duration_since(since).as_hours() / 24).ok()),
        files: files.len() as u64,
    })
    .collect()
}

/// Why some of it, or all, is not measured.
fn reason(component: &Component, situation: &Situation<'_>, lost: Option<String>) -> Option<String> {
    let not_run = situation.evidence.not_run.iter().find(|not_run| not_run.component == component.id);
    let refused = not_run.map(|not_run| not_run.reason.clone()).filter(|reason| !reason.is_empty());
    match (refused, lost) {
        (Some(refused), _) => Some(format!("its job did not run, and {refused}")),
        (None, lost) => lost,
    }
}

/// Where carried numbers come from.
pub(super) fn said(carried: &[CarriedReport]) -> String {
    carried.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What a reader must know of components that were not measured here.
pub(super) fn notes(components: &[ComponentReport]) -> Vec<String> {
    let note = |component: &ComponentReport| {
        let carried = (!component.carried.is_empty()).then(|| said(&component.carried));
        let parts: Vec<String> = carried.into_iter().chain(component.reason.clone()).collect();
        (!parts.is_empty()).then(|| format!("component {}: {}", component.name, parts.join("; ")))
    };
    components.iter().filter_map(note).collect()
}
