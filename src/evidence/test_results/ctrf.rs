//! CTRF, the Common Test Report Format: one JSON document, cases in `results.tests`.
//!
//! <https://ctrf.io/docs/specification/root>. Not read: steps, attachments, environment, insights. Of `extra`, which may
//! hold anything, what `readiness convert` writes there: class, cell and outcome of a case, and suite errors.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::input::Problem;
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether this is the shape of a CTRF document.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has("results.tests") && shape.has("results.summary")
        || shape.has("results.tool") && (shape.has("reportFormat") || shape.has("results.summary"))
        || shape.has_all(&["results.tests[].name", "results.tests[].status", "results.tests[].duration"])
}

/// Reads one CTRF document.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::default(), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.object(|json, key| match key {
        "results" => json.object(|json, key| results(json, key, report, &mut listed)).map(drop),
        _ => json.skip(),
    })?;
    json.end()?;
    report.require_list(listed, "results.tests")
}

fn results<R: BufRead>(
    json: &mut Cursor<R>,
    key: &str,
    report: &mut Assembly,
    listed: &mut bool,
) -> Result<(), Stop> {
    match key {
        "tool" => {
            let tool = json.value()?;
            report.name_producer(tool.text_of("name"), tool.text_of("version"));
        }
        "summary" => report.claimed = claimed(&json.value()?),
        "tests" => {
            *listed |= json.records(&mut |test, place| case(test, place, report))?;
        }
        "extra" => suite_errors(&json.value()?, report),
        _ => json.skip()?,
    }
    Ok(())
}

fn suite_errors(extra: &Value, report: &mut Assembly) {
    for error in extra.get("suiteErrors").list() {
        let suite = report.suite(error.text_of("suite").unwrap_or_default());
        report.suite_error(suite, error.text_of("message").unwrap_or_default());
    }
}

fn claimed(summary: &Value) -> Claimed {
    let count = |key: &str| summary.get(key).count();
    let skipped = count("skipped").map(|skipped| skipped + count("pending").unwrap_or(0));
    // What `other` stands for is not defined, so it is not compared.
    let other = count("other").unwrap_or(0) > 0;
    Claimed {
        total: count("tests"),
        passed: count("passed"),
        failing: count("failed"),
        skipped: skipped.filter(|_| !other),
    }
}

fn case(test: &Value, place: Place, report: &mut Assembly) {
    let outcome = outcome(test, place, report);
    let suite = report.suite(&suite_path(test.get("suite")));
    report.add(&Draft {
        suite,
        class: test.get("extra").text_of("class"),
        cell: test.get("extra").text_of("cell"),
        outcome,
        flaky: is_flaky(test),
        duration: test.nanoseconds("duration", MILLISECOND),
        message: test.text_of("message").or_else(|| test.text_of("trace")),
        trace: test.text_of("trace"),
        file: test.text_of("filePath"),
        line: test.line_of("line"),
        ..Draft::named(test.get("name").text().unwrap_or_default())
    });
}

fn outcome(test: &Value, place: Place, report: &mut Assembly) -> Outcome {
    let status = test.get("status").text().unwrap_or_default();
    match status {
        "passed" => Outcome::Passed,
        "failed" if test.get("extra").text_of("outcome") == Some("errored") => Outcome::Errored,
        "failed" => Outcome::Failed,
        "skipped" | "pending" => Outcome::Skipped,
        "other" => other(test, place, report),
        _ => report.unknown_outcome(status, place),
    }
}

/// What the runner itself called it decides: a `todo` did not run, a `timedOut` did not hold.
fn other(test: &Value, place: Place, report: &mut Assembly) -> Outcome {
    match test.text_of("rawStatus").unwrap_or_default() {
        "todo" | "pending" | "skipped" | "disabled" | "ignored" | "focused" => Outcome::Skipped,
        "" => {
            let message = "a case has the status `other`; counted as skipped, since it did not pass";
            report.warn(Problem::warning(message).at(place.line, place.column));
            Outcome::Skipped
        }
        raw => report.unknown_outcome(raw, place),
    }
}

fn is_flaky(test: &Value) -> bool {
    let attempts = test.get("retryAttempts").list();
    let failed_before = attempts.iter().any(|attempt| attempt.get("status").text() == Some("failed"));
    let retried = !test.has("flaky") && test.get("retries").count().is_some_and(|retries| retries > 0);
    test.get("flaky").is_true() || failed_before || retried
}

/// A list of names, or names joined by ` > `.
fn suite_path(suite: &Value) -> String {
    match suite.text() {
        Some(text) => text.split(" > ").collect::<Vec<_>>().join("/"),
        None => suite.list().iter().filter_map(Value::text).collect::<Vec<_>>().join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const PYTEST_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/ctrf/pytest-json-ctrf-0.6.1-mixed.json");
    const JEST_CTRF_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/ctrf/jest-ctrf-json-reporter-0.0.11-mixed.json");
    const MOCHA_CTRF_MIXED: &[u8] = include_bytes!(
        "../../../tests/fixtures/test_results/ctrf/mocha-ctrf-json-reporter-0.0.11-mixed.json"
    );

    #[test]
    fn pytest_is_read_with_its_reruns() {
        insta::assert_snapshot!(view(&read(PYTEST_MIXED)), @r#"
        measured, pytest 9.2.0, 1 suites
        passed [test_cart.py] `test_cart.py::test_adds` 9000000ns @test_cart.py
        failed [test_cart.py] `test_cart.py::test_sums` 8000000ns @test_cart.py "assert 1 == 2"
        skipped [test_cart.py] `test_cart.py::test_taxes` 0ns @test_cart.py "no tax yet"
        skipped [test_cart.py] `test_cart.py::test_rounds` 2000000ns @test_cart.py "known"
        failed [test_cart.py] `test_cart.py::test_fixture` 6000000ns @test_cart.py "RuntimeError: no database"
        passed [test_cart.py] `test_cart.py::test_retries` flaky 0ns @test_cart.py
        "#);
    }

    #[test]
    fn jest_is_read_with_its_todos() {
        insta::assert_snapshot!(view(&read(JEST_CTRF_MIXED)), @r#"
        measured, jest, 1 suites
        passed [cart.test.js/cart] `cart adds` 6000000ns @/builds/shop/jest/cart.test.js
        failed [cart.test.js/cart] `cart sums` 2000000ns @/builds/shop/jest/cart.test.js "Error: expect(received).toBe(expected) // Object.is equality"
        skipped [cart.test.js/cart] `cart taxes` 0ns @/builds/shop/jest/cart.test.js
        skipped [cart.test.js/cart] `cart rounds` 0ns @/builds/shop/jest/cart.test.js
        passed [cart.test.js/cart] `cart retries` flaky 11000000ns @/builds/shop/jest/cart.test.js
        "#);
    }

    #[test]
    fn mocha_is_read_with_its_hook() {
        insta::assert_snapshot!(view(&read(MOCHA_CTRF_MIXED)), @r#"
        measured, mocha, 0 suites
        passed [] `cart ✓ adds` 0ns @/builds/shop/mocha/cart.spec.js
        failed [] `cart ✓ sums` 1000000ns @/builds/shop/mocha/cart.spec.js "AssertionError Expected values to be strictly equal:"
        skipped [] `cart ✓ taxes` 0ns @/builds/shop/mocha/cart.spec.js
        skipped [] `cart ✓ rounds later` 0ns @/builds/shop/mocha/cart.spec.js
        passed [] `cart ✓ retries` flaky 0ns @/builds/shop/mocha/cart.spec.js
        failed [] `cart ✓ empty "before all" hook: fill for "never runs"` 0ns @/builds/shop/mocha/cart.spec.js "Error no database"
        "#);
    }

    #[test]
    fn odd_values_cost_no_case() {
        let text = r#"{"results":{"tool":7,"summary":{"tests":"4","failed":9},"tests":[
                {"name":1,"status":"passed","duration":"12.5","line":"7","filePath":3,"suite":["a",2,"b"]},
                {"status":null}, 5, {"name":"z","status":"other","rawStatus":"timedOut","retries":"2"}]}}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, unknown producer, 1 suites
        passed [a/2/b] `1` 12500000ns @3:7
        errored [] ``
        errored [] ``
        errored [] `z`
        suite error [] the file says 9 failed; it lists 3 failed
        warning the file says 9 failed; it lists 3 failed
        warning 3:17 3 cases name no outcome, the first one here; counted as errored
        ");
    }

    #[test]
    fn a_cut_file_keeps_its_complete_cases() {
        let text = r#"{"results":{"tests":[{"name":"a","status":"failed"},{"name":"b","sta"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        incomplete, unknown producer, 0 suites
        failed [] `a`
        error 1:69 the file ends inside of a JSON value; it was cut short
        ");
    }

    #[test]
    fn a_document_without_cases_is_invalid() {
        let text = r#"{"results":{"tool":{},"summary":{"tests":3},"tests":"none"}}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        invalid
        error 1:1 no list at `results.tests`, where the cases should be
        ");
    }
}
