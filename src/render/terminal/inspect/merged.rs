//! All files as one run.

use crate::render::escape::terminal as safe;
use crate::render::{Merged, TestTotals, wording};

use super::super::page::Page;
use super::super::table::{Table, text};
use super::held::{coverage, tests};

/// Matrix cells that are named.
const CELLS_SHOWN: usize = 10;

pub(super) fn all(page: &mut Page, merged: &Merged) {
    if merged.tests.is_none() && merged.coverage.is_none() {
        return;
    }
    page.heading("All files as one run");
    let mut table = Table::default();
    if let Some(report) = &merged.tests {
        table.row(vec![text("tests"), text(tests(report))]);
        if let Some(told) = told_apart(report) {
            table.row(vec![text("cells"), text(told)]);
        }
    }
    if let Some(report) = &merged.coverage {
        table.row(vec![text("coverage"), text(coverage(report))]);
    }
    page.table(&table);
}

/// How many cases are told apart by their matrix cells, and what these are called.
fn told_apart(report: &TestTotals) -> Option<String> {
    let apart = report.told_apart;
    let cells: Vec<String> = report.cells.iter().take(CELLS_SHOWN).map(|cell| safe(cell)).collect();
    let more = report.cells.len().saturating_sub(CELLS_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (apart > 0)
        .then(|| format!("{} told apart by {}{more}", wording::counted(apart, "case"), cells.join(", ")))
}
