//! What changed in the tests.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::order;
use crate::model::report::{CaseNote, TestsReport};
use crate::model::tests::{CaseId, Outcome, TestCase, TestReport};

/// Nanoseconds that a case must have become slower by to be named.
const SLOWER_BY: u64 = 1_000_000_000;

type ById<'a> = BTreeMap<&'a CaseId, &'a TestCase>;

/// The head's tests against the base's. Without a base every failing case is new.
pub(super) fn compare(head: &TestReport, base: Option<&TestReport>, has_baseline: bool) -> TestsReport {
    let cases = by_id(head);
    let before = base.map(by_id).unwrap_or_default();
    let was = |case: &TestCase, outcome: fn(&TestCase) -> bool| was(case, &before, outcome);
    let notes = |wanted: &dyn Fn(&TestCase) -> bool| -> Vec<CaseNote> {
        cases.values().filter(|case| wanted(case)).map(|case| note(case)).collect()
    };
    let added = cases.keys().filter(|id| !is_known(id, &before)).count() as u64;
    TestsReport {
        counts: head.counts(),
        base_counts: base.map(TestReport::counts),
        duration: head.duration(),
        new_failures: notes(&|case| is_failing(case) && !was(case, is_failing)),
        still_failing: notes(&|case| is_failing(case) && was(case, is_failing)),
        fixed: notes(&|case| case.outcome == Outcome::Passed && was(case, is_failing)),
        flaky: notes(&|case| case.flaky),
        added: if has_baseline { added } else { 0 },
        removed: before.values().filter(|old| is_gone(&old.id, &cases, head)).map(|old| note(old)).collect(),
        newly_skipped: notes(&|case| case.outcome == Outcome::Skipped && was(case, ran)),
        slower: slower(&cases, &before),
        suite_errors: head.suite_errors.clone(),
    }
}

/// Cases of the base that are gone, and the number of those that are new here.
pub(super) fn moved<'a>(head: &TestReport, base: &'a TestReport) -> (Vec<&'a TestCase>, usize) {
    let (cases, before) = (by_id(head), by_id(base));
    let gone = before.values().copied().filter(|old| is_gone(&old.id, &cases, head)).collect();
    (gone, cases.keys().filter(|id| !is_known(id, &before)).count())
}

/// Cases that are flaky here and were not on the base.
pub(super) fn new_flaky<'a>(head: &'a TestReport, base: Option<&'a TestReport>) -> Vec<&'a CaseId> {
    let before = base.map(by_id).unwrap_or_default();
    let flaky = by_id(head).into_values().filter(|case| case.flaky);
    flaky.filter(|case| !was(case, &before, |old| old.flaky)).map(|case| &case.id).collect()
}

/// Whether `outcome` held for the case before. One that the base has under other cells only, as when a matrix gains
/// a cell, was what it was in all of these: a cell of the base that passed makes a failure a new one.
fn was(case: &TestCase, before: &ById<'_>, outcome: fn(&TestCase) -> bool) -> bool {
    if let Some(old) = before.get(&case.id) {
        return outcome(old);
    }
    let mut others = in_any_cell(&case.id, before).peekable();
    others.peek().is_some() && others.all(outcome)
}

/// Whether the base has the case: in this cell, or where either side has it in one cell only.
fn is_known(id: &CaseId, before: &ById<'_>) -> bool {
    let one = |old: &TestCase| id.cell.is_none() || old.id.cell.is_none();
    before.contains_key(id) || in_any_cell(id, before).any(one)
}

/// Whether the head lost a case of the base. A case that the head has once stands for all cells that the head has.
fn is_gone(old: &CaseId, cases: &ById<'_>, head: &TestReport) -> bool {
    let has_cell = old.cell.as_ref().is_none_or(|cell| head.cells.contains(cell));
    let stands_for = |case: &TestCase| has_cell && (case.id.cell.is_none() || old.cell.is_none());
    !cases.contains_key(old) && !in_any_cell(old, cases).any(stands_for)
}

/// The case `id` in whichever cells `cases` has it.
fn in_any_cell<'a>(id: &CaseId, cases: &ById<'a>) -> impl Iterator<Item = &'a TestCase> {
    let first = CaseId { cell: None, ..id.clone() };
    let id = id.clone();
    let same = cases.range::<CaseId, _>(&first..).map(|(_, case)| *case);
    same.take_while(move |case| case.id.plain() == id.plain())
}

/// By identity; of two with the same one the worse counts.
fn by_id(report: &TestReport) -> ById<'_> {
    let mut cases = ById::new();
    for case in &report.cases {
        let kept = cases.entry(&case.id).or_insert(case);
        if is_failing(case) && !is_failing(kept) {
            *kept = case;
        }
    }
    cases
}

fn is_failing(case: &TestCase) -> bool {
    case.outcome.is_failing()
}

fn ran(case: &TestCase) -> bool {
    case.outcome != Outcome::Skipped
}

fn note(case: &TestCase) -> CaseNote {
    let detail = case.detail.as_deref().cloned().unwrap_or_default();
    CaseNote { id: case.id.clone(), detail, durations: None }
}

fn slower(cases: &ById<'_>, before: &ById<'_>) -> Vec<CaseNote> {
    let mut slower: Vec<CaseNote> = cases
        .values()
        .filter_map(|case| {
            let old = before.get(&case.id)?;
            let (was, is) = (old.duration?, case.duration?);
            let passed = case.outcome == Outcome::Passed && old.outcome == Outcome::Passed;
            let grown = is >= was.saturating_mul(2) && is.saturating_sub(was) >= SLOWER_BY;
            (passed && grown).then(|| CaseNote { durations: Some((was, is)), ..note(case) })
        })
        .collect();
    order::sort_by_key(&mut slower, |note| {
        Reverse(note.durations.map_or(0, |(was, is)| is.saturating_sub(was)))
    });
    slower
}
