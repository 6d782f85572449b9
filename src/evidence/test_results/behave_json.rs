//! behave's `json` formatter: a list of features, each with its scenarios in `elements`.
//!
//! <https://behave.readthedocs.io/en/stable/formatters/>. The file is named in `location`, as `file:line`.

use std::io::BufRead;

use super::assembly::{Assembly, Draft, SuiteId};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;

/// Whether this is the shape of a report of behave.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    let begins = shape.has_all(&["[].keyword", "[].location"]);
    // Scenarios may stand before all that tells of their feature.
    let begins = begins || shape.has_all(&["[].elements[].keyword", "[].elements[].location"]);
    begins && !shape.has("[].uri") && !shape.has("[].id")
}

/// Reads one report of behave.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::by("behave"), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let listed = json.list(|json| feature(json, report))?;
    json.end()?;
    report.require_list(listed, "[]")
}

fn feature<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let suite = report.open_suite(SuiteId::ROOT);
    let mut status = None;
    let before = report.counts_failing();
    json.object(|json, key| {
        match key {
            "name" => report.name_suite(suite, &json.text()?.unwrap_or_default()),
            "location" => {
                let location = json.text()?.unwrap_or_default();
                report.place_suite(suite, split_location(&location).0);
            }
            "status" => status = json.text()?,
            "elements" => {
                json.records(&mut |element, place| scenario(element, (suite, place), report))?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let failed = matches!(status.as_deref(), Some("failed" | "error" | "hook_error" | "cleanup_error"));
    if failed && report.counts_failing() == before {
        report.suite_error(suite, "the feature failed outside of its scenarios");
    }
    Ok(())
}

fn scenario(element: &Value, (suite, place): (SuiteId, Place), report: &mut Assembly) {
    if element.get("type").text() == Some("background") {
        return;
    }
    let steps = element.get("steps").list();
    let outcome = match element.text_of("status") {
        Some(word) => outcome(word, place, report),
        None if !element.is_object() => report.unknown_outcome("", place),
        None => worst_step(steps, place, report),
    };
    let durations = steps.iter().filter_map(|step| step.get("result").nanoseconds("duration", SECOND));
    let location = element.get("location").text().unwrap_or_default();
    report.add(&Draft {
        suite,
        outcome,
        duration: durations.reduce(u64::saturating_add),
        message: steps.iter().map(message).find(|message| !message.is_empty()).as_deref(),
        line: split_location(location).1,
        ..Draft::named(element.get("name").text().unwrap_or_default())
    });
}

/// Words of behave 1.2 and 1.3; a step that is not defined fails its scenario.
fn outcome(word: &str, place: Place, report: &mut Assembly) -> Outcome {
    match word {
        "passed" | "xpassed" => Outcome::Passed,
        "failed" | "undefined" | "pending" | "pending_warn" | "untested_pending" | "untested_undefined" => {
            Outcome::Failed
        }
        "error" | "hook_error" | "cleanup_error" => Outcome::Errored,
        "skipped" | "untested" | "xfailed" => Outcome::Skipped,
        _ => report.unknown_outcome(word, place),
    }
}

/// Without a status of its own, a scenario is as bad as its worst step; one that never ran was skipped.
fn worst_step(steps: &[Value], place: Place, report: &mut Assembly) -> Outcome {
    let words = steps.iter().filter_map(|step| step.get("result").text_of("status"));
    let outcomes: Vec<Outcome> = words.map(|word| outcome(word, place, report)).collect();
    let has = |wanted| outcomes.contains(&wanted);
    match () {
        () if has(Outcome::Errored) => Outcome::Errored,
        () if has(Outcome::Failed) => Outcome::Failed,
        () if has(Outcome::Skipped) || outcomes.is_empty() => Outcome::Skipped,
        () => Outcome::Passed,
    }
}

/// A message is a text or a list of lines.
fn message(step: &Value) -> String {
    step.get("result").get("error_message").lines()
}

/// `features/cash.feature:5` as file and line.
fn split_location(location: &str) -> (&str, Option<u32>) {
    match location.rsplit_once(':').map(|(file, line)| (file, line.parse())) {
        Some((file, Ok(line))) => (file, Some(line)),
        _ => (location, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const BEHAVE_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/behave-json/behave-1.3.3-mixed.json");

    #[test]
    fn scenarios_are_read_without_backgrounds() {
        insta::assert_snapshot!(view(&read(BEHAVE_MIXED)), @r#"
        measured, behave, 1 suites
        passed [Cart ✓] `adds` 101804ns @features/cart.feature:4
        failed [Cart ✓] `sums` 157832ns @features/cart.feature:6 "ASSERT FAILED: boom"
        errored [Cart ✓] `undefined` 68664ns @features/cart.feature:8
        errored [Cart ✓] `retries` 5968808ns @features/cart.feature:11
        skipped [Cart ✓] `skips` 266312ns @features/cart.feature:13
        "#);
    }

    #[test]
    fn odd_values_cost_no_scenario() {
        let text = r#"[{"name":3,"status":"failed","elements":[{"type":"background"},{"name":[],"steps":[{"result":{"status":"passed","duration":"1e-3"}}]},{"status":"odd"},9]}, null]"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, behave, 1 suites
        passed [3] `` 1000000ns
        errored [3] ``
        errored [3] ``
        warning 1:135 2 cases have outcomes that are not known, the first one is `odd`; counted as errored
        ");
    }
}
