//! Playwright's `json` reporter: one JSON document, suites in suites, specs, one test for each project, its attempts.
//!
//! <https://playwright.dev/docs/api/class-reporter>; shape: `packages/playwright/types/testReporter.d.ts`,
//! `JSONReport`. The class of a case is its project.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
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
    let mut json = Cursor::new(text);
    let mut report = Assembly::default();
    let ended = document(&mut json, &mut report);
    report.finish(ended, json.problems())
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "config" => {
                let config = json.value()?;
                report.name_producer(Some("playwright"), config.text_of("version"));
            }
            "stats" => report.claimed = claimed(&json.value()?),
            "suites" => listed |= json.list(|json| suite(json, SuiteId::ROOT, report))?,
            "errors" => {
                json.list(|json| {
                    let error = json.value()?;
                    let message = error.text_of("message").or_else(|| error.text_of("value"));
                    report.suite_error(SuiteId::ROOT, message.unwrap_or_default());
                    Ok(())
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
                if let Some(file) = json.text()?.filter(|file| !file.is_empty()) {
                    report.place_suite(suite_id, &file);
                }
            }
            "specs" => {
                json.list(|json| {
                    let place = json.place();
                    let spec = json.value()?;
                    for test in spec.get("tests").list() {
                        case(&spec, test, (suite_id, place), report);
                    }
                    Ok(())
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
    report.add(&Draft {
        suite,
        class: test.text_of("projectName"),
        outcome,
        flaky: status == Some("flaky"),
        duration: attempts.reduce(u64::saturating_add),
        message: results.iter().rev().find_map(message),
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
