//! Cucumber's `json` formatter: a list of features, each with its scenarios in `elements`.
//!
//! <https://github.com/cucumber/cucumber-json-schema>. A background is no case; its steps belong to the scenario behind it.

use std::io::BufRead;

use super::assembly::{Assembly, Draft, SuiteId};
use super::documents;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

/// Whether this is the shape of a report of Cucumber.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["[].keyword", "[].elements"]) && (shape.has("[].uri") || shape.has("[].id"))
        || shape.has_all(&["[].elements[].steps", "[].uri"])
        // Scenarios may stand before all that tells of their feature.
        || shape.has_all(&["[].elements[].steps", "[].elements[].line"])
}

/// Reads one report of Cucumber.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::by("cucumber"), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let listed = json.list(|json| feature(json, report))?;
    json.end()?;
    report.require_list(listed, "[]")
}

fn feature<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let suite = report.open_suite(SuiteId::ROOT);
    json.object(|json, key| {
        match key {
            "name" => report.name_suite(suite, &json.text()?.unwrap_or_default()),
            "uri" => report.place_suite(suite, &json.text()?.unwrap_or_default()),
            "elements" => {
                let mut background = Steps::default();
                json.records(&mut |element, place| {
                    let steps = std::mem::take(&mut background).and(element);
                    if element.get("type").text() == Some("background") {
                        background = steps;
                    } else if element.is_object() {
                        scenario(element, &steps, suite, report);
                    } else {
                        let outcome = report.unknown_outcome("", place);
                        report.add(&Draft { suite, outcome, ..Draft::named("") });
                    }
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(())
}

/// What the steps and hooks of a scenario say together.
#[derive(Default)]
struct Steps {
    listed: u32,
    /// Those that have a result.
    ran: u32,
    failed: bool,
    skipped: bool,
    duration: Option<u64>,
    message: Option<String>,
}

impl Steps {
    /// These steps and those of `element`, with its hooks.
    fn and(mut self, element: &Value) -> Self {
        for part in ["before", "steps", "after"] {
            for step in element.get(part).list() {
                self.step(step);
                for hook in step.get("before").list().iter().chain(step.get("after").list()) {
                    self.step(hook);
                }
            }
        }
        self
    }

    fn step(&mut self, step: &Value) {
        let result = step.get("result");
        let status = result.get("status").text().map(str::to_ascii_lowercase);
        self.listed += 1;
        self.ran += u32::from(status.is_some());
        match status.as_deref() {
            None | Some("passed") => {}
            Some("skipped" | "disabled") => self.skipped = true,
            // Steps that are pending, not defined or ambiguous fail a strict run, which is the default.
            Some(word) => {
                self.failed = true;
                self.message.get_or_insert_with(|| {
                    format!("{word}: {}", step.get("name").text().unwrap_or_default())
                });
            }
        }
        if let Some(message) = result.text_of("error_message") {
            self.message = Some(message.to_owned());
        }
        if let Some(nanoseconds) = result.nanoseconds("duration", 1) {
            self.duration = Some(self.duration.unwrap_or(0).saturating_add(nanoseconds));
        }
    }

    fn outcome(&self) -> Outcome {
        match (self.failed, self.skipped) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Skipped,
            // Steps of which none has a result: nothing was run.
            (false, false) if self.listed > 0 && self.ran == 0 => Outcome::Skipped,
            (false, false) => Outcome::Passed,
        }
    }
}

fn scenario(element: &Value, steps: &Steps, suite: SuiteId, report: &mut Assembly) {
    report.add(&Draft {
        suite,
        outcome: steps.outcome(),
        duration: steps.duration,
        message: steps.message.as_deref(),
        line: element.line_of("line"),
        ..Draft::named(element.get("name").text().unwrap_or_default())
    });
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const CUCUMBER_JS_RETRY: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/cucumber-json/cucumber-js-12.9.0-retry.json");

    #[test]
    fn scenarios_are_as_bad_as_their_worst_step() {
        insta::assert_snapshot!(view(&read(CUCUMBER_JS_RETRY)), @r#"
        measured, cucumber, 1 suites
        passed [Cart ✓] `adds` 1192778ns @features/cart.feature:4
        failed [Cart ✓] `sums` 165468ns @features/cart.feature:6 "Error: boom"
        failed [Cart ✓] `undefined` 70496ns @features/cart.feature:8 "undefined: nobody knows"
        passed [Cart ✓] `retries` 119484ns @features/cart.feature:11
        skipped [Cart ✓] `skips` 228337ns @features/cart.feature:13
        "#);
    }

    #[test]
    fn steps_without_any_result_did_not_run() {
        let text = r#"[{"uri":"a.feature","name":"A","elements":[{"name":"one","steps":[{"name":"x"},{"name":"y"}]},{"name":"two","steps":[]}]}]"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, cucumber, 1 suites
        skipped [A] `one` @a.feature
        passed [A] `two` @a.feature
        ");
    }

    #[test]
    fn a_background_belongs_to_the_scenario_behind_it() {
        let text = r#"[{"uri":"a.feature","name":"A","elements":[
                {"type":"background","steps":[{"name":"db","result":{"status":"failed","error_message":"\nno db","duration":5}}]},
                {"type":"scenario","name":"one","line":"7","steps":[{"result":{"status":"skipped"}}]},
                {"type":"scenario","name":"two","steps":[{"result":{"status":"PASSED","duration":"x"}}]}, []]}]"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        measured, cucumber, 1 suites
        failed [A] `one` 5ns @a.feature:7 "no db"
        passed [A] `two` @a.feature
        errored [A] `` @a.feature
        warning 4:107 1 cases name no outcome, the first one here; counted as errored
        "#);
    }
}
