//! "Risks are ordered by exposure" over a table with a column of that name.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// What introduces a list whose numbers fall.
const FALLING: [&str; 10] = [
    "best first",
    "highest first",
    "largest first",
    "biggest first",
    "worst first",
    "in descending order",
    "by points per hour",
    "by return",
    "in order of return",
    "order of return",
];
/// More items or tables than are said to be in order.
const MOST: usize = 200;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, _) in facts.texts() {
        let lower = text.to_lowercase();
        if text.ends_with(':') && mentions(&lower, &FALLING) && !mentions(&lower, &["not"]) {
            list(facts, line, findings);
        }
        let said =
            ["ordered by ", "sorted by ", "ranked by "].iter().find_map(|phrase| lower.split_once(phrase));
        let Some((before, name)) = said else { continue };
        let section = facts.document.lines_from(line).first().filter(|l| l.number == line).map(|l| l.section);
        let near = facts.document.tables.iter().filter(|table| Some(table.section) == section).take(MOST);
        let column = |table: &Table| {
            let fits = |head: &String| !head.is_empty() && name.starts_with(&head.to_lowercase());
            table.header.cells.iter().position(fits)
        };
        let mut tables = near.filter_map(|table| Some((table, column(table)?)));
        if !before.contains("not ") {
            list(facts, line, findings);
        }
        if let (Some((table, column)), None) = (tables.next(), tables.next())
            && !before.contains("not ")
        {
            judge(table, column, findings);
        }
    }
}

/// One row that is out of a falling order.
fn judge(table: &Table, column: usize, findings: &mut Findings) {
    let rows: Option<Vec<(&Row, Quantity)>> =
        table.body().map(|row| Some((row, row.number(column).filter(Quantity::is_point)?))).collect();
    let Some(rows) = rows.filter(|rows| rows.len() >= 3) else { return };
    let mut rises = rows.windows(2).filter(|pair| matches!(pair, [(_, a), (_, b)] if b.low > a.low));
    if let (Some([(_, before), (row, number)]), None) = (rises.next(), rises.next())
        && before.unit == number.unit
    {
        let (said, head) = (row.cell(column).to_owned(), table.header.cell(column));
        let message = format!("{said} stands below a smaller `{head}`, and the order is said to be by it");
        findings.add(Rule::EffortOrder, row.line, message, (said, None));
    }
}

/// Items right below the words, each of which ends in a number; one of them is out of a falling order.
fn list(facts: &Facts<'_>, above: u32, findings: &mut Findings) {
    let items = facts.document.lines_from(above + 1).iter().take(MOST);
    let section = facts.document.lines_from(above + 1).first().map(|line| line.section);
    let items: Vec<&Line> =
        items.take_while(|line| line.kind == Kind::Item && Some(line.section) == section).collect();
    let Some(found) = items
        .iter()
        .map(|line| ends(line))
        .collect::<Option<Vec<_>>>()
        .filter(|found| (3..MOST).contains(&found.len()))
    else {
        return;
    };
    // "By points per hour" is not the number of hours that an item ends in.
    let both = |line: &&Line| {
        let mut units = line.quantities.iter().map(|q| q.unit);
        units.clone().any(|unit| unit == Unit::Points) && units.any(Unit::is_duration)
    };
    if items.iter().all(both) && found.iter().all(|number| number.unit.is_duration()) {
        return;
    }
    let unit = found.first().map(|first| first.unit);
    let values: Vec<Exact> = found.iter().filter(|q| Some(q.unit) == unit).map(|q| q.low.clone()).collect();
    if values.len() < items.len() {
        return;
    }
    for (at, other) in misplaced(&values, false) {
        if let (Some(line), Some(number)) = (items.get(at), found.get(at)) {
            let said = line.between(number.start, number.end).to_owned();
            let place = if at > other { "below a smaller" } else { "above a larger" };
            let message = format!("{said} stands {place} number, and line {above} gives the order");
            findings.add(Rule::EffortOrder, line.number, message, (said, None));
        }
    }
}

/// The places in a row of numbers that keep it from falling (or, `rising`, from rising), each with its neighbour:
/// where one pair of neighbours alone is out of order, each of them without which the others are in order.
pub(super) fn misplaced(values: &[Exact], rising: bool) -> Vec<(usize, usize)> {
    let wrong = |a: &Exact, b: &Exact| if rising { a > b } else { a < b };
    let pairs = values.windows(2).enumerate();
    let mut pairs = pairs.filter(|(_, pair)| matches!(pair, [a, b] if wrong(a, b))).map(|(at, _)| at);
    let (Some(at), None) = (pairs.next(), pairs.next()) else { return Vec::new() };
    if values.len() < 3 {
        return Vec::new();
    }
    let neighbours = |left: usize| (left.checked_sub(1).and_then(|a| values.get(a)), values.get(left + 1));
    let in_order = |left: &(usize, usize)| !matches!(neighbours(left.0), (Some(a), Some(b)) if wrong(a, b));
    [(at, at + 1), (at + 1, at)].into_iter().filter(in_order).collect()
}

/// The number that a line ends in.
fn ends(line: &Line) -> Option<&Quantity> {
    let last = line.quantities.last()?;
    let rest = line.text.get(last.end..)?.trim_start();
    // `0.8 per ten hours`.
    let ends =
        rest.chars().all(|c| matches!(c, ')' | '.' | ' ')) || rest.starts_with("per ") && rest.len() <= 20;
    (ends && last.is_point() && last.over.is_none()).then_some(last)
}
