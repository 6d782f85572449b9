//! Jest's `--json` and Vitest's `json` reporter: one JSON document, a file for each of `testResults`.
//!
//! <https://jestjs.io/docs/configuration#testresultsprocessor-string>. Suites are files, classes the titles around.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether this is the shape of a document of Jest or Vitest.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has("numTotalTests") && shape.has("numTotalTestSuites") && shape.has("testResults")
        || shape.has("testResults[].assertionResults")
        || shape.has_all(&["numTotalTests", "numFailedTests", "success"])
}

/// Reads one document of Jest or Vitest; `coverage` reads the map of lines that ran.
pub(crate) fn read_with<R: BufRead>(
    text: R,
    coverage: impl FnMut(&mut Cursor<R>) -> Result<(), Stop>,
) -> Reading<TestReport> {
    documents::read(text, Assembly::default(), |json, report| document(json, report, coverage))
}

/// Reads the tests alone.
#[cfg(test)]
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    read_with(text, Cursor::skip)
}

fn document<R: BufRead>(
    json: &mut Cursor<R>,
    report: &mut Assembly,
    mut coverage: impl FnMut(&mut Cursor<R>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut listed = false;
    let mut pending = Claimed::default();
    json.object(|json, key| {
        match key {
            "numTotalTests" => report.claimed.total = json.value()?.count(),
            "numPassedTests" => report.claimed.passed = json.value()?.count(),
            "numFailedTests" => report.claimed.failing = json.value()?.count(),
            "numPendingTests" | "numTodoTests" => {
                pending.add(Claimed { skipped: json.value()?.count(), ..Claimed::default() });
            }
            "numRuntimeErrorTestSuites" => {
                report.name_producer(Some("jest"), None);
                json.skip()?;
            }
            "testResults" => listed |= json.list(|json| File::read(json, report))?,
            "coverageMap" => coverage(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.claimed.add(pending);
    report.require_list(listed, "testResults")
}

/// What one test file says besides its cases.
#[derive(Default)]
struct File {
    message: Option<String>,
    failed: bool,
}

impl File {
    /// Keys come in any order: the file may be named behind its cases.
    fn read<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
        let suite = report.open_suite(SuiteId::ROOT);
        let before = report.counts_failing();
        let mut file = Self::default();
        json.object(|json, key| {
            match key {
                "assertionResults" | "testResults" => {
                    json.records(&mut |assertion, place| case(assertion, place, suite, report))?;
                }
                "name" | "testFilePath" => {
                    let name = json.text()?.unwrap_or_default();
                    report.name_suite(suite, &name);
                    report.place_suite(suite, &name);
                }
                "status" => file.failed |= json.text()?.as_deref() == Some("failed"),
                "testExecError" => file.failed |= json.value()?.is_something(),
                "message" | "failureMessage" => file.message = json.text()?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        if file.failed && report.counts_failing() == before {
            report.suite_error(suite, file.message.as_deref().unwrap_or_default());
        }
        Ok(())
    }
}

fn case(assertion: &Value, place: Place, suite: SuiteId, report: &mut Assembly) {
    let status = assertion.get("status").text().unwrap_or_default();
    let outcome = match status {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "pending" | "skipped" | "todo" | "disabled" | "focused" => Outcome::Skipped,
        _ => report.unknown_outcome(status, place),
    };
    let titles: Vec<&str> = assertion.get("ancestorTitles").list().iter().filter_map(Value::text).collect();
    let name = assertion.get("title").text().or_else(|| assertion.get("fullName").text());
    let retried = assertion.get("invocations").count().is_some_and(|count| count > 1)
        || assertion.get("retryReasons").is_something();
    report.add(&Draft {
        suite,
        class: Some(&titles.join(" ")),
        outcome,
        flaky: retried,
        duration: assertion.nanoseconds("duration", MILLISECOND),
        message: assertion.get("failureMessages").list().first().and_then(Value::text),
        line: assertion.get("location").line_of("line"),
        ..Draft::named(name.unwrap_or_default())
    });
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const JEST_BROKEN_FILE: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/jest-json/jest-30.5.2-broken-file.json");
    const VITEST_BROKEN_FILE: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/jest-json/vitest-4.1.12-broken-file.json");

    #[test]
    fn jest_is_read_with_retries_and_a_file_that_does_not_load() {
        insta::assert_snapshot!(view(&read(JEST_BROKEN_FILE)), @r#"
        measured, jest, 2 suites
        passed [/builds/shop/jest/cart.test.js] (cart) `adds` 6000000ns @/builds/shop/jest/cart.test.js
        failed [/builds/shop/jest/cart.test.js] (cart) `sums` 2000000ns @/builds/shop/jest/cart.test.js "Error: expect(received).toBe(expected) // Object.is equality"
        skipped [/builds/shop/jest/cart.test.js] (cart) `taxes` @/builds/shop/jest/cart.test.js
        skipped [/builds/shop/jest/cart.test.js] (cart) `rounds` @/builds/shop/jest/cart.test.js
        passed [/builds/shop/jest/cart.test.js] (cart) `retries` flaky 11000000ns @/builds/shop/jest/cart.test.js
        suite error [/builds/shop/jest/broken.test.js] ● Test suite failed to run
        "#);
    }

    #[test]
    fn vitest_is_read_with_a_file_that_does_not_load() {
        insta::assert_snapshot!(view(&read(VITEST_BROKEN_FILE)), @r#"
        measured, unknown producer, 2 suites
        passed [/builds/shop/vitest/cart.vtest.ts] (cart) `adds` 2057910ns @/builds/shop/vitest/cart.vtest.ts
        failed [/builds/shop/vitest/cart.vtest.ts] (cart) `sums` 5554829ns @/builds/shop/vitest/cart.vtest.ts "AssertionError: expected 1 to be 2 // Object.is equality"
        skipped [/builds/shop/vitest/cart.vtest.ts] (cart) `taxes` @/builds/shop/vitest/cart.vtest.ts
        skipped [/builds/shop/vitest/cart.vtest.ts] (cart) `rounds` @/builds/shop/vitest/cart.vtest.ts
        suite error [/builds/shop/vitest/broken.vtest.ts] Cannot find module './missing' imported from /builds/shop/vitest/broken.vtest.ts
        "#);
    }

    #[test]
    fn odd_values_cost_no_case() {
        let text = r#"{"numTotalTests":"3","testResults":[{"assertionResults":[{"title":5,"status":"passed","duration":"1","ancestorTitles":"x"},
                {"status":"odd"},null],"name":["a"]}, 7]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, unknown producer, 1 suites
        passed [] `5` 1000000ns
        errored [] ``
        errored [] ``
        warning 2:17 2 cases have outcomes that are not known, the first one is `odd`; counted as errored
        ");
    }

    #[test]
    fn a_cut_file_keeps_its_complete_cases() {
        let text = r#"{"testResults":[{"assertionResults":[{"title":"a","status":"failed"}],"na"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        incomplete, unknown producer, 1 suites
        failed [] `a`
        error 1:74 the file ends inside of a JSON value; it was cut short
        ");
    }
}
