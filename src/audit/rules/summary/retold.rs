//! Totals that prose tells again: "33 tests fail", "we have spent 1,169 of the approved 1,840".

use num_traits::Signed as _;

use super::anchored;
use super::total_row::{Total, is_count};
use super::totals::unit_of;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::order;

/// Columns and tables that are told in prose.
const MOST: usize = 40;
/// What makes another number of it: another time, another part, a single one.
const OTHER: [&str; 74] = [
    "would",
    "will",
    "after",
    "then",
    "target",
    "goal",
    "previous",
    "last",
    "more",
    "if",
    "each",
    "every",
    "per",
    "another",
    "further",
    "was",
    "before",
    "earlier",
    "ago",
    "next",
    "first",
    "second",
    "until",
    "when",
    "once",
    "phase",
    "step",
    "sprint",
    "option",
    "week",
    "day",
    "of them",
    "of which",
    "of these",
    "about",
    "around",
    "up to",
    "at least",
    "at most",
    "over",
    "under",
    "than",
    "without",
    "except",
    "instead",
    "already",
    "so far",
    "saves",
    "saved",
    "yesterday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "half",
    "between",
    "from",
    "or",
    "not",
    "only",
    "plus",
    "beyond",
    "minus",
    "spent",
    "left",
    "remaining",
];
/// Headers of what is counted once, and not again and again in parts.
const COUNTED: [&str; 31] = [
    "green",
    "amber",
    "red",
    "reported",
    "fixed",
    "passed",
    "passing",
    "failed",
    "failing",
    "skipped",
    "blocked",
    "run",
    "executed",
    "tests",
    "findings",
    "open",
    "found",
    "closed",
    "incidents",
    "defects",
    "bugs",
    "vulnerabilities",
    "alerts",
    "tickets",
    "failures",
    "issues",
    "fehlgeschlagen",
    "bestanden",
    "befunde",
    "fehler",
    "vorfälle",
];

/// Words that count one thing.
const SAME: [&[&str]; 2] =
    [&["found", "findings", "reported", "raised", "defects", "bugs"], &["run", "executed", "tests", "cases"]];
/// Words for a state, which tell one column from the others.
const STATES: [&str; 22] = [
    "open", "closed", "fixed", "passed", "passing", "pass", "failed", "failing", "fail", "skipped",
    "blocked", "green", "red", "amber", "resolved", "remain", "left", "critical", "high", "medium", "low",
    "pending",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let all: Vec<Total> = facts.document.tables.iter().take(MOST).flat_map(of_table).collect();
    if all.is_empty() {
        return;
    }
    let cells = facts.document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let mut known: Vec<Exact> = cells.flat_map(|cell| quantities(cell)).map(|q| q.low).collect();
    order::sort(&mut known);
    for block in facts.document.blocks() {
        for sentence in prose(block) {
            in_sentence(&sentence, (&all, &known), findings);
        }
    }
}

/// Totals as stated in the last row.
fn of_table(table: &Table) -> Vec<Total> {
    let Some(row) = table.total() else { return Vec::new() };
    let rows: Vec<Vec<String>> = table.body().map(|row| words(name(row))).collect();
    let thousands = table.header.cells.iter().any(|head| {
        let head = head.to_lowercase();
        ["k€", "€k", "k$", "$k", "keur", "kusd", "thousand"].iter().any(|sign| head.contains(sign))
    });
    let of = |column: usize| {
        let head = table.header.cell(column).trim().to_lowercase();
        let value = row.number(column)?;
        let plain = value.is_point() && value.over.is_none() && !value.signed && value.unit != Unit::Percent;
        let own = head.split('(').next().unwrap_or_default().trim().to_owned();
        let unit = if value.unit == Unit::None { unit_of(&head) } else { value.unit };
        let other = ["weight", "score", "%", "share", "rate", "average", "mean", "max", "maximum"];
        let counted = mentions(&own, &COUNTED) || own.len() >= 4;
        (plain && counted && !mentions(&head, &other) && !head.contains('%')).then(|| Total {
            words: words(&own),
            head: own,
            unit,
            value: value.low,
            scale: if thousands { whole(1000) } else { whole(1) },
            line: row.line,
            rows: rows.clone(),
        })
    };
    (1..table.header.cells.len()).filter_map(of).collect()
}

fn name(row: &Row) -> &str {
    let short = !row.cell(0).chars().skip(2).any(char::is_alphabetic);
    if short && row.cell(1).contains(char::is_alphabetic) { row.cell(1) } else { row.cell(0) }
}

/// A number with the name of a total, and not its value.
fn in_sentence(sentence: &Sentence, (all, known): (&[Total], &[Exact]), findings: &mut Findings) {
    for quantity in sentence.numbers.iter().filter(|q| is_count(q)) {
        let clause = clause(sentence, quantity);
        let before = sentence.between(0, quantity.start);
        if ["of", "of the", "von", "von den", "/"].iter().any(|end| before.ends_with(end)) {
            continue;
        }
        if mentions(&clause, &OTHER) {
            continue;
        }
        let row = of_whole(sentence, quantity, all);
        let Some(total) = row.or_else(|| the_total(&clause, all)) else { continue };
        let close = (&quantity.low - &total.value).abs() <= whole(2);
        let near = close || &quantity.low * whole(2) > total.value && quantity.low < &total.value * whole(2);
        let line = sentence.line(quantity.start);
        let told = known.binary_search(&quantity.low).is_ok();
        if near
            && !told
            && !findings.has(Rule::Headline, line)
            && !findings.repeats(line, sentence.said(quantity))
        {
            let (said, computed) = (sentence.said(quantity).to_owned(), shown(&total.value));
            let message =
                format!("{said} `{}` here, and {computed} in the total of line {}", total.head, total.line);
            findings.add(Rule::Headline, line, message, (said, Some(computed)));
        }
    }
    anchored::apply(sentence, all, findings);
}

/// What stands around a number, up to the next comma or bracket on either side.
fn clause(sentence: &Sentence, quantity: &Quantity) -> String {
    let parts = [',', ';', '(', ')', ':', '—', '–'];
    let (before, after) = (sentence.between(0, quantity.start), sentence.after(quantity));
    let begin = before.rfind(parts).map_or(0, |at| at + 1);
    let before = before.get(begin..).unwrap_or_default();
    let after = after.split(parts).next().unwrap_or_default();
    format!("{before} # {after}")
}

/// "81 of 84 cases were accepted": the total beside that of all 84, under the header that the words behind name.
fn of_whole<'t>(sentence: &Sentence, quantity: &Quantity, all: &'t [Total]) -> Option<&'t Total> {
    let next = sentence.numbers.iter().find(|other| other.start >= quantity.end)?;
    let joint = sentence.between(quantity.end, next.start);
    let row = all
        .iter()
        .find(|total| total.value == next.low)
        .filter(|_| matches!(&*joint, "of" | "of the" | "out of"))?;
    let behind = sentence.after(next);
    let behind: Vec<String> = words(behind.split([',', ';', '(', '.']).next()?).into_iter().take(5).collect();
    let named = |total: &&Total| {
        let word = total.words.first().filter(|_| total.words.len() == 1);
        total.line == row.line
            && word.is_some_and(|word| {
                (word.ends_with("ed") || COUNTED.contains(&&**word))
                    && behind.iter().any(|other| same_word(other, word))
            })
    };
    let mut found = all.iter().filter(named).filter(|total| total.value != row.value);
    found.next().filter(|_| found.next().is_none())
}

/// The only total that a number of a clause can be.
fn the_total<'t>(clause: &str, all: &'t [Total]) -> Option<&'t Total> {
    let own = words(clause);
    let behind = clause.split_once('#').map_or("", |(_, after)| after);
    let behind: Vec<String> = words(behind).into_iter().take(4).collect();
    let group = |word: &str| SAME.iter().find(|group| group.contains(&word));
    let stated = behind.iter().any(|word| STATES.contains(&word.as_str()));
    let fits = |total: &&Total| {
        let alike = |other: &String, word: &String| {
            let meant = !stated && group(word).is_some_and(|group| group.contains(&other.as_str()));
            same_word(other, word) || meant
        };
        let named = |word: &String| behind.iter().any(|other| alike(other, word));
        total.unit == Unit::None
            && mentions(&total.head, &COUNTED)
            && !total.words.is_empty()
            && total.words.iter().all(named)
    };
    let part = |total: &Total| {
        total
            .rows
            .iter()
            .any(|row| !row.is_empty() && row.iter().all(|word| own.iter().any(|w| same_word(w, word))))
    };
    let found: Vec<&Total> = all.iter().filter(fits).collect();
    let first = found.first()?;
    let alone = found.iter().all(|total| total.value == first.value);
    (alone && !found.iter().any(|total| part(total))).then_some(*first)
}
