//! The JSON reporter of Dart and Flutter: one event per line, or a list of events.
//!
//! <https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md>. Suites are files; hidden events of
//! success (loading, setting up) are no cases.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Draft, SuiteId};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::order;
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether this is the shape of a stream of the Dart test runner.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.records().iter().any(|record| {
        let kind = record.get("type").text();
        kind == Some("start") && record.has("protocolVersion")
            || kind == Some("testStart") && record.get("test").has("suiteID")
            || kind == Some("testDone") && record.has("testID")
    })
}

/// Reads one stream of the Dart test runner.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = Lines::new(text);
    let mut stream = Stream::default();
    let ended = stream.read(&mut lines);
    stream.report.finish(ended, lines.problems())
}

/// A case that has begun.
#[derive(Default)]
struct Running {
    name: String,
    suite: String,
    line: Option<u32>,
    started: u64,
    message: Option<String>,
    trace: String,
}

#[derive(Default)]
struct Stream {
    report: Assembly,
    /// Paths of suites by id.
    suites: HashMap<u64, String>,
    running: HashMap<u64, Running>,
    done: bool,
}

impl Stream {
    fn read<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<(), Stop> {
        while let Some(line) = lines.next_line()? {
            if let Line::Record(event) = line {
                self.event(&event, lines.line());
            }
        }
        let mut left: Vec<(u64, Running)> = self.running.drain().collect();
        order::sort_by_key(&mut left, |(id, _)| *id);
        for (_, running) in left {
            let message = running.message.as_deref().or(Some("started and did not finish"));
            let suite = self.report.suite(&running.suite);
            let file = Some(running.suite.as_str());
            self.report.add(&Draft {
                suite,
                outcome: Outcome::Errored,
                message,
                file,
                line: running.line,
                ..Draft::named(&running.name)
            });
        }
        if !self.done {
            self.report.suite_error(SuiteId::ROOT, "the run did not finish: the stream has no `done` event");
        }
        Ok(())
    }

    fn event(&mut self, event: &Value, line: u64) {
        match event.get("type").text() {
            Some("start") => {
                self.report.name_producer(Some("dart"), event.text_of("runnerVersion"));
            }
            Some("suite") => {
                let suite = event.get("suite");
                let path = suite.get("path").text().unwrap_or_default().to_owned();
                self.suites.insert(suite.get("id").count().unwrap_or(0), path);
            }
            Some("testStart") => self.started(event),
            Some("error") => self.error(event),
            Some("testDone") => self.test_done(event, line),
            Some("done") => self.run_done(event),
            _ => {}
        }
    }

    fn started(&mut self, event: &Value) {
        let test = event.get("test");
        let suite = test.get("suiteID").count().and_then(|id| self.suites.get(&id));
        let running = Running {
            name: test.get("name").text().unwrap_or_default().to_owned(),
            suite: suite.cloned().unwrap_or_default(),
            // `root_line` is the line in the suite's file when the test stands in another one.
            line: test.line_of("root_line").or_else(|| test.line_of("line")),
            started: event.get("time").count().unwrap_or(0),
            message: None,
            trace: String::new(),
        };
        self.running.insert(test.get("id").count().unwrap_or(0), running);
    }

    fn error(&mut self, event: &Value) {
        let id = event.get("testID").count().unwrap_or(0);
        if let Some(running) = self.running.get_mut(&id) {
            running.message.get_or_insert_with(|| event.get("error").text().unwrap_or_default().to_owned());
            if running.trace.is_empty() {
                event.get("stackTrace").text().unwrap_or_default().clone_into(&mut running.trace);
            }
        }
    }

    fn test_done(&mut self, event: &Value, line: u64) {
        let id = event.get("testID").count().unwrap_or(0);
        let Some(running) = self.running.remove(&id) else { return };
        let result = event.get("result").text().unwrap_or_default();
        let hidden = event.get("hidden").is_true();
        let outcome = match result {
            "success" if event.get("skipped").is_true() => Outcome::Skipped,
            "success" if hidden => return,
            "success" => Outcome::Passed,
            "failure" => Outcome::Failed,
            "error" => Outcome::Errored,
            _ => self.report.unknown_outcome(result, Place { line, column: 1 }),
        };
        let ended = event.get("time").count().unwrap_or(running.started);
        let suite = self.report.suite(&running.suite);
        self.report.add(&Draft {
            suite,
            outcome,
            duration: Some(ended.saturating_sub(running.started).saturating_mul(MILLISECOND)),
            message: running.message.as_deref(),
            trace: Some(&running.trace),
            file: Some(&running.suite),
            line: running.line,
            ..Draft::named(&running.name)
        });
    }

    fn run_done(&mut self, event: &Value) {
        self.done = true;
        let failed = matches!(event.get("success"), Value::Bool(false));
        if failed && self.report.counts_failing() == 0 {
            self.report.suite_error(SuiteId::ROOT, "the run failed outside of its cases");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const HAND_MADE_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/dart-json/hand-made-mixed.json");

    #[test]
    fn hidden_events_are_no_cases() {
        insta::assert_snapshot!(view(&read(HAND_MADE_MIXED)), @r#"
        measured, dart 1.25.8, 1 suites
        passed [test/cart_test.dart] `cart adds` 12000000ns @test/cart_test.dart:5
        failed [test/cart_test.dart] `cart sums` 6000000ns @test/cart_test.dart:12 "Expected: <2>"
        skipped [test/cart_test.dart] `cart taxes` 1000000ns @test/cart_test.dart:15
        errored [test/cart_test.dart] `cart throws` 2000000ns @test/cart_test.dart:20 "Bad state: no cart"
        "#);
    }

    #[test]
    fn a_list_that_is_not_closed_was_cut() {
        let text = "[{\"type\":\"start\",\"protocolVersion\":\"0.1.1\"},\n{\"type\":\"testStart\",\"test\":{\"id\":1,\"name\":\"a\"}},\n{\"type\":\"testDone\",\"testID\":1,\"result\":\"success\"},\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        incomplete, dart, 0 suites
        passed [] `a` 0ns
        error 4:1 the file ends inside of a JSON value; it was cut short
        ");
    }

    #[test]
    fn a_stream_without_its_end_is_no_good_news() {
        let text = "{\"type\":\"testStart\",\"time\":\"5\",\"test\":{\"id\":1,\"name\":\"a\",\"line\":{}}}\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        measured, unknown producer, 0 suites
        errored [] `a` "started and did not finish"
        suite error [] the run did not finish: the stream has no `done` event
        "#);
    }
}
