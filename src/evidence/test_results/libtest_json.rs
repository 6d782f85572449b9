//! libtest's `--format json` and nextest's `--message-format libtest-json`: one event per line.
//!
//! <https://doc.rust-lang.org/rustc/tests/index.html#--format-format>,
//! <https://nexte.st/docs/machine-readable/libtest-json/>. nextest interleaves suites, so events are told by name.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::duration::known;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

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

const UNFINISHED: &str = "started and did not finish; the test process was aborted, or the stream is cut";

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
            // Old compilers write `"0.002s"`.
            duration: event.get("exec_time").text().and_then(known),
            message,
            ..Draft::named(name)
        });
    }

    /// A test process that aborted leaves tests and suites without an end.
    fn settle(&mut self) {
        let aborted = self.suites_ended < self.suites;
        for name in std::mem::take(&mut self.order) {
            let Some(left) = self.running.get_mut(&name).filter(|left| **left > 0) else { continue };
            *left -= 1;
            let suite = self.report.suite(binary(&name));
            let draft = Draft { suite, ..Draft::named(&name) };
            self.report.add(&if self.is_ignored(aborted) {
                Draft { outcome: Outcome::Skipped, ..draft }
            } else {
                Draft { outcome: Outcome::Errored, message: Some(UNFINISHED), ..draft }
            });
        }
        if aborted {
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

    /// nextest starts ignored tests and may only count them at the end of their suite.
    fn is_ignored(&self, aborted: bool) -> bool {
        !aborted && self.report.claimed.skipped.is_some_and(|claimed| claimed > self.report.counts().skipped)
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

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const LIBTEST_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/libtest-json/libtest-1.97.0-nightly-mixed.json");
    const LIBTEST_ABORTED: &[u8] = include_bytes!(
        "../../../tests/fixtures/test_results/libtest-json/libtest-1.97.0-nightly-aborted.json"
    );
    const NEXTEST_RETRIES: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/libtest-json/nextest-0.9.143-retries.json");

    #[test]
    fn libtest_is_read() {
        insta::assert_snapshot!(view(&read(LIBTEST_MIXED)), @r#"
        measured, libtest, 0 suites
        passed [] `aborts` 851ns
        passed [] `adds` 938ns
        failed [] `sums` 36115ns "thread 'sums' (24389) panicked at cart.rs:2:21:"
        skipped [] `taxes` "no tax yet"
        "#);
    }

    #[test]
    fn a_process_that_aborted_is_no_good_news() {
        insta::assert_snapshot!(view(&read(LIBTEST_ABORTED)), @r#"
        measured, libtest, 0 suites
        errored [] `aborts` "started and did not finish; the test process was aborted, or the stream is cut"
        suite error [] 1 of 1 suites did not finish; 4 tests were planned, 0 ended
        "#);
    }

    #[test]
    fn nextest_is_read_with_retries_and_ignored_tests() {
        insta::assert_snapshot!(view(&read(NEXTEST_RETRIES)), @r#"
        measured, nextest, 2 suites
        passed [shop::shop] `shop::shop$adds` 9502606ns
        failed [shop::shop] `shop::shop$sums` 5134474ns "thread 'sums' (24374) panicked at src/lib.rs:2:21:"
        passed [shop::flaky] `shop::flaky$retries` flaky 5086760ns
        skipped [shop::shop] `shop::shop$taxes`
        warning the file says 2 skipped; it lists 1 skipped
        "#);
    }

    #[test]
    fn lone_backslashes_of_old_compilers_lose_no_event() {
        let text = concat!(
            r#"{ "type": "suite", "event": "started", "test_count": 1 }"#,
            "\n",
            "warning: unused\n",
            r#"{ "type": "test", "name": "a", "event": "failed", "stdout": "at src\main.rs:3 \ud800 \u12" }"#,
            "\n",
            r#"{ "type": "test", "name": "b", "event": "odd", "exec_time": "0.002s" }"#,
            "\n",
            "{ broken\n",
            r#"{ "type": "suite", "event": "failed", "passed": 0, "failed": "1" }"#,
            "\n"
        );
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        measured, libtest, 0 suites
        failed [] `a` "at src\main.rs:3 � �"
        errored [] `b` 2000000ns
        warning the file says 1 failed; it lists 2 failed
        warning 3:69 a backslash that escapes nothing; kept as it is (2 times, the first one here)
        warning 4:1 1 cases have outcomes that are not known, the first one is `odd`; counted as errored
        warning 5:3 1 lines are not readable as JSON, the first one here; left out
        "#);
    }

    #[test]
    fn a_cut_line_makes_the_file_incomplete() {
        let text = concat!(
            r#"{ "type": "suite", "event": "started", "test_count": 2 }"#,
            "\n",
            r#"{ "type": "test", "name": "a", "event": "ok" }"#,
            "\n",
            r#"{ "type": "test", "na"#
        );
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        incomplete, libtest, 0 suites
        passed [] `a`
        error 3:22 the file ends inside of a JSON value; it was cut short
        ");
    }
}
