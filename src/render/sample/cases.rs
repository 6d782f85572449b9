//! Test results of the sample.

use std::sync::Arc;

use crate::model::report::{CaseNote, TestsReport};
use crate::model::tests::{CaseDetail, CaseId, SuiteError, TestCounts};

pub(super) fn case(class: &str, name: &str, message: Option<&str>) -> CaseNote {
    CaseNote {
        id: CaseId {
            suite: Arc::from("pytest"),
            class: Some(Arc::from(class)),
            name: Arc::from(name),
            cell: None,
        },
        detail: CaseDetail {
            message: message.map(str::to_owned),
            file: message.map(|_| "tests/test_checkout.py".into()),
            line: message.map(|_| 31),
            frames: Vec::new(),
        },
        durations: None,
    }
}

pub(super) fn tests() -> TestsReport {
    let mut slow = case("tests.test_cart", "test_a_cart_of_ten_thousand_items", None);
    slow.durations = Some((300_000_000, 2_400_000_000));
    TestsReport {
        counts: TestCounts { total: 80, passed: 76, failed: 2, errored: 0, skipped: 2, flaky: 1 },
        base_counts: Some(TestCounts { total: 78, passed: 76, failed: 1, errored: 0, skipped: 1, flaky: 0 }),
        duration: 4_200_000_000,
        new_failures: vec![case(
            "tests.test_checkout",
            "test_checkout_rejects_an_expired_card",
            Some("AssertionError: assert 'paid' == 'declined'"),
        )],
        still_failing: vec![case(
            "tests.test_mail",
            "a `name` | @everyone <!-- #1 -->",
            Some("\u{1b}[31mE\u{1b}[0m ]]> </details> ![x](http://evil)"),
        )],
        fixed: vec![case("tests.test_cart", "test_empty_cart_has_no_total", None)],
        flaky: vec![case("tests.test_stock", "test_reservation_times_out", None)],
        added: 3,
        lost: 0,
        removed: vec![case("tests.test_cart", "test_old_rounding", None)],
        newly_skipped: vec![case("tests.test_mail", "test_sends_a_receipt", None)],
        slower: vec![slow],
        suite_errors: vec![SuiteError {
            suite: Arc::from("tests.test_search"),
            message: "ImportError: no module named `whoosh`".into(),
        }],
    }
}
