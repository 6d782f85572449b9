//! Several coverage reports as one: the union of their records.
//!
//! The result does not depend on the order of the reports, nor on how one report was cut into several.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::coverage::{
    ClaimedTotals, CoverageReport, Covered, FileCoverage, LineBranches, LineHits, Statements,
};

/// All `reports` as one. What a single producer claims does not speak for the union and is dropped.
pub fn union(reports: impl IntoIterator<Item = CoverageReport>) -> CoverageReport {
    let mut reports = reports.into_iter();
    let (first, mut rest) = (reports.next().unwrap_or_default(), reports.peekable());
    if rest.peek().is_none() {
        return first;
    }
    let (mut files, mut roots) = (Files::default(), BTreeSet::new());
    for report in std::iter::once(first).chain(rest) {
        report.files.into_iter().for_each(|(path, file)| files.add(path, file));
        roots.extend(report.roots);
    }
    let roots = roots.into_iter().collect();
    CoverageReport { files: files.finish(), roots, claimed: ClaimedTotals::default() }
}

/// Source files by path, growing record by record.
///
/// Reports name one file in thousands of classes or sections; what each adds is put in order only once in a
/// while, so the whole takes little longer than sorting all lines at once.
#[derive(Debug, Default)]
pub struct Files(BTreeMap<String, Growing>);

#[derive(Debug)]
struct Growing {
    /// Lines from `in_order` on are in the order in which they came.
    file: FileCoverage,
    in_order: usize,
}

impl Files {
    /// Puts `file`, whose lines are in order, under `path`, united with what is there already.
    pub fn add(&mut self, path: String, file: FileCoverage) {
        match self.0.entry(path) {
            Entry::Vacant(place) => {
                let in_order = file.lines.len();
                place.insert(Growing { file, in_order });
            }
            Entry::Occupied(mut place) => place.get_mut().add(file),
        }
    }

    /// Whether something is there under `path`.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// All files, with their lines in order.
    pub fn finish(self) -> BTreeMap<String, FileCoverage> {
        self.0.into_iter().map(|(path, growing)| (path, growing.finish())).collect()
    }
}

impl FromIterator<(String, FileCoverage)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, FileCoverage)>>(all: I) -> Self {
        let mut files = Self::default();
        for (path, file) in all {
            files.add(path, file);
        }
        files
    }
}

impl Growing {
    /// How many lines may wait in a small file.
    const SLACK: usize = 1024;

    fn add(&mut self, other: FileCoverage) {
        let file = std::mem::take(&mut self.file);
        let mut lines = file.lines;
        lines.extend(other.lines);
        self.file = FileCoverage {
            lines,
            branches: unite_maps(file.branches, other.branches, unite_branches),
            functions: unite_maps(file.functions, other.functions, |left, right| left | right),
            statements: unite_maps(file.statements, other.statements, Statements::unite),
            stated: file.stated.unite(other.stated),
        };
        if self.file.lines.len() > 2 * self.in_order + Self::SLACK {
            self.put_in_order();
        }
    }

    fn put_in_order(&mut self) {
        in_order(&mut self.file.lines, u32::saturating_add);
        self.in_order = self.file.lines.len();
    }

    fn finish(mut self) -> FileCoverage {
        if self.in_order < self.file.lines.len() {
            self.put_in_order();
            self.file.lines.shrink_to_fit();
        }
        self.file
    }
}

/// Puts lines in ascending order, each once; `unite` decides on the hits of repeated ones.
pub fn in_order(lines: &mut Vec<LineHits>, unite: impl Fn(u32, u32) -> u32) {
    if lines.is_sorted_by(|one, next| one.line < next.line) {
        return;
    }
    // Stable: fast where ordered runs follow each other, as here.
    lines.sort_by_key(|line| line.line);
    lines.dedup_by(|next, kept| {
        let same = next.line == kept.line;
        if same {
            kept.hits = unite(kept.hits, next.hits);
        }
        same
    });
}

/// All keys of both maps; `unite` decides on the values of common ones.
fn unite_maps<K: Ord, V>(
    left: Option<BTreeMap<K, V>>,
    right: Option<BTreeMap<K, V>>,
    unite: impl Fn(V, V) -> V,
) -> Option<BTreeMap<K, V>> {
    let (mut all, right) = match (left, right) {
        (Some(left), Some(right)) => (left, right),
        (left, right) => return left.or(right),
    };
    for (key, value) in right {
        let value = match all.remove(&key) {
            Some(known) => unite(known, value),
            None => value,
        };
        all.insert(key, value);
    }
    Some(all)
}

/// Named branches are united by name. "c of t" cannot be laid over each other, so the larger counts stand: a
/// lower bound. Names say more than counts, so counts give way to them.
fn unite_branches(left: LineBranches, right: LineBranches) -> LineBranches {
    match (left, right) {
        (LineBranches::Named(left), LineBranches::Named(right)) => LineBranches::Named(left.union(&right)),
        (LineBranches::Counted(left), LineBranches::Counted(right)) => LineBranches::Counted(Covered {
            covered: left.covered.max(right.covered),
            total: left.total.max(right.total),
        }),
        (named @ LineBranches::Named(_), _) | (_, named) => named,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::*;
    use crate::model::coverage::{Span, StatedTotals};

    fn branches() -> impl Strategy<Value = LineBranches> {
        prop_oneof![
            btree_map("[ab],[0-2]", any::<bool>(), 1..4)
                .prop_map(|branches| LineBranches::Named(branches.into_iter().collect())),
            fraction().prop_map(LineBranches::Counted),
        ]
    }

    prop_compose! {
        fn fraction()(covered in 0..4u64, missed in 0..4u64) -> Covered {
            Covered { covered, total: covered + missed }
        }
    }

    prop_compose! {
        fn stated()(
            lines in proptest::option::of(fraction()),
            branches in proptest::option::of(fraction()),
            functions in proptest::option::of(fraction()),
            statements in proptest::option::of(fraction()),
        ) -> StatedTotals {
            StatedTotals { lines, branches, functions, statements }
        }
    }

    fn statements() -> impl Strategy<Value = BTreeMap<Span, Statements>> {
        let span = (1..4u32).prop_map(|line| Span { line, ..Span::default() });
        btree_map(span, (1..4u32, any::<bool>()).prop_map(|(count, ran)| Statements { count, ran }), 0..4)
    }

    prop_compose! {
        fn file()(
            lines in btree_map(1..12u32, prop_oneof![Just(0), 1..9u32, Just(u32::MAX)], 0..8),
            branches in proptest::option::of(btree_map(1..6u32, branches(), 0..4)),
            functions in proptest::option::of(
                btree_map("[fgh]".prop_map(String::into_boxed_str), any::<bool>(), 0..3)
            ),
            statements in proptest::option::of(statements()),
            stated in stated(),
        ) -> FileCoverage {
            let lines = lines.into_iter().map(|(line, hits)| LineHits { line, hits }).collect();
            FileCoverage { lines, branches, functions, statements, stated }
        }
    }

    fn report() -> impl Strategy<Value = CoverageReport> {
        btree_map("[xyz]\\.rs", file(), 0..4)
            .prop_map(|files| CoverageReport { files, ..CoverageReport::default() })
    }

    proptest! {
        #[test]
        fn the_order_of_reports_does_not_matter(a in report(), b in report()) {
            prop_assert_eq!(union([a.clone(), b.clone()]), union([b, a]));
        }

        #[test]
        fn the_grouping_of_reports_does_not_matter(a in report(), b in report(), c in report()) {
            let left = union([union([a.clone(), b.clone()]), c.clone()]);
            prop_assert_eq!(left, union([a, union([b, c])]));
        }

        #[test]
        fn a_report_given_twice_counts_once(a in report()) {
            prop_assert_eq!(union([a.clone(), a.clone()]).totals(), a.totals());
        }

        #[test]
        fn one_more_report_never_uncovers_a_line(reports in vec(report(), 1..4)) {
            let all = union(reports.clone());
            for report in reports {
                for (path, file) in &report.files {
                    for line in &file.lines {
                        prop_assert!(all.files[path].line(line.line) >= Some(line.hits > 0));
                    }
                }
            }
        }
    }

    fn counted(covered: u64, total: u64) -> LineBranches {
        LineBranches::Counted(Covered { covered, total })
    }

    fn named(branches: &[(&str, bool)]) -> LineBranches {
        LineBranches::Named(branches.iter().copied().collect())
    }

    #[test]
    fn a_file_in_a_hundred_thousand_pieces_is_united_in_no_time() {
        let piece =
            |line| FileCoverage { lines: vec![LineHits { line, hits: 1 }], ..FileCoverage::default() };
        let pieces = (1..=100_000).rev().map(|line| ("a.rs".to_owned(), piece(line)));
        let files: Files = pieces.collect();
        assert!(files.contains("a.rs"));
        let file = &files.finish()["a.rs"];
        assert_eq!(file.line_total(), Covered { covered: 100_000, total: 100_000 });
        assert!(file.lines.is_sorted_by_key(|line| line.line));
    }

    #[test]
    fn branches_with_names_are_united_and_fractions_are_a_lower_bound() {
        let both = unite_branches(named(&[("0,0", true), ("0,1", false)]), named(&[("0,1", true)]));
        assert_eq!(both.covered(), Covered { covered: 2, total: 2 });
        assert_eq!(unite_branches(counted(1, 2), counted(1, 4)), counted(1, 4));
        assert_eq!(unite_branches(counted(2, 2), named(&[("0,0", true)])), named(&[("0,0", true)]));
    }
}
