//! Mocha's `json` reporter: one JSON document; every case stands in `tests` and again in `passes`, `failures` or `pending`.
//!
//! <https://github.com/mochajs/mocha/blob/main/lib/reporters/json.js>. A failed hook stands in `failures` only.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
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
                "tests" => listed |= json.list(|json| self.test(json))?,
                "pending" => {
                    json.list(|json| {
                        *self.pending.entry(key_of(&json.value()?)).or_default() += 1;
                        Ok(())
                    })?;
                }
                "failures" => {
                    json.list(|json| {
                        let failure = json.value()?;
                        let message = failure.get("err").text_of("message").unwrap_or_default();
                        let title = failure.get("title").text().unwrap_or_default();
                        self.failures.push((key_of(&failure), format!("{title}: {}", message.trim_start())));
                        Ok(())
                    })?;
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
        json.end()?;
        self.report.require_list(listed, "tests")
    }

    fn test<R: BufRead>(&mut self, json: &mut Cursor<R>) -> Result<(), Stop> {
        let test = json.value()?;
        let title = test.get("title").text().unwrap_or_default();
        let full = test.get("fullTitle").text().unwrap_or(title);
        let failed = test.get("err").is_something();
        let file = test.text_of("file");
        let suite = self.report.suite(file.unwrap_or_default());
        let err = test.get("err");
        let position = self.report.add(&Draft {
            suite,
            class: full.strip_suffix(title).map(str::trim_end),
            outcome: if failed { Outcome::Failed } else { Outcome::Passed },
            flaky: test.get("currentRetry").count().is_some_and(|retry| retry > 0),
            duration: test.nanoseconds("duration", MILLISECOND),
            message: err.text_of("message").or_else(|| err.text_of("stack")),
            file,
            ..Draft::named(title)
        });
        self.listed.push(Listed { key: key_of(&test), position, timed: test.has("duration") });
        Ok(())
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
                None => self.report.suite_error(SuiteId::ROOT, message),
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
