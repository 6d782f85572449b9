//! Numbers that are told again beside their names, against the column that the others of them come from.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::rules::sentence::{Sentence, prose, sentences};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// More names than are told again.
const MOST: usize = 40;

/// More such groups than a person writes.
const MANY: usize = 400;

/// A name as told again, with its numbers.
struct Told {
    line: u32,
    /// In lower case.
    name: String,
    numbers: Vec<Quantity>,
    /// As written, for each number.
    said: Vec<String>,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let mut groups = headings(facts);
    for block in facts.document.blocks() {
        groups.push(block.iter().filter(|line| line.kind != Kind::Text).filter_map(of_line).collect());
        groups.extend(sentences(block).iter().map(of_sentence));
        groups.extend(prose(block).iter().map(counts_first));
    }
    groups.retain(|group| (3..=MOST).contains(&group.len()));
    groups.truncate(MANY);
    for table in facts.document.tables.iter().take(MOST) {
        let rows: Vec<(String, &Row)> = table.body().take(MOST).map(|row| (name_of(row), row)).collect();
        for group in &groups {
            judge(table, &rows, group, findings);
        }
    }
}

/// The name of a row, without what stands in brackets.
fn name_of(row: &Row) -> String {
    row.cell(0).split('(').next().unwrap_or_default().trim().to_lowercase()
}

/// Headings side by side: `## O3 Cost under control (0.55)`.
fn headings(facts: &Facts<'_>) -> Vec<Vec<Told>> {
    let mut groups: Vec<(usize, Vec<Told>)> = Vec::new();
    for section in facts.document.sections.iter().skip(1).filter(|section| !section.quantities.is_empty()) {
        let parent = section.parent.unwrap_or_default();
        let Some(told) = told(section.line, &section.title, &section.quantities) else { continue };
        match groups.iter_mut().find(|(other, _)| *other == parent) {
            Some((_, group)) => group.push(told),
            None => groups.push((parent, vec![told])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn of_line(line: &Line) -> Option<Told> {
    told(line.number, &line.text, &line.quantities)
}

/// What stands before the sign that leads to the last numbers of a text.
fn told(line: u32, text: &str, found: &[Quantity]) -> Option<Told> {
    let signs = [" (", ": ", " — ", " – ", " - ", ", "];
    let (at, sign) = signs.iter().filter_map(|sign| text.find(sign).map(|at| (at, sign))).min()?;
    let numbers: Vec<Quantity> =
        found.iter().filter(|q| q.end > at + sign.len() && is_plain(q)).take(3).cloned().collect();
    let said = numbers.iter().map(|q| text.get(q.start..q.end).unwrap_or_default().to_owned()).collect();
    let name = text.get(..at)?.trim().to_lowercase();
    (!numbers.is_empty() && !name.is_empty()).then_some(Told { line, name, numbers, said })
}

/// "unit 99.1 %, integration 95.0 %, e2e 90.0 %".
fn of_sentence(sentence: &Sentence) -> Vec<Told> {
    let lower = sentence.text.to_lowercase();
    let other = [
        "was", "were", "last", "previous", "before", "planned", "target", "after", "expected", "from",
        "then", "would",
    ];
    if sentence.quantities.len() < 3 || mentions(&lower, &other) || lower.len() != sentence.text.len() {
        return Vec::new();
    }
    let of = |q: &Quantity| {
        let before = lower.get(..q.start)?;
        let name = before.rsplit([',', ';', ':', '(', '.', '%']).next()?.trim();
        let name = name.strip_prefix("and ").unwrap_or(name);
        let name = [" is", " at", " has", " with", " is at", " ="]
            .iter()
            .find_map(|verb| name.strip_suffix(verb))
            .unwrap_or(name);
        let named = (2..=40).contains(&name.len()) && name.contains(char::is_alphabetic) && is_plain(q);
        named.then(|| Told {
            line: sentence.line(q.start),
            name: name.to_owned(),
            numbers: vec![q.clone()],
            said: vec![sentence.said(q).to_owned()],
        })
    };
    sentence.quantities.iter().filter_map(of).collect()
}

/// "Two high, three medium and four low".
fn counts_first(sentence: &Sentence) -> Vec<Told> {
    let lower = sentence.text.to_lowercase();
    let other = [
        "was", "were", "last", "previous", "before", "planned", "target", "after", "would", "fixed",
        "closed", "of",
    ];
    if mentions(&lower, &other) || lower.len() != sentence.text.len() {
        return Vec::new();
    }
    let of = |(at, q): (usize, &Quantity)| {
        let end = sentence.numbers.get(at + 1).map_or(lower.len(), |next| next.start);
        let name = lower.get(q.end..end)?.split([',', ';', '.', '(', ')', ':']).next()?.trim();
        let name = name.strip_suffix(" and").unwrap_or(name).trim();
        let name = ["findings", "defects", "bugs", "issues", "tests"]
            .iter()
            .find_map(|noun| name.strip_suffix(noun))
            .unwrap_or(name)
            .trim();
        let counted =
            q.unit == Unit::None && q.over.is_none() && is_plain(q) && (2..=40).contains(&name.len());
        counted.then(|| Told {
            line: sentence.line(q.start),
            name: name.to_owned(),
            numbers: vec![q.clone()],
            said: vec![sentence.said(q).to_owned()],
        })
    };
    sentence.numbers.iter().enumerate().filter_map(of).collect()
}

fn is_plain(quantity: &Quantity) -> bool {
    quantity.is_point()
        && !quantity.signed
        && quantity.limit == Limit::Exactly
        && !quantity.unit.is_duration()
}

/// The number of a cell, and that in the brackets of a name.
fn cell(row: &Row, column: usize) -> Option<Quantity> {
    if column > 0 {
        return row.number(column).filter(Quantity::is_point);
    }
    let (_, inside) = row.cell(0).split_once('(')?;
    quantities(inside).into_iter().next().filter(Quantity::is_point)
}

fn same(told: &Quantity, cell: &Quantity) -> bool {
    let unit = told.unit == cell.unit || told.unit == Unit::None || cell.unit == Unit::None;
    let over = told.over == cell.over || told.over.is_none() || cell.over.is_none();
    unit && over && told.low == cell.low
}

/// One name of three or more with another number than its row has, where the others have that of theirs.
fn judge(table: &Table, rows: &[(String, &Row)], group: &[Told], findings: &mut Findings) {
    let pairs: Vec<(&Told, &Row)> = group
        .iter()
        .filter_map(|told| Some((told, rows.iter().find(|(name, _)| is_named(&told.name, name))?.1)))
        .collect();
    if pairs.len() < 3 || pairs.iter().any(|(told, row)| told.line == row.line) {
        return;
    }
    let mut apart = None;
    for column in 0..table.header.cells.len() {
        for place in 0..3 {
            let held = pairs.iter().map(|(told, row)| {
                let (number, cell) = (told.numbers.get(place)?, cell(row, column)?);
                Some(same(number, &cell))
            });
            let Some(held) = held.collect::<Option<Vec<bool>>>() else { continue };
            match held.iter().filter(|held| !**held).count() {
                0 => return,
                1 if apart.is_none() => {
                    apart = held.iter().position(|held| !held).map(|at| (at, place, column));
                }
                _ => {}
            }
        }
    }
    if let Some((at, place, column)) = apart
        && let Some((told, row)) = pairs.get(at)
    {
        report(table, (told, place), (row, column), findings);
    }
}

/// `B. Observability` for the row `B`, and names that are equal.
fn is_named(told: &str, name: &str) -> bool {
    let short =
        name.len() <= 3 && told.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ':', ')']));
    let begins = (2..=3).contains(&told.len())
        && name.strip_prefix(told).is_some_and(|rest| rest.starts_with([' ', '.', ':']));
    !name.is_empty() && (told == name || short || begins)
}

fn report(
    table: &Table,
    (told, place): (&Told, usize),
    (row, column): (&Row, usize),
    findings: &mut Findings,
) {
    let (Some(number), Some(said)) = (told.numbers.get(place), told.said.get(place)) else { return };
    // Another cell of the row may be what is told here.
    let elsewhere =
        (0..row.cells.len()).any(|other| cell(row, other).is_some_and(|cell| same(number, &cell)));
    let shown = if column == 0 { row.cell(0) } else { row.cell(column) };
    if elsewhere || findings.repeats(told.line, said) {
        return;
    }
    let weighs = column == 0 || mentions(&table.header.cell(column).to_lowercase(), &["weight", "weights"]);
    let rule = if weighs { Rule::PolicyDrift } else { Rule::Headline };
    let message = format!("`{}` has {said} here and {shown} in line {}", told.name, row.line);
    findings.add(rule, told.line, message, (said.clone(), Some(shown.to_owned())));
}
