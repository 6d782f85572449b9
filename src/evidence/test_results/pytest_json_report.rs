//! pytest-json-report: one JSON document, cases in `tests` with a part for each of setup, call and teardown.
//!
//! <https://github.com/numirias/pytest-json-report>. Names are whole node ids; suites are files.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;
/// The parts of a case, in order.
const PARTS: [&str; 3] = ["setup", "call", "teardown"];

/// Whether this is the shape of a document of pytest-json-report.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["tests[].nodeid", "tests[].outcome"])
        || shape.has("collectors[].nodeid")
        || shape.has_all(&["exitcode", "root", "summary"])
}

/// Reads one document of pytest-json-report.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::by("pytest"), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.object(|json, key| {
        match key {
            "summary" => {
                listed = true;
                report.claimed = claimed(&json.value()?);
            }
            "tests" => {
                listed |= json.records(&mut |test, place| case(test, place, report))?;
            }
            "collectors" => {
                json.records(&mut |one, _| collector(one, report))?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.require_list(listed, "tests")
}

/// `rerun` counts cases that ran again, however they ended, so that passes cannot be compared beside it.
fn claimed(summary: &Value) -> Claimed {
    let count = |key: &str| summary.get(key).count();
    let failing = count("failed").unwrap_or(0).saturating_add(count("error").unwrap_or(0));
    Claimed { total: count("total"), passed: None, failing: Some(failing), skipped: None }
}

fn collector(collector: &Value, report: &mut Assembly) {
    if matches!(collector.get("outcome").text(), Some("failed" | "error")) {
        let suite = report.suite(collector.get("nodeid").text().unwrap_or_default());
        report.suite_error(suite, collector.get("longrepr").text().unwrap_or_default());
    }
}

fn case(test: &Value, place: Place, report: &mut Assembly) {
    let parts = PARTS.map(|part| test.get(part));
    let word = test.get("outcome").text().unwrap_or_default();
    let outcome = outcome(word, parts, place, report);
    let name = test.get("nodeid").text().unwrap_or_default();
    let file = name.split("::").next().filter(|file| !file.is_empty());
    let suite = report.suite(file.unwrap_or_default());
    report.add(&Draft {
        suite,
        outcome,
        flaky: word == "rerun",
        duration: parts
            .iter()
            .filter_map(|part| part.nanoseconds("duration", SECOND))
            .reduce(u64::saturating_add),
        message: parts.iter().find_map(|part| {
            part.get("crash").text_of("message").or_else(|| part.text_of("longrepr").map(reason))
        }),
        file,
        // Written from 0 on.
        line: test.get("lineno").count().and_then(|line| u32::try_from(line + 1).ok()),
        ..Draft::named(name)
    });
}

fn outcome(word: &str, parts: [&Value; 3], place: Place, report: &mut Assembly) -> Outcome {
    match word {
        "passed" | "xpassed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "error" => Outcome::Errored,
        "skipped" | "xfailed" => Outcome::Skipped,
        // The parts are those of the last attempt.
        "rerun" => last_attempt(parts),
        _ => report.unknown_outcome(word, place),
    }
}

fn last_attempt([setup, call, teardown]: [&Value; 3]) -> Outcome {
    let failed = |part: &Value| matches!(part.get("outcome").text(), Some("failed" | "error" | "rerun"));
    if failed(setup) || failed(teardown) {
        Outcome::Errored
    } else if call.get("outcome").text() == Some("passed") {
        Outcome::Passed
    } else if failed(call) {
        Outcome::Failed
    } else {
        Outcome::Skipped
    }
}

/// The reason in `('test_cart.py', 11, 'Skipped: no tax yet')`, which pytest has for a skip.
fn reason(longrepr: &str) -> &str {
    let inside = longrepr.strip_prefix("('").and_then(|rest| rest.strip_suffix("')"));
    inside.and_then(|inside| inside.rsplit_once(", '")).map_or(longrepr, |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const PYTEST_JSON_REPORT_MIXED: &[u8] = include_bytes!(
        "../../../tests/fixtures/test_results/pytest-json-report/pytest-json-report-1.5.0-mixed.json"
    );

    #[test]
    fn cases_are_read_with_reruns_and_a_module_that_does_not_load() {
        insta::assert_snapshot!(view(&read(PYTEST_JSON_REPORT_MIXED)), @r#"
        measured, pytest, 2 suites
        passed [test_cart.py] `test_cart.py::test_adds` 8790416ns @test_cart.py:9
        failed [test_cart.py] `test_cart.py::test_sums` 720280ns @test_cart.py:10 "assert 1 == 2"
        skipped [test_cart.py] `test_cart.py::test_taxes` 173515ns @test_cart.py:11 "Skipped: no tax yet"
        skipped [test_cart.py] `test_cart.py::test_rounds` 565699ns @test_cart.py:13 "assert False"
        errored [test_cart.py] `test_cart.py::test_fixture` 4576157ns @test_cart.py:15 "RuntimeError: no database"
        passed [test_cart.py] `test_cart.py::test_retries` flaky 398650ns @test_cart.py:16
        suite error [test_broken.py] ImportError while importing test module '/builds/shop/py/test_broken.py'.
        "#);
    }

    #[test]
    fn odd_values_cost_no_case() {
        let text = r#"{"summary":{"total":"3"},"tests":[{"nodeid":5,"outcome":"passed","setup":[],"lineno":"x"},{"outcome":"rerun"},0]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, pytest, 1 suites
        passed [5] `5` @5
        skipped [] ``
        errored [] ``
        warning the file says 0 failed; it lists 1 failed
        warning 1:111 1 cases name no outcome, the first one here; counted as errored
        ");
    }
}
