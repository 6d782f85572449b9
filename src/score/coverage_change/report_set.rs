//! Reports that only one side has, and what is lost with them.

use super::pairs::{Touch, pairs};
use super::split::split;
use crate::model::coverage::{CoverageReport, Covered, FileCoverage};
use crate::model::coverage_change::ReportSet;
use crate::model::diff::Diff;
use crate::model::input::Kind;
use crate::policy::Component;
use crate::score::Situation;
use crate::score::report_pairs::unpaired;
use crate::score::show::{count, some};

/// Compares the coverage reports of both sides.
pub(in crate::score) fn report_set(situation: &Situation<'_>) -> ReportSet {
    let Some(baseline) = situation.baseline else { return ReportSet::default() };
    let (missing, new) = unpaired(&baseline.evidence, situation.evidence, Kind::Coverage);
    let mut set = ReportSet { missing, new, ..ReportSet::default() };
    let nothing = CoverageReport::default();
    let Some(base) = &baseline.evidence.coverage else { return set };
    let head = situation.evidence.coverage.as_ref().unwrap_or(&nothing);
    match situation.diff.filter(|diff| diff.incomplete.is_none()) {
        Some(diff) => losses(base, head, diff, &mut set),
        None => losses_without_diff(base, head, &mut set),
    }
    let not_run = not_run(situation);
    if set.missing.is_empty() {
        set.lost.retain(|path, _| not_run.iter().any(|component| component.has(path)));
    }
    set.not_run = not_run.into_iter().map(|component| component.name.clone()).collect();
    set
}

pub(in crate::score) fn not_run<'a>(situation: &Situation<'a>) -> Vec<&'a Component> {
    let names: Vec<&str> =
        situation.evidence.not_run.iter().map(|not_run| not_run.component.as_str()).collect();
    let components = situation.policy.components.iter();
    components.filter(|component| names.contains(&component.id.as_str())).collect()
}

fn losses(base: &CoverageReport, head: &CoverageReport, diff: &Diff, set: &mut ReportSet) {
    for pair in pairs(base, head, diff) {
        let is_still_there = !matches!(pair.touch, Touch::Gone);
        if pair.head.is_none() && is_still_there && pair.base_total().total > 0 {
            set.unnamed.insert(pair.path.to_owned());
        }
        let lines = split(&pair).lost_lines;
        if lines > 0 || set.unnamed.contains(pair.path) {
            set.lost.insert(pair.path.to_owned(), lines);
        }
    }
}

/// Whether files were deleted and where lines moved is not known, so only fewer lines can be told.
fn losses_without_diff(base: &CoverageReport, head: &CoverageReport, set: &mut ReportSet) {
    for (path, before) in &base.files {
        let before = before.line_total();
        let after = head.files.get(path).map(FileCoverage::line_total).unwrap_or_default();
        let lines = fewer(before, after);
        if lines > 0 {
            set.lost.insert(path.clone(), lines);
        }
    }
}

fn fewer(before: Covered, after: Covered) -> u64 {
    let coverable = before.total.saturating_sub(after.total);
    coverable.max(before.covered.saturating_sub(after.covered))
}

/// What to tell about lost lines in files that are `wanted`; nothing when none is.
pub(in crate::score) fn unmeasured_lines(set: &ReportSet, wanted: impl Fn(&str) -> bool) -> Option<String> {
    let files: Vec<u64> = set.lost.iter().filter(|(path, _)| wanted(path)).map(|(_, lines)| *lines).collect();
    if files.is_empty() {
        return None;
    }
    let lines: u64 = files.iter().sum();
    let verb = if lines == 1 { "is" } else { "are" };
    let (lines, files) = (count(lines, "line"), count(files.len() as u64, "file"));
    let missing = missing_part(set);
    Some(format!("{missing}: {lines} outside the change, in {files}, {verb} no longer measured in full"))
}

/// What is missing, where lines of `wanted` files are lost with it.
pub(in crate::score) fn missing_with_lines(set: &ReportSet, wanted: impl Fn(&str) -> bool) -> Option<String> {
    set.lost.keys().any(|path| wanted(path)).then(|| missing_part(set))
}

fn missing_part(set: &ReportSet) -> String {
    if set.missing.is_empty() { not_run_components(set) } else { missing_reports(&set.missing) }
}

/// "report `coverage/unit.info` of the base is missing".
pub(in crate::score) fn missing_reports(paths: &[String]) -> String {
    let (noun, verb) = if paths.len() == 1 { ("report", "is") } else { ("reports", "are") };
    format!("{noun} {} of the base {verb} missing", some(paths))
}

/// "the job of `api` did not run".
fn not_run_components(set: &ReportSet) -> String {
    let noun = if set.not_run.len() == 1 { "the job" } else { "the jobs" };
    format!("{noun} of {} did not run", some(&set.not_run))
}
