//! Metrics of the coverage.

use super::{absent, measured, unmeasured};
use crate::model::coverage::{CoverageReport, CoverageTotals, Covered, FileCoverage};
use crate::model::exact::ratio;
use crate::model::input::Kind;
use crate::model::metric::{Metric, MetricState, Unit};
use crate::policy::{CoverageMetric, Selection};
use crate::score::coverage_change::{missing_reports, unmeasured_lines};
use crate::score::facts::Facts;
use crate::score::show::count;

pub(super) fn measure(metric: CoverageMetric, paths: &Selection, facts: &Facts<'_>) -> Metric {
    let Some(report) = &facts.evidence.coverage else {
        return absent(Kind::Coverage, Unit::Ratio, "no coverage report was read", facts);
    };
    if let Some(reason) = facts.shortfall(Kind::Coverage) {
        return unmeasured(MetricState::Invalid, Unit::Ratio, reason);
    }
    if let Some(reason) = lost(metric, paths, facts).or_else(|| fewer(metric, paths, facts)) {
        return unmeasured(MetricState::Invalid, Unit::Ratio, reason);
    }
    let found = match metric {
        CoverageMetric::Patch => patch(paths, facts),
        CoverageMetric::Lines => share(Some(totals(report, paths).lines), "coverable line"),
        CoverageMetric::Branches => share(totals(report, paths).branches, "branch"),
        CoverageMetric::Functions => share(totals(report, paths).functions, "function"),
        CoverageMetric::Statements => share(totals(report, paths).statements, "statement"),
    };
    let found = found.map(|metric| Metric { reason: carried(paths, facts), ..metric });
    found.unwrap_or_else(|reason| unmeasured(MetricState::NoEvidence, Unit::Ratio, reason))
}

/// What is not measured any more because a report is missing must neither look like a drop nor like a gain.
fn lost(metric: CoverageMetric, paths: &Selection, facts: &Facts<'_>) -> Option<String> {
    let diff = facts.diff.filter(|_| metric == CoverageMetric::Patch);
    unmeasured_lines(facts.reports?, |path| {
        paths.matches(path)
            && (metric != CoverageMetric::Patch || diff.is_some_and(|diff| diff.files.contains_key(path)))
    })
}

/// Branches, functions and statements are not followed through the diff: fewer of them in a file that the change does
/// not touch are lost, if a report is missing.
fn fewer(metric: CoverageMetric, paths: &Selection, facts: &Facts<'_>) -> Option<String> {
    let total: fn(&FileCoverage) -> Option<Covered> = match metric {
        CoverageMetric::Branches => FileCoverage::branch_total,
        CoverageMetric::Functions => FileCoverage::function_total,
        CoverageMetric::Statements => FileCoverage::statement_total,
        CoverageMetric::Lines | CoverageMetric::Patch => return None,
    };
    let missing = facts.reports.map(|set| &set.missing).filter(|missing| !missing.is_empty())?;
    let (base, head) = (facts.base?.coverage.as_ref()?, facts.evidence.coverage.as_ref()?);
    let is_touched = |path: &str| facts.diff.is_some_and(|diff| diff.files.contains_key(path));
    let is_lost = |(path, before): &(&String, &FileCoverage)| {
        let before = total(before).unwrap_or_default();
        let now = head.files.get(*path).and_then(total).unwrap_or_default();
        now.total < before.total || now.covered < before.covered
    };
    let files =
        base.files.iter().filter(|(path, _)| paths.matches(path) && !is_touched(path)).filter(is_lost);
    let number = files.count() as u64;
    let verb = if number == 1 { "is" } else { "are" };
    let said = || {
        format!("{}: {} {verb} no longer measured in full", missing_reports(missing), count(number, "file"))
    };
    (number > 0).then(said)
}

/// What of the selected files was not measured on this commit.
fn carried(paths: &Selection, facts: &Facts<'_>) -> Option<String> {
    let files = facts.evidence.carried.iter().flat_map(|carried| &carried.files);
    match files.filter(|path| paths.matches(path)).count() as u64 {
        0 => None,
        number => Some(format!("{} carried forward from earlier commits", count(number, "file"))),
    }
}

fn totals(report: &CoverageReport, paths: &Selection) -> CoverageTotals {
    CoverageTotals::of(report.files.iter().filter(|(path, _)| paths.matches(path)).map(|(_, file)| file))
}

fn share(covered: Option<Covered>, what: &str) -> Result<Metric, String> {
    let Some(Covered { covered, total }) = covered else {
        return Err(format!("no report has {what} records for these files"));
    };
    let value = ratio(covered, total).ok_or_else(|| format!("no {what} is in the selected files"))?;
    Ok(Metric { counts: Some((covered, total)), ..measured(value, Unit::Ratio) })
}

fn patch(paths: &Selection, facts: &Facts<'_>) -> Result<Metric, String> {
    let patch = facts.patch.ok_or("no diff is known")?;
    let lines = patch.files.iter().filter(|(path, _)| paths.matches(path)).map(|(_, file)| file.lines).sum();
    share(Some(lines), "added coverable line")
}
