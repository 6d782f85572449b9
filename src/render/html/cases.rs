//! The counts of the tests, and the cases that a reader looks for.

use crate::model::report::{CaseNote, Report, TestsReport};
use crate::render::{names, wording};

use super::page::{Cell, LISTED, Page, Tone, more};

pub(super) fn tests(page: &mut Page, report: &Report) {
    let Some(tests) = &report.tests else { return };
    page.heading("Tests");
    page.sentence(&wording::test_counts(tests), Tone::Plain);
    let errors = tests.suite_errors.iter().take(LISTED);
    page.list(errors.map(|error| format!("outside any case: {}: {}", error.suite, error.message)));
    let rows: Vec<Vec<Cell>> = lists(tests).iter().flat_map(|(word, notes)| cases(word, notes)).collect();
    if !rows.is_empty() {
        page.table(&["", "case", "place", "says"], rows);
    }
}

fn lists(tests: &TestsReport) -> [(&'static str, &[CaseNote]); 7] {
    [
        ("new failure", &tests.new_failures),
        ("still failing", &tests.still_failing),
        ("flaky", &tests.flaky),
        ("newly skipped", &tests.newly_skipped),
        ("removed", &tests.removed),
        ("slower", &tests.slower),
        ("fixed", &tests.fixed),
    ]
}

fn cases(word: &'static str, notes: &[CaseNote]) -> Vec<Vec<Cell>> {
    let row = |note: &CaseNote| {
        vec![
            Cell::text(word),
            Cell::text(&names::case(&note.id)),
            Cell::text(&names::place(&note.detail).unwrap_or_default()),
            Cell::text(note.detail.message.as_deref().unwrap_or_default()),
        ]
    };
    let rows = notes.iter().take(LISTED).map(row);
    rows.chain(more(word, notes.len().saturating_sub(LISTED))).collect()
}
