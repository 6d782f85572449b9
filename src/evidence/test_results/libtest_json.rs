//! libtest's `--format json` and nextest's `--message-format libtest-json`: one event per line.
//!
//! <https://doc.rust-lang.org/rustc/tests/index.html#--format-format>,
//! <https://nexte.st/docs/machine-readable/libtest-json/>. nextest interleaves suites, so events are told by name.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;

/// Whether this is the shape of a stream of libtest.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.records().iter().any(|record| {
        matches!(record.get("type").text(), Some("suite" | "test" | "bench"))
            && (record.has("event") || record.has("median"))
    })
}

/// Reads one stream of libtest.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = Lines::new(text);
    let mut stream = Stream::default();
    let ended = stream.read(&mut lines);
    stream.report.finish(ended, lines.problems())
}

#[derive(Default)]
struct Stream {
    report: Assembly,
    /// How often each name has started and not ended; suites may hold the same names.
    running: HashMap<String, u64>,
    /// Running names in order of their start.
    order: Vec<String>,
    suites: u64,
    suites_ended: u64,
    planned: u64,
    ended: u64,
}

impl Stream {
    fn read<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<(), Stop> {
        while let Some(line) = lines.next_line()? {
            if let Line::Record(event) = line {
                self.event(&event, lines.line());
            }
        }
        self.settle();
        Ok(())
    }

    fn event(&mut self, event: &Value, line: u64) {
        let what = event.get("event").text().unwrap_or_default();
        match (event.get("type").text(), what) {
            (Some("suite"), "started") => {
                self.suites += 1;
                self.planned = self.planned.saturating_add(event.get("test_count").count().unwrap_or(0));
                self.report
                    .name_producer(Some(if event.has("nextest") { "nextest" } else { "libtest" }), None);
            }
            (Some("suite"), _) => {
                self.suites_ended += 1;
                self.report.claimed.add(claimed(event));
            }
            (Some("test"), "started") => self.started(event),
            // A test that is slow, and still runs.
            (Some("test"), "timeout") if !event.has("exec_time") => {}
            (Some("test"), _) => self.test_ended(event, what, line),
            (Some("bench"), _) => {
                self.add(event.get("name").text().unwrap_or_default(), Outcome::Passed, event, false);
            }
            _ => {}
        }
    }

    fn started(&mut self, event: &Value) {
        let name = event.get("name").text().unwrap_or_default();
        *self.running.entry(name.to_owned()).or_default() += 1;
        self.order.push(name.to_owned());
    }

    fn test_ended(&mut self, event: &Value, what: &str, line: u64) {
        let full = event.get("name").text().unwrap_or_default();
        let (name, attempt) = self.without_attempt(full);
        if let Some(running) = self.running.get_mut(name) {
            *running = running.saturating_sub(1);
        }
        let outcome = match what {
            "ok" => Outcome::Passed,
            "failed" | "timeout" => Outcome::Failed,
            "ignored" | "allowed_failure" => Outcome::Skipped,
            _ => self.report.unknown_outcome(what, Place { line, column: 1 }),
        };
        self.add(name, outcome, event, attempt > 1);
    }

    /// nextest writes `name#2` for a second attempt, when there were several.
    fn without_attempt<'a>(&self, full: &'a str) -> (&'a str, u64) {
        let parts = full.rsplit_once('#').filter(|(name, _)| self.running.contains_key(*name));
        let attempt = parts.and_then(|(name, attempt)| Some((name, attempt.parse().ok()?)));
        attempt.unwrap_or((full, 1))
    }

    fn add(&mut self, name: &str, outcome: Outcome, event: &Value, flaky: bool) {
        self.ended += 1;
        let suite = self.report.suite(binary(name));
        let message = ["message", "reason", "stdout"].iter().find_map(|key| event.text_of(key));
        self.report.add(&Draft {
            suite,
            outcome,
            flaky,
            duration: event.nanoseconds("exec_time", SECOND),
            message: message.filter(|_| outcome != Outcome::Passed),
            ..Draft::named(name)
        });
    }

    /// A test process that aborted leaves tests and suites without an end.
    fn settle(&mut self) {
        for name in std::mem::take(&mut self.order) {
            let Some(left) = self.running.get_mut(&name).filter(|left| **left > 0) else { continue };
            *left -= 1;
            let suite = self.report.suite(binary(&name));
            let message =
                Some("started and did not finish; the test process was aborted, or the stream is cut");
            self.report.add(&Draft { suite, outcome: Outcome::Errored, message, ..Draft::named(&name) });
        }
        if self.suites_ended < self.suites {
            let message = format!(
                "{} of {} suites did not finish; {} tests were planned, {} ended",
                self.suites - self.suites_ended,
                self.suites,
                self.planned,
                self.ended,
            );
            self.report.suite_error(SuiteId::ROOT, &message);
            self.report.claimed = Claimed::default();
        }
    }
}

/// nextest names tests `crate::binary$path::of::test`.
fn binary(name: &str) -> &str {
    name.split_once('$').map_or("", |(binary, _)| binary)
}

fn claimed(event: &Value) -> Claimed {
    let count = |key: &str| event.get(key).count().unwrap_or(0);
    let skipped = count("ignored").saturating_add(count("allowed_fail"));
    let (passed, measured) = (count("passed"), count("measured"));
    Claimed {
        total: None,
        passed: Some(passed.saturating_add(measured)),
        failing: Some(count("failed")),
        skipped: Some(skipped),
    }
}
