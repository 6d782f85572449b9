//! The score that follows from the rest of a document.

use num_traits::Signed as _;

use crate::audit::facts::{DimensionSet, Facts, Statement};
use crate::audit::quantity::{Quantity, Unit, says};
use crate::audit::table::Row;
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

use super::sum_row::most_columns;
use crate::audit::outline::{Kind, Line};

/// The weighted mean of the dimensions, else what a total, a mean or a sum makes.
pub(super) fn of(facts: &Facts<'_>) -> Option<Exact> {
    let table = facts.dimensions.iter().find_map(DimensionSet::weighted);
    table
        .or_else(|| stated_total(facts))
        .or_else(|| of_most(facts))
        .or_else(|| of_hundred(facts))
        .or_else(|| of_items(facts))
        .or_else(|| plain_mean(facts))
        .or_else(|| total_line(facts))
        .or_else(|| worked_out(facts))
}

/// Whether the points of the dimensions sum to the headline: then one of them is wrong, and it is not.
pub(super) fn summed(facts: &Facts<'_>, current: &Statement) -> bool {
    let of = |set: &DimensionSet| {
        set.dimensions.iter().map(|d| d.points.as_ref().map(|q| q.low.clone())).sum::<Option<Exact>>()
    };
    facts.dimensions.iter().filter_map(of).any(|sum| says(&current.low, current.decimals, &sum))
}

/// The mean of scores without weights, where the document says that the score is one.
fn plain_mean(facts: &Facts<'_>) -> Option<Exact> {
    let said = |text: &str| {
        let lower = text.to_lowercase();
        let mean =
            ["mean", "average", "equal weight", "equal weights", "equally weighted", "weighted equally"];
        let of =
            ["dimensions", "areas", "categories", "components", "pillars", "scores", "domains", "criteria"];
        mentions(&lower, &mean)
            && mentions(&lower, &of)
            && !mentions(&lower, &["weighted mean", "weighted average"])
    };
    let mut sets = facts.dimensions.iter().filter(|set| set.weights().is_none());
    let set =
        sets.next().filter(|_| sets.next().is_none() && facts.texts().any(|(_, text, _)| said(text)))?;
    set.mean()
}

/// `Total: 74.0 points` below a list of what each dimension gives.
fn total_line(facts: &Facts<'_>) -> Option<Exact> {
    let named = ["rating", "ratings", "score", "scores", "scorecard", "scoring", "dimensions", "points"];
    let mut found = facts.document.lines.iter().filter(|line| {
        let title = facts.document.titles(line.section).next().unwrap_or_default().to_lowercase();
        matches!(line.key().as_str(), "total" | "sum" | "total score" | "total points")
            && mentions(&title, &named)
            && !mentions(&title, &["gain", "gaps", "plan", "missing", "after"])
    });
    let stated = found.next()?.values().next().filter(|_| found.next().is_none())?;
    let points = stated.unit == Unit::Points || stated.over == Some(whole(100));
    (points && stated.is_point() && !stated.signed && stated.low <= whole(100)).then(|| stated.low.clone())
}

/// `32.5 + 13.5 + 18 = 64` where the text tells how the score came about.
fn worked_out(facts: &Facts<'_>) -> Option<Exact> {
    let current = &facts.current()?.low;
    let named = ["score", "came about", "calculation", "how the", "computed", "readiness", "how it is made"];
    let other =
        ["hours", "days", "weeks", "after", "target", "then", "would", "plan", "until", "gain", "missing"];
    let mut found: Vec<Exact> = Vec::new();
    for line in &facts.document.lines {
        let lower = line.text.to_lowercase();
        let title = facts.document.titles(line.section).next().unwrap_or_default().to_lowercase();
        if mentions(&lower, &other) || !mentions(&lower, &named) && !mentions(&title, &named) {
            continue;
        }
        let sign = |a: &Quantity, b: &Quantity| line.between(a.end, b.start).trim();
        let is = line.quantities.windows(2).position(|pair| matches!(pair, [a, b] if sign(a, b) == "="));
        let Some((is, made)) = is.and_then(|is| Some((is, line.quantities.get(is + 1)?))) else { continue };
        // A plus sign before a space belongs to its number.
        let adds = |a: &Quantity, b: &Quantity| sign(a, b) == "+" || sign(a, b).is_empty() && b.signed;
        let joined = |at: &usize| matches!(line.quantities.get(*at..at + 2), Some([a, b]) if adds(a, b));
        let first = (0..is).rev().take_while(joined).last().unwrap_or(is);
        let terms = line.quantities.get(first..=is).unwrap_or_default();
        let sum: Exact = terms.iter().map(|term| term.low.clone()).sum();
        let ahead = terms.iter().any(|term| term.low == *current);
        if terms.len() >= 3 && sum == made.low && made.low <= whole(100) && !ahead {
            found.push(sum);
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// A mean stated in the total row of a table without weights.
fn stated_total(facts: &Facts<'_>) -> Option<Exact> {
    facts.dimensions.iter().find_map(|set| {
        let table = facts.document.tables.get(set.table?)?;
        Some(table.total()?.number(set.columns.1?)?.as_score()?.0)
    })
}

/// What the items of a list have of points that make a hundred together: `Tests: 20 of 30 points`.
fn of_items(facts: &Facts<'_>) -> Option<Exact> {
    let mut found = facts.document.blocks().filter_map(|block| {
        let of = |line: &Line| match line.quantities.as_slice() {
            [part, all] if line.between(part.end, all.start).trim() == "of" && part.low <= all.low => {
                (line.kind == Kind::Item && part.is_point()).then(|| (part.low.clone(), all.low.clone()))
            }
            [only] if line.kind == Kind::Item => Some((only.low.clone(), only.over.clone()?)),
            _ => None,
        };
        let parts: Vec<(Exact, Exact)> = block.iter().map(of).collect::<Option<Vec<_>>>()?;
        let most: Exact = parts.iter().map(|(_, all)| all.clone()).sum();
        let whole = parts.len() >= 3 && most == whole(100);
        whole.then(|| parts.into_iter().map(|(part, _)| part).sum::<Exact>())
    });
    found.next().filter(|_| found.next().is_none())
}

/// What rows have of weights or points that sum to a hundred, by the totals of both.
fn of_hundred(facts: &Facts<'_>) -> Option<Exact> {
    let mut found = facts.document.tables.iter().filter_map(|table| {
        let total = table.total()?;
        let plain = |row: &Row, column: usize| row.number(column).filter(Quantity::is_point).map(|q| q.low);
        let most = (1..table.header.cells.len()).find(|column| plain(total, *column) == Some(whole(100)))?;
        let mut others = (1..table.header.cells.len()).filter(|column| {
            let head = table.header.cell(*column).to_lowercase();
            let open = mentions(&head, &["open", "missing", "gap", "left", "gain", "target", "after", "last"]);
            *column != most && !open && plain(total, *column).is_some()
        });
        let column = others.next().filter(|_| others.next().is_none())?;
        let within = |row: &Row| matches!((plain(row, column), plain(row, most)), (Some(own), Some(most)) if own <= most);
        let sum = table.body().map(|row| plain(row, column)).sum::<Option<Exact>>()?;
        let stated = plain(total, column)? == sum;
        (stated && table.body().all(within)).then_some(sum)
    });
    found.next().filter(|_| found.next().is_none())
}

/// What is achieved of the most, over a table of both.
fn of_most(facts: &Facts<'_>) -> Option<Exact> {
    facts.document.tables.iter().find_map(|table| {
        let (most, achieved) = most_columns(table)?;
        let sum = |column: usize| {
            table
                .body()
                .map(|row| row.number(column).filter(Quantity::is_point).map(|q| q.low))
                .sum::<Option<Exact>>()
        };
        let (most, achieved) = (sum(most)?, sum(achieved)?);
        most.is_positive().then(|| achieved * whole(100) / most)
    })
}
