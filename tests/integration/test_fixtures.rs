//! Test reports that real tools wrote, against the totals that the same tools printed for people.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use readiness::evidence::{bytes, detect};
use readiness::model::input::{Content, InputState};
use readiness::model::tests::TestReport;

/// Total, passed, failed, errored, skipped; then how many of the passed are flaky, and suite errors.
type Counts = ([u64; 5], u64, usize);

/// A file below `tests/fixtures/test_results`, what it comes to, and what its tool printed where that is known.
const FILES: &[(&str, Counts, &str)] = &[
    ("behave-json/behave-1.3.3-mixed.json", ([5, 1, 1, 2, 1], 0, 0), ""),
    // The log does not tell that a failure was expected.
    ("boost-test/boost-1.74.0-log.xml", ([11, 4, 4, 1, 2], 0, 0), "5 passed, 4 failed, 2 skipped out of 11"),
    ("boost-test/boost-1.74.0-log-of-errors.xml", ([0, 0, 0, 0, 0], 0, 5), "5 assertions out of 8 failed"),
    // The disabled case is not listed.
    (
        "boost-test/boost-1.74.0-report.xml",
        ([10, 5, 2, 2, 1], 0, 0),
        "5 passed, 4 failed, 2 skipped out of 11",
    ),
    ("boost-test/boost-1.74.0-report-confirm.xml", ([0, 0, 0, 0, 0], 0, 2), "4 test cases out of 11 failed"),
    (
        "catch2-xml/catch2-2.13.10-may-fail.xml",
        ([6, 3, 3, 0, 0], 0, 0),
        "6 | 1 passed | 3 failed | 2 failed as expected",
    ),
    ("check-xml/check-0.15.2-mixed.xml", ([7, 4, 2, 1, 0], 0, 0), "57%: Checks: 7, Failures: 2, Errors: 1"),
    ("cppunit/cppunit-1.15.1-mixed.xml", ([4, 1, 2, 1, 0], 0, 0), "4 run, 2 failures, 1 errors"),
    (
        "ctest/ctest-3.25.1-not-run.xml",
        ([10, 2, 2, 2, 4], 0, 2),
        "6 tests failed out of 9, 1 skipped, 1 disabled",
    ),
    ("ctrf/jest-ctrf-json-reporter-0.0.11-mixed.json", ([5, 2, 1, 0, 2], 1, 0), ""),
    ("ctrf/mocha-ctrf-json-reporter-0.0.11-mixed.json", ([6, 2, 2, 0, 2], 1, 0), ""),
    ("ctrf/pytest-json-ctrf-0.6.1-mixed.json", ([6, 2, 2, 0, 2], 1, 0), ""),
    ("cucumber-json/cucumber-js-12.9.0-retry.json", ([5, 2, 2, 0, 1], 0, 0), ""),
    ("cucumber-messages/cucumber-js-12.9.0-retry.ndjson", ([5, 2, 2, 0, 1], 1, 0), ""),
    ("dart-json/hand-made-mixed.json", ([4, 1, 1, 1, 1], 0, 0), ""),
    ("go-test-json/go-1.19.8-build-and-panic.json", ([7, 3, 3, 0, 1], 0, 2), ""),
    ("gtest-json/googletest-1.12.1-mixed.json", ([4, 1, 1, 0, 2], 0, 0), ""),
    ("jest-json/jest-30.5.2-broken-file.json", ([5, 2, 1, 0, 2], 1, 1), ""),
    ("jest-json/vitest-4.1.12-broken-file.json", ([4, 1, 1, 0, 2], 0, 1), ""),
    ("junit/bats-1.8.2-skip.xml", ([3, 1, 1, 0, 1], 0, 0), "1..3"),
    // A case for each section.
    (
        "junit/catch2-2.13.10-may-fail.xml",
        ([8, 2, 3, 1, 2], 0, 0),
        "assertions: 8 | 2 passed | 4 failed | 2 failed as expected",
    ),
    (
        "junit/ctest-3.25.1-not-run.xml",
        ([10, 2, 4, 0, 4], 0, 2),
        "6 tests failed out of 9, 1 skipped, 1 disabled",
    ),
    (
        "junit/cucumber-js-12.9.0-undefined.xml",
        ([6, 2, 3, 0, 1], 0, 0),
        "2 failed, 1 undefined, 1 skipped, 2 passed",
    ),
    ("junit/eslint-8.57.1-warnings.xml", ([3, 1, 2, 0, 0], 0, 0), "2 problems (1 error, 1 warning)"),
    (
        "junit/googletest-1.12.1-disabled.xml",
        ([7, 2, 3, 0, 2], 0, 0),
        "2 passed, 1 skipped, 3 failed, 1 disabled",
    ),
    // Two cases more for the file that does not load; a todo looks passed.
    (
        "junit/jest-junit-17.0.0-broken-file.xml",
        ([8, 3, 3, 1, 1], 0, 0),
        "2 failed, 1 skipped, 1 todo, 2 passed, 6 total",
    ),
    ("junit/mocha-12.0.3-xunit-hook.xml", ([6, 2, 2, 0, 2], 0, 0), "2 passing, 2 pending, 2 failing"),
    ("junit/newman-6.2.2-refused.xml", ([4, 2, 2, 0, 0], 0, 0), "assertions 4, failed 2"),
    ("junit/nextest-0.9.143-flaky-and-reruns.xml", ([3, 2, 1, 0, 0], 1, 0), ""),
    // A risky test is an error in the file.
    (
        "junit/phpunit-9.6.7-data-sets.xml",
        ([10, 2, 2, 3, 3], 0, 0),
        "Tests: 10, Errors: 2, Failures: 2, Skipped: 2, Incomplete: 1, Risky: 1",
    ),
    (
        "junit/playwright-1.65.1-retries.xml",
        ([8, 3, 2, 1, 2], 0, 0),
        "3 failed, 1 flaky, 2 skipped, 2 passed",
    ),
    ("junit/pytest-9.2.0-outcomes.xml", ([8, 4, 1, 1, 2], 0, 0), ""),
    // Rows are not cases here, and a skip is told in a comment only.
    (
        "junit/qt-5.15.8-expected-failures.xml",
        ([11, 8, 3, 0, 0], 0, 0),
        "7 passed, 3 failed, 2 skipped, 1 blacklisted",
    ),
    ("junit/robot-7.5-nested.xml", ([7, 1, 4, 0, 2], 0, 0), "7 tests, 1 passed, 4 failed, 2 skipped"),
    ("junit/vitest-3.2.7-nested-and-broken.xml", ([6, 2, 2, 0, 2], 0, 0), ""),
    ("libtest-json/libtest-1.97.0-nightly-aborted.json", ([1, 0, 0, 1, 0], 0, 1), ""),
    ("libtest-json/libtest-1.97.0-nightly-mixed.json", ([4, 2, 1, 0, 1], 0, 0), ""),
    ("libtest-json/nextest-0.9.143-retries.json", ([4, 2, 1, 0, 1], 1, 0), ""),
    ("mocha-json/mocha-12.0.3-hooks-and-retries.json", ([5, 2, 1, 0, 2], 1, 1), ""),
    ("mochawesome-json/mochawesome-8.1.1-hooks.json", ([6, 2, 1, 0, 3], 0, 1), ""),
    // Invalid tests are among those that were not run; a tear-down that fails is among no count.
    (
        "nunit/nunit-2.6.4-mixed.xml",
        ([11, 3, 3, 2, 3], 0, 1),
        "run: 8, Errors: 1, Failures: 3, Inconclusive: 1, not run: 3",
    ),
    ("playwright-json/playwright-1.65.1-mixed.json", ([5, 3, 1, 0, 1], 1, 0), ""),
    ("pytest-json-report/pytest-json-report-1.5.0-mixed.json", ([6, 2, 1, 1, 2], 1, 1), ""),
    ("pytest-reportlog/pytest-reportlog-1.0.0-mixed.jsonl", ([4, 1, 1, 1, 1], 1, 1), ""),
    ("qtest/qt-5.15.8-light.xml", ([13, 7, 3, 0, 3], 0, 0), "7 passed, 3 failed, 2 skipped, 1 blacklisted"),
    ("qtest/qt-5.15.8-mixed.xml", ([13, 7, 3, 0, 3], 0, 0), "7 passed, 3 failed, 2 skipped, 1 blacklisted"),
    // Robot fails a test for the tear-down of its suite when it reads the file again; the file says that it passed.
    ("robot/robot-7.5-mixed.xml", ([7, 2, 3, 0, 2], 0, 1), "7 tests, 1 passed, 4 failed, 2 skipped"),
    ("rspec-json/rspec-3.12.0-error-outside.json", ([0, 0, 0, 0, 0], 0, 1), ""),
    ("rspec-json/rspec-3.12.0-mixed.json", ([5, 1, 2, 0, 2], 0, 0), ""),
    ("subunit/python-subunit-1.4.4-mixed.subunit", ([6, 1, 3, 0, 2], 0, 0), "Total tests: 6"),
    ("subunit/python-subunit-1.4.4-mixed-v1.txt", ([6, 1, 3, 0, 2], 0, 0), "Total tests: 6"),
    ("tap/bats-1.8.2-mixed-13.tap", ([3, 1, 1, 0, 1], 0, 0), ""),
    ("tap/bats-1.8.2-mixed.tap", ([3, 1, 1, 0, 1], 0, 0), ""),
    ("tap/mocha-12.0.3-hooks.tap", ([6, 2, 2, 0, 2], 0, 0), ""),
    ("tap/perl-5.36.0-subtest.tap", ([5, 1, 2, 0, 2], 0, 0), ""),
    ("tap/vitest-4.1.12-nested.tap", ([2, 0, 2, 0, 0], 0, 0), ""),
    // Two of the failures are within a success percentage.
    (
        "testng/testng-6.9.12-mixed.xml",
        ([15, 7, 3, 0, 5], 0, 1),
        "run: 15, Failures: 5, Skips: 5, Configuration Failures: 1",
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/test_results")
}

/// Reads a fixture in the format of its folder.
fn read(name: &str) -> Result<TestReport> {
    let mut text =
        bytes::open(Box::new(File::open(folder().join(name))?)).ok().context("cannot be opened")?;
    let format = detect::detect(text.head()).with_context(|| format!("{name} is of no known format"))?;
    ensure!(name.starts_with(&format!("{}/", format.name)), "{name} is taken for {}", format.name);
    let reading = (format.read)(&mut text);
    ensure!(reading.state == InputState::Measured, "{name}: {:?} {:?}", reading.state, reading.problems);
    match reading.value {
        Some(Content::Tests(report) | Content::TestsAndCoverage(report, _)) => Ok(report),
        other => anyhow::bail!("{name}: {other:?}"),
    }
}

#[test]
fn totals_equal_what_the_producers_print() -> Result<()> {
    for (name, expected, printed) in FILES {
        let report = read(name)?;
        let counts = report.counts();
        let [total, passed, failed] = [counts.total, counts.passed, counts.failed];
        let found = (
            [total, passed, failed, counts.errored, counts.skipped],
            counts.flaky,
            report.suite_errors.len(),
        );
        ensure!(found == *expected, "{name}: {found:?}, expected {expected:?}; its tool printed `{printed}`");
    }
    Ok(())
}

#[test]
fn every_fixture_has_its_line_here_and_every_folder_its_origin() -> Result<()> {
    for format in std::fs::read_dir(folder())? {
        let format = format?.path();
        let mut described = false;
        for file in std::fs::read_dir(&format)? {
            let file = file?.path();
            let name = file.strip_prefix(folder())?.to_string_lossy().replace('\\', "/");
            described |= name.ends_with("ORIGIN.md");
            let listed = FILES.iter().any(|(known, ..)| *known == name);
            ensure!(listed || name.ends_with("ORIGIN.md"), "{name} has no line here");
        }
        ensure!(described, "{} has no ORIGIN.md", format.display());
    }
    Ok(())
}
