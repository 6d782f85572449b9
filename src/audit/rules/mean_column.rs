//! A last row that holds means: of the column alone, or weighted with another column.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, says, shown};
use crate::audit::table::Table;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Columns of a table that are looked at.
const MOST: usize = 12;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        judge(table, findings);
    }
}

/// The numbers of a column, each exact.
fn numbers(table: &Table, column: usize) -> Option<Vec<Quantity>> {
    table.body().map(|row| row.number(column).filter(|q| q.is_point() && q.limit == Limit::Exactly)).collect()
}

/// What the last row says of a column that is no sum, with what it is as a mean weighted by each other column.
fn judge(table: &Table, findings: &mut Findings) {
    let Some(total) = table.total() else { return };
    let columns = table.header.cells.len().min(MOST);
    let parts: Vec<Option<Vec<Quantity>>> = (0..columns).map(|column| numbers(table, column)).collect();
    let of = |column: usize| parts.get(column).and_then(Option::as_ref).filter(|parts| parts.len() >= 3);
    let means: Vec<(usize, Quantity)> = (1..columns)
        .filter_map(|column| {
            let stated = total
                .number(column)
                .filter(|q| q.is_point() && q.decimals > 0 && q.limit == Limit::Exactly)?;
            let parts = of(column)?;
            let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
            let (least, most) =
                (parts.iter().map(|part| &part.low).min()?, parts.iter().map(|part| &part.low).max()?);
            let alike = parts.iter().all(|part| part.unit == stated.unit && part.over == stated.over);
            let among = *least <= stated.low && stated.low <= *most && &stated.low * whole(2) <= sum;
            (alike && among && !sum.is_zero()).then_some((column, stated))
        })
        .collect();
    for weights in 1..columns {
        let Some(by) = of(weights).filter(|by| {
            means.iter().all(|(column, _)| *column != weights) && by.iter().all(|q| q.low.is_positive())
        }) else {
            continue;
        };
        let full: Exact = by.iter().map(|part| part.low.clone()).sum();
        let sums = total.number(weights).is_some_and(|stated| stated.low == full);
        let exact = |column: usize| -> Option<Exact> {
            let products = of(column)?.iter().zip(by).map(|(part, weight)| &part.low * &weight.low);
            Some(products.sum::<Exact>() / &full)
        };
        let off: Vec<(&(usize, Quantity), Exact)> = means
            .iter()
            .filter_map(|mean| Some((mean, exact(mean.0)?)))
            .filter(|((_, stated), exact)| !says(&stated.low, stated.decimals, exact))
            .collect();
        // Where another column keeps the weights, they are those of all.
        if let ([((column, stated), exact)], true) = (off.as_slice(), sums && means.len() >= 2) {
            let (said, computed) = (total.cell(*column).to_owned(), shown(exact));
            let message = format!(
                "the mean of `{}` weighted by `{}` is {computed}, not {said}",
                table.header.cell(*column),
                table.header.cell(weights)
            );
            let near = (&stated.low - exact).abs() * whole(4) <= exact.abs();
            if near && !findings.has(Rule::MeanBound, total.line) {
                findings.add(Rule::MeanBound, total.line, message, (said, Some(computed)));
            }
            return;
        }
    }
}
