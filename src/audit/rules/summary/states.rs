//! Counts of states in prose against a column of states.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::ratio::fractions;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::spelled;
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
        "hold",
        "holds",
        "meets",
        "meet",
        "passes",
        "kept",
    ],
    &["open", "missing", "no", "not met", "failed", "not ready", "fail", "todo", "not started", "nein"],
];

/// A column of states: how often each word stands in it.
struct States {
    line: u32,
    /// What stands above the names of the rows, in lower case.
    noun: String,
    rows: usize,
    counts: Vec<(String, usize)>,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let tables = facts.document.tables.iter().take(MOST);
    let all: Vec<States> = tables.filter_map(|table| of_table(table).or_else(|| of_gates(table))).collect();
    for block in facts.document.blocks().filter(|_| !all.is_empty()) {
        for sentence in prose(block) {
            judge(&sentence, &all, findings);
            all_of(&sentence, &all, findings);
            each_state(&sentence, &all, findings);
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
    (counts.len() <= 5).then_some(States { line: table.header.line, noun: noun(table), rows, counts })
}

fn noun(table: &Table) -> String {
    table.header.cell(0).trim().to_lowercase()
}

/// Thresholds that hold and those that do not, of a table without a column of states.
fn of_gates(table: &Table) -> Option<States> {
    let judged = super::gates::rows(table);
    let rows = table.body().count();
    let held = judged.iter().filter(|(_, holds)| *holds).count();
    let counts = vec![("met".to_owned(), held), ("not met".to_owned(), rows - held)];
    ((2..=MOST).contains(&rows) && judged.len() == rows).then_some(States {
        line: table.header.line,
        noun: noun(table),
        rows,
        counts,
    })
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

/// "Two gates are passed, one failed and one is open": two states or more, each with its number, of the only table.
fn each_state(sentence: &Sentence, all: &[States], findings: &mut Findings) {
    let ([states], lower) = (all, sentence.text.to_lowercase()) else { return };
    let other = [
        "must", "when", "if", "until", "after", "need", "target", "will", "would", "was", "were", "last",
        "of", "and then",
    ];
    if mentions(&lower, &other) || states.noun.len() < 3 || !lower.contains(states.noun.trim_end_matches('s'))
    {
        return;
    }
    let alike = |a: &str, b: &str| a == b || SAME.iter().any(|set| set.contains(&a) && set.contains(&b));
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| match word {
        "one" => Some(1),
        "no" | "none" => Some(0),
        word => word.parse::<usize>().ok().or_else(|| spelled::number(word).and_then(|n| n.to_usize())),
    };
    let places: Vec<(usize, usize)> =
        words.iter().enumerate().filter_map(|(at, word)| number(word).map(|count| (at, count))).collect();
    let told = places.iter().enumerate().filter_map(|(index, (at, count))| {
        let end = places.get(index + 1).map_or(words.len(), |(next, _)| *next).min(at + 5);
        let near = words.get(at + 1..end)?;
        states
            .counts
            .iter()
            .find(|(name, _)| near.iter().any(|word| alike(word, name)))
            .map(|state| (count, state))
    });
    let told: Vec<(&usize, &(String, usize))> = told.collect();
    let wrong = told.iter().find(|(count, (_, number))| **count != *number);
    let line = sentence.line(0);
    if let Some((count, (name, number))) = wrong.filter(|_| told.len() >= 2 && told.len() == places.len())
        && !findings.has(Rule::Headline, line)
    {
        let message = format!(
            "{number} of {} rows of the table in line {} are `{name}`, not {count}",
            states.rows, states.line
        );
        findings.add(Rule::Headline, line, message, (count.to_string(), Some(number.to_string())));
    }
}

/// "All five checks are green", where not all of the rows are.
fn all_of(sentence: &Sentence, all: &[States], findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let other = [
        "must", "when", "if", "until", "after", "need", "target", "will", "would", "once", "should", "not",
        "unless", "was", "were",
    ];
    let Some(at) =
        lower.find("all ").filter(|at| *at == 0 || lower.get(..*at).is_some_and(|b| b.ends_with(' ')))
    else {
        return;
    };
    let Some(after) = lower.get(at + 4..).filter(|_| !mentions(&lower, &other)) else { return };
    let word = after.split(' ').next().unwrap_or_default();
    let Some(count) = word.parse::<usize>().ok().or_else(|| spelled::number(word).and_then(|n| n.to_usize()))
    else {
        return;
    };
    let mut fits = all.iter().filter(|states| states.rows == count);
    let (Some(states), None) = (fits.next(), fits.next()) else { return };
    let stop = after.find([',', ';', '.', '(', ':']).unwrap_or(after.len());
    let clause = after.get(..stop).unwrap_or_default();
    let ends = |name: &str| {
        let alike =
            |word: &str| word == name || SAME.iter().any(|set| set.contains(&word) && set.contains(&name));
        clause.split_once(" are ").is_some_and(|(_, state)| alike(state.trim()))
    };
    let line = sentence.line(at);
    if let Some((name, number)) = states.counts.iter().find(|(name, _)| ends(name))
        && *number < count
        && !findings.has(Rule::Headline, line)
    {
        let said = format!("all {word}");
        let computed = format!("{number} of {count}");
        let message =
            format!("{computed} rows of the table in line {} are `{name}`, not {said}", states.line);
        findings.add(Rule::Headline, line, message, (said, Some(computed)));
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
    // "meets two of the three targets"
    let ahead = sentence.between(0, count.start);
    let ahead =
        ahead.rsplit(' ').next().filter(|word| matches!(*word, "meets" | "meet" | "met" | "passes" | "pass"));
    let words = || clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).chain(ahead);
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
