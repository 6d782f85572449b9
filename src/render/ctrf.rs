//! A run of tests as CTRF, the Common Test Report Format: <https://ctrf.io/docs/specification/root>.
//!
//! What the format has no word for stands under `extra`, where it allows anything: `class`, `cell` and `outcome` (of
//! an errored case) of a test, and `suiteErrors` of the results. A duration that is not known is 0, since the format
//! asks for one; there is no clock behind a converted report, so it starts at 0.

use serde::Serialize;
use serde_json::value::RawValue;

use super::json::pretty;
use super::wording::exact_decimal;
use crate::model::tests::{CaseDetail, Outcome, SuiteError, TestCase, TestReport};

/// Digits of a nanosecond in a millisecond.
const NANOSECOND_DIGITS: u32 = 6;

/// `run` as one CTRF document.
pub fn ctrf(run: &TestReport) -> String {
    pretty(&Document { report_format: "CTRF", spec_version: "0.0.0", results: Results::of(run) })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    report_format: &'static str,
    spec_version: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
struct Results<'a> {
    tool: Tool<'a>,
    summary: Summary,
    tests: Vec<Test<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<ResultsExtra<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Summary {
    tests: u64,
    passed: u64,
    failed: u64,
    pending: u64,
    skipped: u64,
    other: u64,
    start: u64,
    /// Milliseconds.
    stop: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultsExtra<'a> {
    suite_errors: Vec<Error<'a>>,
}

#[derive(Serialize)]
struct Error<'a> {
    suite: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Test<'a> {
    name: &'a str,
    status: &'static str,
    /// Milliseconds; a number with as many digits as it takes.
    duration: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suite: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flaky: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<TestExtra<'a>>,
}

#[derive(Default, PartialEq, Serialize)]
struct TestExtra<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
}

impl<'a> Results<'a> {
    fn of(run: &'a TestReport) -> Self {
        let counts = run.counts();
        let errors: Vec<Error<'a>> = run.suite_errors.iter().map(Error::from).collect();
        Self {
            tool: Tool { name: run.producer.as_deref().unwrap_or("readiness") },
            summary: Summary {
                tests: counts.total,
                passed: counts.passed,
                // What failed outside of any case is not listed as one, and never green.
                failed: counts.failing() + errors.len() as u64,
                pending: 0,
                skipped: counts.skipped,
                other: 0,
                start: 0,
                stop: run.duration() / 1_000_000,
            },
            tests: run.cases.iter().map(Test::from).collect(),
            extra: (!errors.is_empty()).then_some(ResultsExtra { suite_errors: errors }),
        }
    }
}

impl<'a> From<&'a SuiteError> for Error<'a> {
    fn from(error: &'a SuiteError) -> Self {
        Self { suite: &error.suite, message: &error.message }
    }
}

impl<'a> From<&'a TestCase> for Test<'a> {
    fn from(case: &'a TestCase) -> Self {
        let detail = case.detail.as_deref();
        let extra = TestExtra {
            class: case.id.class.as_deref(),
            cell: case.id.cell.as_deref(),
            outcome: (case.outcome == Outcome::Errored).then(|| Outcome::Errored.name()),
        };
        Self {
            name: &case.id.name,
            status: status(case.outcome),
            duration: milliseconds(case.duration.unwrap_or(0)),
            suite: parts(&case.id.suite),
            message: detail.and_then(|detail| detail.message.as_deref()),
            file_path: detail.and_then(|detail| detail.file.as_deref()),
            line: detail.and_then(|detail: &CaseDetail| detail.line),
            flaky: case.flaky.then_some(true),
            extra: (extra != TestExtra::default()).then_some(extra),
        }
    }
}

/// The format does not tell an error from a failure.
fn status(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed | Outcome::Errored => "failed",
        Outcome::Skipped => "skipped",
    }
}

fn parts(suite: &str) -> Vec<&str> {
    if suite.is_empty() { Vec::new() } else { suite.split('/').collect() }
}

/// Digits and a point are always a JSON number.
fn milliseconds(nanoseconds: u64) -> Option<Box<RawValue>> {
    RawValue::from_string(exact_decimal(nanoseconds, NANOSECOND_DIGITS)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    #[expect(clippy::too_many_lines, reason = "the snapshot is the whole document")]
    fn what_the_format_has_no_word_for_stands_under_extra() {
        insta::assert_snapshot!(ctrf(&sample::run()), @r#"
        {
          "reportFormat": "CTRF",
          "specVersion": "0.0.0",
          "results": {
            "tool": {
              "name": "readiness"
            },
            "summary": {
              "tests": 5,
              "passed": 2,
              "failed": 3,
              "pending": 0,
              "skipped": 1,
              "other": 0,
              "start": 0,
              "stop": 5000
            },
            "tests": [
              {
                "name": "adds <one> & \"two\" ]]>",
                "status": "passed",
                "duration": 0,
                "suite": [
                  "shop",
                  "cart"
                ]
              },
              {
                "name": "retries",
                "status": "passed",
                "duration": 1250.000001,
                "suite": [
                  "shop",
                  "cart"
                ],
                "message": "timed out",
                "filePath": "tests/cart.py",
                "flaky": true,
                "extra": {
                  "class": "Cart"
                }
              },
              {
                "name": "sums\u0007",
                "status": "failed",
                "duration": 1250.000001,
                "suite": [
                  "shop",
                  "cart"
                ],
                "message": "1 is not 2\u202e",
                "filePath": "tests/cart.py",
                "line": 7,
                "extra": {
                  "class": "Cart"
                }
              },
              {
                "name": "loads",
                "status": "failed",
                "duration": 1250.000001,
                "suite": [
                  "shop",
                  "cart"
                ],
                "extra": {
                  "class": "Cart",
                  "outcome": "errored"
                }
              },
              {
                "name": "rounds",
                "status": "skipped",
                "duration": 1250.000001,
                "suite": [
                  "shop",
                  "cart"
                ],
                "message": "not yet",
                "filePath": "tests/cart.py",
                "extra": {
                  "class": "Cart"
                }
              }
            ],
            "extra": {
              "suiteErrors": [
                {
                  "suite": "shop/db",
                  "message": "no database"
                }
              ]
            }
          }
        }
        "#);
    }
}
