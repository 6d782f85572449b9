//! The scores that a document calls its own of now, and what its work brings.

use num_traits::Signed as _;

use super::{MOST, Now};
use crate::audit::facts::{Facts, Is};
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// Headers of what a row brings, and of the work that brings it.
const GAIN: [&str; 6] = ["gain", "points", "improvement", "effect", "brings", "lift"];
const WORK: [&str; 16] = [
    "gap",
    "item",
    "work",
    "task",
    "action",
    "measure",
    "improvement",
    "fix",
    "phase",
    "step",
    "no.",
    "id",
    "#",
    "finding",
    "initiative",
    "option",
];
pub(super) fn is_score(q: &Quantity) -> bool {
    let plain = matches!(q.unit, Unit::None | Unit::Points | Unit::Percent);
    let hundred = q.over.as_ref().is_none_or(|over| *over == whole(100));
    let within = q.low.is_positive() && q.high <= whole(100);
    plain && hundred && within && q.is_point() && !q.signed && q.limit == Limit::Exactly
}

/// Labels and words for the score as it is.
const LABELS: [&str; 17] = [
    "score",
    "current score",
    "score today",
    "score now",
    "current",
    "today",
    "now",
    "overall score",
    "overall",
    "readiness",
    "current readiness",
    "readiness today",
    "status",
    "total score",
    "baseline",
    "weighted score",
    "start",
];
const SAYS: [&str; 8] =
    ["scores", "stand at", "stands at", "is at", "are at", "score is", "current score is", "score today is"];
/// Words that make another score of it.
const LATER: [&str; 13] =
    ["after", "will", "would", "then", "target", "goal", "was", "last", "if", "should", "with", "by", "all"];

/// Every number that the document calls the score as it is.
pub(super) fn now(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Now> {
    let stated = facts.states(Is::Current).filter(|s| s.low == s.high);
    let mut found: Vec<Now> = stated.map(|s| (s.low.clone(), s.line)).collect();
    found.extend(facts.document.lines.iter().filter_map(labelled));
    for passage in passages.iter().filter(|passage| passage.of != Of::Row).take(MOST * 20) {
        said(passage, facts.is_assessment(), &mut found);
    }
    found.extend(facts.document.tables.iter().filter(|table| !is_work(table)).flat_map(totals));
    found.truncate(MOST);
    found
}

fn labelled(line: &Line) -> Option<Now> {
    let key = line.key();
    let first = line.values().next().filter(|q| is_score(q))?;
    let leads = line.between(line.text.len() - line.value.len(), first.start).trim().is_empty();
    let named = LABELS.contains(&key.trim()) || key.trim() == "total" && first.over.is_some();
    (leads && named).then(|| (first.low.clone(), line.number))
}

/// "The service scores 72 points", "we stand at 84".
fn said(passage: &Passage, assessed: bool, found: &mut Vec<Now>) {
    let lower = passage.text.to_lowercase();
    for q in quantities(&passage.text).iter().filter(|q| is_score(q) && q.unit != Unit::Percent) {
        let clause = lower.get(..q.start).unwrap_or_default().trim_end();
        let clause = clause.rsplit(['.', ';', ',', ':']).next().unwrap_or_default();
        let score = q.unit == Unit::Points || q.over.is_some() || clause.contains("score") || assessed;
        if score && SAYS.iter().any(|word| clause.ends_with(word)) && !mentions(clause, &LATER) {
            found.push((q.low.clone(), passage.line(q.start)));
        }
    }
}

/// Total rows of points.
fn totals(table: &Table) -> Vec<Now> {
    let Some(total) = table.total() else { return Vec::new() };
    let points = |column: &usize| {
        mentions(&table.header.cell(*column).to_lowercase(), &["points", "weighted", "score"])
    };
    let columns = (1..table.header.cells.len()).filter(points);
    let scores = columns.filter_map(|column| total.number(column)).filter(is_score);
    scores.map(|q| q.low).filter(|score| *score < whole(100)).map(|score| (score, total.line)).collect()
}

fn is_work(table: &Table) -> bool {
    let head = table.header.cell(0).to_lowercase();
    mentions(&head, &WORK) || matches!(head.trim(), "#" | "")
}

/// What the work of the document brings: the gains of each table and each list.
pub(super) fn gains(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Exact> {
    let mut found: Vec<Exact> = facts.document.tables.iter().filter_map(of_table).collect();
    // "Three gaps remain: alerting (8 points), capacity (12 points) and on-call (8 points)."
    for passage in passages.iter().filter(|passage| passage.of == Of::Text).take(MOST * 20) {
        let numbers = quantities(&passage.text);
        for (from, to) in passage.sentences() {
            let own = numbers.iter().filter(|q| from <= q.start && q.end <= to && is_gain(q));
            let own: Vec<Exact> = own.map(|q| q.low.clone()).collect();
            if own.len() >= 2 {
                found.push(own.into_iter().sum());
            }
        }
    }
    for phases in &facts.phases {
        let all: Option<Exact> = phases
            .iter()
            .map(|p| p.gain.as_ref().filter(|(q, _)| q.is_point()).map(|(q, _)| q.low.clone()))
            .sum();
        found.extend(all);
    }
    for block in facts.document.blocks() {
        let each: Vec<Exact> = block
            .iter()
            .filter_map(|line| {
                let mut own = line.quantities.iter().filter(|q| is_gain(q));
                let first = own.next()?;
                own.next().is_none().then(|| first.low.clone())
            })
            .collect();
        if each.len() >= 2 {
            found.push(each.into_iter().sum());
        }
    }
    found.truncate(MOST);
    found
}

pub(super) fn is_gain(q: &Quantity) -> bool {
    let counted = q.unit == Unit::Points || q.signed && matches!(q.unit, Unit::None | Unit::Percent);
    counted && q.is_point() && q.over.is_none() && q.low.is_positive() && q.limit == Limit::Exactly
}

fn of_table(table: &Table) -> Option<Exact> {
    let column = (1..table.header.cells.len()).find(|column| {
        let head = table.header.cell(*column).to_lowercase();
        mentions(&head, &GAIN) && !mentions(&head, &["after", "score", "per", "weight", "max", "total"])
    })?;
    let rows: Vec<&Row> = table.body().filter(|row| !row.is_empty(column)).collect();
    let parts: Option<Exact> =
        rows.iter().map(|row| row.number(column).filter(Quantity::is_point).map(|q| q.low)).sum();
    parts.filter(|_| is_work(table) && rows.len() >= 2)
}
