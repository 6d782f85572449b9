//! The number of items that a heading or a line announces, and that there are none of a kind.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::Unit;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::spelled;
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use num_traits::{Signed as _, ToPrimitive as _};

/// Words that make something else of a number.
const OTHER: [&str; 48] = [
    "of",
    "top",
    "at least",
    "about",
    "or",
    "to",
    "more",
    "than",
    "up to",
    "first",
    "next",
    "last",
    "per",
    "step",
    "phase",
    "part",
    "week",
    "weeks",
    "days",
    "day",
    "hours",
    "hour",
    "months",
    "month",
    "minutes",
    "years",
    "points",
    "sprints",
    "percent",
    "times",
    "some",
    "over",
    "between",
    "version",
    "level",
    "other",
    "another",
    "each",
    "all",
    "both",
    "people",
    "engineers",
    "after",
    "only",
    "release",
    "stage",
    "sprint",
    "iteration",
];

/// Headings and tables that are looked at; a document with more is none that a person wrote.
const MANY: usize = 200;
/// Most items that are announced in a word.
const MOST: usize = 12;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate().skip(1).take(MANY) {
        let Some((said, count)) = announced(&section.title, true) else { continue };
        if let Some(items) = only_list(facts, index) {
            judge((section.line, &said, count), items, findings);
        }
    }
    for pair in facts.document.lines.windows(2) {
        let [line, next] = pair else { continue };
        let leads =
            line.text.trim_end().ends_with(':') && line.kind == Kind::Text && line.section == next.section;
        let Some((said, count)) = announced(&line.text, false).filter(|_| leads && next.kind == Kind::Item)
        else {
            continue;
        };
        let items = facts.document.lines_from(next.number).iter();
        let items = items.take_while(|item| goes_on(next, item));
        let items =
            items.filter(|item| item.kind == Kind::Item && item.indent == next.indent).take(MOST * 2).count();
        judge((line.number, &said, count), items, findings);
    }
    bracketed(facts, findings);
    nothing(facts, findings);
}

/// Whether a line belongs to the list that begins with `first`: empty lines may stand between items.
fn goes_on(first: &Line, line: &Line) -> bool {
    line.section == first.section && (line.kind == Kind::Item || line.indent > first.indent)
}

/// "The three errors", "Four gaps remain:": a number and what is counted, where nothing else is.
fn announced(text: &str, heading: bool) -> Option<(String, usize)> {
    let lower = text.to_lowercase();
    if mentions(&lower, &OTHER) || lower.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut numbers =
        words.iter().enumerate().filter_map(|(at, word)| Some((at, spelled::number(word)?.to_usize()?)));
    let (at, count) = numbers.next().filter(|_| numbers.next().is_none())?;
    let plural = words.iter().skip(at + 1).take(3).any(|word| word.ends_with('s') && word.len() > 3);
    let place = at <= 1 && words.len() <= if heading { 6 } else { 10 };
    (plural && place && count <= MOST).then(|| (words.get(at).copied().unwrap_or_default().to_owned(), count))
}

/// The length of the only list or table of a section without further sections.
fn only_list(facts: &Facts<'_>, section: usize) -> Option<usize> {
    if facts.document.sections.iter().any(|other| other.parent == Some(section)) {
        return None;
    }
    let items = || facts.document.lines_of(section).filter(|line| line.kind == Kind::Item);
    let top = items().map(|line| line.indent).min();
    let mut blocks: Vec<u32> = items().map(|line| line.block).collect();
    blocks.dedup();
    let tables: Vec<&Table> = facts.document.tables.iter().filter(|table| table.section == section).collect();
    match (blocks.len(), tables.as_slice()) {
        (1, []) => Some(items().filter(|line| Some(line.indent) == top).count()),
        (0, [table]) if table.total().is_none() => Some(table.body().count()),
        _ => None,
    }
}

fn judge((line, said, count): (u32, &str, usize), items: usize, findings: &mut Findings) {
    if items >= 2 && items != count && items.abs_diff(count) <= 2 && !findings.has(Rule::Headline, line) {
        let message = format!("{said} are announced, and {items} are listed");
        findings.add(Rule::Headline, line, message, (said.to_owned(), Some(items.to_string())));
    }
}

/// `Open risks (5)` over a list of four, where other such brackets count their lists.
fn bracketed(facts: &Facts<'_>, findings: &mut Findings) {
    let count = |text: &str| -> Option<usize> {
        let (name, inside) = text.trim_end_matches(':').rsplit_once('(')?;
        let number = inside.strip_suffix(')')?.parse::<usize>().ok()?;
        ((1..=40).contains(&number) && name.contains(char::is_alphabetic)).then_some(number)
    };
    let sections = facts.document.sections.iter().enumerate().skip(1).take(MANY);
    let mut found: Vec<(u32, usize, usize)> = sections
        .filter_map(|(index, section)| Some((section.line, count(&section.title)?, only_list(facts, index)?)))
        .collect();
    for pair in facts.document.lines.windows(2) {
        let [line, next] = pair else { continue };
        let leads = line.kind == Kind::Text && next.kind == Kind::Item && line.section == next.section;
        let Some(number) = count(&line.text).filter(|_| leads) else { continue };
        let items = facts.document.lines_from(next.number).iter();
        let items = items.take_while(|item| goes_on(next, item));
        let items =
            items.filter(|item| item.kind == Kind::Item && item.indent == next.indent).take(MOST * 4).count();
        found.push((line.number, number, items));
    }
    let held = found.iter().filter(|(_, number, items)| number == items).count();
    let broken: Vec<&(u32, usize, usize)> =
        found.iter().filter(|(_, number, items)| number != items).collect();
    if let [(line, number, items)] = broken.as_slice()
        && held >= 2
    {
        judge((*line, &number.to_string(), *number), *items, findings);
    }
}

/// "No critical finding is open" over a row `Critical` with some below `Open`.
fn nothing(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks().filter(|_| !facts.document.tables.is_empty()) {
        for sentence in prose(block) {
            if let Some((name, at)) = none_of(&sentence) {
                for table in facts.document.tables.iter().take(MANY) {
                    open_ones(table, &name, (&sentence, at), findings);
                }
            }
        }
    }
}

/// What there is none of: `critical` in "no open critical bugs" and in "no critical issue is open".
fn none_of(sentence: &Sentence) -> Option<(String, usize)> {
    let lower = sentence.text.to_lowercase();
    let at = ["no ", "zero ", "0 "].iter().find_map(|word| {
        let at = lower.find(word)?;
        (at == 0 || lower.get(..at)?.ends_with([' ', '('])).then_some(at + word.len())
    })?;
    let stop = lower.get(at..)?.find([',', ';', '.', ':', ')']).map_or(lower.len(), |stop| at + stop);
    let clause = lower.get(at..stop)?;
    let things = [
        "issue",
        "issues",
        "finding",
        "findings",
        "bug",
        "bugs",
        "defect",
        "defects",
        "blockers",
        "vulnerabilities",
        "failures",
    ];
    let other = [
        "if", "until", "unless", "when", "must", "should", "will", "would", "target", "goal", "allowed",
        "new", "longer", "more", "than", "was", "were", "and", "or",
    ];
    let open = mentions(clause, &["open"]);
    // A criterion has no verb.
    let said = mentions(&lower, &["is", "are", "have", "has", "remain", "remains"]);
    if !open || !said || mentions(&lower, &other) || !mentions(clause, &things) {
        return None;
    }
    let plain = |word: &&str| {
        !things.contains(word)
            && !matches!(*word, "open" | "is" | "are" | "still" | "remain" | "remains" | "there")
    };
    let names: Vec<&str> = clause.split_whitespace().filter(plain).collect();
    let [name] = names.as_slice() else { return None };
    Some(((*name).to_owned(), at))
}

fn open_ones(table: &Table, name: &str, (sentence, at): (&Sentence, usize), findings: &mut Findings) {
    let column =
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), &["open"]));
    let named = |row: &&Row| row.cell(0).trim().to_lowercase() == name;
    let Some(row) = table.body().find(named) else { return };
    let Some(open) =
        column.and_then(|column| row.number(column)).filter(|q| q.unit == Unit::None && q.over.is_none())
    else {
        return;
    };
    let line = sentence.line(at);
    if open.low.is_positive() && !findings.has(Rule::Headline, line) {
        let said = format!("no {name}");
        let computed = crate::audit::quantity::shown(&open.low);
        let message = format!("{said} is open here, and {computed} in line {}", row.line);
        findings.add(Rule::Headline, line, message, (said, Some(computed)));
    }
}
