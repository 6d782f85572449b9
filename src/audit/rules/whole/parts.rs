//! Parts that each have one amount: items, cells of a column, headings, paragraphs, clauses.

use std::collections::BTreeMap;

use super::amounts::{UNITS, amounts, bare, unit_named};
use super::claim::is_of_else;
use crate::audit::facts::Facts;
use crate::audit::outline::{self, Line, Section};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::table::Table;
use crate::audit::words::mentions;

/// Parts of one list; nobody sums up more by hand.
const MOST: usize = 200;
/// Words for parts that stand in an order, before their number or letter.
const STEPS: [&str; 12] = [
    "phase",
    "stage",
    "step",
    "sprint",
    "milestone",
    "wave",
    "part",
    "package",
    "workstream",
    "stream",
    "block",
    "increment",
];
/// Words of parts that are not simply added: all of such a list is left alone.
const UNEQUAL: [&str; 14] = [
    "optional",
    "parallel",
    "overlap",
    "overlaps",
    "included",
    "includes",
    "stretch",
    "subtotal",
    "already",
    "instead",
    "alternatively",
    "of which",
    "thereof",
    "per",
];
/// Columns whose numbers are no parts.
const NO_PARTS: [&str; 22] = [
    "score",
    "target",
    "goal",
    "current",
    "weight",
    "max",
    "possible",
    "remaining",
    "after",
    "before",
    "cumulative",
    "running",
    "from",
    "start",
    "end",
    "limit",
    "total",
    "average",
    "mean",
    "median",
    "age",
    "deadline",
];

/// Amounts of one unit that belong together.
#[derive(Debug)]
pub(super) struct Parts {
    /// What is added up.
    pub(super) amounts: Vec<Quantity>,
    /// The unit.
    pub(super) unit: Unit,
    /// The names of the parts, in lower case.
    pub(super) names: Vec<String>,
    /// The section around them.
    pub(super) section: usize,
    /// The first line.
    pub(super) first: u32,
    /// The last line.
    pub(super) last: u32,
    /// What they are.
    pub(super) kind: Kind,
}

impl Parts {
    /// Whether they stand in one sentence.
    pub(super) fn is_sentence(&self) -> bool {
        matches!(self.kind, Kind::Sentence(..))
    }
}

/// What parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Items, cells, paragraphs, clauses.
    Entries,
    /// Headings, which stand around other text.
    Headings,
    /// Amounts of one sentence: the number of its passage, and its own number there.
    Sentence(usize, usize),
}

/// All of them.
pub(super) fn all(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Parts> {
    let mut found = lists(facts);
    found.extend(facts.document.tables.iter().flat_map(columns));
    found.extend(headings(facts));
    found.extend(paragraphs(facts));
    found.extend(passages.iter().filter_map(clauses));
    found.extend(passages.iter().enumerate().flat_map(|(index, passage)| sentences(index, passage)));
    found.retain(|parts| {
        (2..=MOST).contains(&parts.amounts.len())
            && !parts.names.iter().any(|name| mentions(name, &UNEQUAL))
            && parts.amounts.iter().all(|part| part.unit == parts.unit)
    });
    found
}

/// One part: its name, and the line and text that hold its amount.
struct Part<'a> {
    name: &'a str,
    line: u32,
    text: &'a str,
}

impl<'a> Part<'a> {
    fn of_line(line: &'a Line) -> Self {
        Self { name: &line.text, line: line.number, text: &line.text }
    }
}

/// Parts in every unit that each text has once.
fn of_texts(texts: &[Part<'_>], section: usize, announced: Option<Unit>) -> Vec<Parts> {
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return Vec::new() };
    let all: Vec<Vec<Quantity>> = texts.iter().take(MOST + 1).map(|part| amounts(part.text)).collect();
    let units: Vec<Unit> = all.first().into_iter().flatten().map(|q| q.unit).collect();
    let of = |unit: Unit| {
        let only = |own: &Vec<Quantity>| {
            let mut same = own.iter().filter(|q| q.unit == unit);
            same.next().filter(|_| same.next().is_none()).cloned()
        };
        Some((unit, all.iter().map(only).collect::<Option<Vec<_>>>()?))
    };
    let unitless = announced.filter(|_| all.iter().all(Vec::is_empty)).and_then(|unit| {
        let parts: Option<Vec<_>> =
            texts.iter().map(|part| bare(part.text).map(|q| Quantity { unit, ..q })).collect();
        Some((unit, parts?))
    });
    let names: Vec<String> = texts.iter().map(|part| part.name.to_lowercase()).collect();
    let found = units.into_iter().filter_map(of).chain(unitless);
    found
        .map(|(unit, amounts)| Parts {
            amounts,
            unit,
            names: names.clone(),
            section,
            first: first.line,
            last: last.line,
            kind: Kind::Entries,
        })
        .collect()
}

/// Items of one list, on its first level.
fn lists(facts: &Facts<'_>) -> Vec<Parts> {
    let lines = &facts.document.lines;
    let of_list =
        |line: &Line| line.kind == outline::Kind::Item || line.kind == outline::Kind::Text && line.indent > 0;
    let mut found = Vec::new();
    for run in lines.chunk_by(|a, b| a.section == b.section && of_list(a) && of_list(b)) {
        let Some(first) = run.first().filter(|line| line.kind == outline::Kind::Item) else { continue };
        let items: Vec<Part<'_>> = run
            .iter()
            .filter(|line| line.kind == outline::Kind::Item && line.indent <= first.indent)
            .map(Part::of_line)
            .collect();
        found.extend(of_texts(&items, first.section, announced(facts, first)));
    }
    found
}

/// The unit that the text before a list gives for all its items.
fn announced(facts: &Facts<'_>, first: &Line) -> Option<Unit> {
    let at = facts.document.lines.partition_point(|line| line.number < first.number);
    let before = facts.document.lines.get(at.checked_sub(1)?)?;
    let near = before.section == first.section && before.text.trim_end().ends_with(':');
    let title = facts.document.sections.get(first.section).map(|section| section.title.as_str());
    unit_named(if near { before.text.as_str() } else { title? })
}

/// Columns of a table that has no row for its total.
fn columns(table: &Table) -> Vec<Parts> {
    if table.rows.len() > MOST || table.rows.iter().any(super::super::super::table::Row::is_total) {
        return Vec::new();
    }
    let section = table.section;
    (1..table.header.cells.len())
        .filter_map(|column| {
            let head = table.header.cell(column).to_lowercase();
            if mentions(&head, &NO_PARTS) || head.contains('%') {
                return None;
            }
            let unit = unit_named(&head);
            let cell = |row: &crate::audit::table::Row| {
                let own = amounts(row.cell(column));
                match (own.as_slice(), unit) {
                    ([only], _) => Some(only.clone()),
                    ([], Some(unit)) => bare(row.cell(column)).map(|q| Quantity { unit, ..q }),
                    _ => None,
                }
            };
            let amounts: Vec<Quantity> = table.rows.iter().map(cell).collect::<Option<_>>()?;
            let names = table.rows.iter().map(|row| row.cells.join(" ").to_lowercase()).collect();
            let (first, last) = (table.rows.first()?.line, table.rows.last()?.line);
            Some(Parts {
                unit: amounts.first()?.unit,
                amounts,
                names,
                section,
                first,
                last,
                kind: Kind::Entries,
            })
        })
        .collect()
}

/// Headings side by side, `### Phase A (2-3 weeks)`, or what stands below each of them: `Time estimate: 4-5 hours`.
fn headings(facts: &Facts<'_>) -> Vec<Parts> {
    let mut siblings: BTreeMap<(usize, u8), Vec<(usize, &Section)>> = BTreeMap::new();
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        if is_step(&section.title) {
            let place = (section.parent.unwrap_or_default(), section.level);
            siblings.entry(place).or_default().push((index, section));
        }
    }
    let of = |((parent, _), sections): ((usize, u8), Vec<(usize, &Section)>)| {
        let titles: Vec<Part<'_>> = sections
            .iter()
            .map(|(_, section)| Part { name: &section.title, line: section.line, text: &section.title })
            .collect();
        let below: Option<Vec<Part<'_>>> =
            sections.iter().map(|(index, section)| effort_of(facts, *index, &section.title)).collect();
        let own = of_texts(&titles, parent, None);
        let found = if own.is_empty() { of_texts(&below.unwrap_or_default(), parent, None) } else { own };
        found.into_iter().map(|parts| Parts { kind: Kind::Headings, ..parts })
    };
    siblings.into_iter().flat_map(of).collect()
}

/// The line right below a heading that says what its step takes.
fn effort_of<'a>(facts: &'a Facts<'_>, section: usize, name: &'a str) -> Option<Part<'a>> {
    let names =
        ["effort", "time", "time estimate", "estimate", "estimated time", "estimated effort", "duration"];
    let mut lines = facts.document.lines_of(section).filter(|line| names.contains(&line.key().as_str()));
    let only = lines.next()?;
    lines.next().is_none().then(|| Part { name, ..Part::of_line(only) })
}

/// Paragraphs of one section that begin with a step: `Phase 1 (August, 60 h). …`.
fn paragraphs(facts: &Facts<'_>) -> Vec<Parts> {
    let mut found: BTreeMap<usize, Vec<Part<'_>>> = BTreeMap::new();
    let lines = facts.document.lines.iter();
    for line in
        lines.filter(|line| line.kind != outline::Kind::Item && line.indent == 0 && is_step(&line.text))
    {
        found.entry(line.section).or_default().push(Part::of_line(line));
    }
    found.into_iter().flat_map(|(section, texts)| of_texts(&texts, section, None)).collect()
}

/// Whether a text begins with a step and its number or letter: `Phase A: …`.
fn is_step(text: &str) -> bool {
    let lower = text.to_lowercase();
    STEPS.iter().any(|step| lower.strip_prefix(step).is_some_and(|rest| numbered(rest).is_some()))
}

/// The length of ` 2` or ` b` at the start of a text.
fn numbered(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix(' ')?;
    let length = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
    let own = name.get(..length)?;
    let number = !own.is_empty() && own.bytes().all(|b| b.is_ascii_digit());
    (number || own.len() == 1 && own.starts_with(|c: char| c.is_ascii_lowercase())).then_some(length + 1)
}

/// "Phase 1 takes three weeks, phase 2 four and phase 3 two."
fn clauses(passage: &Passage) -> Option<Parts> {
    if passage.of == Of::Heading || passage.of == Of::Row {
        return None;
    }
    let lower = passage.text.to_lowercase();
    let mut starts: Vec<(usize, usize)> = STEPS
        .iter()
        .flat_map(|step| lower.match_indices(step))
        .filter_map(|(at, step)| {
            let end = at + step.len();
            Some((at, end + numbered(lower.get(end..)?)?))
        })
        .collect();
    starts.sort_unstable();
    let (first, last) = (starts.first()?, starts.last()?);
    let end = lower.get(last.1..)?.find(['.', ';']).map_or(lower.len(), |at| last.1 + at);
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([end]);
    let amounts: Vec<Quantity> = starts
        .iter()
        .zip(ends)
        .map(|((_, from), to)| {
            let clause = passage.text.get(*from..to)?;
            match amounts(clause).as_slice() {
                [only] => Some(only.clone()),
                [] => bare(clause),
                _ => None,
            }
        })
        .collect::<Option<_>>()?;
    let unit = amounts.iter().map(|q| q.unit).find(|unit| *unit != Unit::None)?;
    let sums = unit.is_duration() && amounts.iter().all(|q| q.unit == unit || q.unit == Unit::None);
    let amounts = amounts.into_iter().map(|q| Quantity { unit, ..q }).collect();
    sums.then(|| Parts {
        amounts,
        unit,
        names: Vec::new(),
        section: passage.section,
        first: passage.line(first.0),
        last: passage.line(last.0),
        kind: Kind::Entries,
    })
}

/// "Accounts (16 h), rights (6 h), data (8 h)."
fn sentences(index: usize, passage: &Passage) -> Vec<Parts> {
    if !matches!(passage.of, Of::Text | Of::Item) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, (start, end)) in passage.sentences().into_iter().enumerate() {
        let text = passage.said(start, end);
        let all = amounts(text);
        let plain = |q: &&Quantity| !q.signed && q.limit == Limit::Exactly;
        if is_of_else(&text.to_lowercase()) {
            continue;
        }
        for unit in UNITS {
            let own: Vec<Quantity> = all.iter().filter(plain).filter(|q| q.unit == unit).cloned().collect();
            let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
            found.push(Parts {
                unit,
                names: Vec::new(),
                section: passage.section,
                first: passage.line(start + first.start),
                last: passage.line(start + last.start),
                kind: Kind::Sentence(index, at),
                amounts: own,
            });
        }
    }
    found
}
