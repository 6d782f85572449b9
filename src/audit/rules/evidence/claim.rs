//! What a document says about the present, and whether a number of it holds.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, says};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// Lines above a line in which the item around it is looked for.
const DEEPEST: usize = 12;

/// A statement about the present, as a label with its numbers.
pub(super) struct Claim<'a> {
    pub(super) line: u32,
    /// Label and text in lower case.
    pub(super) about: String,
    /// What names it: the label, the first cell, the item around it.
    pub(super) label: String,
    /// The heading above it.
    pub(super) title: String,
    pub(super) text: &'a str,
    pub(super) quantities: Vec<Quantity>,
}

/// Every claim of a document.
pub(super) fn all<'a>(facts: &'a Facts<'_>) -> Vec<Claim<'a>> {
    let goes_on = |line: &Line| {
        line.kind == Kind::Text && line.text.len() >= 60 && line.text.ends_with(char::is_alphanumeric)
    };
    let lines = facts.document.lines.iter().filter(|line| is_now(facts, line.section));
    let mut claims: Vec<Claim<'a>> = Vec::new();
    for line in lines.filter(|line| !line.quantities.is_empty()) {
        let label = label(facts, line);
        let title = facts.document.titles(line.section).next().unwrap_or_default().to_lowercase();
        let said = sentences(&line.text);
        for (at, text) in said.iter().copied().enumerate() {
            let last = at + 1 == said.len();
            let quantities = whole_claims(text, goes_on(line) && last);
            claims.push(Claim {
                line: line.number,
                about: text.to_lowercase(),
                label: label.clone(),
                title: title.clone(),
                text,
                quantities,
            });
        }
    }
    for table in facts.document.tables.iter().filter(|table| is_now(facts, table.section)) {
        let Some(column) = present_column(table) else { continue };
        for row in &table.rows {
            let Some(value) = row.cells.get(column).filter(|_| row.number(column).is_some()) else {
                continue;
            };
            let quantities = crate::audit::quantity::quantities(value);
            let about = format!("{}: {}", row.cell(0), value).to_lowercase();
            let label = row.cell(0).to_lowercase();
            let title = String::new();
            claims.push(Claim { line: row.line, about, label, title, text: value, quantities });
        }
    }
    claims.retain(|claim| !is_plan(&claim.about));
    claims
}

/// The column of a table that says what is, if one does: the only number, the one called so, or the last before the change.
fn present_column(table: &Table) -> Option<usize> {
    let head = |column: usize| table.header.cell(column).to_lowercase();
    let columns = || 1..table.header.cells.len();
    let named = |words: &[&str]| columns().find(|column| mentions(&head(*column), words));
    let other = [
        "score",
        "points",
        "weight",
        "rating",
        "hours",
        "h",
        "days",
        "effort",
        "low",
        "min",
        "target",
        "goal",
        "limit",
        "threshold",
        "required",
        "requirement",
        "gate",
        "minimum",
        "maximum",
        "max",
        "budget",
        "before",
        "previous",
        "last",
        "baseline",
        "change",
        "delta",
        "difference",
        "trend",
        "planned",
        "plan",
        "expected",
        "%",
        "share",
        "weeks",
    ];
    let counts = |column: &usize| {
        let numbers = table.rows.iter().filter(|row| row.number(*column).is_some()).count();
        numbers * 2 >= table.rows.len() && !mentions(&head(*column), &other)
    };
    let now = ["now", "current", "actual", "measured", "today", "latest", "achieved", "observed"];
    let changed = named(&["change", "delta", "difference", "diff", "trend"]).filter(|column| *column >= 3);
    let mut numbers = columns().filter(counts);
    let (first, second) = (numbers.next(), numbers.next());
    named(&now)
        .or_else(|| changed.map(|column| column - 1))
        .or_else(|| first.filter(|_| second.is_none()))
        .filter(counts)
}

/// The sentences of a line: what one plans, another may state.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.match_indices(". ").map(|(at, _)| at + 1).find(|at| {
        rest.get(*at..).is_some_and(|after| {
            after.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        })
    }) {
        let (sentence, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        // `Line coverage. 91 %` is a label and its value.
        if !sentence.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        found.push(sentence);
        rest = after;
    }
    found.push(rest);
    found
}

/// The quantities of a sentence, but for one whose noun may stand in the next line.
fn whole_claims(text: &str, goes_on: bool) -> Vec<Quantity> {
    let near =
        |q: &Quantity| text.get(q.end..).is_some_and(|after| after.split_whitespace().nth(1).is_none());
    crate::audit::quantity::quantities(text).into_iter().filter(|q| !(goes_on && near(q))).collect()
}

fn is_plan(text: &str) -> bool {
    let plan = [
        "target",
        "goal",
        "increase",
        "raise",
        "reach",
        "improve",
        "achieve",
        "planned",
        "should",
        "must",
        "required",
        "at least",
        "minimum",
        "threshold",
        "expected",
        "will",
        "→",
        "->",
        "was",
        "previously",
        "before",
        "if",
        "would",
        "could",
        "were",
        "once",
        "turns",
    ];
    // "9 were skipped" is no "if it were".
    let told = ["were skipped", "were run", "were ignored", "were found", "were executed", "were collected"];
    let text = told.iter().fold(text.to_owned(), |text, phrase| text.replace(phrase, ""));
    mentions(&text, &plan) || text.contains('→')
}

/// Lines below headings of what is to come speak of no measurement.
pub(super) fn is_now(facts: &Facts<'_>, section: usize) -> bool {
    !facts.document.titles(section).any(|title| {
        let lower = title.to_lowercase();
        mentions(
            &lower,
            &[
                "phase",
                "option",
                "scenario",
                "target",
                "targets",
                "roadmap",
                "to get",
                "next",
                "goal",
                "goals",
                "plan",
                "after",
                "manual",
                "exploratory",
            ],
        ) || lower.contains("→")
    })
}

/// The label of a line, with the item that it stands below.
fn label(facts: &Facts<'_>, line: &Line) -> String {
    let lines = &facts.document.lines;
    let at = lines.partition_point(|other| other.number < line.number);
    let above = lines.get(at.saturating_sub(DEEPEST)..at).unwrap_or_default().iter().rev();
    let parent = above
        .take_while(|other| other.section == line.section)
        .find(|other| other.indent < line.indent && other.kind == Kind::Item);
    let parent = parent.filter(|_| line.indent >= 2).map_or("", |parent| parent.text.as_str());
    format!("{parent} {}", line.label.as_deref().unwrap_or_default()).trim().to_lowercase()
}

/// Whether what is claimed holds for the exact number.
pub(super) fn holds(claim: &Quantity, exact: &Exact) -> bool {
    match claim.limit {
        Limit::AtLeast => *exact >= claim.low || says(&claim.low, claim.decimals, exact),
        Limit::AtMost => *exact <= claim.high,
        Limit::About => (exact - &claim.low).abs() <= whole(1).max(&claim.low / whole(20)),
        Limit::Exactly if claim.is_point() => says(&claim.low, claim.decimals, exact),
        Limit::Exactly => claim.low <= *exact && *exact <= claim.high,
    }
}

/// A number as written, with its limit.
pub(super) fn text<'a>(claim: &Claim<'a>, quantity: &Quantity) -> &'a str {
    let start = claim
        .text
        .get(..quantity.start)
        .map_or(quantity.start, |before| before.trim_end_matches(['<', '>', '=', '~', '≤', '≥', ' ']).len());
    claim.text.get(start..quantity.end).unwrap_or_default().trim()
}

/// What a pass rate is called among the kinds of claims.
pub(super) const PASS_RATE: &str = "pass rate";

/// What passed tests are called among the kinds of claims.
pub(super) const PASSED: &str = "passed";
