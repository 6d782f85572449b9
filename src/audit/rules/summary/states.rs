//! Counts of states in prose against a column of states.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::ratio::fractions;
use crate::audit::rules::sentence::{Sentence, sentences};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;
use num_traits::ToPrimitive as _;

/// Rows that are counted by hand.
const MOST: usize = 60;

/// Headers of a state.
const HEADS: [&str; 20] = [
    "status",
    "state",
    "result",
    "rag",
    "light",
    "verdict",
    "done",
    "outcome",
    "met",
    "ready",
    "passed",
    "ok",
    "fulfilled",
    "decision",
    "assessment",
    "current status",
    "traffic light",
    "go/no-go",
    "zustand",
    "ampel",
];

/// Words for one state each; a sentence may use another one than the table.
const SAME: [&[&str]; 5] = [
    &["green", "grün", "🟢"],
    &["amber", "yellow", "gelb", "🟡"],
    &["red", "rot", "🔴"],
    &[
        "done",
        "complete",
        "completed",
        "finished",
        "closed",
        "yes",
        "met",
        "passed",
        "ok",
        "ready",
        "fulfilled",
        "pass",
        "erfüllt",
        "ja",
    ],
    &["open", "missing", "no", "not met", "failed", "not ready", "fail", "todo", "not started", "nein"],
];

/// A column of states: how often each word stands in it.
struct States {
    line: u32,
    rows: usize,
    counts: Vec<(String, usize)>,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let all: Vec<States> = facts.document.tables.iter().filter_map(of_table).collect();
    for block in facts.document.blocks().filter(|_| !all.is_empty()) {
        for sentence in sentences(block) {
            judge(&sentence, &all, findings);
        }
    }
}

fn of_table(table: &Table) -> Option<States> {
    let rows = table.body().count();
    let column = (1..table.header.cells.len())
        .find(|column| mentions(&table.header.cell(*column).to_lowercase(), &HEADS))
        .filter(|_| (3..=MOST).contains(&rows))?;
    let mut counts: Vec<(String, usize)> = Vec::new();
    for row in table.body() {
        let state = state(row.cell(column))?;
        match counts.iter_mut().find(|(name, _)| *name == state) {
            Some((_, count)) => *count += 1,
            None => counts.push((state, 1)),
        }
    }
    (counts.len() <= 5).then_some(States { line: table.header.line, rows, counts })
}

/// The state of a cell: what stands before a comma or a bracket.
fn state(cell: &str) -> Option<String> {
    let lower = cell.to_lowercase();
    let head = lower.split([',', '(', ';', '–', '—', ':']).next()?.trim();
    let sign = [
        ("✅", "done"),
        ("✔", "done"),
        ("❌", "open"),
        ("⚠", "amber"),
        ("🟢", "green"),
        ("🟡", "amber"),
        ("🔴", "red"),
    ];
    let named = head.trim_matches(|c: char| !c.is_alphanumeric());
    let signed = sign.iter().find(|(sign, _)| head.contains(sign)).map(|(_, name)| *name);
    let name = if named.is_empty() { signed? } else { named };
    let short = name.split(' ').count() <= 3 && !name.contains(|c: char| c.is_ascii_digit());
    short.then(|| name.to_owned())
}

/// "8 of 10 gates green, 1 amber, 1 red": the fraction is of all rows, and each count has a state of the column.
fn judge(sentence: &Sentence, all: &[States], findings: &mut Findings) {
    for (_, total, start, end) in fractions(&sentence.text, &sentence.quantities) {
        let mut fits = all.iter().filter(|states| total.to_usize() == Some(states.rows));
        let (Some(states), None) = (fits.next(), fits.next()) else { continue };
        let lower = sentence.text.to_lowercase();
        let other = [
            "must", "when", "if", "until", "after", "need", "target", "will", "would", "make", "at least",
            "was", "were", "last",
        ];
        if mentions(&lower, &other) {
            continue;
        }
        let Some(part) = sentence.quantities.iter().find(|q| q.start == start) else { continue };
        compare(sentence, states, (part, end), findings);
        for count in sentence.quantities.iter().filter(|q| q.start >= end && is_count(q)) {
            compare(sentence, states, (count, count.end), findings);
        }
    }
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.unit == Unit::None
        && quantity.over.is_none()
        && quantity.limit == Limit::Exactly
}

/// The number `count` of the state that the words behind `end` name.
fn compare(sentence: &Sentence, states: &States, (count, end): (&Quantity, usize), findings: &mut Findings) {
    let after = sentence.between(end, sentence.text.len());
    let stop = after.find([',', ';', '.', '(', ':']).unwrap_or(after.len());
    let clause = after.get(..stop).unwrap_or_default();
    let clause = clause.split(" and ").next().unwrap_or_default();
    if clause.len() > 50 || mentions(clause, &["not", "least", "more"]) {
        return;
    }
    let alike = |a: &str, b: &str| a == b || SAME.iter().any(|set| set.contains(&a) && set.contains(&b));
    let words = || clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let named: Vec<&(String, usize)> =
        states.counts.iter().filter(|(name, _)| words().any(|word| alike(word, name))).collect();
    let [(name, number)] = named.as_slice() else { return };
    let line = sentence.line(count.start);
    if count.low != whole(*number) && !findings.has(Rule::Headline, line) {
        let said = sentence.text.get(count.start..end).unwrap_or_default().to_owned();
        let computed = format!("{number} of {}", states.rows);
        let message =
            format!("{computed} rows of the table in line {} are `{name}`, not {said}", states.line);
        findings.add(Rule::Headline, line, message, (said, Some(computed)));
    }
}
