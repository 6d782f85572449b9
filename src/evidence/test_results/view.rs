//! A reading as text, for snapshots: one line for each case, suite error and problem.

use std::fmt::Write as _;

use super::super::bytes::{Text, open};
use super::super::reading::Reading;
use crate::model::tests::{TestCase, TestReport};

/// `state, producer, suites`, then the lines.
pub(super) fn view(reading: &Reading<TestReport>) -> String {
    let mut out = String::from(reading.state.name());
    if let Some(report) = &reading.value {
        let producer = report.producer.as_deref().unwrap_or("unknown producer");
        write!(out, ", {producer}, {} suites", report.suites).unwrap();
        for case in &report.cases {
            write!(out, "\n{}", line(case)).unwrap();
        }
        for error in &report.suite_errors {
            write!(out, "\nsuite error [{}] {}", error.suite, error.message).unwrap();
        }
    }
    for problem in &reading.problems {
        let place = problem.line.zip(problem.column).map(|(line, column)| format!(" {line}:{column}"));
        write!(out, "\n{}{} {}", problem.severity.name(), place.unwrap_or_default(), problem.message)
            .unwrap();
    }
    out.replace('\u{1b}', "ESC")
}

/// `xml` as a file.
pub(super) fn file(xml: &str) -> Text {
    open(Box::new(std::io::Cursor::new(xml.as_bytes().to_vec()))).unwrap()
}

fn line(case: &TestCase) -> String {
    let mut out = format!("{} [{}]", case.outcome.name(), case.id.suite);
    if let Some(class) = &case.id.class {
        write!(out, " ({class})").unwrap();
    }
    write!(out, " `{}`", case.id.name).unwrap();
    if case.flaky {
        out.push_str(" flaky");
    }
    if let Some(duration) = case.duration {
        write!(out, " {duration}ns").unwrap();
    }
    if let Some(detail) = &case.detail {
        if let Some(file) = &detail.file {
            write!(out, " @{file}").unwrap();
        }
        if let Some(line) = detail.line {
            write!(out, ":{line}").unwrap();
        }
        if let Some(message) = &detail.message {
            write!(out, " \"{message}\"").unwrap();
        }
    }
    out
}
