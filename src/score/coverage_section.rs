//! Coverage in the report: totals, files with their change, the change's own lines.

use std::collections::BTreeMap;

use super::{Situation, coverage_change};
use crate::model::coverage::{CoverageReport, FileCoverage};
use crate::model::coverage_change::ReportSet;
use crate::model::exact::{Tenths, percent};
use crate::model::order;
use crate::model::report::{ComponentReport, CoverageSection, FileReport};

/// The section, when there was any coverage report.
pub(super) fn section(
    situation: &Situation<'_>,
    reports: &ReportSet,
    components: &[ComponentReport],
) -> Option<CoverageSection> {
    let head = situation.evidence.coverage.as_ref()?;
    let base = situation.baseline.and_then(|baseline| baseline.evidence.coverage.as_ref());
    Some(CoverageSection {
        totals: head.totals(),
        base_totals: base.map(CoverageReport::totals),
        patch: situation.patch.clone(),
        files: files(head, base),
        indirect: if base.is_some() { situation.indirect.clone() } else { Vec::new() },
        change: coverage_change::change(situation, reports),
        report_set: reports.clone(),
        components: components.to_vec(),
        paths: situation.evidence.paths.clone(),
    })
}

fn files(head: &CoverageReport, base: Option<&CoverageReport>) -> BTreeMap<String, FileReport> {
    let report = |(path, file): (&String, &FileCoverage)| {
        let before = base.and_then(|base| base.files.get(path));
        let delta = before.and_then(|before| Some(lines(file)? - lines(before)?));
        (path.clone(), FileReport { lines: file.line_total(), branches: file.branch_total(), delta })
    };
    order::map(head.files.iter().map(report))
}

fn lines(file: &FileCoverage) -> Option<Tenths> {
    let lines = file.line_total();
    percent(lines.covered, lines.total)
}
