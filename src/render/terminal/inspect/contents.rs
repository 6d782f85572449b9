//! Everything that a file holds: each case, each source file, each finding.

use crate::model::coverage::summary::{CoverageSummary, SourceSummary};
use crate::model::findings::{Finding, Level};
use crate::model::input::{Content, Input};
use crate::model::tests::{Outcome, TestCase};
use crate::render::escape::terminal as safe;
use crate::render::{names, wording};

use super::super::page::Page;
use super::super::style::Tone;
use super::super::table::{Table, number, text};

pub(super) fn contents(page: &mut Page, input: &Input) {
    if let Some(report) = input.content.as_ref().and_then(Content::tests) {
        page.heading(&input.path);
        for case in &report.cases {
            one_case(page, case);
        }
    }
    if let Some(report) = &input.coverage {
        page.heading(&input.path);
        sources(page, report);
    }
    if let Some(report) = input.content.as_ref().and_then(Content::findings) {
        page.heading(&input.path);
        for finding in &report.findings {
            one_finding(page, finding);
        }
    }
}

fn one_case(page: &mut Page, case: &TestCase) {
    let tone = match case.outcome {
        Outcome::Passed if case.flaky => Tone::Odd,
        Outcome::Passed => Tone::Good,
        Outcome::Failed | Outcome::Errored => Tone::Bad,
        Outcome::Skipped => Tone::Faint,
    };
    let flaky = if case.flaky { " (flaky)" } else { "" };
    page.item(2, &format!("{:<9}", case.outcome.name()), &format!("{}{flaky}", names::case(&case.id)), tone);
    if let Some(message) = case.detail.as_ref().and_then(|detail| detail.message.as_ref()) {
        page.sentence(11, message, Tone::Faint);
    }
}

fn one_finding(page: &mut Page, finding: &Finding) {
    let tone = match (finding.level, &finding.suppressed) {
        (_, Some(_)) => Tone::Faint,
        (Level::Error, None) => Tone::Bad,
        (Level::Warning | Level::Note, None) => Tone::Odd,
    };
    let place = names::found_at(finding).map(|place| format!("  {place}")).unwrap_or_default();
    let said = format!("{}{place}", names::rule(finding));
    page.item(2, &format!("{:<9}", wording::grade(finding)), &said, tone);
    for text in [Some(&finding.message), finding.suppressed.as_ref()].into_iter().flatten() {
        page.sentence(11, text, Tone::Faint);
    }
}

fn sources(page: &mut Page, report: &CoverageSummary) {
    let mut table = Table::default();
    for SourceSummary { path, totals, uncovered } in &report.sources {
        let missed = if uncovered.is_empty() {
            String::new()
        } else {
            format!("not covered: {}", wording::ranges(uncovered, 8))
        };
        let lines = totals.lines;
        table.row(vec![
            text(safe(path)),
            number(wording::share(lines)),
            number(format!("{} of {}", lines.covered, lines.total)),
            text(missed).tone(Tone::Faint),
        ]);
    }
    page.table(&table);
}
