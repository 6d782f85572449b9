//! Thresholds beside what was measured: which of them hold.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// Headers of a threshold.
const LIMITS: [&str; 9] =
    ["threshold", "gate", "limit", "target", "goal", "requirement", "required", "budget", "objective"];
/// Headers of what was measured.
const MEASURED: [&str; 10] =
    ["new", "measured", "actual", "current", "value", "result", "now", "today", "observed", "achieved"];
/// Headers of a state.
const STATES: [&str; 8] = ["state", "status", "met", "verdict", "ok", "passed", "rag", "outcome"];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        for (row, holds) in rows(table) {
            state(table, row, holds, findings);
        }
    }
}

/// Rows with a threshold and a measured number, and whether it holds.
pub(super) fn rows(table: &Table) -> Vec<(&Row, bool)> {
    let column = |words: &[&str]| {
        let mut found = (1..table.header.cells.len())
            .filter(|column| mentions(&table.header.cell(*column).to_lowercase(), words));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let (Some(limit), Some(measured)) = (column(&LIMITS), column(&MEASURED)) else { return Vec::new() };
    let judged = |row| Some((row, holds(row, limit, measured)?));
    if limit == measured { Vec::new() } else { table.body().filter_map(judged).collect() }
}

/// Whether the only number of one cell keeps to the only number of the other.
fn holds(row: &Row, limit: usize, measured: usize) -> Option<bool> {
    let only = |column: usize| {
        let found = quantities(row.cell(column));
        let [one] = found.as_slice() else { return None };
        one.is_point().then(|| one.clone())
    };
    let (most, there): (Quantity, Quantity) = (only(limit)?, only(measured)?);
    let text = row.cell(limit);
    if most.unit != there.unit || most.over != there.over || there.limit != Limit::Exactly {
        return None;
    }
    match most.limit {
        Limit::AtMost if text.contains(['≤', '=']) || text.contains("at most") => {
            Some(there.low <= most.low)
        }
        Limit::AtMost if there.low != most.low => Some(there.low < most.low),
        Limit::AtLeast if text.contains(['≥', '=']) || text.contains("at least") => {
            Some(there.low >= most.low)
        }
        Limit::AtLeast if there.low != most.low => Some(there.low > most.low),
        // A time without a sign is the most that it may take.
        Limit::Exactly if most.unit == Unit::Milliseconds => Some(there.low <= most.low),
        _ => None,
    }
}

/// `green` beside a number that breaks its threshold, `red` beside one that keeps it.
fn state(table: &Table, row: &Row, holds: bool, findings: &mut Findings) {
    let column = (1..table.header.cells.len())
        .rev()
        .find(|column| mentions(&table.header.cell(*column).to_lowercase(), &STATES));
    let Some(column) = column else { return };
    let cell = row.cell(column).to_lowercase();
    let name = cell.trim_matches(|c: char| !c.is_alphanumeric());
    let good = ["green", "pass", "passed", "met", "ok", "yes", "fulfilled", "done", "grün", "ja", "erfüllt"];
    let bad = ["red", "fail", "failed", "not met", "no", "missed", "rot", "nein", "verfehlt"];
    let said = match () {
        () if good.contains(&name) || name.is_empty() && cell.contains(['✅', '✔', '🟢']) => true,
        () if bad.contains(&name) || name.is_empty() && cell.contains(['❌', '✘', '🔴']) => false,
        () => return,
    };
    if said != holds && !findings.has(Rule::ClaimWithoutEvidence, row.line) {
        let keeps = if holds { "keeps to its threshold" } else { "breaks its threshold" };
        let message = format!("`{}` is `{}` and {keeps}", row.cell(0), row.cell(column));
        let right = if holds { "met" } else { "not met" };
        let numbers = (row.cell(column).to_owned(), Some(right.to_owned()));
        findings.add(Rule::ClaimWithoutEvidence, row.line, message, numbers);
    }
}
