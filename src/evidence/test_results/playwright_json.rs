//! Playwright's `json` reporter: one JSON document, suites in suites, specs, one test for each project, its attempts.
//!
//! <https://playwright.dev/docs/api/class-reporter>; shape: `packages/playwright/types/testReporter.d.ts`,
//! `JSONReport`. The class of a case is its project.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether this is the shape of a document of Playwright.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has("config.projects") && (shape.has("suites") || shape.has("config.rootDir"))
        || shape.has_all(&["config.projects", "config.reportSlowTests"])
        || shape.has("suites[].specs")
        || shape.has_all(&["stats.expected", "stats.unexpected"])
}

/// Reads one document of Playwright.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::default(), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.object(|json, key| {
        match key {
            "config" => {
                let config = json.value()?;
                report.name_producer(Some("playwright"), config.text_of("version"));
            }
            "stats" => report.claimed = claimed(&json.value()?),
            "suites" => listed |= json.list(|json| suite(json, SuiteId::ROOT, report))?,
            "errors" => {
                json.records(&mut |error, _| {
                    let message = error.text_of("message").or_else(|| error.text_of("value"));
                    report.suite_error(SuiteId::ROOT, message.unwrap_or_default());
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.require_list(listed, "suites")
}

fn claimed(stats: &Value) -> Claimed {
    let count = |key: &str| stats.get(key).count();
    let passed = count("expected").map(|expected| expected.saturating_add(count("flaky").unwrap_or(0)));
    Claimed { total: None, passed, failing: count("unexpected"), skipped: count("skipped") }
}

/// Nested as deep as the cursor lets it, which is bounded.
fn suite<R: BufRead>(json: &mut Cursor<R>, parent: SuiteId, report: &mut Assembly) -> Result<(), Stop> {
    let suite_id = report.open_suite(parent);
    json.object(|json, key| {
        match key {
            "title" => report.name_suite(suite_id, &json.text()?.unwrap_or_default()),
            "file" => {
                report.place_suite(suite_id, &json.text()?.unwrap_or_default());
            }
            "specs" => {
                json.records(&mut |spec, place| {
                    for test in spec.get("tests").list() {
                        case(spec, test, (suite_id, place), report);
                    }
                })?;
            }
            "suites" => {
                json.list(|json| suite(json, suite_id, report))?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(())
}

fn case(spec: &Value, test: &Value, (suite, place): (SuiteId, Place), report: &mut Assembly) {
    let results = test.get("results").list();
    let last = results.last();
    let status = test.text_of("status").or_else(|| last.and_then(|last| last.text_of("status")));
    let outcome = outcome(test, status.unwrap_or_default(), place, report);
    let attempts = results.iter().filter_map(|result| result.nanoseconds("duration", MILLISECOND));
    let trace = last.map(trace).unwrap_or_default();
    report.add(&Draft {
        suite,
        class: test.text_of("projectName"),
        outcome,
        flaky: status == Some("flaky"),
        duration: attempts.reduce(u64::saturating_add),
        message: results.iter().rev().find_map(message),
        trace: Some(&trace),
        file: spec.text_of("file"),
        line: spec.line_of("line"),
        ..Draft::named(spec.get("title").text().unwrap_or_default())
    });
}

/// `expected` is good news unless skipping was what was expected.
fn outcome(test: &Value, status: &str, place: Place, report: &mut Assembly) -> Outcome {
    match status {
        "expected" if test.get("expectedStatus").text() == Some("skipped") => Outcome::Skipped,
        "expected" | "flaky" | "passed" => Outcome::Passed,
        "skipped" => Outcome::Skipped,
        "unexpected" | "failed" | "timedOut" | "interrupted" => Outcome::Failed,
        _ => report.unknown_outcome(status, place),
    }
}

fn message(result: &Value) -> Option<&str> {
    let errors = result.get("errors").list().first();
    result.get("error").text_of("message").or_else(|| errors.and_then(|error| error.text_of("message")))
}

/// Where the errors of an attempt were thrown, and their stacks.
fn trace(result: &Value) -> String {
    let mut trace = String::new();
    for error in [result.get("error")].into_iter().chain(result.get("errors").list()) {
        let at = error.get("location");
        for part in [at.text_of("file"), at.text_of("line"), error.text_of("stack")] {
            let separator = if part == at.text_of("line") { ":" } else { "\n" };
            trace.extend(part.into_iter().flat_map(|part| [separator, part]));
        }
    }
    trace
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const PLAYWRIGHT_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/playwright-json/playwright-1.65.1-mixed.json");

    #[test]
    fn specs_are_read_with_their_attempts() {
        insta::assert_snapshot!(view(&read(PLAYWRIGHT_MIXED)), @r#"
        measured, playwright 1.65.1, 1 suites
        passed [cart.spec.js/cart] (desk) `adds` 16000000ns @cart.spec.js:3
        failed [cart.spec.js/cart] (desk) `sums` 75000000ns @cart.spec.js:4 "Error: ESC[2mexpect(ESC[22mESC[31mreceivedESC[39mESC[2m).ESC[22mtoBeESC[2m(ESC[22mESC[32mexpectedESC[39mESC[2m) // Object.is equalityESC[22m"
        skipped [cart.spec.js/cart] (desk) `taxes` 0ns @cart.spec.js:5
        passed [cart.spec.js/cart] (desk) `known bug` 49000000ns @cart.spec.js:6
        passed [cart.spec.js/cart] (desk) `retries` flaky 42000000ns @cart.spec.js:7 "Error: ESC[2mexpect(ESC[22mESC[31mreceivedESC[39mESC[2m).ESC[22mtoBeESC[2m(ESC[22mESC[32mexpectedESC[39mESC[2m) // Object.is equalityESC[22m"
        "#);
    }

    #[test]
    fn titles_may_follow_what_they_name() {
        let text = r#"{"errors":[{"message":"no config"}],"suites":[{"suites":[{"specs":[{"tests":[{"status":"flaky"},{"results":[{"status":"timedOut"}]},{}],"title":"t"}],
                "title":"inner"}],"title":"outer.spec.ts"}]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, unknown producer, 1 suites
        passed [outer.spec.ts/inner] `t` flaky
        failed [outer.spec.ts/inner] `t`
        errored [outer.spec.ts/inner] `t`
        suite error [] no config
        warning 1:68 1 cases name no outcome, the first one here; counted as errored
        ");
    }
}
