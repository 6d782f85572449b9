//! An order against the numbers that give it: rows with a rank, and names in prose.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::Quantity;
use crate::audit::rules::sentence::{Sentence, sentences};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// More rows than are ranked by hand.
const MOST: usize = 60;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        let title = facts.document.titles(table.section).next().unwrap_or_default().to_lowercase();
        ranked(table, &title, findings);
    }
    for block in facts.document.blocks() {
        let found = sentences(block);
        for (at, sentence) in found.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            in_this_order(before, sentence, findings);
        }
    }
}

/// Rows ranked from 1 on, with a column of something per something that falls but for one place.
fn ranked(table: &Table, title: &str, findings: &mut Findings) {
    let rows: Vec<&Row> = table.body().take(MOST + 1).collect();
    let head = table.header.cell(0).to_lowercase();
    let places = mentions(&head, &["rank", "order", "place", "priority", "prio"])
        || mentions(title, &["order", "ranking", "priorities", "ranked", "priority"]);
    let counted =
        |(at, row): (usize, &&Row)| row.cell(0).trim_matches(['#', '.', ' ']) == (at + 1).to_string();
    if !places || !(3..=MOST).contains(&rows.len()) || !rows.iter().enumerate().all(counted) {
        return;
    }
    let width = table.header.cells.len();
    let numbers =
        |column: usize| -> Option<Vec<Quantity>> { rows.iter().map(|row| row.number(column)).collect() };
    let others = |own: usize| (1..width).filter(move |column| *column != own);
    for column in 1..width {
        let head = table.header.cell(column).to_lowercase();
        let returns =
            mentions(&head, &["per", "roi", "return"]) || head.contains("/h") || head.contains("points/");
        let Some(found) = numbers(column).filter(|_| returns) else { continue };
        let sorted =
            |other: usize| numbers(other).is_some_and(|other| rises(&other) == 0 || falls(&other) == 0);
        if rises(&found) == 1 && falls(&found) >= 1 && !others(column).any(sorted) {
            out_of_order(table, column, (&rows, &found), findings);
        }
    }
}

fn out_of_order(
    table: &Table,
    column: usize,
    (rows, found): (&[&Row], &[Quantity]),
    findings: &mut Findings,
) {
    let at = found.windows(2).position(|pair| matches!(pair, [a, b] if b.low > a.low));
    let pair = at.and_then(|at| rows.get(at..at + 2));
    if let Some([above, below]) = pair
        && ![above, below].iter().any(|row| findings.has(Rule::EffortOrder, row.line))
    {
        let (said, more) = (above.cell(column).to_owned(), below.cell(column).to_owned());
        let head = table.header.cell(column);
        let message =
            format!("rank {} has {said} `{head}` and rank {} has {more}", above.cell(0), below.cell(0));
        findings.add(Rule::EffortOrder, below.line, message, (said, Some(more)));
    }
}

fn rises(found: &[Quantity]) -> usize {
    found.windows(2).filter(|pair| matches!(pair, [a, b] if b.low > a.low)).count()
}

fn falls(found: &[Quantity]) -> usize {
    found.windows(2).filter(|pair| matches!(pair, [a, b] if b.low < a.low)).count()
}

/// "P1: 5.6, P2: 5.2, P3: 6.4. We go in this order."
fn in_this_order(before: Option<&Sentence>, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let said = ["in this order", "in that order", "the order follows", "therefore in the order"];
    let Some(at) = said.iter().find_map(|said| lower.find(said)) else { return };
    let own: Vec<&Quantity> = sentence.quantities.iter().filter(|q| q.end <= at).collect();
    let (listing, listed) = match before {
        Some(before) if own.len() < 3 => (before, before.quantities.iter().collect()),
        _ => (sentence, own),
    };
    let Some(first) = listed.first().filter(|_| listed.len() >= 3) else { return };
    let named = |q: &&Quantity| {
        let ahead = listing.between(0, q.start);
        let alike = q.unit == first.unit && q.over == first.over && q.is_point() && !q.signed;
        alike && (ahead.ends_with([':', '(']) || ahead.ends_with(" has"))
    };
    let low: Vec<&Exact> = listed.iter().map(|q| &q.low).collect();
    let (up, down) = (
        low.windows(2).position(|pair| matches!(pair, [a, b] if b > a)),
        low.windows(2).any(|pair| matches!(pair, [a, b] if b < a)),
    );
    if let (Some(up), true, true) = (up, down, listed.iter().all(named))
        && let Some([small, large]) = listed.get(up..up + 2)
    {
        let (said, more) = (listing.said(small).to_owned(), listing.said(large).to_owned());
        let message = format!("{more} stands behind {said}, and this is said to be the order");
        findings.add(Rule::EffortOrder, listing.line(large.start), message, (more, Some(said)));
    }
}
