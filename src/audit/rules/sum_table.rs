//! Columns of a table against its total row.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::{DimensionSet, Facts};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown, shown_range};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::sum_row::most_columns;

/// Headers of columns whose total is no sum.
const NO_SUM: [&str; 31] = [
    "average",
    "avg",
    "mean",
    "median",
    "rate",
    "ratio",
    "min",
    "max",
    "p50",
    "p90",
    "p95",
    "p99",
    "latency",
    "speed",
    "version",
    "score",
    "rating",
    "coverage",
    "grade",
    "rank",
    "priority",
    "percentile",
    "throughput",
    "stddev",
    "current",
    "after",
    "cumulative",
    "target",
    "per",
    "#",
    "id",
];

/// Headers of percentages that are shares of one whole.
const SHARES: [&str; 7] = ["weight", "share", "allocation", "% of", "proportion", "portion", "distribution"];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        if let Some(total) = table.total().filter(|total| is_sum(total)) {
            for column in 1..table.header.cells.len() {
                check(table, total, column, findings);
            }
        } else if let Some(total) = inner_total(table) {
            let sums: Vec<(usize, bool)> = (1..table.header.cells.len())
                .filter_map(|column| Some((column, adds_up(table, total, column)?)))
                .collect();
            // Where another column keeps it, the row is a sum.
            for (column, _) in sums.iter().filter(|(_, fits)| !fits && sums.iter().any(|(_, fits)| *fits)) {
                check(table, total, *column, findings);
            }
        }
        for column in 1..table.header.cells.len() {
            super::sum_running::subtotals(table, column, findings);
        }
        super::sum_running::cumulative(table, findings);
    }
    for set in &facts.dimensions {
        weights(facts, set, findings);
    }
}

/// Weights in percent sum to 100, weights as fractions to 1.
fn weights(facts: &Facts<'_>, set: &DimensionSet, findings: &mut Findings) {
    let table = set.table.and_then(|index| facts.document.tables.get(index));
    let Some(sum) = set.weights().filter(|_| table.is_none_or(|table| table.total().is_none())) else {
        return;
    };
    // A last row under another name may hold their sum.
    let last = set.dimensions.last().and_then(|d| d.weight.clone()).unwrap_or_default();
    if last.clone() + &last == sum {
        return;
    }
    let fractions = set.dimensions.iter().all(|d| d.weight.as_ref().is_some_and(|weight| *weight < whole(1)));
    let (full, sign) = match (set.percent, fractions) {
        (true, _) => (whole(100), "%"),
        (false, true) => (whole(1), ""),
        (false, false) => return,
    };
    if sum != full {
        let (stated, computed) = (format!("{}{sign}", shown(&full)), format!("{}{sign}", shown(&sum)));
        let message = format!("the weights sum to {computed}, not {stated}");
        findings.add(Rule::Sum, set.line, message, (stated, Some(computed)));
    }
}

fn is_sum(total: &Row) -> bool {
    !mentions(&total.cell(0).to_lowercase(), &["average", "mean"])
}

fn check(table: &Table, total: &Row, column: usize, findings: &mut Findings) {
    let head = table.header.cell(column).to_lowercase();
    let one = quantities(total.cell(column)).len() == 1;
    let Some(stated) = total.number(column).filter(|q| q.over.is_none() && one) else { return };
    let share = mentions(&head, &SHARES) || head.contains("weight");
    let percent = (stated.unit == Unit::Percent
        || head.trim() == "%"
        || head.ends_with(" %")
        || head.starts_with("% "))
        && !share
        && !(stated.signed
            && table.body().all(|row| row.is_empty(column) || row.number(column).is_some_and(|q| q.signed)));
    // Scores out of a most that has a sum are parts of one score.
    let of_most = most_columns(table).is_some_and(|(most, achieved)| column == most || column == achieved);
    // The least and the most of a length of work have sums.
    let effort =
        mentions(&head, &["min", "max"]) && mentions(&head, &["hours", "hrs", "hr", "h", "days", "weeks"]);
    if (mentions(&head, &NO_SUM) || head.trim() == "year") && !share && !of_most && !effort
        || percent
        || head.is_empty()
        || stated.unit == Unit::Milliseconds
    {
        return;
    }
    let Some(parts) = parts(table, column, &stated) else { return };
    // What only looks like a subtotal is a part.
    let whole_column: Option<Exact> = table.body().map(|row| row.number(column).map(|q| q.low)).sum();
    if whole_column.is_some_and(|sum| sum == stated.low) {
        return;
    }
    let low: Exact = parts.iter().map(|q| q.low.clone()).sum();
    let high: Exact = parts.iter().map(|q| q.high.clone()).sum();
    if stated.unit == Unit::Percent && low > whole(100) && stated.low < whole(100) {
        return;
    }
    if is_mean(&stated, &parts, &low)
        || without_subtotals(&parts) == Some(stated.low.clone())
        || several(total.cell(column))
    {
        return;
    }
    let slack = parts.iter().filter(|q| q.decimals > 0).map(|q| q.ulp() / whole(2)).sum::<Exact>()
        + rounding(&stated, &low);
    if agrees(&stated, &low, &high, &slack) || kept(table, column, &stated) || is_span(&stated, &parts) {
        return;
    }
    let (low, high) = match calendar(&parts) {
        Some(length) if !stated.is_point() || stated.low == length => return,
        Some(length) => (length.clone(), length),
        None => (low, high),
    };
    let computed = shown_range(&low, &high);
    let name = table.header.cell(column);
    let message =
        format!("the column `{name}` sums to {computed}, not to the {} of its total row", total.cell(column));
    findings.add(Rule::Sum, total.line, message, (total.cell(column).to_owned(), Some(computed)));
}

/// A row called a sum that rows of something else follow.
fn inner_total(table: &Table) -> Option<&Row> {
    let at = table.rows.iter().position(Row::is_total)?;
    let row = table.rows.get(at).filter(|_| at >= 2 && at + 1 < table.rows.len())?;
    let only = table.rows.iter().filter(|row| row.is_total()).count() == 1;
    let name = row.cell(0).trim().to_lowercase();
    (only && matches!(name.as_str(), "sum" | "total" | "all" | "together")).then_some(row)
}

/// Whether the cells above a total come to it exactly.
fn adds_up(table: &Table, total: &Row, column: usize) -> Option<bool> {
    let stated =
        total.number(column).filter(|q| q.over.is_none() && q.is_point() && q.unit != Unit::Percent)?;
    let parts = parts(table, column, &stated)?;
    let sum: Exact = parts.iter().map(|q| q.low.clone()).sum();
    Some(sum == stated.low)
}

/// Whether the total lies among three parts or more and far below their sum: then it is a mean of them.
fn is_mean(stated: &Quantity, parts: &[Quantity], sum: &Exact) -> bool {
    let (least, most) = (parts.iter().map(|q| &q.low).min(), parts.iter().map(|q| &q.high).max());
    let among =
        least.is_some_and(|least| *least <= stated.low) && most.is_some_and(|most| stated.low < *most);
    parts.len() >= 3 && stated.decimals > 0 && among && &stated.low * whole(2) <= *sum
}

/// The sum of the parts that are not themselves what all before them come to.
fn without_subtotals(parts: &[Quantity]) -> Option<Exact> {
    let mut sum = Exact::zero();
    let mut skipped = false;
    for (at, part) in parts.iter().enumerate() {
        if at >= 2 && part.low == sum {
            skipped = true;
        } else {
            sum += &part.low;
        }
    }
    skipped.then_some(sum)
}

/// Whether a cell counts several things: `4 high, 4 medium`.
fn several(cell: &str) -> bool {
    let found = quantities(cell);
    found.windows(2).any(
        |two| matches!(two, [a, b] if cell.get(a.end..b.start).is_some_and(|gap| gap.contains([',', '+']))),
    )
}

/// Whether the total is from the first to the last of its parts, as with weeks of a calendar.
fn is_span(stated: &Quantity, parts: &[Quantity]) -> bool {
    let (first, last) = (parts.iter().map(|q| &q.low).min(), parts.iter().map(|q| &q.high).max());
    !stated.is_point() && first == Some(&stated.low) && last == Some(&stated.high)
}

/// The length of parts that follow each other on a calendar: `1-2`, `3-5`, `6-8`.
fn calendar(parts: &[Quantity]) -> Option<Exact> {
    let follows = |pair: &[Quantity]| matches!(pair, [a, b] if &a.high + whole(1) == b.low);
    let ranged = parts.iter().any(|part| !part.is_point());
    let (first, last) = (parts.first()?, parts.last()?);
    (ranged && parts.windows(2).all(follows)).then(|| &last.high - &first.low + whole(1))
}

/// Half a unit where the total has fewer decimals than its parts.
fn rounding(stated: &Quantity, exact: &Exact) -> Exact {
    let fits = (exact / stated.ulp()).is_integer();
    if fits { Exact::zero() } else { stated.ulp() }
}

fn agrees(stated: &Quantity, low: &Exact, high: &Exact, slack: &Exact) -> bool {
    let near = |a: &Exact, b: &Exact| (a - b).abs() <= *slack;
    match stated.limit {
        crate::audit::quantity::Limit::Exactly if stated.is_point() => {
            near(&stated.low, low) && near(&stated.low, high)
                || low < high && *low < stated.low && stated.low <= *high
        }
        crate::audit::quantity::Limit::Exactly => {
            near(&stated.low, low) && near(&stated.high, high)
                || low == high && stated.low <= *low && *high <= stated.high
        }
        _ => true,
    }
}

/// Whether the total is another fair reading: the largest or the mean of plain numbers.
fn kept(table: &Table, column: usize, stated: &Quantity) -> bool {
    let head = table.header.cell(column).to_lowercase();
    let additive = mentions(
        &head,
        &[
            "points", "weight", "hours", "effort", "tests", "total", "passed", "failed", "skipped", "count",
            "passing", "failing", "gain", "cost", "days", "weeks", "issues", "cases", "gap",
        ],
    );
    let numbers: Vec<Exact> = table.body().filter_map(|row| row.number(column)).map(|q| q.low).collect();
    let largest = numbers.iter().max() == Some(&stated.low);
    // `Total` says that it is a sum; `All` and `Overall` may hold the rate of all.
    let summed = table.total().is_some_and(|row| row.cell(0).to_lowercase().contains("total"));
    let within = numbers.iter().min().is_some_and(|least| *least <= stated.low)
        && numbers.iter().max().is_some_and(|most| stated.low <= *most);
    !additive && (largest || within && (!summed || stated.decimals > 0))
}

/// The parts of a column: every cell that is not empty, in the unit of the total; at least two.
fn parts(table: &Table, column: usize, stated: &Quantity) -> Option<Vec<Quantity>> {
    let mut parts = Vec::new();
    for (at, row) in table.body().enumerate() {
        if super::sum_running::is_subtotal(table, at) {
            continue;
        }
        if row
            .cells
            .iter()
            .any(|cell| cell.trim_matches('.').is_empty() && cell.contains("...") || cell == "…")
        {
            return None;
        }
        if row.is_empty(column) {
            continue;
        }
        let part = row.number(column)?;
        let same = part.unit == stated.unit || part.unit == Unit::None || stated.unit == Unit::None;
        if !same || part.unit == Unit::Other || part.over.is_some() {
            return None;
        }
        parts.push(part);
    }
    let subtotals =
        table.body().any(|row| mentions(&row.cell(0).to_lowercase(), &["subtotal", "sub-total", "total"]));
    (parts.len() >= 2 && !subtotals).then_some(parts)
}
