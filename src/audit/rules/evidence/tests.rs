//! Claims of whole documents against what was measured.

use crate::audit::tests::lines;
use crate::audit::{Counted, Measured, Part};
use crate::model::audit::Rule;
use crate::model::tests::TestCounts;

fn counts(total: u64, failed: u64) -> TestCounts {
    TestCounts { total, passed: total - failed, failed, errored: 0, skipped: 0, flaky: 0 }
}

fn measured() -> Measured {
    let part = |name: &str, counted| Part { name: name.to_owned(), counted };
    Measured {
        tests: Some(counts(300, 18)),
        lines: Some((1600, 2000)),
        parts: vec![
            part("reader", Counted::Tests(counts(100, 2))),
            part("writer", Counted::Tests(counts(120, 6))),
            part("shell", Counted::Tests(counts(80, 10))),
            part("no-eval", Counted::Findings(4)),
            part("no-exec", Counted::Findings(2)),
            part("no-fork", Counted::Findings(7)),
        ],
        ..Measured::default()
    }
}

fn contradicted(text: &str) -> Vec<u32> {
    lines(text, Rule::ContradictsEvidence, Some(&measured()))
}

#[test]
fn the_column_of_now_is_compared() {
    let table = |now: &str| {
        format!(
            "| | May | June | change |\n|---|---|---|---|\n| Tests | 280 | 300 | +20 |\n| Failed | 25 | {now} | -7 |\n"
        )
    };
    assert_eq!(contradicted(&table("18")), [0; 0]);
    assert_eq!(contradicted(&table("16")), [4]);
}

#[test]
fn numbers_of_parts_are_not_those_of_all() {
    for text in [
        "Tests: ledger 540 of 600 passed, pricing 320 of 400, labels 282 of 300. In sum 1,142 of 1,300 tests pass.",
        "- Ledger\n  - 640 tests\n- Pricing\n  - 90 tests\n- Labels\n  - 300 tests\n",
        "## A\n\n- Tests: 88\n\n## B\n\n- Tests: 240\n\n## C\n\n- Tests: 300\n",
        "On ARM we ran 120 of the tests, and 118 passed. Here 282 of 300 tests pass.",
    ] {
        assert_eq!(contradicted(text), [0; 0], "{text}");
    }
    for text in ["In all 280 of 300 tests pass.", "Tests: 310", "20 tests fail, line coverage is 80 %."] {
        assert_eq!(contradicted(text), [1], "{text}");
    }
}

#[test]
fn parts_are_compared_by_their_names() {
    let suites = |failed: &str| {
        format!(
            "| Suite | Tests | Failed |\n|---|---|---|\n| reader | 100 | 2 |\n| writer | 120 | {failed} |\n| shell | 80 | 10 |\n"
        )
    };
    assert_eq!(contradicted(&suites("6")), [0; 0]);
    assert_eq!(contradicted(&suites("5")), [4]);
    let rules = |count: &str| format!("- `no-eval`: 4, level error\n- `no-exec`: {count}\n- `no-fork`: 7\n");
    assert_eq!(contradicted(&rules("2")), [0; 0]);
    assert_eq!(contradicted(&rules("3")), [2]);
}

#[test]
fn a_table_of_other_runs_is_left_alone() {
    let text = "| Suite | Tests | Failed |\n|---|---|---|\n| reader | 60 | 0 |\n| writer | 50 | 1 |\n| shell | 20 | 0 |\n";
    assert_eq!(contradicted(text), [0; 0]);
}
