//! The per-case ledger: last outcomes and durations, for flakiness and slowness over time.

use std::collections::BTreeMap;

use super::snapshot::{code, tests_code};
use super::wire::{WireError, check_schema, v1};
use crate::model::order;
use crate::model::tests::{CaseId, TestCase, TestReport};

/// Runs that are remembered per case.
const RUNS_MAX: usize = 20;
/// Durations that are remembered per case.
const DURATIONS_MAX: usize = 5;
/// More cases than any project has; bounds what a hostile report can make the history grow to.
const CASES_MAX: usize = 300_000;
/// The case was not in the run.
const ABSENT: char = '.';

/// The ledger of one branch.
#[derive(Debug, Default)]
pub struct Ledger {
    runs: Vec<String>,
    cases: BTreeMap<CaseId, (Vec<char>, Vec<u64>)>,
}

/// Reads a ledger.
pub fn decode(bytes: &[u8]) -> Result<Ledger, WireError> {
    let text = code::inflate(bytes)?;
    check_schema(&text, "ledger", 1)?;
    let wire: v1::Ledger = serde_json::from_slice(&text)?;
    let cases = wire.cases.into_iter().take(CASES_MAX).map(|case| {
        let id = CaseId { suite: case.suite, class: case.class, name: case.name, cell: case.cell };
        (id, (case.outcomes.chars().collect(), case.durations))
    });
    Ok(Ledger { runs: wire.runs, cases: order::map(cases) })
}

/// The ledger's file.
pub fn encode(ledger: &Ledger) -> Result<Vec<u8>, WireError> {
    let cases = ledger.cases.iter().map(|(id, (outcomes, durations))| v1::LedgerCase {
        suite: id.suite.clone(),
        class: id.class.clone(),
        name: id.name.clone(),
        cell: id.cell.clone(),
        outcomes: outcomes.iter().collect(),
        durations: durations.clone(),
    });
    let wire =
        v1::Ledger { schema: v1::LEDGER.to_owned(), runs: ledger.runs.clone(), cases: cases.collect() };
    code::compress(&serde_json::to_vec(&wire)?)
}

impl Ledger {
    /// Adds the cases of run `run`, or replaces what an earlier attempt of it said.
    pub fn add(&mut self, run: &str, report: &TestReport) {
        let column = self.column(run);
        for case in &report.cases {
            self.put(column, case);
        }
        self.trim();
    }

    /// The place of `run` in the outcomes of all cases, emptied.
    fn column(&mut self, run: &str) -> usize {
        let known = self.runs.iter().position(|one| one == run);
        let column = known.unwrap_or(self.runs.len());
        if known.is_none() {
            self.runs.push(run.to_owned());
        }
        let width = self.runs.len();
        for (outcomes, _) in self.cases.values_mut() {
            outcomes.resize(width, ABSENT);
            if let Some(cell) = outcomes.get_mut(column) {
                *cell = ABSENT;
            }
        }
        column
    }

    fn put(&mut self, column: usize, case: &TestCase) {
        if self.cases.len() >= CASES_MAX && !self.cases.contains_key(&case.id) {
            return;
        }
        let width = self.runs.len();
        let (outcomes, durations) =
            self.cases.entry(case.id.clone()).or_insert_with(|| (vec![ABSENT; width], Vec::new()));
        if let Some(cell) = outcomes.get_mut(column) {
            *cell = if case.flaky { 'y' } else { tests_code::letter(case.outcome) };
        }
        durations.extend(case.duration);
        let surplus = durations.len().saturating_sub(DURATIONS_MAX);
        durations.drain(..surplus);
    }

    /// Forgets the oldest runs, and cases that none of the others has.
    fn trim(&mut self) {
        let surplus = self.runs.len().saturating_sub(RUNS_MAX);
        self.runs.drain(..surplus);
        self.cases.retain(|_, (outcomes, _)| {
            outcomes.drain(..surplus.min(outcomes.len()));
            outcomes.iter().any(|cell| *cell != ABSENT)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::Outcome;

    fn report(cases: &[(&str, Outcome)]) -> TestReport {
        let case = |(name, outcome): &(&str, Outcome)| TestCase {
            id: CaseId { suite: "s".into(), class: None, name: (*name).into(), cell: None },
            outcome: *outcome,
            flaky: false,
            duration: Some(5),
            detail: None,
        };
        TestReport { cases: cases.iter().map(case).collect(), ..TestReport::default() }
    }

    fn shown(ledger: &Ledger) -> Vec<(String, String)> {
        ledger
            .cases
            .iter()
            .map(|(key, (outcomes, _))| (key.name.to_string(), outcomes.iter().collect()))
            .collect()
    }

    #[test]
    fn outcomes_stand_in_the_order_of_runs() {
        let mut ledger = Ledger::default();
        ledger.add("1", &report(&[("a", Outcome::Passed)]));
        ledger.add("2", &report(&[("a", Outcome::Failed), ("b", Outcome::Passed)]));
        ledger.add("3", &report(&[("b", Outcome::Skipped)]));
        let expected = [("a".to_owned(), "pf.".to_owned()), ("b".to_owned(), ".ps".to_owned())];
        assert_eq!(shown(&ledger), expected);
        let back = decode(&encode(&ledger).unwrap()).unwrap();
        assert_eq!(shown(&back), expected);
    }

    #[test]
    fn a_rerun_replaces_what_its_run_said() {
        let mut ledger = Ledger::default();
        ledger.add("1", &report(&[("a", Outcome::Failed)]));
        ledger.add("2", &report(&[("a", Outcome::Passed)]));
        ledger.add("1", &report(&[("a", Outcome::Passed)]));
        assert_eq!(shown(&ledger), [("a".to_owned(), "pp".to_owned())]);
    }

    #[test]
    fn old_runs_and_vanished_cases_are_forgotten() {
        let mut ledger = Ledger::default();
        ledger.add("0", &report(&[("gone", Outcome::Passed)]));
        for run in 1..=RUNS_MAX {
            ledger.add(&run.to_string(), &report(&[("a", Outcome::Passed)]));
        }
        assert_eq!(shown(&ledger), [("a".to_owned(), "p".repeat(RUNS_MAX))]);
    }
}
