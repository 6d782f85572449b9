//! Several coverage reports as one: the union of their records.
//!
//! The result does not depend on the order of the reports, nor on how one report was cut into several.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::model::coverage::{
    ClaimedTotals, Covered, CoverageReport, FileCoverage, LineBranches, LineHits, Statements,
};

/// All `reports` as one. What a single producer claims does not speak for the union and is dropped.
pub fn union(reports: impl IntoIterator<Item = CoverageReport>) -> CoverageReport {
    let mut reports = reports.into_iter();
    let mut all = reports.next().unwrap_or_default();
    for report in reports {
        for (path, file) in report.files {
            add_file(&mut all.files, path, file);
        }
        all.roots.extend(report.roots);
        all.roots.sort_unstable();
        all.roots.dedup();
        all.claimed = ClaimedTotals::default();
    }
    all
}

/// Puts `file` under `path`, united with what is there already.
pub fn add_file(files: &mut BTreeMap<String, FileCoverage>, path: String, file: FileCoverage) {
    match files.entry(path) {
        Entry::Vacant(place) => {
            place.insert(file);
        }
        Entry::Occupied(mut place) => {
            let left = std::mem::take(place.get_mut());
            place.insert(unite(left, file));
        }
    }
}

/// Two records of one source file as one.
fn unite(left: FileCoverage, right: FileCoverage) -> FileCoverage {
    FileCoverage {
        lines: unite_lines(left.lines, right.lines),
        branches: unite_maps(left.branches, right.branches, unite_branches),
        functions: unite_maps(left.functions, right.functions, |left, right| left | right),
        statements: unite_maps(left.statements, right.statements, Statements::unite),
        stated: left.stated.unite(right.stated),
    }
}

/// Both are in ascending order, so one walk suffices; reports of one build share most lines.
fn unite_lines(left: Vec<LineHits>, right: Vec<LineHits>) -> Vec<LineHits> {
    if right.is_empty() {
        return left;
    }
    let mut all = Vec::with_capacity(left.len().max(right.len()));
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some(l), Some(r)) if l.line == r.line => {
                let hits = l.hits.saturating_add(r.hits);
                right.next();
                left.next().map(|l| LineHits { line: l.line, hits })
            }
            (Some(l), Some(r)) if l.line > r.line => right.next(),
            (None, _) => right.next(),
            _ => left.next(),
        };
        let Some(line) = next else { return all };
        all.push(line);
    }
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
        (LineBranches::Named(mut left), LineBranches::Named(right)) => {
            for (name, taken) in right {
                *left.entry(name).or_default() |= taken;
            }
            LineBranches::Named(left)
        }
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
            btree_map("[ab],[0-2]".prop_map(String::into_boxed_str), any::<bool>(), 1..4)
                .prop_map(LineBranches::Named),
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
        LineBranches::Named(branches.iter().map(|(name, taken)| ((*name).into(), *taken)).collect())
    }

    #[test]
    fn branches_with_names_are_united_and_fractions_are_a_lower_bound() {
        let both = unite_branches(named(&[("0,0", true), ("0,1", false)]), named(&[("0,1", true)]));
        assert_eq!(both.covered(), Covered { covered: 2, total: 2 });
        assert_eq!(unite_branches(counted(1, 2), counted(1, 4)), counted(1, 4));
        assert_eq!(unite_branches(counted(2, 2), named(&[("0,0", true)])), named(&[("0,0", true)]));
    }
}
