//! Several coverage reports as one: the union of their records.
//!
//! The result does not depend on the order of the reports, nor on how one report was cut into several.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::coverage::{ClaimedTotals, CoverageReport, FileCoverage, LineBranches, LineHits};
use crate::model::functions::Functions;
use crate::model::order;

/// All `reports` as one. What a single producer claims does not speak for the union and is dropped.
pub fn union(reports: impl IntoIterator<Item = CoverageReport>) -> CoverageReport {
    let mut union = Union::default();
    reports.into_iter().for_each(|report| union.add(report));
    union.finish()
}

/// A union that grows report by report, so that no two of them need to be there at once.
#[derive(Debug, Default)]
pub struct Union {
    files: Files,
    /// Roots and claims of each report: all of them speak for one that is alone.
    roots: Vec<String>,
    claimed: ClaimedTotals,
    reports: usize,
}

impl Union {
    /// Takes in `report`.
    pub fn add(&mut self, report: CoverageReport) {
        report.files.into_iter().for_each(|(path, file)| self.files.add(path, file));
        self.roots.extend(report.roots);
        self.claimed = report.claimed;
        self.reports += 1;
    }

    /// Whether there was no report.
    pub fn is_empty(&self) -> bool {
        self.reports == 0
    }

    /// All reports as one.
    pub fn finish(self) -> CoverageReport {
        let Self { files, roots, claimed, reports } = self;
        let files = files.finish();
        if reports == 1 {
            return CoverageReport { files, roots, claimed };
        }
        let roots = roots.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        CoverageReport { files, roots, claimed: ClaimedTotals::default() }
    }
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
    /// Functions that are not in the file yet.
    functions: Vec<Functions>,
    /// How many these are.
    waiting: usize,
}

impl Files {
    /// Puts `file`, whose lines are in order, under `path`, united with what is there already.
    pub fn add(&mut self, path: String, file: FileCoverage) {
        match self.0.entry(path) {
            Entry::Vacant(place) => {
                let in_order = file.lines.len();
                place.insert(Growing { file, in_order, functions: Vec::new(), waiting: 0 });
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
        order::map(self.0.into_iter().map(|(path, growing)| (path, growing.finish())))
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
    /// How many lines or functions may wait in a small file.
    const SLACK: usize = 16;

    fn add(&mut self, other: FileCoverage) {
        self.add_lines(other.lines);
        self.add_functions(other.functions);
        let file = &mut self.file;
        unite_maps(&mut file.branches, other.branches, unite_branches);
        unite_maps(&mut file.statements, other.statements, |known, new| *known = known.unite(new));
        file.stated = file.stated.unite(other.stated);
    }

    fn add_lines(&mut self, new: Vec<LineHits>) {
        let known = &mut self.file.lines;
        // Reports of parallel jobs name the same lines: nothing moves then.
        let is_same = self.in_order == known.len()
            && known.len() == new.len()
            && known.iter().zip(&new).all(|(known, new)| known.line == new.line);
        if is_same {
            for (known, new) in known.iter_mut().zip(new) {
                known.hits = known.hits.saturating_add(new.hits);
            }
            return;
        }
        known.extend(new);
        if known.len() > 2 * self.in_order + Self::SLACK {
            self.put_in_order();
        }
    }

    fn add_functions(&mut self, new: Option<Functions>) {
        let Some(new) = new else { return };
        let Some(known) = &mut self.file.functions else {
            self.file.functions = Some(new);
            return;
        };
        if known.absorb(&new) {
            return;
        }
        let most = known.count() + Self::SLACK;
        self.waiting += new.count();
        self.functions.push(new);
        if self.waiting > most {
            self.unite_functions();
        }
    }

    fn unite_functions(&mut self) {
        let parts = self.file.functions.iter().chain(&self.functions);
        self.file.functions = Some(parts.flat_map(Functions::iter).collect());
        self.functions.clear();
        self.waiting = 0;
    }

    fn put_in_order(&mut self) {
        in_order(&mut self.file.lines, u32::saturating_add);
        self.in_order = self.file.lines.len();
    }

    fn finish(mut self) -> FileCoverage {
        if self.in_order < self.file.lines.len() {
            self.put_in_order();
        }
        self.file.lines.shrink_to_fit();
        if !self.functions.is_empty() {
            self.unite_functions();
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
    known: &mut Option<BTreeMap<K, V>>,
    new: Option<BTreeMap<K, V>>,
    unite: impl Fn(&mut V, V),
) {
    let Some(new) = new else { return };
    match known {
        None => *known = Some(new),
        Some(known) if new.len() < known.len() / 8 => unite_some(known, new, unite),
        Some(known) => unite_most(known, new, unite),
    }
}

/// Looks up each of the new keys.
fn unite_some<K: Ord, V>(known: &mut BTreeMap<K, V>, new: BTreeMap<K, V>, unite: impl Fn(&mut V, V)) {
    for (key, value) in new {
        match known.entry(key) {
            Entry::Vacant(place) => drop(place.insert(value)),
            Entry::Occupied(mut place) => unite(place.get_mut(), value),
        }
    }
}

/// Goes through both maps side by side.
fn unite_most<K: Ord, V>(known: &mut BTreeMap<K, V>, new: BTreeMap<K, V>, unite: impl Fn(&mut V, V)) {
    let mut left = known.iter_mut().peekable();
    let mut missing = Vec::new();
    for (key, value) in new {
        while left.next_if(|(known, _)| **known < key).is_some() {}
        match left.next_if(|(known, _)| **known == key) {
            Some((_, known)) => unite(known, value),
            None => missing.push((key, value)),
        }
    }
    if !missing.is_empty() {
        known.append(&mut missing.into_iter().collect());
    }
}

/// Named branches are united by name. "c of t" cannot be laid over each other, so the larger counts stand: a
/// lower bound. Names say more than counts, so counts give way to them.
fn unite_branches(known: &mut LineBranches, new: LineBranches) {
    match (known, new) {
        (LineBranches::Named(known), LineBranches::Named(new)) => *known = known.union(&new),
        (LineBranches::Named(_), LineBranches::Counted(_)) => {}
        (LineBranches::Counted(known), LineBranches::Counted(new)) => {
            known.covered = known.covered.max(new.covered);
            known.total = known.total.max(new.total);
        }
        (known, named) => *known = named,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::*;
    use crate::model::coverage::{Covered, Span, StatedTotals, Statements};

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
                vec(("[fgh]", any::<bool>()), 0..3).prop_map(|all| all.into_iter().collect())
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
        let united = |mut one, other| {
            unite_branches(&mut one, other);
            one
        };
        let both = united(named(&[("0,0", true), ("0,1", false)]), named(&[("0,1", true)]));
        assert_eq!(both.covered(), Covered { covered: 2, total: 2 });
        assert_eq!(united(counted(1, 2), counted(1, 4)), counted(1, 4));
        assert_eq!(united(counted(2, 2), named(&[("0,0", true)])), named(&[("0,0", true)]));
        assert_eq!(united(named(&[("0,0", true)]), counted(2, 2)), named(&[("0,0", true)]));
    }

    #[test]
    fn a_large_map_takes_in_small_ones_and_others_of_its_size() {
        let map = |keys: std::ops::Range<u32>| Some(keys.map(|key| (key, 1)).collect::<BTreeMap<_, _>>());
        let mut all = map(10..40);
        for more in [20..22, 38..41, 0..30, 30..60] {
            unite_maps(&mut all, map(more), |known, new| *known += new);
        }
        let all = all.unwrap();
        assert_eq!(all.len(), 60);
        assert_eq!(all.values().sum::<i32>(), 30 + 2 + 3 + 30 + 30);
    }
}
