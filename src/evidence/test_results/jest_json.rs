//! Jest's `--json` and Vitest's `json` reporter: one JSON document, a file for each of `testResults`.
//!
//! <https://jestjs.io/docs/configuration#testresultsprocessor-string>. Suites are files, classes the titles around.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
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

/// Reads one document of Jest or Vitest.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut json = Cursor::new(text);
    let mut report = Assembly::default();
    let ended = document(&mut json, &mut report);
    report.finish(ended, json.problems())
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    let mut pending = Claimed::default();
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "numTotalTests" => report.claimed.total = json.value()?.count(),
            "numPassedTests" => report.claimed.passed = json.value()?.count(),
            "numFailedTests" => report.claimed.failing = json.value()?.count(),
            "numPendingTests" | "numTodoTests" => {
                pending.add(Claimed { skipped: json.value()?.count(), ..Claimed::default() });
            }
            "testResults" => listed |= json.list(|json| File::read(json, report))?,
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
                    json.list(|json| {
                        let place = json.place();
                        let assertion = json.value()?;
                        case(&assertion, place, suite, report);
                        Ok(())
                    })?;
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
