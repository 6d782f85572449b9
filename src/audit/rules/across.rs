//! Rows against a column that holds what the others come to: `| Hours | 20 | 24 | 40 | 84 |` below `Total`.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Names of rows that are no sums.
const NO_SUM: [&str; 14] = [
    "mean", "average", "rate", "share", "percent", "price", "max", "min", "median", "score", "ratio", "in %",
    "p95", "version",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        ticks(table, findings);
        let named = |column: &usize| {
            let head = table.header.cell(*column).to_lowercase();
            matches!(
                head.trim(),
                "total" | "sum" | "all" | "together" | "in all" | "overall" | "both" | "altogether"
            )
        };
        if let Some(total) = (3..table.header.cells.len()).rfind(named) {
            judge(table, total, findings);
        }
    }
}

/// What a cell of a matrix of ticks says.
fn tick(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "✓" | "✔" | "✅" | "☑" | "x" | "ok" | "done" | "ja" | "pass" | "passed" | "y" | "green" => {
            Some(true)
        }
        "no" | "✗" | "✘" | "❌" | "☐" | "-" | "–" | "—" | "" | "fail" | "failed" | "nein" | "n" | "open"
        | "red" => Some(false),
        _ => None,
    }
}

/// `| windows | yes | yes | yes | no | 3/4 |`: the ticks of a row, counted in its last column.
fn ticks(table: &Table, findings: &mut Findings) {
    let Some(last) = table.header.cells.len().checked_sub(1).filter(|last| *last >= 3) else { return };
    for row in &table.rows {
        let Some(stated) = row.number(last).filter(|q| q.is_point() && q.over.is_some()) else { continue };
        let cells: Option<Vec<bool>> = (1..last).map(|column| tick(row.cell(column))).collect();
        let Some(cells) = cells.filter(|cells| stated.over == Some(whole(cells.len()))) else { continue };
        let count = cells.iter().filter(|done| **done).count();
        if stated.low != whole(count) && !findings.has(Rule::Sum, row.line) {
            let (said, computed) = (row.cell(last).to_owned(), format!("{count}/{}", cells.len()));
            let message = format!("the row `{}` has {count} of {}, not {said}", row.cell(0), cells.len());
            findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
        }
    }
}

fn number(row: &Row, column: usize) -> Option<Quantity> {
    let found = row.number(column)?;
    let plain = found.is_point() && found.over.is_none() && found.limit == Limit::Exactly;
    (plain && quantities(row.cell(column)).len() == 1).then_some(found)
}

/// At least one row must be the sum, so that the column is known to hold sums.
fn judge(table: &Table, total: usize, findings: &mut Findings) {
    let (mut held, mut broken) = (0, Vec::new());
    for row in &table.rows {
        let name = row.cell(0).to_lowercase();
        let parts: Option<Vec<Quantity>> = (1..total).map(|column| number(row, column)).collect();
        let (Some(parts), Some(stated)) = (parts, number(row, total)) else { continue };
        let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
        let slack: Exact =
            parts.iter().filter(|part| part.decimals > 0).map(|part| part.ulp() / whole(2)).sum();
        let several = parts.iter().filter(|part| !part.low.is_zero()).count() >= 2;
        if (&sum - &stated.low).abs() <= slack {
            held += usize::from(several);
        } else if !mentions(&name, &NO_SUM) && stated.unit != Unit::Percent {
            broken.push((row, sum));
        }
    }
    if held == 0 || broken.len() > held {
        return;
    }
    for (row, sum) in broken {
        let Some(stated) = number(row, total) else { continue };
        let near = (&sum - &stated.low).abs() * whole(2) <= stated.low;
        if near && !findings.has(Rule::Sum, row.line) {
            let (said, computed) = (row.cell(total).to_owned(), shown(&sum));
            let message = format!("the row `{}` sums to {computed}, not to {said}", row.cell(0));
            findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
        }
    }
}
