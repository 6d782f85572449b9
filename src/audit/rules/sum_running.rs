//! Sums inside a table: subtotals, and scores that each are the one before and an improvement.

use num_traits::{Signed as _, Zero as _};

use super::sum_row::change_columns;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, shown, shown_range};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Each subtotal is the sum of the rows from the one before it on.
pub(super) fn subtotals(table: &Table, column: usize, findings: &mut Findings) {
    let is_subtotal = |row: &Row| {
        mentions(&row.cell(0).to_lowercase(), &["subtotal", "sub-total", "sub total", "zwischensumme"])
    };
    if !table.rows.iter().any(is_subtotal) {
        return;
    }
    let mut parts: Vec<Quantity> = Vec::new();
    for row in &table.rows {
        if row.is_total() || row.is_empty(column) {
            continue;
        }
        let plain =
            |q: &Quantity| q.is_point() && q.over.is_none() && !matches!(q.unit, Unit::Percent | Unit::Other);
        let Some(number) = row.number(column).filter(plain) else { return };
        if !is_subtotal(row) {
            parts.push(number);
            continue;
        }
        let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
        let slack = parts.iter().filter(|q| q.decimals > 0).map(|q| q.ulp() / whole(2)).sum::<Exact>();
        if parts.len() >= 2 && (&sum - &number.low).abs() > slack && !findings.has(Rule::Sum, row.line) {
            let (said, computed) = (row.cell(column).to_owned(), shown(&sum));
            let message = format!("the rows up to `{}` sum to {computed}, not to {said}", row.cell(0));
            findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
        }
        parts.clear();
    }
}

/// Headers of the score after a row.
const AFTERWARDS: [&str; 9] = [
    "afterwards",
    "score after",
    "status after",
    "points after",
    "readiness after",
    "cumulative",
    "running total",
    "total so far",
    "score then",
];
/// Headers of a score, and of what a row brings to it.
const SCORE: [&str; 10] = [
    "grade",
    "score",
    "readiness",
    "result",
    "cumulative",
    "after",
    "running total",
    "total so far",
    "coverage",
    "pass rate",
];
const GAIN: [&str; 5] = ["improvement", "gain", "delta", "increase", "change"];

/// A column of scores beside a column of improvements: each score is the one before and its improvement.
pub(super) fn cumulative(table: &Table, findings: &mut Findings) {
    if change_columns(table).is_some() {
        return;
    }
    let afterwards = table.column(&AFTERWARDS);
    let of_points =
        || table.column(&["points"]).filter(|points| afterwards.is_some_and(|after| after != *points));
    let Some(gain) = table.column(&GAIN).or_else(of_points) else { return };
    let Some(score) = table.column(&SCORE).filter(|score| *score != gain) else { return };
    let rows: Vec<&Row> = table.body().collect();
    let scored = |row: &Row| {
        row.number(score).filter(|q| (afterwards.is_some() || q.as_score().is_some()) && q.is_point())
    };
    let gains = |row: &&&Row| row.number(gain).is_some_and(|q| q.signed || q.unit == Unit::Points);
    let known = afterwards.is_some() || rows.iter().filter(gains).count() >= 2;
    let starts: Vec<Exact> =
        rows.iter().filter_map(|row| Some(scored(row)?.low - row.number(gain)?.low)).collect();
    if !known || are_options(&starts) {
        return;
    }
    // What a score would be if the row above were right; an error is reported once, not in the row below again.
    let mut right: Option<Exact> = None;
    for pair in rows.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(from), Some(to), Some(by)) = (scored(before), scored(after), after.number(gain)) else {
            return;
        };
        let other = matches!(by.unit, Unit::Hours | Unit::Weeks | Unit::Other);
        if other || by.over.is_some() || from.over != to.over {
            return;
        }
        // Scores with decimals may be rounded.
        let slack = if from.decimals + to.decimals > 0 { to.ulp() } else { Exact::zero() };
        let fits = |start: &Exact| start + &by.low <= &to.low + &slack && to.low <= start + &by.high + &slack;
        let echo = right.as_ref().is_some_and(fits);
        right = None;
        if !echo && !fits(&from.low) {
            broken([before, after], [score, gain], [&from, &by], findings);
            right = Some(&from.low + &by.low);
        }
    }
}

/// Whether most rows begin at one score: then they are options, and none goes on from the one above.
fn are_options(starts: &[Exact]) -> bool {
    let same = |start: &Exact| starts.iter().filter(|other| *other == start).count();
    starts.iter().take(RUN).any(|start| same(start) >= 2 && same(start) * 2 > starts.len())
}

/// Reports a score that is not the one above and the improvement.
fn broken(
    [before, after]: [&Row; 2],
    [score, gain]: [usize; 2],
    [from, by]: [&Quantity; 2],
    findings: &mut Findings,
) {
    let computed = shown_range(&(&from.low + &by.low), &(&from.low + &by.high));
    let said = after.cell(score);
    let message = format!("{} and {} make {computed}, not {said}", before.cell(score), after.cell(gain));
    findings.add(Rule::Sum, after.line, message, (said.to_owned(), Some(computed)));
}

/// Rows above a subtotal at most; a table by hand has no longer runs.
const RUN: usize = 100;

/// Whether a row is the sum of all rows above it in every column of numbers, two or more of them: `Before release`.
pub(super) fn is_subtotal(table: &Table, at: usize) -> bool {
    let Some((row, above)) = table.rows.get(at).zip(table.rows.get(..at)) else { return false };
    if !(2..RUN).contains(&above.len()) {
        return false;
    }
    let mut sums = 0;
    for column in 1..table.header.cells.len() {
        let Some(own) = row.number(column).filter(|q| q.is_point() && !q.low.is_zero()) else { continue };
        let parts: Option<Vec<Exact>> =
            above.iter().map(|row| row.number(column).filter(Quantity::is_point).map(|q| q.low)).collect();
        let Some(parts) = parts else { return false };
        // What is the same as the only other row that is not zero is no sum.
        let several = parts.iter().filter(|part| !part.is_zero()).count() >= 2;
        if !several || parts.into_iter().sum::<Exact>() != own.low {
            return false;
        }
        sums += 1;
    }
    sums >= 2
}
