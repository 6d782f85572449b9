//! Patch coverage: what ran of the lines that a change adds.

use crate::model::coverage::{CoverageReport, Covered, FileCoverage, PatchCoverage, PatchFile};
use crate::model::diff::Diff;

/// Lays the added lines of `diff` over `report`, whose paths are repository paths at the head.
///
/// Added lines of files or lines that no report mentions are not coverable; they are counted apart.
pub fn patch_coverage(report: &CoverageReport, diff: &Diff) -> PatchCoverage {
    let mut patch = PatchCoverage::default();
    for (path, change) in diff.files.iter().filter(|(_, change)| !change.deleted) {
        let file = report.files.get(path).map(|file| patch_file(file, &change.added)).unwrap_or_default();
        patch.not_coverable += change.added.len() as u64 - file.lines.total;
        patch.lines = patch.lines + file.lines;
        if file.lines.total > 0 {
            patch.files.insert(path.clone(), file);
        }
    }
    patch
}

fn patch_file(file: &FileCoverage, added: &[u32]) -> PatchFile {
    let (ran, missed): (Vec<_>, Vec<_>) =
        file.lines.find(added.iter().copied()).flatten().partition(|line| line.hits > 0);
    PatchFile {
        lines: Covered { covered: ran.len() as u64, total: (ran.len() + missed.len()) as u64 },
        missed: missed.into_iter().map(|line| line.line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coverage::LineHits;
    use crate::model::diff::FileChange;

    fn report(path: &str, lines: &[(u32, u32)]) -> CoverageReport {
        let lines = lines.iter().map(|(line, hits)| LineHits { line: *line, hits: *hits }).collect();
        let file = FileCoverage { lines, ..FileCoverage::default() };
        CoverageReport { files: [(path.to_owned(), file)].into(), ..CoverageReport::default() }
    }

    fn diff(files: &[(&str, FileChange)]) -> Diff {
        Diff { files: files.iter().map(|(p, c)| ((*p).to_owned(), c.clone())).collect(), incomplete: None }
    }

    #[test]
    fn added_lines_are_covered_missed_or_not_coverable() {
        let change = FileChange { added: vec![1, 2, 3, 4], ..FileChange::default() };
        let patch = patch_coverage(
            &report("a.rs", &[(1, 5), (2, 0), (4, 0), (9, 0)]),
            &diff(&[("a.rs", change.clone()), ("docs/notes.txt", change)]),
        );
        assert_eq!(patch.lines, Covered { covered: 1, total: 3 });
        assert_eq!(patch.not_coverable, 5);
        assert_eq!(patch.files["a.rs"].missed, [2, 4]);
        assert_eq!(patch.files.len(), 1, "files without a coverable added line are not listed");
    }

    #[test]
    fn a_change_that_only_deletes_has_no_patch_coverage() {
        let change = FileChange { removed: vec![1], ..FileChange::default() };
        let gone = FileChange { added: vec![1], deleted: true, ..FileChange::default() };
        let patch = patch_coverage(&report("a.rs", &[(1, 1)]), &diff(&[("b.rs", gone), ("a.rs", change)]));
        assert_eq!(patch, PatchCoverage::default());
    }
}
