//! The merge of reports into one run.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::attempts::{Clock, Rank, Tries};
use super::cells::tell_apart;
use super::in_order::{self, InOrder};
use crate::model::order;
use crate::model::origin::Origin;
use crate::model::tests::{SuiteError, TestCase, TestReport};

/// A report, and which try of which cell it is.
struct Sourced {
    cell: usize,
    rank: Rank,
    /// Whether its cell has one try only, as far as is known.
    is_only_try: bool,
    report: TestReport,
}

/// Merges `reports` into one run.
pub fn merge(reports: Vec<(Origin, TestReport)>) -> TestReport {
    let (reports, names) = sourced(reports);
    let reports = without_copies(reports);
    let single = (reports.len() == 1).then(|| reports.iter().map(|source| source.report.suites).sum());
    let producer = common_producer(&reports);
    let suite_errors = suite_errors(&reports);
    let cases = cases(reports, &names);
    let suites = single.unwrap_or_else(|| count_suites(&cases));
    let cells = if names.len() > 1 { names } else { Vec::new() };
    TestReport { suites, cases, suite_errors, producer, cells }
}

/// The place of each report among cells and tries, and the names of the cells in order.
fn sourced(reports: Vec<(Origin, TestReport)>) -> (Vec<Sourced>, Vec<Arc<str>>) {
    let mut by_cell: BTreeMap<&str, Vec<&Origin>> = BTreeMap::new();
    for (origin, _) in &reports {
        by_cell.entry(&origin.cell).or_default().push(origin);
    }
    let names: Vec<Arc<str>> = by_cell.keys().map(|cell| Arc::from(*cell)).collect();
    let clocks: Vec<Clock> = by_cell.values().map(|origins| Clock::of(origins)).collect();
    let place = |(origin, report): (Origin, TestReport)| {
        let cell = names.partition_point(|name| **name < *origin.cell);
        let clock = clocks.get(cell).copied().unwrap_or(Clock::Unknown);
        Sourced { cell, rank: clock.rank(&origin), is_only_try: clock == Clock::Unknown, report }
    };
    (reports.into_iter().map(place).collect(), names)
}

/// With how many reports of the same outline a report is compared; bounds the time for many small files.
const MAX_ALIKE: usize = 64;

/// One of the reports that say exactly the same: that of the first cell. Tries of a job stay, as the last one decides.
fn without_copies(reports: Vec<Sourced>) -> Vec<Sourced> {
    let mut by_outline: BTreeMap<_, Vec<Sourced>> = BTreeMap::new();
    for source in reports {
        let report = &source.report;
        let outline = (report.cases.len(), report.suites, report.duration());
        by_outline.entry(outline).or_default().push(source);
    }
    by_outline.into_values().flat_map(first_of_each).collect()
}

fn first_of_each(mut alike: Vec<Sourced>) -> Vec<Sourced> {
    order::sort_by_key(&mut alike, |source| (source.cell, source.rank));
    let mut kept: Vec<Sourced> = Vec::with_capacity(alike.len());
    for source in alike {
        let can_be_copy = source.is_only_try && !source.report.cases.is_empty();
        let is_copy = |known: &Sourced| known.is_only_try && known.report == source.report;
        if !(can_be_copy && kept.iter().take(MAX_ALIKE).any(is_copy)) {
            kept.push(source);
        }
    }
    kept
}

/// One case for each identity, cell and number, in order of identity.
fn cases(mut reports: Vec<Sourced>, names: &[Arc<str>]) -> Vec<TestCase> {
    if let [only] = reports.as_mut_slice() {
        // It may be large, and there is nothing to merge it with.
        let mut cases = std::mem::take(&mut only.report.cases);
        in_order::sort(&mut cases);
        return cases;
    }
    let mut cases = Vec::with_capacity(reports.iter().map(|source| source.report.cases.len()).sum());
    let files = reports.into_iter().map(|source| (source.cell, source.rank, source.report.cases));
    let mut all = InOrder::of(files).peekable();
    let mut same = Vec::new();
    while let Some(first) = all.next() {
        let mut tries = Tries::first(first.rank, first.case);
        while let Some(next) = all.next_if(|next| {
            (next.cell, next.number) == (first.cell, first.number) && next.case.id == *tries.id()
        }) {
            tries = tries.add(next.rank, next.case);
        }
        let is_last = all.peek().is_none_or(|next| next.case.id != *tries.id());
        same.push((first.cell, tries.settle()));
        if is_last {
            tell_apart(&mut same, names);
            cases.extend(same.drain(..).map(|(_, case)| case));
        }
    }
    cases
}

/// The suite errors of all reports, each once. One of an earlier try is gone when a later try of its cell ran the
/// suite, or anything at all if the error is in no suite.
fn suite_errors(reports: &[Sourced]) -> Vec<SuiteError> {
    let mut last: HashMap<(usize, &str), Rank> = HashMap::new();
    for source in reports.iter().filter(|source| !source.is_only_try && !source.report.cases.is_empty()) {
        let suites = order::set(source.report.cases.iter().map(|case| &*case.id.suite));
        for suite in suites.into_iter().chain([""]) {
            let rank = last.entry((source.cell, suite)).or_insert(source.rank);
            *rank = source.rank.max(*rank);
        }
    }
    let stands = |source: &Sourced, error: &SuiteError| {
        last.get(&(source.cell, &error.suite)).is_none_or(|rank| *rank <= source.rank)
    };
    let errors = reports.iter().flat_map(|source| {
        let errors = source.report.suite_errors.iter();
        errors.filter(move |error| stands(source, error)).cloned()
    });
    order::set(errors).into_iter().collect()
}

fn common_producer(reports: &[Sourced]) -> Option<String> {
    let producers = order::set(reports.iter().map(|source| &source.report.producer));
    match producers.first() {
        Some(Some(only)) if producers.len() == 1 => Some(only.clone()),
        _ => None,
    }
}

/// Suites that hold cases, each once.
fn count_suites(cases: &[TestCase]) -> u64 {
    cases.chunk_by(|a, b| a.id.suite == b.id.suite).count() as u64
}
