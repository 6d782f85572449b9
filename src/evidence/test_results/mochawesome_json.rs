//! Mochawesome's JSON: one document, nested suites in `results`, with hooks beside the cases.
//!
//! <https://github.com/adamgruber/mochawesome>.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether this is the shape of a document of Mochawesome.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["stats.testsRegistered", "results"])
        || shape.has_all(&["stats.passes", "results"])
        || shape.has_all(&["results[].beforeHooks", "results[].suites"])
}

/// Reads one document of Mochawesome.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::by("mochawesome"), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    let mut failures = None;
    json.object(|json, key| {
        match key {
            "stats" => {
                let stats = json.value()?;
                report.claimed = claimed(&stats);
                failures = stats.get("failures").count();
            }
            "results" => listed |= json.list(|json| suite(json, SuiteId::ROOT, report))?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.claimed.failing = failures;
    report.require_list(listed, "results")
}

fn claimed(stats: &Value) -> Claimed {
    // `testsRegistered` counts what a failed hook kept from running, `tests` does not.
    let total = stats.get("testsRegistered").count().or_else(|| stats.get("tests").count());
    let skipped =
        stats.get("pending").count().map(|n| n.saturating_add(stats.get("skipped").count().unwrap_or(0)));
    Claimed { total, passed: stats.get("passes").count(), failing: None, skipped }
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
            "beforeHooks" | "afterHooks" => {
                json.records(&mut |one, _| hook(one, suite_id, report))?;
            }
            "tests" => {
                json.records(&mut |test, place| case(test, place, suite_id, report))?;
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

fn hook(hook: &Value, suite: SuiteId, report: &mut Assembly) {
    if hook.get("fail").is_true() || hook.get("state").text() == Some("failed") {
        let title = hook.get("title").text().unwrap_or("hook");
        let message = hook.get("err").text_of("message").unwrap_or_default();
        report.suite_error(suite, &format!("{title}: {}", message.trim_start()));
    }
}

fn case(test: &Value, place: Place, suite: SuiteId, report: &mut Assembly) {
    let title = test.get("title").text().unwrap_or_default();
    let err = test.get("err");
    let outcome = outcome(test, place, report);
    report.add(&Draft {
        suite,
        outcome,
        duration: test.nanoseconds("duration", MILLISECOND),
        message: err.text_of("message").or_else(|| err.text_of("estack")),
        trace: err.text_of("estack"),
        ..Draft::named(test.text_of("fullTitle").unwrap_or(title))
    });
}

/// A case without a state was kept from running by a failed hook.
fn outcome(test: &Value, place: Place, report: &mut Assembly) -> Outcome {
    let is = |key: &str| test.get(key).is_true();
    match test.text_of("state") {
        _ if !test.is_object() => report.unknown_outcome("", place),
        Some("failed") => Outcome::Failed,
        Some("pending" | "skipped") => Outcome::Skipped,
        Some("passed") => Outcome::Passed,
        Some(word) => report.unknown_outcome(word, place),
        None if is("fail") => Outcome::Failed,
        None if is("pass") => Outcome::Passed,
        None => Outcome::Skipped,
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const MOCHAWESOME_HOOKS: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/mochawesome-json/mochawesome-8.1.1-hooks.json");

    #[test]
    fn hooks_are_errors_of_their_suite() {
        insta::assert_snapshot!(view(&read(MOCHAWESOME_HOOKS)), @r#"
        measured, mochawesome, 2 suites
        passed [cart ✓] `cart ✓ adds` 0ns @/cart.spec.js
        failed [cart ✓] `cart ✓ sums` 10000000ns @/cart.spec.js "AssertionError: Expected values to be strictly equal:"
        skipped [cart ✓] `cart ✓ taxes` 0ns @/cart.spec.js
        skipped [cart ✓] `cart ✓ rounds later` 0ns @/cart.spec.js
        passed [cart ✓] `cart ✓ retries` 0ns @/cart.spec.js
        skipped [cart ✓/empty] `cart ✓ empty never runs` 0ns @/cart.spec.js
        suite error [cart ✓/empty] "before all" hook: fill for "never runs": Error: no database
        "#);
    }

    #[test]
    fn odd_values_cost_no_case() {
        let text = r#"{"stats":[],"results":[false,{"tests":[{"title":4,"state":"odd"},{"pass":"true"},"x"],"suites":{}}]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, mochawesome, 1 suites
        errored [] `4`
        passed [] ``
        errored [] ``
        warning 1:40 2 cases have outcomes that are not known, the first one is `odd`; counted as errored
        ");
    }
}
