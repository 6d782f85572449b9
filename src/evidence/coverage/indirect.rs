//! Indirect changes: lines that a change does not touch and whose state flipped all the same.

use crate::model::coverage::{CoverageReport, FileCoverage};
use crate::model::diff::{Diff, FileChange};
use crate::model::report::IndirectChange;
use crate::model::shift::HeadLines;

/// Lines outside `diff` that are coverable on both sides and ran on exactly one of them, by path.
///
/// `diff` leads from the commit of `base` to the commit of `head`; lines are numbered as on the head.
pub fn changes(base: &CoverageReport, head: &CoverageReport, diff: &Diff) -> Vec<IndirectChange> {
    let untouched = FileChange::default();
    head.files
        .iter()
        .filter_map(|(path, file)| {
            let change = diff.files.get(path).unwrap_or(&untouched);
            let before = base.files.get(change.renamed_from.as_ref().unwrap_or(path))?;
            let indirect = compare(path, before, file, change);
            (!indirect.lost.is_empty() || !indirect.gained.is_empty()).then_some(indirect)
        })
        .collect()
}

fn compare(path: &str, before: &FileCoverage, after: &FileCoverage, change: &FileChange) -> IndirectChange {
    let mut lines = HeadLines::new(change);
    let mut indirect = IndirectChange { path: path.to_owned(), lost: Vec::new(), gained: Vec::new() };
    let kept: Vec<_> =
        before.lines.iter().filter_map(|old| Some((lines.of_base(old.line)?, old.hits > 0))).collect();
    let now = after.lines.find(kept.iter().map(|(line, _)| *line));
    for ((line, ran), now) in kept.iter().zip(now) {
        match (ran, now.map(|now| now.hits > 0)) {
            (true, Some(false)) => indirect.lost.push(*line),
            (false, Some(true)) => indirect.gained.push(*line),
            _ => {}
        }
    }
    indirect
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::unified_diff;
    use crate::model::coverage::LineHits;

    fn report(path: &str, lines: &[(u32, u32)]) -> CoverageReport {
        let lines = lines.iter().map(|(line, hits)| LineHits { line: *line, hits: *hits }).collect();
        let file = FileCoverage { lines, ..FileCoverage::default() };
        CoverageReport { files: [(path.to_owned(), file)].into(), ..CoverageReport::default() }
    }

    #[test]
    fn lines_are_compared_where_the_diff_moved_them() {
        let diff = "\
--- a/a.rs
+++ b/a.rs
@@ -2,3 +2,5 @@
 two
-three
+drei
+and
+more
 four
";
        let diff = unified_diff::parse(diff).unwrap();
        let base = report("a.rs", &[(1, 1), (2, 0), (3, 1), (4, 1), (9, 0)]);
        let head = report("a.rs", &[(1, 0), (2, 1), (3, 0), (4, 0), (6, 0), (11, 3)]);
        let indirect = changes(&base, &head, &diff);
        assert_eq!(indirect, [IndirectChange { path: "a.rs".into(), lost: vec![1, 6], gained: vec![2, 11] }]);
    }

    #[test]
    fn a_renamed_file_is_compared_with_what_it_was() {
        let change = FileChange { renamed_from: Some("old.rs".into()), ..FileChange::default() };
        let diff = Diff { files: [("new.rs".to_owned(), change)].into(), incomplete: None };
        let found = changes(&report("old.rs", &[(1, 1)]), &report("new.rs", &[(1, 0)]), &diff);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].lost, [1]);
    }

    #[test]
    fn lines_that_only_one_side_calls_coverable_did_not_flip() {
        let same = Diff::default();
        assert!(changes(&report("a.rs", &[(1, 1)]), &report("a.rs", &[(2, 0)]), &same).is_empty());
        assert!(changes(&report("a.rs", &[(1, 1)]), &report("b.rs", &[(1, 0)]), &same).is_empty());
    }
}
