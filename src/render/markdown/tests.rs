//! Tests: what newly fails in sight, everything else collapsed.

use crate::model::report::{CaseNote, Report, TestsReport};
use crate::model::tests::SuiteError;
use crate::render::{names, wording};

use super::layout::{Extent, details, list, name, paragraphs};

/// New failures and failures outside any case, with messages and places.
pub(super) fn new_failures(report: &Report, extent: Extent) -> String {
    let Some(tests) = &report.tests else { return String::new() };
    let mut parts = Vec::new();
    if !tests.suite_errors.is_empty() {
        let count = wording::listed(&tests.suite_errors, "failure");
        parts.push(format!(
            "#### {count} outside any case\n\n{}",
            list(tests.suite_errors.iter().map(outside), extent)
        ));
    }
    if !tests.new_failures.is_empty() {
        let count = wording::listed(&tests.new_failures, "new failure");
        parts.push(format!("#### {count}\n\n{}", cases(&tests.new_failures, extent)));
    }
    paragraphs(&parts)
}

fn outside(error: &SuiteError) -> String {
    format!("❌ {}<br>{}", name(&error.suite), name(&error.message))
}

fn cases(notes: &[CaseNote], extent: Extent) -> String {
    list(notes.iter().map(case), extent)
}

fn case(note: &CaseNote) -> String {
    let place = names::place(&note.detail).map(|place| format!(" at {}", name(&place))).unwrap_or_default();
    let message =
        note.detail.message.as_deref().map(|text| format!("<br>{}", name(text))).unwrap_or_default();
    let slower = note.durations.map(|times| format!(": {}", names::slower(times))).unwrap_or_default();
    format!("{}{place}{slower}{message}", name(&names::case(&note.id)))
}

/// Counts in the summary line, the other lists inside.
pub(super) fn others(report: &Report, extent: Extent) -> String {
    let Some(tests) = &report.tests else { return String::new() };
    let lists = lists(tests);
    let told = lists.iter().filter(|(_, cases)| !cases.is_empty());
    let words = told.clone().map(|(word, cases)| format!("{} {word}", cases.len()));
    let added = (tests.added > 0).then(|| format!("{} added", tests.added));
    let summary: Vec<String> = std::iter::once(format!("<b>Tests</b>: {}", wording::test_counts(tests)))
        .chain(words)
        .chain(added)
        .collect();
    let bodies: Vec<String> =
        told.map(|(word, notes)| format!("**{} {word}**\n\n{}", notes.len(), cases(notes, extent))).collect();
    let body = if bodies.is_empty() { nothing_else(tests).to_owned() } else { paragraphs(&bodies) };
    details(&summary.join(" · "), &body)
}

/// What stands where no list does.
fn nothing_else(tests: &TestsReport) -> &'static str {
    match tests.base_counts {
        None => "There is no baseline to compare with.",
        Some(_) if tests.new_failures.is_empty() && tests.suite_errors.is_empty() => "No outcome changed.",
        Some(_) => "Nothing else changed.",
    }
}

/// In the order of their weight for a reader.
fn lists(tests: &TestsReport) -> [(&'static str, &[CaseNote]); 6] {
    [
        ("still failing", &tests.still_failing),
        ("flaky", &tests.flaky),
        ("newly skipped", &tests.newly_skipped),
        ("removed", &tests.removed),
        ("slower", &tests.slower),
        ("fixed", &tests.fixed),
    ]
}
