//! Tests between their beginning and their end.

use std::collections::HashMap;

use crate::evidence::reading::{Reading, Stop};
use crate::evidence::test_results::assembly::{Assembly, Draft};
use crate::evidence::test_results::story::push_bounded;
use crate::model::input::Problem;
use crate::model::order;
use crate::model::tests::{Outcome, TestReport};

/// A test that has begun.
#[derive(Default)]
struct Running {
    /// Position among all that have begun.
    number: u64,
    /// Nanoseconds since 1970.
    began: Option<u64>,
    /// What it says about itself, its beginning.
    told: String,
}

/// The report of a stream, and the tests that are not over yet.
#[derive(Default)]
pub(super) struct Cases {
    report: Assembly,
    running: HashMap<String, Running>,
    begun: u64,
}

impl Cases {
    /// A test begins, at `time` in nanoseconds since 1970.
    pub(super) fn begin(&mut self, name: &str, time: Option<u64>) {
        let running = self.running(name);
        running.began = running.began.or(time);
    }

    /// Whether a test has begun and is not over.
    pub(super) fn is_running(&self, name: &str) -> bool {
        self.running.contains_key(name)
    }

    /// A test says something.
    pub(super) fn tell(&mut self, name: &str, text: &str) {
        push_bounded(&mut self.running(name).told, text);
    }

    /// A test is over.
    pub(super) fn end(&mut self, name: &str, outcome: Outcome, time: Option<u64>) {
        let Running { began, told, .. } = self.running.remove(name).unwrap_or_default();
        self.report.add(&Draft {
            outcome,
            duration: time.zip(began).and_then(|(time, began)| time.checked_sub(began)),
            // A traceback of Python says last what happened.
            message: told.lines().rev().find(|line| !line.trim().is_empty()),
            trace: Some(&told),
            ..Draft::named(name)
        });
    }

    /// The report; what is not over is errored.
    pub(super) fn finish(mut self, ended: Result<(), Stop>, problems: Vec<Problem>) -> Reading<TestReport> {
        let mut left: Vec<(String, Running)> = self.running.drain().collect();
        order::sort_by_key(&mut left, |(_, running)| running.number);
        for (name, _) in left {
            let message = Some("started and did not finish");
            self.report.add(&Draft { outcome: Outcome::Errored, message, ..Draft::named(&name) });
        }
        self.report.finish(ended, problems)
    }

    fn running(&mut self, name: &str) -> &mut Running {
        if !self.running.contains_key(name) {
            self.begun += 1;
        }
        let number = self.begun;
        self.running.entry(name.to_owned()).or_insert_with(|| Running { number, ..Running::default() })
    }
}
