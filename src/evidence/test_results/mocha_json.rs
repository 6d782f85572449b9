//! Mocha's `json` reporter: one JSON document; every case stands in `tests` and again in `passes`, `failures` or `pending`.
//!
//! <https://github.com/mochajs/mocha/blob/main/lib/reporters/json.js>. A failed hook stands in `failures` only.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether this is the shape of a document of Mocha.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    let foreign = shape.has("results") || shape.has("examples") || shape.has("suites");
    !foreign
        && (shape.has_all(&["stats.passes", "tests"])
            || shape.has_all(&["stats.passes", "stats.pending", "stats.failures"])
            || shape.has_all(&["tests[].fullTitle", "tests[].err"])
            || ["passes[].fullTitle", "failures[].fullTitle"].iter().any(|path| shape.has(path)))
}

/// Reads one document of Mocha.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut json = Cursor::new(text);
    let mut document = Document::default();
    document.report.producer = Some("mocha".to_owned());
    let ended = document.read(&mut json);
    document.settle();
    document.report.finish(ended, json.problems())
}

/// A case as the other lists refer to it.
struct Listed {
    key: String,
    position: usize,
    timed: bool,
}

#[derive(Default)]
struct Document {
    report: Assembly,
    listed: Vec<Listed>,
    /// How often each key stands in `pending`.
    pending: HashMap<String, usize>,
    /// Keys and messages of `failures`.
    failures: Vec<(String, String)>,
}

impl Document {
    fn read<R: BufRead>(&mut self, json: &mut Cursor<R>) -> Result<(), Stop> {
        let mut listed = false;
        json.find_document()?;
        json.object(|json, key| {
            match key {
                "stats" => self.report.claimed = claimed(&json.value()?),
                "tests" => listed |= json.records(&mut |test, place| self.test(test, place))?,
                "pending" => {
                    json.records(&mut |test, _| *self.pending.entry(key_of(test)).or_default() += 1)?;
                }
                "failures" => {
                    json.records(&mut |failure, _| {
                        let message = failure.get("err").text_of("message").unwrap_or_default();
                        let title = failure.get("title").text().unwrap_or_default();
                        self.failures.push((key_of(failure), format!("{title}: {}", message.trim_start())));
                    })?;
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
        json.end()?;
        self.report.require_list(listed, "tests")
    }

    fn test(&mut self, test: &Value, place: Place) {
        let title = test.get("title").text().unwrap_or_default();
        let full = test.get("fullTitle").text().unwrap_or(title);
        // Mocha itself writes no state; tools that write its form do.
        let outcome = match test.text_of("state") {
            _ if !test.is_object() => self.report.unknown_outcome("", place),
            _ if test.get("err").is_something() => Outcome::Failed,
            Some("failed") => Outcome::Failed,
            Some("pending" | "skipped") => Outcome::Skipped,
            _ => Outcome::Passed,
        };
        let file = test.text_of("file");
        let suite = self.report.suite(file.unwrap_or_default());
        let err = test.get("err");
        let position = self.report.add(&Draft {
            suite,
            class: full.strip_suffix(title).map(str::trim_end),
            outcome,
            flaky: test.get("currentRetry").count().is_some_and(|retry| retry > 0),
            duration: test.nanoseconds("duration", MILLISECOND),
            message: err.text_of("message").or_else(|| err.text_of("stack")),
            trace: err.text_of("stack"),
            file,
            ..Draft::named(title)
        });
        self.listed.push(Listed { key: key_of(test), position, timed: test.has("duration") });
    }

    /// Brings the lists together: a case in `pending` was skipped, a failure that is no case is a hook.
    fn settle(&mut self) {
        for timed in [false, true] {
            for listed in self.listed.iter().filter(|listed| listed.timed == timed) {
                let Some(left) = self.pending.get_mut(&listed.key).filter(|left| **left > 0) else {
                    continue;
                };
                if self.report.outcome(listed.position) == Some(Outcome::Passed) {
                    *left -= 1;
                    self.report.end(listed.position, Outcome::Skipped, None);
                }
            }
        }
        let known: HashMap<&str, usize> =
            self.listed.iter().map(|listed| (listed.key.as_str(), listed.position)).collect();
        for (key, message) in &self.failures {
            match known.get(key.as_str()) {
                None => {
                    self.report.suite_error(SuiteId::ROOT, message);
                    // Mocha counts hooks as failures, though not as tests.
                    let claimed = &mut self.report.claimed.failing;
                    *claimed = claimed.map(|failing| failing.saturating_sub(1));
                }
                Some(position) if self.report.outcome(*position) == Some(Outcome::Passed) => {
                    self.report.end(*position, Outcome::Failed, None);
                    self.report.explain(*position, Some(message), None);
                }
                Some(_) => {}
            }
        }
    }
}

/// What tells a case apart from others in all lists.
fn key_of(test: &Value) -> String {
    let full = test.get("fullTitle").text().or_else(|| test.get("title").text());
    format!("{}\0{}", test.text_of("file").unwrap_or_default(), full.unwrap_or_default())
}

fn claimed(stats: &Value) -> Claimed {
    Claimed {
        total: stats.get("tests").count(),
        passed: stats.get("passes").count(),
        failing: stats.get("failures").count(),
        skipped: stats.get("pending").count(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const MOCHA_HOOKS_AND_RETRIES: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/mocha-json/mocha-12.0.3-hooks-and-retries.json");

    #[test]
    fn a_failed_hook_is_an_error_of_the_suite() {
        insta::assert_snapshot!(view(&read(MOCHA_HOOKS_AND_RETRIES)), @r#"
        measured, mocha, 1 suites
        passed [/builds/shop/mocha/cart.spec.js] (cart ✓) `adds` 0ns @/builds/shop/mocha/cart.spec.js
        failed [/builds/shop/mocha/cart.spec.js] (cart ✓) `sums` 1000000ns @/builds/shop/mocha/cart.spec.js "Expected values to be strictly equal:"
        skipped [/builds/shop/mocha/cart.spec.js] (cart ✓) `taxes` @/builds/shop/mocha/cart.spec.js
        skipped [/builds/shop/mocha/cart.spec.js] (cart ✓) `rounds later` @/builds/shop/mocha/cart.spec.js
        passed [/builds/shop/mocha/cart.spec.js] (cart ✓) `retries` flaky 0ns @/builds/shop/mocha/cart.spec.js
        suite error [] "before all" hook: fill for "never runs": no database
        "#);
    }

    #[test]
    fn lists_are_brought_together_in_any_order() {
        let text = r#"{"failures":[{"fullTitle":"a b"}],"pending":[{"fullTitle":"c"},{"fullTitle":"gone"}],
                "tests":[{"title":"c","fullTitle":"c"},{"title":"c","fullTitle":"c","duration":"3"},{"title":"b","fullTitle":"a b","err":{}},8]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        measured, mocha, 0 suites
        skipped [] `c`
        passed [] `c` 3000000ns
        failed [] (a) `b` ":"
        errored [] ``
        warning 2:142 1 cases name no outcome, the first one here; counted as errored
        "#);
    }

    #[test]
    fn states_of_tools_that_write_the_same_form_count() {
        let text = r#"{"stats":{"passes":0},"tests":[{"title":"a","state":"pending","err":{}},{"title":"b","state":"failed","err":{}}]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, mocha, 0 suites
        skipped [] `a`
        failed [] `b`
        ");
    }

    #[test]
    fn what_is_no_json_is_invalid_where_it_is() {
        let text = "{\"stats\":{\"tests\":1},\n\"tests\":[{\"duration\":NaN}]}";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        invalid
        error 2:22 expected a value in JSON, found `N`
        ");
    }

    #[test]
    fn text_around_the_document_is_left_out() {
        let text = "> mocha\n\n{\"tests\":[{\"title\":\"a\"}]}\nnpm notice\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, mocha, 0 suites
        passed [] `a`
        warning 1:1 text outside of the JSON document; left out (2 times, the first one here)
        ");
    }

    #[test]
    fn a_second_document_is_not_passed_over() {
        let text = r#"{"tests":[{"title":"a"}]}{"tests":[{"title":"b"}]}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        invalid, mocha, 0 suites
        passed [] `a`
        error 1:26 another JSON document begins behind the first one; write one document per file
        ");
    }
}
