//! Plans: steps that stand below each other, each with its weeks, days or dates.

use jiff::civil::Date;

use super::distance::Years;
use crate::audit::facts::Facts;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// Steps of one plan.
const MOST: usize = 100;

/// What the numbers of a plan count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Numbered days, weeks or months.
    Numbered(Unit),
    /// Days of the calendar, as numbers.
    Dates,
}

/// One step: from its first number to its last, both included.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) line: u32,
    pub(super) first: Exact,
    pub(super) last: Exact,
    /// As it stands.
    pub(super) said: String,
}

/// Steps that stand below each other.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) scale: Scale,
    pub(super) steps: Vec<Step>,
    pub(super) section: usize,
    /// What the plan says beside its numbers, in lower case.
    pub(super) text: String,
}

impl Plan {
    /// From the first number of all to the last.
    pub(super) fn ends(&self) -> Option<(&Exact, &Exact)> {
        let first = self.steps.iter().map(|step| &step.first).min()?;
        Some((first, self.steps.iter().map(|step| &step.last).max()?))
    }
}

/// Every plan of two steps or more.
pub(super) fn all(facts: &Facts<'_>, passages: &[Passage], years: &Years) -> Vec<Plan> {
    let mut found = Vec::new();
    let lists = passages.chunk_by(|a, b| {
        let below = b.first_line() > a.first_line() && b.first_line() <= a.last_line() + 2;
        a.section == b.section && a.of == b.of && below && a.of != Of::Heading
    });
    for list in lists {
        found.extend(numbered(list));
        found.extend(dated(list, years));
    }
    found.extend(
        passages
            .iter()
            .filter(|passage| passage.dates.len() >= 6)
            .filter_map(|passage| in_prose(passage, years)),
    );
    let headings: Vec<&Passage> = passages.iter().filter(|passage| passage.of == Of::Heading).collect();
    for siblings in
        headings.chunk_by(|a, b| facts.document.parent(a.section) == facts.document.parent(b.section))
    {
        let parent =
            siblings.first().and_then(|first| facts.document.parent(first.section)).unwrap_or_default();
        let steps: Option<Vec<(Unit, Step)>> =
            siblings.iter().map(|passage| numbered_step(passage)).collect();
        found.extend(steps.and_then(|steps| of_one_unit(steps, parent, "")));
    }
    found.extend(facts.document.tables.iter().filter_map(of_table));
    found.retain(|plan| (2..=MOST).contains(&plan.steps.len()));
    found
}

/// `Phase 1, weeks 1-2: …`, `Day 5 to 7: …`.
fn numbered(list: &[Passage]) -> Option<Plan> {
    let steps: Vec<(Unit, Step)> = list.iter().take(MOST).map_while(numbered_step).collect();
    let text = list.iter().map(|passage| passage.text.to_lowercase()).collect::<Vec<_>>().join(" ");
    of_one_unit(steps, list.first()?.section, &text)
}

fn of_one_unit(steps: Vec<(Unit, Step)>, section: usize, text: &str) -> Option<Plan> {
    let unit = steps.first()?.0;
    let same = steps.iter().all(|(other, _)| *other == unit);
    let steps = steps.into_iter().map(|(_, step)| step).collect();
    same.then(|| Plan { scale: Scale::Numbered(unit), steps, section, text: text.to_owned() })
}

fn numbered_step(passage: &Passage) -> Option<(Unit, Step)> {
    let lower = passage.text.to_lowercase();
    let head = lower.get(..lower.len().min(60)).unwrap_or(&lower);
    let units = [
        ("weeks ", Unit::Weeks),
        ("week ", Unit::Weeks),
        ("days ", Unit::Days),
        ("day ", Unit::Days),
        ("months ", Unit::Months),
        ("month ", Unit::Months),
        ("kw ", Unit::Weeks),
        ("cw ", Unit::Weeks),
        ("wk ", Unit::Weeks),
    ];
    let (word, unit) =
        units.into_iter().find(|(word, _)| mentions(head, &[word.trim_end()]) && head.contains(word))?;
    let at = head.find(word)? + word.len();
    let led = head.get(..at - word.len())?;
    let fits =
        !led.contains([':', ';', '.']) && !mentions(led, &["after", "by", "until", "in", "since", "end of"]);
    let (first, last, end) = range(passage.text.get(at..)?).filter(|_| fits)?;
    let said = passage.said(at - word.len(), at + end).to_owned();
    Some((unit, Step { line: passage.first_line(), first, last, said }))
}

/// `5`, `5-7`, `5 to 7`, `1 and 2` at the beginning of a text, and where it ends.
fn range(text: &str) -> Option<(Exact, Exact, usize)> {
    let found = quantities(text);
    let first = found.first().filter(|q| q.start == 0 && is_number(q))?;
    let second = found.get(1).filter(|second| {
        let joint = text.get(first.end..second.start).unwrap_or_default().trim().to_lowercase();
        first.is_point()
            && is_number(second)
            && matches!(joint.as_str(), "and" | "to" | "&" | "und" | "-" | "–" | "/" | "+")
    });
    let last = second.unwrap_or(first);
    let (low, high) = (first.low.clone(), last.high.clone());
    (low <= high && high <= whole(520)).then_some((low, high, last.end))
}

fn is_number(q: &Quantity) -> bool {
    q.unit == Unit::None && q.over.is_none() && q.limit == Limit::Exactly && q.decimals == 0 && !q.signed
}

/// Items that begin with, or name, one span of dates each.
fn dated(list: &[Passage], years: &Years) -> Option<Plan> {
    let step = |passage: &Passage| {
        let [from, to] = passage.dates.as_slice() else { return None };
        let joint = passage.said(from.end, to.start).trim().to_lowercase();
        let span = matches!(joint.as_str(), "to" | "-" | "–" | "—" | "bis" | "until" | "|" | "→" | "through")
            || passage.of == Of::Row;
        let led = !passage.said(0, from.start).contains(';') && from.start <= 60;
        let (start, end) = years.pairs(from, to).into_iter().next().filter(|_| span && led)?;
        let said = passage.said(from.start, to.end).to_owned();
        Some((start, end, Step { line: passage.first_line(), first: whole(0), last: whole(0), said }))
    };
    let mut steps: Vec<(Date, Date, Step)> = list.iter().take(MOST).map_while(step).collect();
    let start = steps.iter().map(|(first, ..)| *first).min()?;
    for (first, last, step) in &mut steps {
        step.first = whole(super::distance::days(start, *first));
        step.last = whole(super::distance::days(start, *last));
    }
    let text = list.iter().map(|passage| passage.text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let steps = steps.into_iter().map(|(_, _, step)| step).collect();
    Some(Plan { scale: Scale::Dates, steps, section: list.first()?.section, text })
}

/// "Sprint 12 runs from 2 to 13 March, sprint 13 from 16 to 27 March …": nothing but spans, three or more of them.
fn in_prose(passage: &Passage, years: &Years) -> Option<Plan> {
    let (mut steps, mut start) = (Vec::new(), None);
    for pair in passage.dates.chunks(2) {
        let [from, to] = pair else { return None };
        let joint = passage.said(from.end, to.start).trim().to_lowercase();
        let span = matches!(joint.as_str(), "to" | "-" | "–" | "—" | "bis" | "until" | "and");
        let (first, last) = years.pairs(from, to).into_iter().next().filter(|_| span)?;
        let origin: Date = *start.get_or_insert(first);
        let line = passage.line(from.start);
        let (first, last) = (super::distance::days(origin, first), super::distance::days(origin, last));
        steps.push(Step {
            line,
            first: whole(first),
            last: whole(last),
            said: passage.said(from.start, to.end).to_owned(),
        });
    }
    Some(Plan { scale: Scale::Dates, steps, section: passage.section, text: passage.text.to_lowercase() })
}

/// A column of weeks or days such as `4-9`; at least one cell holds a range.
fn of_table(table: &Table) -> Option<Plan> {
    let unit = |column: &usize| {
        let head = table.header.cell(*column).to_lowercase();
        [
            (&["week", "weeks", "kw", "cw"][..], Unit::Weeks),
            (&["day", "days"], Unit::Days),
            (&["month", "months"], Unit::Months),
        ]
        .into_iter()
        .find(|(words, _)| mentions(&head, words) && !head.contains("per "))
        .map(|(_, unit)| unit)
    };
    let (column, unit) = (0..table.header.cells.len()).find_map(|column| Some((column, unit(&column)?)))?;
    let steps: Option<Vec<Step>> = table
        .body()
        .map(|row| {
            let cell = row.cell(column).trim().trim_start_matches(|c: char| c.is_alphabetic()).trim();
            let (first, last, _) = range(cell).filter(|(.., end)| *end == cell.len())?;
            Some(Step { line: row.line, first, last, said: row.cell(column).to_owned() })
        })
        .collect();
    let steps = steps.filter(|steps| steps.iter().any(|step| step.first != step.last))?;
    let text = table.rows.iter().map(|row| row.cells.join(" ").to_lowercase()).collect::<Vec<_>>().join(" ");
    Some(Plan { scale: Scale::Numbered(unit), steps, section: table.section, text })
}
