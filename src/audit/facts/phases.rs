//! Phases: headings, lines of a schedule, rows of a table.

use crate::audit::outline::{Document, Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// One phase of a plan.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Phase {
    pub(in crate::audit) line: u32,
    /// The whole heading.
    pub(in crate::audit) name: String,
    pub(in crate::audit) number: Option<u32>,
    /// Its section, for headings.
    pub(in crate::audit) section: Option<usize>,
    /// The section around it.
    pub(in crate::audit) parent: usize,
    /// Hours of work, with the line.
    pub(in crate::audit) hours: Option<(Quantity, u32)>,
    /// First and last week.
    pub(in crate::audit) weeks: Option<(Exact, Exact)>,
    /// Points or percent that it is to bring, with the line.
    pub(in crate::audit) gain: Option<(Quantity, u32)>,
}

/// Every group of two phases or more.
pub(in crate::audit) fn all(document: &Document) -> Vec<Vec<Phase>> {
    let mut found: Vec<Phase> = headings(document);
    found.extend(document.lines.iter().filter_map(of_line));
    let mut groups: Vec<Vec<Phase>> = Vec::new();
    for phase in found {
        let same = |group: &&mut Vec<Phase>| {
            group.last().is_some_and(|last| {
                last.parent == phase.parent && last.section.is_some() == phase.section.is_some()
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(phase),
            None => groups.push(vec![phase]),
        }
    }
    groups.extend(document.tables.iter().map(of_table));
    groups.retain(|group| group.len() >= 2);
    groups
}

fn headings(document: &Document) -> Vec<Phase> {
    document
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| is_phase(&section.title))
        .map(|(index, section)| Phase {
            line: section.line,
            name: section.title.clone(),
            number: number(&section.title),
            section: Some(index),
            parent: section.parent.unwrap_or_default(),
            hours: hours_of(document, index),
            weeks: weeks(&section.title),
            gain: gain_of(document, index),
        })
        .collect()
}

fn of_line(line: &Line) -> Option<Phase> {
    let label = line.label.as_deref()?;
    is_phase(label).then(|| Phase {
        line: line.number,
        name: line.text.clone(),
        number: number(label),
        section: None,
        parent: line.section,
        hours: hours_in(&line.quantities).map(|q| (q, line.number)),
        weeks: weeks(&line.text),
        gain: gain_in(&line.text, &line.quantities).map(|q| (q, line.number)),
    })
}

/// The rows of a table whose first column holds phases.
fn of_table(table: &Table) -> Vec<Phase> {
    let head = table.header.cell(0).to_lowercase();
    let headed = mentions(&head, &["phase", "stage", "milestone", "sprint"]);
    let is_row =
        |row: &&Row| is_phase(row.cell(0)) || headed && row.cell(0).starts_with(|c: char| c.is_ascii_digit());
    let rows: Vec<&Row> = table.body().filter(is_row).collect();
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let gain = column(&["gain", "gains", "improvement", "points", "delta"]);
    let hours = column(&["effort", "hours", "time", "estimate", "duration"]);
    let calendar = column(&["week", "weeks", "timeline", "schedule", "when"]);
    // A lone `3` below `Weeks` is a length or a date; a range is a date.
    let dated = calendar.is_some_and(|c| rows.iter().any(|row| row.number(c).is_some_and(|q| !q.is_point())));
    rows.into_iter()
        .map(|row| Phase {
            line: row.line,
            name: row.cells.join(" "),
            number: number(row.cell(0)).or_else(|| leading(row.cell(0))),
            section: None,
            parent: table.section,
            hours: hours.and_then(|c| row.number(c)).filter(|q| q.unit == Unit::Hours).map(|q| (q, row.line)),
            weeks: calendar.and_then(|c| weeks(row.cell(c)).or_else(|| span(row, c).filter(|_| dated))),
            gain: gain.and_then(|c| row.number(c)).filter(is_gain).map(|q| (q, row.line)),
        })
        .collect()
}

/// `2. Data split`.
fn leading(text: &str) -> Option<u32> {
    text.get(..text.bytes().take_while(u8::is_ascii_digit).count())?.parse().ok()
}

/// `3-5` below `Weeks`.
fn span(row: &Row, column: usize) -> Option<(Exact, Exact)> {
    let weeks = row
        .number(column)
        .filter(|q| q.unit == Unit::None && q.over.is_none() && q.limit == Limit::Exactly)?;
    Some((weeks.low, weeks.high))
}

fn is_gain(gain: &Quantity) -> bool {
    let counted = gain.signed || gain.unit == Unit::Points;
    counted && gain.over.is_none() && matches!(gain.unit, Unit::Points | Unit::Percent | Unit::None)
}

fn is_phase(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["phase ", "stage ", "milestone ", "sprint ", "step "].iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn number(text: &str) -> Option<u32> {
    text.split_whitespace().nth(1)?.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// `Week 3-4`, `Weeks 2-13`, `Week 14`.
pub(in crate::audit) fn weeks(text: &str) -> Option<(Exact, Exact)> {
    let lower = text.to_lowercase();
    let at = ["weeks ", "week "].iter().find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    let rest = text.get(at..)?;
    let first = crate::audit::quantity::quantities(rest)
        .into_iter()
        .next()
        .filter(|q| q.start == 0 && q.unit == Unit::None && q.over.is_none())?;
    (first.low <= whole(520)).then_some((first.low, first.high))
}

/// The only number of hours.
pub(in crate::audit) fn hours_in(quantities: &[Quantity]) -> Option<Quantity> {
    let mut hours = quantities.iter().filter(|q| q.unit == Unit::Hours);
    let first = hours.next()?;
    hours.next().is_none().then(|| first.clone())
}

fn hours_of(document: &Document, section: usize) -> Option<(Quantity, u32)> {
    let heading = document.sections.get(section)?;
    if let Some(hours) = hours_in(&heading.quantities) {
        return Some((hours, heading.line));
    }
    let says = |line: &&Line| {
        line.section == section
            && mentions(
                &line.key(),
                &[
                    "effort",
                    "time estimate",
                    "duration",
                    "time",
                    "estimate",
                    "estimated time",
                    "estimated effort",
                ],
            )
    };
    let items = of_items(document, section);
    let own = |line: &&Line| says(line) && !(items.is_some() && line.key().starts_with("total"));
    match document.lines.iter().find(own) {
        Some(line) => Some((hours_in(&line.quantities)?, line.number)),
        None => items,
    }
}

/// The sum of the hours at the ends of a phase's items: `Profile hot paths: 30h`, `Runbooks (20h)`.
fn of_items(document: &Document, section: usize) -> Option<(Quantity, u32)> {
    let items = document.lines.iter().filter(|line| line.section == section && line.kind == Kind::Item);
    let effort = |line: &Line| {
        let hours = hours_in(&line.quantities)?;
        let ends = line.text.get(hours.end..)?.trim().trim_end_matches(')').is_empty();
        let begins = line.text.get(..hours.start)?.trim_end().ends_with([':', '(', '-', '–', '—']);
        (ends && begins && line.indent < 2).then_some((hours, line.number))
    };
    let mut found = items.filter_map(effort);
    let (first, line) = found.next()?;
    let sum = found.fold(first, |sum, (hours, _)| Quantity {
        low: sum.low + hours.low,
        high: sum.high + hours.high,
        ..sum
    });
    Some((sum, line))
}

fn gain_of(document: &Document, section: usize) -> Option<(Quantity, u32)> {
    let heading = document.sections.get(section)?;
    if let Some(gain) = gain_in(&heading.title, &heading.quantities) {
        return Some((gain, heading.line));
    }
    let says = |line: &&Line| {
        let key = line.key();
        line.section == section
            && (key == "expected" || mentions(&key, &["gain", "impact", "improvement", "points"]))
    };
    let line = document.lines.iter().find(says)?;
    Some((gain_in(&line.value_text(), &line.value_quantities())?, line.number))
}

/// Points, or a signed percentage.
fn gain_in(text: &str, quantities: &[Quantity]) -> Option<Quantity> {
    net_gain(text, quantities)
        .or_else(|| quantities.iter().find(|q| q.unit == Unit::Points && q.over.is_none()).cloned())
}

/// Whether words beside a gain say that it is one of the whole score: `+3 overall`, `net +2`, `overall +9%`.
fn is_of_whole(text: &str, gain: &Quantity) -> bool {
    let (before, after) =
        (text.get(..gain.start).unwrap_or_default(), text.get(gain.end..).unwrap_or_default());
    let before = before.trim_end_matches([' ', ':', '=', '(']).to_lowercase();
    let after = after.trim_start().trim_start_matches("points ").to_lowercase();
    let whole = ["overall", "net", "in total", "total", "of the score", "on the score", "of the whole"];
    before
        .rsplit([',', ';', '('])
        .next()
        .is_some_and(|clause| whole.iter().any(|word| clause.ends_with(word)))
        || whole.iter().any(|word| after.starts_with(word))
}

/// The signed gain of a text; the one of the whole score before others.
pub(in crate::audit) fn net_gain(text: &str, quantities: &[Quantity]) -> Option<Quantity> {
    let signed = |q: &&Quantity| {
        q.signed && q.over.is_none() && matches!(q.unit, Unit::Points | Unit::Percent | Unit::None)
    };
    let net = |q: &&Quantity| is_of_whole(text, q);
    quantities.iter().filter(signed).find(net).or_else(|| quantities.iter().find(signed)).cloned()
}
