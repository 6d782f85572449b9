//! Coverage that is taken while files arrive comes to the same as all of it at once.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Collector, collect};
use crate::evidence::coverage::mapping::Tree;
use crate::evidence::coverage::merge::tests::report;
use crate::model::coverage::{ClaimedTotals, CoverageReport, Covered, FileCoverage, LineHits};
use crate::model::evidence::Evidence;
use crate::model::input::{Content, Input, InputState, Kind};
use crate::model::origin::Origin;
use crate::model::tests::TestReport;
use crate::policy::EvidencePolicy;

fn input(path: String, content: Content) -> Input {
    Input {
        path,
        origin: Origin::default(),
        bytes: 1,
        format: Some("lcov"),
        kind: Some(Kind::Coverage),
        state: InputState::Measured,
        content: Some(content),
        coverage: None,
        problems: Vec::new(),
    }
}

fn inputs(reports: &[CoverageReport]) -> Vec<Input> {
    let content = |number: usize, report: &CoverageReport| match number % 3 {
        2 => Content::TestsAndCoverage(TestReport::default(), report.clone()),
        _ => Content::Coverage(report.clone()),
    };
    let one = |(number, report)| input(format!("{number}.info"), content(number, report));
    reports.iter().enumerate().map(one).collect()
}

fn tree() -> Tree {
    Tree::new(["x.rs", "src/y.rs", "a/z.rs", "b/z.rs"].map(str::to_owned).to_vec())
}

/// The evidence of `inputs`, of which the first `taken` are taken as they come, each by a thread of its own.
fn arriving(inputs: Vec<Input>, taken: usize, tree: &Tree) -> Evidence {
    let policy = EvidencePolicy::default();
    let repository = || tree;
    let collector = Collector::new(&policy, &repository);
    let mut inputs = inputs.into_iter();
    let first: Vec<Input> = inputs.by_ref().take(taken).collect();
    let mut read: Vec<Input> = std::thread::scope(|threads| {
        let all: Vec<_> = first.into_iter().map(|one| threads.spawn(|| collector.take(one))).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(read.iter().all(|input| input.coverage.is_some()));
    read.extend(inputs);
    collector.finish(read)
}

fn of_lines(path: &str, lines: std::ops::Range<u32>) -> CoverageReport {
    let lines = lines.map(|line| LineHits { line, hits: 1 }).collect();
    let file = FileCoverage { lines, ..FileCoverage::default() };
    CoverageReport { files: [(path.to_owned(), file)].into(), ..CoverageReport::default() }
}

proptest! {
    #[test]
    fn reports_come_to_the_same_in_any_order_and_on_any_thread(
        (reports, order) in vec(report(), 1..6).prop_flat_map(|reports| {
            let order = Just((0..reports.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(reports), order)
        }),
        taken in 0..6_usize,
        with_tree in any::<bool>(),
    ) {
        let tree = if with_tree { tree() } else { Tree::default() };
        let all = inputs(&reports);
        let shuffled = order.iter().map(|place| all[*place].clone()).collect();
        let expected = collect(all, &EvidencePolicy::default(), Some(&tree));
        prop_assert_eq!(arriving(shuffled, taken, &tree), expected);
    }

    #[test]
    fn a_report_in_pieces_is_the_same_coverage(whole in report(), parts in 2..4_usize, taken in 0..4_usize) {
        let mut pieces = vec![CoverageReport::default(); parts];
        for (number, (path, file)) in whole.files.iter().enumerate() {
            let (piece, rest) = (number % parts, (number + 1) % parts);
            let half = file.lines.len() / 2;
            let first = FileCoverage { lines: file.lines.iter().take(half).collect(), ..file.clone() };
            let second = FileCoverage { lines: file.lines.iter().skip(half).collect(), ..FileCoverage::default() };
            pieces[piece].files.insert(path.clone(), first);
            pieces[rest].files.insert(path.clone(), second);
        }
        let unknown = Tree::default();
        prop_assert_eq!(arriving(inputs(&pieces), taken, &unknown).coverage, Some(whole));
    }
}

#[test]
fn numbers_of_a_report_stay_when_its_records_are_taken() {
    let (policy, unknown) = (EvidencePolicy::default(), Tree::default());
    let repository = || &unknown;
    let claimed = ClaimedTotals { lines: Some(Covered { covered: 9, total: 9 }), statements: None };
    let report = CoverageReport { claimed, ..of_lines("a.rs", 1..4) };
    let collector = Collector::new(&policy, &repository).listing_sources();
    let read = collector.take(input("a.info".to_owned(), Content::Coverage(report)));
    assert_eq!(read.content, None);
    let summary = read.coverage.clone().unwrap();
    assert_eq!((summary.files, summary.lines, summary.claimed), (1, 3, claimed));
    assert_eq!(summary.sources[0].path, "a.rs");
    let evidence = collector.finish(vec![read]);
    assert_eq!(evidence.sources[0].holds, "3 lines in 1 file");
    let agreed = ClaimedTotals { lines: Some(Covered { covered: 3, total: 3 }), statements: None };
    let report = CoverageReport { claimed: agreed, ..of_lines("a.rs", 1..4) };
    let collector = Collector::new(&policy, &repository);
    let read = collector.take(input("a.info".to_owned(), Content::Coverage(report)));
    let holds = "3 lines in 1 file; 3 of 3 lines covered, as its producer says";
    assert_eq!(collector.finish(vec![read]).sources[0].holds, holds);
    assert_eq!(evidence.coverage.unwrap().claimed, claimed);
}

#[test]
fn of_reports_that_do_not_match_the_first_by_path_speaks_in_any_order() {
    let tree = tree();
    let mut all = inputs(&[of_lines("one.c", 1..2), of_lines("two.c", 1..2), of_lines("three.c", 1..2)]);
    for _ in 0..all.len() {
        all.rotate_left(1);
        let paths = arriving(all.clone(), 2, &tree).paths;
        assert!(paths.invalid.as_ref().is_some_and(|said| said.contains("`one.c`")), "{paths:?}");
        assert_eq!(paths.unmatched, ["one.c", "three.c", "two.c"]);
        assert_eq!(paths.total, 3);
    }
}
