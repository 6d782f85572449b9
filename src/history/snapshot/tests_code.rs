//! Test runs to and from the wire.

use std::collections::HashSet;
use std::sync::Arc;

use crate::history::wire::{WireError, v1};
use crate::model::tests::{CaseDetail, CaseId, Outcome, SuiteError, TestCase, TestReport};

pub(super) fn to_wire(report: &TestReport) -> v1::Tests {
    v1::Tests {
        suites: report.suites,
        producer: report.producer.clone(),
        cells: report.cells.clone(),
        errors: report
            .suite_errors
            .iter()
            .map(|error| (error.suite.clone(), error.message.clone()))
            .collect(),
        cases: report.cases.iter().map(case_to_wire).collect(),
    }
}

fn case_to_wire(case: &TestCase) -> v1::Case {
    let detail = case.detail.as_deref();
    v1::Case {
        suite: case.id.suite.clone(),
        class: case.id.class.clone(),
        name: case.id.name.clone(),
        cell: case.id.cell.clone(),
        outcome: letter(case.outcome),
        flaky: u8::from(case.flaky),
        duration: case.duration,
        message: detail.and_then(|detail| detail.message.clone()),
        file: detail.and_then(|detail| detail.file.as_deref().map(str::to_owned)),
        line: detail.and_then(|detail| detail.line),
    }
}

/// The letter of an outcome in snapshots and ledgers.
pub(in crate::history) fn letter(outcome: Outcome) -> char {
    match outcome {
        Outcome::Passed => 'p',
        Outcome::Failed => 'f',
        Outcome::Errored => 'e',
        Outcome::Skipped => 's',
    }
}

fn outcome(letter: char) -> Result<Outcome, WireError> {
    match letter {
        'p' => Ok(Outcome::Passed),
        'f' => Ok(Outcome::Failed),
        'e' => Ok(Outcome::Errored),
        's' => Ok(Outcome::Skipped),
        other => Err(WireError::Value { what: "outcome", value: other.to_string() }),
    }
}

pub(super) fn from_wire(tests: v1::Tests) -> Result<TestReport, WireError> {
    let mut names = Names::default();
    let suite_errors = tests
        .errors
        .into_iter()
        .map(|(suite, message)| SuiteError { suite: names.shared(suite), message })
        .collect();
    let cases =
        tests.cases.into_iter().map(|case| case_from_wire(case, &mut names)).collect::<Result<_, _>>()?;
    Ok(TestReport { suites: tests.suites, cases, suite_errors, producer: tests.producer, cells: tests.cells })
}

fn case_from_wire(case: v1::Case, names: &mut Names) -> Result<TestCase, WireError> {
    let file = case.file.map(|file| names.shared(file.into()));
    let detail = CaseDetail { message: case.message, file, line: case.line, frames: Vec::new() };
    Ok(TestCase {
        id: CaseId {
            suite: names.shared(case.suite),
            class: case.class.map(|class| names.shared(class)),
            name: case.name,
            cell: case.cell.map(|cell| names.shared(cell)),
        },
        outcome: outcome(case.outcome)?,
        flaky: case.flaky != 0,
        duration: case.duration,
        detail: (detail != CaseDetail::default()).then(|| Arc::new(detail)),
    })
}

/// Suite and class names repeat; each is kept in memory once.
#[derive(Default)]
struct Names(HashSet<Arc<str>>);

impl Names {
    fn shared(&mut self, name: Arc<str>) -> Arc<str> {
        if let Some(known) = self.0.get(&name) {
            return known.clone();
        }
        self.0.insert(name.clone());
        name
    }
}
