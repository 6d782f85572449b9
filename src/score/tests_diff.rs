//! What changed in the tests.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Situation;
use super::renames::Renames;
use crate::model::evidence::Evidence;
use crate::model::input::Kind;
use crate::model::order;
use crate::model::origin::Origin;
use crate::model::report::{CaseNote, TestsReport};
use crate::model::tests::{CaseId, Outcome, TestCase, TestReport};

/// Nanoseconds that a case must have become slower by to be named.
const SLOWER_BY: u64 = 1_000_000_000;

type ById<'k, 'a> = BTreeMap<&'k CaseId, &'a TestCase>;

/// A case of the base, and what it is called now.
type Renamed<'a> = (CaseId, &'a TestCase);

/// The head's tests, and where the base's cases are to be found among them.
pub(super) struct Tests<'a> {
    /// The cases.
    pub(super) report: &'a TestReport,
    /// The cells that they come from, also where it is only one.
    cells: BTreeSet<Arc<str>>,
    renames: Renames<'a>,
}

impl<'a> Tests<'a> {
    /// Those of `situation`.
    pub(super) fn of(situation: &'a Situation<'a>) -> Option<Self> {
        let report = situation.evidence.tests.as_ref()?;
        let cells = if report.cells.is_empty() { one_cell(situation.evidence) } else { BTreeSet::new() };
        Some(Self {
            cells: cells.into_iter().chain(report.cells.iter().cloned()).collect(),
            renames: Renames::of(situation.diff),
            report,
        })
    }

    /// Those of `report`, of which nothing else is known.
    pub(super) fn alone(report: &'a TestReport) -> Self {
        Self { report, cells: report.cells.iter().cloned().collect(), renames: Renames::default() }
    }

    fn has_cell(&self, id: &CaseId) -> bool {
        id.cell.as_ref().is_none_or(|cell| self.cells.contains(cell))
    }

    /// Cases of the base that this side has under the new name of their file.
    fn renamed<'b>(&self, cases: &ById<'_, '_>, base: Option<&'b TestReport>) -> Vec<Renamed<'b>> {
        let Some(base) = base.filter(|_| !self.renames.is_empty()) else { return Vec::new() };
        let before = by_id(base);
        let is_here = |id: &CaseId| in_any_cell(id, cases).next().is_some();
        let gone = before.values().filter(|old| !is_here(&old.id));
        let renamed = gone.filter_map(|old| {
            let names = self.renames.names_of(&old.id);
            let name = names.into_iter().find(|id| is_here(id) && !before.contains_key(id))?;
            Some((name, *old))
        });
        renamed.collect()
    }
}

/// The cell of a run that comes from one only. A store's artifact is shown as `name!/path`, an archive as
/// `name.zip!/path`: one of the two readings is the cell.
fn one_cell(evidence: &Evidence) -> BTreeSet<Arc<str>> {
    let tests = evidence.sources.iter().filter(|source| source.kind == Some(Kind::Tests));
    let of = |path: &str| {
        let artifact = path.split_once("!/").map(|(name, path)| Origin::of_artifact(name, None, path));
        artifact.into_iter().chain([Origin::of_path(path)])
    };
    tests.flat_map(|source| of(&source.path)).map(|origin| Arc::from(origin.cell)).collect()
}

/// The head's tests against the base's. Without a base every failing case is new.
pub(super) fn compare(head: &Tests<'_>, base: Option<&TestReport>, has_baseline: bool) -> TestsReport {
    let cases = by_id(head.report);
    let renamed = head.renamed(&cases, base);
    let before = before(base, &renamed);
    let was = |case: &TestCase, outcome: fn(&TestCase) -> bool| was(head, case, &before, outcome);
    let notes = |wanted: &dyn Fn(&TestCase) -> bool| -> Vec<CaseNote> {
        cases.values().filter(|case| wanted(case)).map(|case| note(case)).collect()
    };
    let added = cases.keys().filter(|id| !is_known(id, &before)).count() as u64;
    TestsReport {
        counts: head.report.counts(),
        base_counts: base.map(TestReport::counts),
        duration: head.report.duration(),
        new_failures: notes(&|case| is_failing(case) && !was(case, is_failing)),
        still_failing: notes(&|case| is_failing(case) && was(case, is_failing)),
        fixed: notes(&|case| case.outcome == Outcome::Passed && was(case, is_failing)),
        flaky: notes(&|case| case.flaky),
        added: if has_baseline { added } else { 0 },
        removed: gone(head, &cases, &before).map(note).collect(),
        newly_skipped: notes(&|case| case.outcome == Outcome::Skipped && was(case, ran)),
        slower: slower(&cases, &before),
        suite_errors: head.report.suite_errors.clone(),
    }
}

/// Cases of the base that are gone, and the number of those that are new here.
pub(super) fn moved<'b>(head: &Tests<'_>, base: &'b TestReport) -> (Vec<&'b TestCase>, usize) {
    let cases = by_id(head.report);
    let renamed = head.renamed(&cases, Some(base));
    let before = before(Some(base), &renamed);
    let lost = gone(head, &cases, &before).collect();
    (lost, cases.keys().filter(|id| !is_known(id, &before)).count())
}

/// Cases that are flaky here and were not on the base.
pub(super) fn new_flaky<'a>(head: &Tests<'a>, base: Option<&TestReport>) -> Vec<&'a CaseId> {
    let cases = by_id(head.report);
    let renamed = head.renamed(&cases, base);
    let before = before(base, &renamed);
    let flaky = cases.into_values().filter(|case| case.flaky);
    flaky.filter(|case| !was(head, case, &before, |old| old.flaky)).map(|case| &case.id).collect()
}

/// The base's cases under the names that the head has them by.
fn before<'k, 'b: 'k>(base: Option<&'b TestReport>, renamed: &'k [Renamed<'b>]) -> ById<'k, 'b> {
    let mut before: ById<'k, 'b> = base.map(by_id).unwrap_or_default();
    for (name, old) in renamed {
        // Of two files that became one, the other's cases stay gone.
        if !before.contains_key(name) {
            before.remove(&old.id);
            before.insert(name, old);
        }
    }
    before
}

/// Whether `outcome` held for the case before. One that the base has under other cells only, as when a matrix gains or
/// loses a cell, was what it was in all of these that are still there, else in all: a cell of the base that passed
/// makes a failure a new one.
fn was(head: &Tests<'_>, case: &TestCase, before: &ById<'_, '_>, outcome: fn(&TestCase) -> bool) -> bool {
    if let Some(old) = before.get(&case.id) {
        return outcome(old);
    }
    let others: Vec<_> = in_any_cell(&case.id, before).collect();
    let here = others.iter().filter(|(id, _)| case.id.cell.is_none() && head.has_cell(id));
    let here: Vec<_> = here.copied().collect();
    let others = if here.is_empty() { others } else { here };
    !others.is_empty() && others.iter().all(|(_, old)| outcome(old))
}

/// Whether the base has the case: in this cell, or where either side has it in one cell only.
fn is_known(id: &CaseId, before: &ById<'_, '_>) -> bool {
    let one = |old: &CaseId| id.cell.is_none() || old.cell.is_none();
    before.contains_key(id) || in_any_cell(id, before).any(|(old, _)| one(old))
}

/// The cases of the base that the head lost. A case that the head has once stands for all cells that the head has.
fn gone<'x, 'b>(
    head: &'x Tests<'_>,
    cases: &'x ById<'_, '_>,
    before: &'x ById<'_, 'b>,
) -> impl Iterator<Item = &'b TestCase> {
    let stands_for =
        |id: &CaseId, old: &CaseId| head.has_cell(old) && (id.cell.is_none() || old.cell.is_none());
    let is_gone = move |old: &CaseId| {
        !cases.contains_key(old) && !in_any_cell(old, cases).any(|(id, _)| stands_for(id, old))
    };
    before.iter().filter(move |(old, _)| is_gone(old)).map(|(_, case)| *case)
}

/// The case `id` in whichever cells `cases` has it.
fn in_any_cell<'x, 'k, 'a>(
    id: &CaseId,
    cases: &'x ById<'k, 'a>,
) -> impl Iterator<Item = (&'k CaseId, &'a TestCase)> + use<'x, 'k, 'a> {
    let first = CaseId { cell: None, ..id.clone() };
    let id = id.clone();
    let same = cases.range::<CaseId, _>(&first..).map(|(id, case)| (*id, *case));
    same.take_while(move |(found, _)| found.plain() == id.plain())
}

/// By identity; of two with the same one the worse counts.
fn by_id(report: &TestReport) -> ById<'_, '_> {
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

fn slower(cases: &ById<'_, '_>, before: &ById<'_, '_>) -> Vec<CaseNote> {
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
