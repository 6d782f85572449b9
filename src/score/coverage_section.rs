//! Coverage in the report: totals, files with their change, the change's own lines.

use std::collections::BTreeMap;

use super::coverage_change::Moves;
use super::{Situation, coverage_change};
use crate::model::coverage::{CoverageReport, FileCoverage};
use crate::model::coverage_change::ReportSet;
use crate::model::diff::Diff;
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
        files: files(head, base, situation.diff.unwrap_or(&Diff::default())),
        indirect: if base.is_some() { situation.indirect.clone() } else { Vec::new() },
        change: coverage_change::change(situation, reports),
        report_set: reports.clone(),
        components: components.to_vec(),
        paths: situation.evidence.paths.clone(),
    })
}

/// The files of the head, each with its change since the base, where it may have had another name.
fn files(head: &CoverageReport, base: Option<&CoverageReport>, diff: &Diff) -> BTreeMap<String, FileReport> {
    let moves = Moves::of(diff);
    let report = |(path, file): (&String, &FileCoverage)| {
        let before = base.zip(moves.before(path)).and_then(|(base, before)| base.files.get(before));
        let delta = before.and_then(|before| Some(lines(file)? - lines(before)?));
        (path.clone(), FileReport { lines: file.line_total(), branches: file.branch_total(), delta })
    };
    order::map(head.files.iter().map(report))
}

fn lines(file: &FileCoverage) -> Option<Tenths> {
    let lines = file.line_total();
    percent(lines.covered, lines.total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coverage::LineHits;
    use crate::model::diff::FileChange;

    fn report(files: &[(&str, &[u32])]) -> CoverageReport {
        let file = |hits: &[u32]| {
            let lines = (1..).zip(hits).map(|(line, hits)| LineHits { line, hits: *hits }).collect();
            FileCoverage { lines, ..FileCoverage::default() }
        };
        let files = files.iter().map(|(path, hits)| ((*path).to_owned(), file(hits))).collect();
        CoverageReport { files, ..CoverageReport::default() }
    }

    #[test]
    fn a_renamed_file_is_compared_with_what_it_was_and_one_in_its_old_place_with_nothing() {
        let base = report(&[("a.rs", &[1, 0]), ("b.rs", &[1])]);
        let head = report(&[("a.rs", &[0]), ("b.rs", &[0]), ("c.rs", &[1, 1])]);
        let moved = FileChange { renamed_from: Some("a.rs".to_owned()), ..FileChange::default() };
        let diff = Diff { files: [("c.rs".to_owned(), moved)].into(), incomplete: None };
        let deltas = files(&head, Some(&base), &diff);
        let delta = |path: &str| deltas[path].delta.map(|delta| delta.to_string());
        assert_eq!(delta("a.rs"), None);
        assert_eq!(delta("b.rs").as_deref(), Some("-100.0"));
        assert_eq!(delta("c.rs").as_deref(), Some("50.0"));
    }
}
