//! `GoogleTest`'s `--gtest_output=json`: one JSON document, suites in `testsuites`, their cases in `testsuite`.
//!
//! <https://google.github.io/googletest/advanced.html#generating-a-json-report>.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::documents;
use super::duration::known;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

/// Whether this is the shape of a document of `GoogleTest`.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has("testsuites[].testsuite") || shape.has_all(&["testsuites", "tests", "failures", "disabled"])
}

/// Reads one document of `GoogleTest`.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::by("googletest"), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    let mut failing = Claimed::default();
    json.object(|json, key| {
        match key {
            "tests" => report.claimed.total = json.value()?.count(),
            "failures" | "errors" => {
                failing.add(Claimed { failing: json.value()?.count(), ..Claimed::default() });
            }
            "testsuites" => listed |= json.list(|json| suite(json, report))?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.claimed.add(failing);
    report.require_list(listed, "testsuites")
}

fn suite<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let suite = report.open_suite(SuiteId::ROOT);
    json.object(|json, key| {
        match key {
            "name" => report.name_suite(suite, &json.text()?.unwrap_or_default()),
            "testsuite" => {
                json.records(&mut |test, place| case(test, (suite, place), report))?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(())
}

fn case(test: &Value, (suite, place): (SuiteId, Place), report: &mut Assembly) {
    let first = |key: &str, text: &str| {
        test.get(key).list().first().and_then(|one| one.text_of(text)).map(str::to_owned)
    };
    let failed = test.get("failures").is_something();
    let not_run = test.get("status").text() == Some("NOTRUN");
    let result = test.get("result").text();
    let skipped =
        test.get("skipped").is_something() || not_run || matches!(result, Some("SKIPPED" | "SUPPRESSED"));
    let outcome = match (failed, skipped) {
        _ if !test.is_object() => report.unknown_outcome("", place),
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Skipped,
        (false, false) => Outcome::Passed,
    };
    let (failure, reason) = (first("failures", "failure"), first("skipped", "message"));
    let told = failure.or(reason);
    report.add(&Draft {
        suite,
        class: test.text_of("classname"),
        outcome,
        duration: test.get("time").text().and_then(known),
        message: told.as_deref().map(behind_place),
        trace: told.as_deref(),
        file: test.text_of("file"),
        line: test.line_of("line"),
        ..Draft::named(test.get("name").text().unwrap_or_default())
    });
}

/// What follows the line that tells where it happened: `cart_test.cc:12`, `unknown file`.
fn behind_place(told: &str) -> &str {
    match told.trim_start().split_once('\n') {
        Some((place, rest)) if place == "unknown file" || !place.trim().contains(' ') => rest,
        _ => told,
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const GOOGLETEST_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/gtest-json/googletest-1.12.1-mixed.json");

    #[test]
    fn suites_are_read_with_skipped_and_disabled_cases() {
        insta::assert_snapshot!(view(&read(GOOGLETEST_MIXED)), @r#"
        measured, googletest, 1 suites
        passed [Cart] (Cart) `Adds` 0ns @g.cc:2
        failed [Cart] (Cart) `Sums` 0ns @g.cc:3 "Expected equality of these values:"
        skipped [Cart] (Cart) `Taxes` 0ns @g.cc:4
        skipped [Cart] (Cart) `DISABLED_Rounds` 0ns @g.cc:5
        "#);
    }

    #[test]
    fn odd_values_cost_no_case() {
        let text = r#"{"tests":1,"failures":"2","testsuites":[{"testsuite":[{"name":1,"time":"0,5s","line":"9"},{"failures":{}}]},{}]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, googletest, 1 suites
        passed [] `1` 500000000ns:9
        passed [] ``
        suite error [] the file says 1 test, 2 failed; it lists 2 tests, 0 failed
        warning the file says 1 test, 2 failed; it lists 2 tests, 0 failed
        ");
    }
}
