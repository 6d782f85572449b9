//! A line right below a table that says what its columns come to: `19 points for 36 person-weeks`.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, shown};
use crate::audit::table::Table;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in facts.document.tables.iter().filter(|table| table.total().is_none() && table.rows.len() >= 2)
    {
        let last = table.rows.last().map_or(0, |row| row.line);
        let below = facts.document.lines_from(last + 1).first();
        if let Some(line) = below.filter(|line| line.number <= last + 2 && line.section == table.section) {
            judge(table, line, findings);
        }
    }
}

/// One of two numbers must be the sum of its column, so that the other is meant as one.
fn judge(table: &Table, line: &Line, findings: &mut Findings) {
    let sums: Vec<(&Quantity, Exact)> =
        line.quantities.iter().filter_map(|quantity| Some((quantity, sum(table, line, quantity)?))).collect();
    let wrong: Vec<&(&Quantity, Exact)> = sums.iter().filter(|(said, sum)| said.low != *sum).collect();
    if let ([(quantity, sum)], true) = (wrong.as_slice(), sums.len() >= 2) {
        let (said, computed) = (line.between(quantity.start, quantity.end).to_owned(), shown(sum));
        let message = format!("the column above sums to {computed}, not to {said}");
        findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
    }
}

/// The sum of the column that is headed by what a number counts.
fn sum(table: &Table, line: &Line, quantity: &Quantity) -> Option<Exact> {
    if !quantity.is_point() || quantity.over.is_some() || quantity.signed || quantity.limit != Limit::Exactly
    {
        return None;
    }
    let from = line.text.get(quantity.start..)?.find(char::is_alphabetic)? + quantity.start;
    let rest = line.text.get(from..)?.to_lowercase();
    let noun = rest.split(|c: char| !(c.is_alphabetic() || c == '-')).next()?;
    let near = line.between(quantity.start, from).trim().len() <= quantity.end - quantity.start;
    let column = table.header.cells.iter().position(|head| near && head.to_lowercase() == noun)?;
    let parts: Option<Vec<Quantity>> = table.rows.iter().map(|row| row.number(column)).collect();
    let parts = parts.filter(|parts| parts.iter().all(|part| part.is_point() && part.over.is_none()))?;
    Some(parts.into_iter().map(|part| part.low).sum())
}
