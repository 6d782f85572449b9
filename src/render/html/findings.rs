//! What scanners found, mutants that lived and markers in the code.

use crate::model::findings::Finding;
use crate::model::report::Report;
use crate::render::{debt, names, wording};

use super::page::{Cell, LISTED, Page, Tone, more};

pub(super) fn findings(page: &mut Page, report: &Report) {
    let Some(findings) = &report.findings else { return };
    page.heading("Findings");
    page.sentence(&wording::findings(&findings.counts), Tone::Plain);
    page.list(wording::looked(findings));
    let lists = wording::lists(findings);
    let rows: Vec<Vec<Cell>> = lists.iter().flat_map(|(word, list)| found(word, list)).collect();
    if !rows.is_empty() {
        page.table(&["", "finding", "place", "says"], rows);
    }
}

fn found(word: &'static str, findings: &[Finding]) -> Vec<Vec<Cell>> {
    let row = |finding: &Finding| {
        let said = [Some(&*finding.message), finding.suppressed.as_deref()].into_iter().flatten();
        vec![
            Cell::text(word),
            Cell::text(&format!("{} {}", wording::grade(finding), names::rule(finding))),
            Cell::text(&names::found_at(finding).unwrap_or_default()),
            Cell::text(&said.collect::<Vec<_>>().join("; ")),
        ]
    };
    let rows = findings.iter().take(LISTED).map(row);
    rows.chain(more(word, findings.len().saturating_sub(LISTED))).collect()
}

pub(super) fn debt(page: &mut Page, report: &Report) {
    for part in debt::mutation(report).iter().chain(&debt::todos(report)) {
        page.heading(&part.heading);
        page.sentence(&part.summary, Tone::Plain);
        for group in &part.groups {
            let (entries, left) = group.first(LISTED);
            let said = entries
                .iter()
                .map(|entry| format!("{}: {}: {}{}", group.word, entry.place, entry.text, entry.note));
            page.list(said.chain((left > 0).then(|| format!("{}: and {left} more", group.word))));
        }
    }
}
