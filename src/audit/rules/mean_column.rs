//! The mean of a column, told below its table.

use num_traits::Signed as _;

use super::passage::Passage;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// "Over the five runs the mean response time is 215 ms", below a column in milliseconds.
pub(super) fn of_column(
    table: &Table,
    (passage, from, to): (&Passage, usize, usize),
    findings: &mut Findings,
) {
    let numbers = quantities(&passage.text);
    let lower = passage.said(from, to).to_lowercase();
    let named = words(&lower);
    for stated in numbers.iter().filter(|q| from <= q.start && q.end <= to && exact(q) && q.over.is_none()) {
        let lead = passage.said(from, stated.start).to_lowercase();
        let only =
            numbers.iter().filter(|q| from <= q.start && q.end <= to && q.unit == stated.unit).count() == 1;
        let called = mentions(lead.rsplit([';', ':', '(']).next().unwrap_or_default(), &MEAN);
        if !called || !only || matches!(stated.unit, Unit::None | Unit::Other) {
            continue;
        }
        let of_unit = |column: &usize| {
            table.rows.iter().all(|row| number(row, *column).is_some_and(|q| q.unit == stated.unit))
        };
        let columns: Vec<usize> = (1..table.header.cells.len()).filter(of_unit).collect();
        let told = |column: &usize| {
            let head = words(table.header.cell(*column));
            head.iter().any(|word| named.iter().any(|own| own.len() > 3 && same_word(word, own)))
        };
        let column = match columns.as_slice() {
            [only] => Some(*only),
            several => {
                let mut found = several.iter().copied().filter(told);
                found.next().filter(|_| found.next().is_none())
            }
        };
        let total = table.rows.last().is_none_or(Row::is_total);
        let Some(column) = column.filter(|_| table.rows.len() >= 3 && !total) else { continue };
        let parts: Vec<Exact> =
            table.rows.iter().filter_map(|row| number(row, column)).map(|q| q.low).collect();
        // Counts beside it may be its weights.
        let counts = (1..table.header.cells.len())
            .any(|c| table.rows.iter().all(|row| number(row, c).is_some_and(|q| q.unit == Unit::None)));
        judge(passage, stated, &parts, counts, findings);
    }
}

fn number(row: &Row, column: usize) -> Option<Quantity> {
    row.number(column).filter(|q| exact(q) && q.over.is_none() && quantities(row.cell(column)).len() == 1)
}

fn judge(passage: &Passage, stated: &Quantity, parts: &[Exact], counts: bool, findings: &mut Findings) {
    let mean = parts.iter().cloned().sum::<Exact>() / whole(parts.len());
    let (Some(least), Some(most)) = (parts.iter().min(), parts.iter().max()) else { return };
    let outside = stated.low > most + stated.ulp() || stated.low < least - stated.ulp();
    let line = passage.line(stated.start);
    let fits = (&stated.low - &mean).abs() < stated.ulp();
    if fits || counts && !outside || findings.has(Rule::MeanBound, line) {
        return;
    }
    let (said, computed) = (passage.said(stated.start, stated.end).to_owned(), shown(&mean));
    let message = format!("the mean of the {} numbers above is {computed}, not {said}", parts.len());
    findings.add(Rule::MeanBound, line, message, (said, Some(computed)));
}

/// Words for a mean.
pub(super) const MEAN: [&str; 5] = ["mean", "average", "averages", "mittlere", "mittleren"];

pub(super) fn exact(q: &Quantity) -> bool {
    q.is_point() && !q.signed && q.limit == Limit::Exactly
}
