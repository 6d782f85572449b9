//! pytest-reportlog: one JSON document per line; each case has a report for setup, call and teardown.
//!
//! <https://github.com/pytest-dev/pytest-reportlog>. Names are whole node ids; suites are files.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Draft, SuiteId};
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::order;
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;

/// Whether this is the shape of a report log of pytest.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.records().iter().any(|record| record.has("$report_type"))
}

/// Reads one report log of pytest.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = Lines::new(text);
    let mut log = Log::default();
    let ended = log.read(&mut lines);
    log.report.finish(ended, lines.problems())
}

/// One run of one case, until its teardown.
#[derive(Default)]
struct Run {
    outcome: Option<Outcome>,
    duration: u64,
    message: Option<String>,
    /// Runs before this one, which failed.
    reruns: u32,
    /// What follows up to the next setup belongs to the attempt that failed.
    over: bool,
}

#[derive(Default)]
struct Log {
    report: Assembly,
    running: HashMap<String, Run>,
    finished: bool,
}

impl Log {
    fn read<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<(), Stop> {
        while let Some(line) = lines.next_line()? {
            if let Line::Record(record) = line {
                self.record(&record);
            }
        }
        if !self.finished {
            self.report
                .suite_error(SuiteId::ROOT, "the session did not finish: the log has no `SessionFinish`");
        }
        let mut unfinished: Vec<(String, Run)> = self.running.drain().collect();
        order::sort_by(&mut unfinished, |(a, _), (b, _)| a.cmp(b));
        for (name, run) in unfinished {
            let message = run.message.as_deref().or(Some("started and did not finish"));
            self.report.add(&Draft { outcome: Outcome::Errored, message, ..Draft::named(&name) });
        }
        Ok(())
    }

    fn record(&mut self, record: &Value) {
        match record.get("$report_type").text() {
            Some("SessionStart") => {
                self.report.name_producer(Some("pytest"), record.text_of("pytest_version"));
            }
            Some("SessionFinish") => self.session_finish(record),
            Some("CollectReport") if record.get("outcome").text() == Some("failed") => {
                let suite = self.report.suite(record.get("nodeid").text().unwrap_or_default());
                let message = message(record.get("longrepr"));
                self.report.suite_error(suite, message.as_deref().unwrap_or_default());
            }
            Some("TestReport") => self.test_report(record),
            _ => {}
        }
    }

    /// Statuses beyond 1 are interruptions, internal errors and wrong usage; 5 is a run without cases.
    fn session_finish(&mut self, record: &Value) {
        self.finished = true;
        let status = record.get("exitstatus").count();
        if let Some(status @ 2..=4) = status {
            self.report.suite_error(SuiteId::ROOT, &format!("pytest ended with status {status}"));
        }
    }

    fn test_report(&mut self, record: &Value) {
        let name = record.get("nodeid").text().unwrap_or_default();
        let run = self.running.entry(name.to_owned()).or_default();
        let when = record.get("when").text().unwrap_or("call");
        run.over &= when != "setup";
        if run.over {
            return;
        }
        run.duration = run.duration.saturating_add(record.nanoseconds("duration", SECOND).unwrap_or(0));
        let outcome = part_outcome(record, when);
        if record.get("outcome").text() == Some("rerun") {
            *run = Run { reruns: run.reruns + 1, over: true, ..Run::default() };
            return;
        }
        if run.outcome.is_none_or(|before| outcome.badness() > before.badness()) {
            run.outcome = Some(outcome);
            run.message = message(record.get("longrepr"));
        }
        if when == "teardown" {
            self.finish(name, record);
        }
    }

    fn finish(&mut self, name: &str, record: &Value) {
        let Some(run) = self.running.remove(name) else { return };
        let Some(outcome) = run.outcome else { return };
        let location = record.get("location").list();
        let file = location.first().and_then(Value::text).or_else(|| name.split("::").next());
        let suite = self.report.suite(file.unwrap_or_default());
        self.report.add(&Draft {
            suite,
            outcome,
            flaky: run.reruns > 0,
            duration: Some(run.duration),
            message: run.message.as_deref(),
            file,
            // Written from 0 on.
            line: location.get(1).and_then(Value::count).and_then(|line| u32::try_from(line + 1).ok()),
            ..Draft::named(name)
        });
    }
}

/// What one part says: a failure around the call is an error, an expected failure is skipped by pytest already.
fn part_outcome(record: &Value, when: &str) -> Outcome {
    match record.get("outcome").text() {
        Some("passed") => Outcome::Passed,
        Some("skipped") => Outcome::Skipped,
        Some("failed") if when == "call" => Outcome::Failed,
        _ => Outcome::Errored,
    }
}

/// The crash message, the reason of a skip (file, line, reason), or text.
fn message(longrepr: &Value) -> Option<String> {
    let crash = longrepr.get("reprcrash").text_of("message");
    let reason = longrepr.list().get(2).and_then(Value::text);
    crash.or(reason).or_else(|| longrepr.text()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const PYTEST_REPORTLOG_MIXED: &[u8] = include_bytes!(
        "../../../tests/fixtures/test_results/pytest-reportlog/pytest-reportlog-1.0.0-mixed.jsonl"
    );

    #[test]
    fn parts_become_cases() {
        insta::assert_snapshot!(view(&read(PYTEST_REPORTLOG_MIXED)), @r#"
        measured, pytest 9.2.0, 2 suites
        failed [test_cart.py] `test_cart.py::test_sums` 5722051ns @test_cart.py:10 "assert 1 == 2"
        skipped [test_cart.py] `test_cart.py::test_taxes` 171497ns @test_cart.py:11 "Skipped: no tax yet"
        errored [test_cart.py] `test_cart.py::test_fixture` 4715964ns @test_cart.py:15 "RuntimeError: no database"
        passed [test_cart.py] `test_cart.py::test_retries` flaky 596796ns @test_cart.py:16
        suite error [test_broken.py] ImportError while importing test module '/builds/shop/py/test_broken.py'.
        "#);
    }

    #[test]
    fn a_session_that_was_killed_is_no_good_news() {
        let text = concat!(
            r#"{"$report_type":"TestReport","nodeid":"a.py::x","when":"setup","outcome":"passed","duration":"0.5"}"#,
            "\n",
            r#"{"$report_type":"TestReport","nodeid":"a.py::x","when":"call","outcome":"passed","location":7}"#,
            "\n",
            r#"{"$report_type":"TestReport","nodeid":"a.py::x","when":"teardown","outcome":"passed"}"#,
            "\n",
            r#"{"$report_type":"TestReport","nodeid":"a.py::y","when":"setup","outcome":"passed"}"#,
            "\n",
            r#"{"$report_type":"TestReport","nodeid":"a.py::z","when":"set"#
        );
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        incomplete, unknown producer, 1 suites
        passed [a.py] `a.py::x` 500000000ns @a.py
        error 5:60 the file ends inside of a JSON value; it was cut short
        ");
    }
}
