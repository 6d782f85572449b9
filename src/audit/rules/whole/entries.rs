//! Items of lists and cells of columns.

use super::amounts::{amounts, bare, unit_named};
use super::parts::{Kind, MOST, Part, Parts, of_texts};
use crate::audit::facts::Facts;
use crate::audit::outline::{self, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;

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

/// Items of one list, on its first level.
pub(super) fn lists(facts: &Facts<'_>) -> Vec<Parts> {
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
pub(super) fn columns(table: &Table) -> Vec<Parts> {
    if table.rows.len() > MOST || table.rows.iter().any(Row::is_total) {
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
            let cell = |row: &Row| {
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
