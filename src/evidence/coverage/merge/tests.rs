//! The laws of the union.

use std::ops::Range;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::unite::Record;
use super::{Files, union};
use crate::model::coverage::{
    CoverageReport, Covered, FileCoverage, LineBranches, LineHits, Span, StatedTotals, Statements,
};

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

fn statements() -> impl Strategy<Value = Vec<(Span, Statements)>> {
    let span = (1..4u32).prop_map(|line| Span { line, ..Span::default() });
    let counts = (1..4u32, any::<bool>()).prop_map(|(count, ran)| Statements { count, ran });
    btree_map(span, counts, 0..4).prop_map(Vec::from_iter)
}

prop_compose! {
    fn file()(
        lines in btree_map(1..12u32, prop_oneof![Just(0), 1..9u32, Just(u32::MAX)], 0..8),
        branches in proptest::option::of(btree_map(1..6u32, branches(), 0..4).prop_map(Vec::from_iter)),
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

/// A report of some source files with records of every kind.
pub(crate) fn report() -> impl Strategy<Value = CoverageReport> {
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
                let lines = all.files[path].lines.find(file.lines.iter().map(|line| line.line));
                for (line, united) in file.lines.iter().zip(lines) {
                    prop_assert!(united.map(|line| line.hits > 0) >= Some(line.hits > 0));
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

/// A file with a statement on each of `lines`.
fn all_of(lines: Range<u32>) -> FileCoverage {
    let statement = |line| (Span { line, ..Span::default() }, Statements { count: 1, ran: true });
    FileCoverage {
        lines: lines.clone().map(|line| LineHits { line, hits: 1 }).collect(),
        statements: Some(lines.map(statement).collect()),
        ..FileCoverage::default()
    }
}

#[test]
fn a_file_in_a_hundred_thousand_pieces_is_united_in_no_time() {
    let piece = |line| all_of(line..line + 1);
    let pieces = (1..=100_000).rev().map(|line| ("a.rs".to_owned(), piece(line)));
    let mut files: Files = pieces.collect();
    assert!(!files.add("a.rs".to_owned(), piece(1)));
    let file = &files.finish()["a.rs"];
    assert_eq!(file.line_total(), Covered { covered: 100_000, total: 100_000 });
}

#[test]
fn branches_with_names_are_united_and_fractions_are_a_lower_bound() {
    let united = |one: LineBranches, other: LineBranches| {
        let mut line = (1, one);
        line.unite(&(1, other));
        line.1
    };
    let both = united(named(&[("0,0", true), ("0,1", false)]), named(&[("0,1", true)]));
    assert_eq!(both.covered(), Covered { covered: 2, total: 2 });
    assert_eq!(united(counted(1, 2), counted(1, 4)), counted(1, 4));
    assert_eq!(united(counted(2, 2), named(&[("0,0", true)])), named(&[("0,0", true)]));
    assert_eq!(united(named(&[("0,0", true)]), counted(2, 2)), named(&[("0,0", true)]));
}

#[test]
fn a_large_list_takes_in_small_ones_and_others_of_its_size() {
    let all = [10..40, 20..22, 38..41, 0..30, 30..60, 0..60, 5..6];
    let files: Files = all.map(|lines| ("a.rs".to_owned(), all_of(lines))).into_iter().collect();
    let file = &files.finish()["a.rs"];
    assert!(file.lines.iter().map(|line| line.line).eq(0..60));
    assert_eq!(file.lines.iter().map(|line| line.hits).sum::<u32>(), 30 + 2 + 3 + 30 + 30 + 60 + 1);
    let statements = file.statements.as_ref().unwrap();
    assert!(statements.iter().map(|(span, _)| span.line).eq(0..60));
}
