//! Cucumber messages: one JSON envelope per line, as Cucumber's `message` formatter writes them.
//!
//! <https://github.com/cucumber/messages>. A case is a `testCase`; its last attempt counts.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Draft, SuiteId};
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;
/// Kinds of envelopes that no other stream has.
const KINDS: [&str; 6] =
    ["gherkinDocument", "pickle", "testCase", "testCaseStarted", "testRunStarted", "stepDefinition"];

/// Whether this is the shape of a stream of Cucumber messages.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    let records = shape.records();
    let has = |kind: &str| records.iter().any(|record| matches!(record.get(kind), Value::Object(_)));
    KINDS.into_iter().any(has) || records.iter().any(|record| record.get("meta").has("protocolVersion"))
}

/// Reads one stream of Cucumber messages.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = Lines::new(text);
    let mut stream = Stream::default();
    let ended = stream.read(&mut lines);
    stream.report.finish(ended, lines.problems())
}

/// What is to be tested.
#[derive(Default)]
struct Pickle {
    name: String,
    uri: String,
    line: Option<u32>,
}

/// One attempt at one case, until it is finished.
#[derive(Default)]
struct Attempt {
    case: String,
    number: u64,
    worst: u8,
    message: Option<String>,
    duration: u64,
}

#[derive(Default)]
struct Stream {
    report: Assembly,
    pickles: HashMap<String, Pickle>,
    /// Pickles of cases.
    cases: HashMap<String, String>,
    attempts: HashMap<String, Attempt>,
    /// The order of attempts that are not finished.
    started: Vec<String>,
    finished: bool,
}

impl Stream {
    fn read<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<(), Stop> {
        while let Some(line) = lines.next_line()? {
            let Line::Record(record) = line else { continue };
            for (kind, message) in record.members() {
                self.envelope(kind, message);
            }
        }
        for id in std::mem::take(&mut self.started) {
            if let Some(mut attempt) = self.attempts.remove(&id) {
                attempt.worst = UNFINISHED;
                attempt.message = Some("started and did not finish".to_owned());
                self.add(&attempt);
            }
        }
        if !self.finished {
            self.report
                .suite_error(SuiteId::ROOT, "the run did not finish: the stream has no `testRunFinished`");
        }
        Ok(())
    }

    fn envelope(&mut self, kind: &str, message: &Value) {
        match kind {
            "meta" => {
                let tool = message.get("implementation");
                self.report.name_producer(tool.text_of("name"), tool.text_of("version"));
            }
            "pickle" => {
                let (name, uri) = (owned(message, "name"), owned(message, "uri"));
                let line = message.get("location").line_of("line");
                self.pickles.insert(owned(message, "id"), Pickle { name, uri, line });
            }
            "testCase" => {
                self.cases.insert(owned(message, "id"), owned(message, "pickleId"));
            }
            "testCaseStarted" => self.started(message),
            "testStepFinished" => self.step_finished(message),
            "testCaseFinished" => self.case_finished(message),
            "testRunHookFinished" => self.hook_finished(message),
            "testRunFinished" => self.run_finished(message),
            "parseError" => {
                self.report.suite_error(SuiteId::ROOT, message.text_of("message").unwrap_or_default());
            }
            _ => {}
        }
    }

    fn started(&mut self, message: &Value) {
        let number = message.get("attempt").count().unwrap_or(0);
        let attempt = Attempt { case: owned(message, "testCaseId"), number, ..Attempt::default() };
        let id = owned(message, "id");
        self.started.push(id.clone());
        self.attempts.insert(id, attempt);
    }

    fn step_finished(&mut self, message: &Value) {
        let id = message.get("testCaseStartedId").text().unwrap_or_default();
        let Some(attempt) = self.attempts.get_mut(id) else { return };
        let result = message.get("testStepResult");
        let status = result.get("status").text().unwrap_or_default();
        let rank = rank(status);
        if rank > attempt.worst {
            attempt.worst = rank;
            let thrown = result.get("exception");
            let said =
                result.text_of("message").or(thrown.text_of("stackTrace")).or(thrown.text_of("message"));
            attempt.message =
                said.map_or_else(|| Some(status.to_ascii_lowercase()), |said| Some(said.to_owned()));
        }
        attempt.duration = attempt.duration.saturating_add(nanoseconds(result.get("duration")));
    }

    fn case_finished(&mut self, message: &Value) {
        let id = message.get("testCaseStartedId").text().unwrap_or_default();
        let Some(attempt) = self.attempts.remove(id) else { return };
        self.started.retain(|started| started != id);
        if !message.get("willBeRetried").is_true() {
            self.add(&attempt);
        }
    }

    fn add(&mut self, attempt: &Attempt) {
        let unknown = Pickle::default();
        let pickle = self.cases.get(&attempt.case).and_then(|id| self.pickles.get(id)).unwrap_or(&unknown);
        let suite = self.report.suite(&pickle.uri);
        self.report.add(&Draft {
            suite,
            outcome: outcome(attempt.worst),
            flaky: attempt.number > 0,
            duration: Some(attempt.duration),
            message: attempt.message.as_deref(),
            file: Some(&pickle.uri),
            line: pickle.line,
            ..Draft::named(&pickle.name)
        });
    }

    fn hook_finished(&mut self, message: &Value) {
        let result = message.get("result");
        if rank(result.get("status").text().unwrap_or_default()) > SKIPPED {
            self.report
                .suite_error(SuiteId::ROOT, result.text_of("message").unwrap_or("a hook of the run failed"));
        }
    }

    fn run_finished(&mut self, message: &Value) {
        self.finished = true;
        if let Some(message) = message.text_of("message") {
            self.report.suite_error(SuiteId::ROOT, message);
        }
        let failed = matches!(message.get("success"), Value::Bool(false));
        if failed && self.report.counts_failing() == 0 && self.report.suite_errors() == 0 {
            self.report.suite_error(SuiteId::ROOT, "the run failed outside of its cases");
        }
    }
}

const SKIPPED: u8 = 1;
const FAILED: u8 = 2;
const UNFINISHED: u8 = 3;

/// The worst step decides. Pending, undefined and ambiguous steps fail a case.
fn rank(status: &str) -> u8 {
    match status {
        "PASSED" => 0,
        "SKIPPED" => SKIPPED,
        _ => FAILED,
    }
}

fn outcome(worst: u8) -> Outcome {
    match worst {
        0 => Outcome::Passed,
        SKIPPED => Outcome::Skipped,
        FAILED => Outcome::Failed,
        _ => Outcome::Errored,
    }
}

fn nanoseconds(duration: &Value) -> u64 {
    let seconds = duration.nanoseconds("seconds", SECOND).unwrap_or(0);
    seconds.saturating_add(duration.nanoseconds("nanos", 1).unwrap_or(0))
}

fn owned(message: &Value, key: &str) -> String {
    message.get(key).text().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const CUCUMBER_JS_RETRY: &[u8] = include_bytes!(
        "../../../tests/fixtures/test_results/cucumber-messages/cucumber-js-12.9.0-retry.ndjson"
    );

    #[test]
    fn the_last_attempt_counts() {
        insta::assert_snapshot!(view(&read(CUCUMBER_JS_RETRY)), @r#"
        measured, cucumber-js 12.9.0, 1 suites
        passed [features/cart.feature] `adds` 1192778ns @features/cart.feature:4
        failed [features/cart.feature] `sums` 165468ns @features/cart.feature:6 "Error: boom"
        failed [features/cart.feature] `undefined` 70496ns @features/cart.feature:8 "undefined"
        passed [features/cart.feature] `retries` flaky 119484ns @features/cart.feature:11
        skipped [features/cart.feature] `skips` 228337ns @features/cart.feature:13 "skipped"
        "#);
    }

    #[test]
    fn a_stream_that_ends_early_is_no_good_news() {
        let text = concat!(
            r#"{"pickle":{"id":"1","name":"one","uri":"a.feature","location":{"line":3}}}"#,
            "\n",
            r#"{"testCase":{"id":"2","pickleId":"1"}}"#,
            "\n",
            r#"{"testCase":{"id":"3","pickleId":9}}"#,
            "\n",
            r#"{"testRunHookFinished":{"result":{"status":"FAILED","message":"BeforeAll"}}}"#,
            "\n",
            r#"{"testCaseStarted":{"id":"4","testCaseId":"2","attempt":"0"}}"#,
            "\n",
            r#"{"testCaseStarted":{"id":"5","testCaseId":"3"}}"#,
            "\n",
            r#"{"testCaseFinished":{"testCaseStartedId":"5"}}"#,
            "\n"
        );
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        measured, unknown producer, 1 suites
        passed [] `` 0ns
        errored [a.feature] `one` 0ns @a.feature:3 "started and did not finish"
        suite error [] BeforeAll
        suite error [] the run did not finish: the stream has no `testRunFinished`
        "#);
    }
}
