//! The scores that a document calls its own of now, and what its work brings.

use num_traits::Signed as _;

use super::{MOST, Now};
use crate::audit::facts::{Facts, Is};
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

/// Every number that the document calls the score as it is.
pub(super) fn now(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Now> {
    let stated = facts.states(Is::Current).filter(|s| s.low == s.high);
    let mut found: Vec<Now> = stated.map(|s| (s.low.clone(), s.line)).collect();
    let labels = [
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
    for line in &facts.document.lines {
        let key = line.key();
        let first = line.values().next().filter(|q| is_score(q));
        let leads =
            |q: &&Quantity| line.between(line.text.len() - line.value.len(), q.start).trim().is_empty();
        let named = |q: &&Quantity| labels.contains(&key.trim()) || key.trim() == "total" && q.over.is_some();
        found.extend(first.filter(leads).filter(named).map(|q| (q.low.clone(), line.number)));
    }
    let says = [
        "scores",
        "stand at",
        "stands at",
        "is at",
        "are at",
        "score is",
        "current score is",
        "score today is",
    ];
    for passage in passages.iter().filter(|passage| passage.of != Of::Row).take(MOST * 20) {
        let lower = passage.text.to_lowercase();
        for q in quantities(&passage.text).iter().filter(|q| is_score(q) && q.unit != Unit::Percent) {
            let clause = lower.get(..q.start).unwrap_or_default().trim_end();
            let clause = clause.rsplit(['.', ';', ',', ':']).next().unwrap_or_default();
            let later = [
                "after", "will", "would", "then", "target", "goal", "was", "last", "if", "should", "with",
                "by", "all",
            ];
            let score = q.unit == Unit::Points
                || q.over.is_some()
                || clause.contains("score")
                || facts.is_assessment();
            if says.iter().any(|word| clause.ends_with(word)) && !mentions(clause, &later) && score {
                found.push((q.low.clone(), passage.line(q.start)));
            }
        }
    }
    for table in &facts.document.tables {
        let points = |column: &usize| {
            mentions(&table.header.cell(*column).to_lowercase(), &["points", "weighted", "score"])
        };
        if let Some(total) = table.total().filter(|_| !is_work(table)) {
            let columns = (1..table.header.cells.len()).filter(points);
            let totals: Vec<Quantity> = columns.filter_map(|c| total.number(c)).filter(is_score).collect();
            let below = totals.into_iter().map(|q| q.low).filter(|score| *score < whole(100));
            found.extend(below.map(|score| (score, total.line)));
        }
    }
    found.truncate(MOST);
    found
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
