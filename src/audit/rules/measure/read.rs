//! Numbers of one kind with the names that they belong to.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// More names than a person compares.
const MOST: usize = 60;
/// More measures than a document has.
const MANY: usize = 400;

/// A name with its number.
#[derive(Clone)]
pub(super) struct Entry {
    /// In lower case.
    pub(super) name: String,
    pub(super) value: Exact,
}

/// Numbers of one kind, one for each name.
pub(super) struct Measure {
    /// What they are, in lower case: a header, the name of a row, the heading above a list.
    pub(super) head: String,
    pub(super) line: u32,
    pub(super) unit: Unit,
    /// Whether points are divided by effort here.
    pub(super) derived: bool,
    pub(super) entries: Vec<Entry>,
}

/// Every measure of a document.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Measure> {
    let tables = facts.document.tables.iter().flat_map(of_table);
    let lists = facts.document.blocks().filter_map(|block| of_list(facts, block));
    tables.chain(lists).chain(of_sections(facts)).take(MANY).collect()
}

fn of_table(table: &Table) -> Vec<Measure> {
    let rows: Vec<&Row> = table.body().take(MOST + 1).collect();
    let (width, named) = (table.header.cells.len(), name_column(table, &rows));
    if rows.len() > MOST || width > MOST {
        return Vec::new();
    }
    let columns = (0..width).filter(|column| *column != named).filter_map(|column| {
        let found = rows.iter().map(|row| Some((name(table, row, named), row.number(column)?)));
        measure(table.header.cell(column), table.header.line, found)
    });
    let across = rows.iter().filter_map(|row| {
        let found =
            (1..width).map(|column| Some((table.header.cell(column).to_owned(), row.number(column)?)));
        measure(row.cell(0), row.line, found)
    });
    let mut found: Vec<Measure> = columns.chain(across).collect();
    let returns = derived(&found);
    found.extend(returns);
    found
}

/// The first column with names; a first column of numbers only counts the rows, unless its header names them.
fn name_column(table: &Table, rows: &[&Row]) -> usize {
    let counts = !rows.is_empty() && rows.iter().all(|row| is_number(row.cell(0)));
    usize::from(counts && !is_noun(table.header.cell(0)))
}

fn is_number(cell: &str) -> bool {
    cell.trim_matches(['#', '.', ' ']).bytes().all(|b| b.is_ascii_digit())
}

/// `Iteration` over `1`, `2`, `3`.
fn is_noun(head: &str) -> bool {
    let place = ["rank", "order", "priority", "place", "position", "number", "week", "day"];
    head.len() >= 4 && !mentions(&head.to_lowercase(), &place)
}

fn name(table: &Table, row: &Row, column: usize) -> String {
    let cell = row.cell(column);
    if is_number(cell) { format!("{} {cell}", table.header.cell(column)) } else { cell.to_owned() }
}

fn measure(
    head: &str,
    line: u32,
    found: impl Iterator<Item = Option<(String, Quantity)>>,
) -> Option<Measure> {
    let found: Vec<(String, Quantity)> = found.collect::<Option<_>>()?;
    let first = found.first()?.1.clone();
    let alike = |(name, q): &(String, Quantity)| {
        q.unit == first.unit
            && q.over == first.over
            && q.limit == Limit::Exactly
            && name.contains(char::is_alphabetic)
    };
    if found.len() < 2 || !found.iter().all(alike) || head.trim().is_empty() {
        return None;
    }
    let entries = found
        .into_iter()
        .map(|(name, q)| Entry { name: name.trim().to_lowercase(), value: (q.low + q.high) / whole(2) });
    let head = head.trim().to_lowercase();
    Some(Measure { head, line, unit: first.unit, derived: false, entries: entries.collect() })
}

/// Points divided by effort, where a table has one measure of each.
fn derived(measures: &[Measure]) -> Option<Measure> {
    let only = |words: &[&str]| {
        let mut found =
            measures.iter().filter(|m| mentions(&m.head, words) && !mentions(&m.head, &["per", "share"]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let points = only(&["gain", "points", "improvement", "value", "impact", "benefit"])?;
    let effort = only(&EFFORT)?;
    let pairs = points.entries.iter().zip(&effort.entries);
    let same = points.entries.len() == effort.entries.len()
        && pairs.clone().all(|(a, b)| a.name == b.name && b.value.is_positive());
    let entries = pairs.map(|(a, b)| Entry { name: a.name.clone(), value: &a.value / &b.value });
    let entries: Vec<Entry> = if same { entries.collect() } else { Vec::new() };
    let (line, unit) = (points.line, Unit::None);
    same.then(|| Measure { head: effort.head.clone(), line, unit, derived: true, entries })
}

/// Headers of what work takes.
pub(super) const EFFORT: [&str; 14] = [
    "effort",
    "hours",
    "h",
    "days",
    "weeks",
    "cost",
    "person-days",
    "person-weeks",
    "person-hours",
    "time",
    "sp",
    "story points",
    "estimate",
    "pd",
];

/// Items of a list with one number each: `Payments: 70 %`.
fn of_list(facts: &Facts<'_>, block: &[Line]) -> Option<Measure> {
    let first = block.first().filter(|_| (3..=MOST).contains(&block.len()))?;
    let item = |line: &Line| {
        let [value] = line.quantities.as_slice() else { return None };
        let (label, leads) = (line.label.as_deref()?, line.text.len() - line.value.len() <= value.start + 1);
        let listed = line.kind != Kind::Text || leads;
        (listed && line.indent == first.indent).then(|| (label.to_owned(), value.clone()))
    };
    let title = facts.document.titles(first.section).next().unwrap_or_default();
    let head = if title.is_empty() { "list" } else { title };
    measure(head, first.number, block.iter().map(item))
}

/// Sections side by side that each have points and effort: `Gain: +5`, `Effort: 80-100 h`.
fn of_sections(facts: &Facts<'_>) -> Vec<Measure> {
    let mut found: Vec<(usize, Measure)> = Vec::new();
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        let labelled = |words: &[&str]| {
            let own = |line: &&Line| line.section == index && mentions(&line.key(), words);
            facts.document.lines_of(index).find(own).and_then(|line| line.values().next())
        };
        let (points, effort) = (labelled(&["gain", "points", "improvement"]), labelled(&["effort", "hours"]));
        let (Some(points), Some(effort)) = (points, effort) else { continue };
        let middle = |q: &Quantity| (&q.low + &q.high) / whole(2);
        if points.over.is_some() || !effort.unit.is_duration() || !effort.low.is_positive() {
            continue;
        }
        let value = middle(points) / middle(effort);
        let title = section.title.to_lowercase();
        let parent = section.parent.unwrap_or_default();
        if found.last().is_none_or(|(last, _)| *last != parent) {
            let (line, unit) = (section.line, Unit::None);
            let measure = Measure { head: "effort".into(), line, unit, derived: true, entries: Vec::new() };
            found.push((parent, measure));
        }
        if let Some((_, measure)) = found.last_mut() {
            let names = title.split([':', '(']).next().into_iter().flat_map(|head| {
                head.split(' ').filter(|word| word.contains(|c: char| c.is_ascii_digit())).chain([head])
            });
            let entry = |name: &str| Entry { name: name.trim().to_owned(), value: value.clone() };
            measure.entries.extend(names.map(entry).take(MOST));
        }
    }
    found.into_iter().map(|(_, measure)| measure).collect()
}
