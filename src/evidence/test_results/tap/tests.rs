use super::read;
use crate::evidence::test_results::view::view;

const PERL_SUBTEST: &[u8] =
    include_bytes!("../../../../tests/fixtures/test_results/tap/perl-5.36.0-subtest.tap");
const VITEST_NESTED: &[u8] =
    include_bytes!("../../../../tests/fixtures/test_results/tap/vitest-4.1.12-nested.tap");
const BATS_MIXED: &[u8] = include_bytes!("../../../../tests/fixtures/test_results/tap/bats-1.8.2-mixed.tap");
const BATS_MIXED_13: &[u8] =
    include_bytes!("../../../../tests/fixtures/test_results/tap/bats-1.8.2-mixed-13.tap");
const MOCHA_HOOKS: &[u8] =
    include_bytes!("../../../../tests/fixtures/test_results/tap/mocha-12.0.3-hooks.tap");

fn shown(text: &[u8]) -> String {
    view(&read(text))
}

#[test]
fn points_of_the_outermost_level_are_cases() {
    insta::assert_snapshot!(shown(PERL_SUBTEST), @r#"
    measured, unknown producer, 0 suites
    passed [] `adds`
    failed [] `sums`
    skipped [] `` "no tax yet"
    skipped [] `rounds` "later"
    failed [] `nested`
    "#);
}

#[test]
fn subtests_in_braces_are_told_by_their_parents() {
    insta::assert_snapshot!(shown(VITEST_NESTED), @r#"
    measured, unknown producer, 0 suites
    failed [] `broken.vtest.ts` "Cannot find module './missing' imported from /builds/shop/vitest/broken.vtest.ts"
    failed [] `cart.vtest.ts` 26370000ns
    "#);
}

#[test]
fn bats_is_read_with_messages() {
    insta::assert_snapshot!(shown(BATS_MIXED), @r#"
    measured, unknown producer, 0 suites
    passed [] `adds`
    failed [] `sums` "(in test file cart.bats, line 2)"
    skipped [] `taxes` "no tax yet"
    "#);
}

#[test]
fn version_13_is_read_with_messages_from_yaml() {
    insta::assert_snapshot!(shown(BATS_MIXED_13), @r#"
    measured, unknown producer, 0 suites
    passed [] `adds`
    failed [] `sums` "(in test file cart.bats, line 2)"
    skipped [] `taxes` "no tax yet"
    "#);
}

#[test]
fn mocha_is_read_with_its_hook() {
    insta::assert_snapshot!(shown(MOCHA_HOOKS), @r#"
    measured, unknown producer, 0 suites
    passed [] `cart ✓ adds`
    failed [] `cart ✓ sums`
    skipped [] `cart ✓ taxes`
    skipped [] `cart ✓ rounds later`
    passed [] `cart ✓ retries`
    failed [] `cart ✓ empty "before all" hook: fill for "never runs"`
    "#);
}

#[test]
fn a_plan_that_does_not_hold_is_no_good_news() {
    let text = "1..99999999999999999999\nok 1 a\n";
    insta::assert_snapshot!(shown(text.as_bytes()), @"
    measured, unknown producer, 0 suites
    passed [] `a`
    suite error [] the plan says 18446744073709551615 tests; the stream holds 1
    warning the plan says 18446744073709551615 tests; the stream holds 1
    ");
}

#[test]
fn no_plan_is_no_good_news_and_numbers_may_repeat() {
    let text = "ok 3 c\nok 1 a\nok 1 a again\nnot ok 4 d\n";
    insta::assert_snapshot!(shown(text.as_bytes()), @"
    measured, unknown producer, 0 suites
    passed [] `c`
    passed [] `a`
    passed [] `a again`
    failed [] `d`
    suite error [] no plan (`1..4`): nobody knows whether all tests ran
    warning no plan (`1..4`): nobody knows whether all tests ran
    warning 1:1 3 test points are out of order or repeat a number, the first one here; all are counted
    ");
}

#[test]
fn a_bail_out_is_no_good_news() {
    let text = "1..4\nok 1 - a\n  Bail out! Database is gone\n";
    insta::assert_snapshot!(shown(text.as_bytes()), @"
    measured, unknown producer, 0 suites
    passed [] `a`
    suite error [] bail out: Database is gone
    ");
}

#[test]
fn a_stream_that_skips_all_is_empty() {
    let text = "1..0 # SKIP not on this system\n";
    insta::assert_snapshot!(shown(text.as_bytes()), @"
    empty
    warning no test was run: SKIP not on this system
    ");
}

#[test]
fn escapes_are_of_version_14_and_yaml_may_stay_open() {
    let text = "TAP version 14\n1..2\nnot ok 1 - a \\# b\n  ---\n  message: |\n    first\nok 2 - c\n";
    insta::assert_snapshot!(shown(text.as_bytes()), @r#"
    measured, unknown producer, 0 suites
    failed [] `a # b` "first"
    passed [] `c`
    "#);
}

#[test]
fn places_come_from_yaml_and_from_stacks() {
    let text = concat!(
        "TAP version 14\n1..4\nnot ok 1 - tap\n  ---\n  message: boom\n  at:\n    line: 12\n    column: 3\n",
        "    file: test/a.js\n  ...\nnot ok 2 - node\n  ---\n  location: '/w/b.test.js:3:1'\n  error: |-\n    no\n",
        "  stack: |-\n    Test.run (file:///w/b.test.js:4:10)\n  ...\nnot ok 3 - bats\n",
        "# (in test file c.bats, line 2)\n#   `false' failed\nok 4 - ok\n  ---\n  file: d.js\n  ...\n",
    );
    let report = read(text.as_bytes()).value.unwrap();
    let places: Vec<String> = report
        .cases
        .iter()
        .map(|case| {
            let detail = case.detail.as_deref().cloned().unwrap_or_default();
            let frames: Vec<String> =
                detail.frames.iter().map(|frame| format!("{}:{}", frame.file, frame.line)).collect();
            format!("{:?}:{:?} {}", detail.file.as_deref(), detail.line, frames.join(" "))
        })
        .collect();
    insta::assert_debug_snapshot!(places, @r#"
    [
        "Some(\"test/a.js\"):Some(12) ",
        "None:None /w/b.test.js:3 /w/b.test.js:4",
        "None:None c.bats:2",
        "None:None ",
    ]
    "#);
}
