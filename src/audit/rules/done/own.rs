//! What the line or the row of a claim says of it.

use super::claims::{Claim, is_done, state_column};
use super::{later, report};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::whole;
use num_traits::Zero as _;

pub(super) fn apply(facts: &Facts<'_>, claims: &[Claim], findings: &mut Findings) {
    for claim in claims {
        let ticked = will_be(&claim.text.to_lowercase());
        let rest = claim.rest.iter().find(|rest| later::to_come(&rest.to_lowercase()).is_some());
        if let Some(said) = rest.or(Some(&claim.text).filter(|_| ticked)) {
            let message =
                format!("`{}` is done, and the same line says `{}`", claim.text.trim(), said.trim());
            report(claim.line, message, "to come", findings);
        }
    }
    for table in &facts.document.tables {
        let state = state_column(table);
        for row in &table.rows {
            if state.is_some_and(|state| is_done(row.cell(state))) {
                unfinished(table, row, findings);
            }
            full(row, findings);
        }
    }
}

/// "Penetration test will be done in May": the sentence of a tick itself tells of the future.
fn will_be(lower: &str) -> bool {
    let before = lower.split(" will be ").next().filter(|before| before.len() < lower.len());
    before.is_some_and(|before| {
        !mentions(before, &["that", "which", "who", "what", "how", "when", "where", "if"])
    })
}

/// A row that is done and whose count or progress is not full.
fn unfinished(table: &Table, row: &Row, findings: &mut Findings) {
    let counted = [
        "progress",
        "complete",
        "completion",
        "% done",
        "fortschritt",
        "executed",
        "run",
        "done",
        "passed",
        "ready",
        "implemented",
        "tested",
        "migrated",
        "status",
        "state",
        "stand",
    ];
    for (column, cell) in row.cells.iter().enumerate().skip(1) {
        let head = table.header.cell(column).to_lowercase();
        let found = quantities(cell);
        let part = |q: &&Quantity| match &q.over {
            Some(over) => q.is_point() && (q.low.is_zero() || q.low < *over && !mentions(&head, &["passed"])),
            None => {
                found.len() == 1
                    && q.is_point()
                    && q.unit == Unit::Percent
                    && q.low < whole(100)
                    && head.contains("pro")
            }
        };
        let shares = |q: &&Quantity| q.over.as_ref().is_some_and(|over| *over > whole(0)) || q.over.is_none();
        if mentions(&head, &counted) && found.iter().filter(shares).any(|q| part(&q)) {
            let message =
                format!("`{}` is done, and its `{}` is {cell}", row.cell(0), table.header.cell(column));
            report(row.line, message, cell, findings);
        }
    }
}

/// `| Monitoring | 100 % | alerts still missing |`.
fn full(row: &Row, findings: &mut Findings) {
    let full = |cell: &String| matches!(cell.trim(), "100 %" | "100%" | "100/100" | "10/10" | "5/5");
    let last = row.cells.last().map(|cell| cell.to_lowercase()).unwrap_or_default();
    let missing = [
        "still missing",
        "is missing",
        "are missing",
        "not yet",
        "not in place",
        "fehlt",
        "fehlen",
        "noch nicht",
    ];
    if row.cells.len() >= 3 && row.cells.iter().skip(1).any(full) && mentions(&last, &missing) {
        let message = format!("`{}` is full, and the same row says `{last}`", row.cell(0));
        report(row.line, message, "not full", findings);
    }
}
