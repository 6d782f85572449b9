//! Rows of a table whose cells follow from each other: before and after, most and achieved, weeks and people.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

use super::weight::of_hundred;
use super::weight_rise::gains_weighted;

/// Headers of the number before a change.
const BEFORE: [&str; 7] = ["before", "from", "current", "now", "today", "old", "baseline"];
/// Headers of the number after it.
const AFTER: [&str; 9] = ["after", "to", "target", "new", "expected", "projected", "then", "goal", "planned"];
/// Headers of the change itself.
const CHANGE: [&str; 6] = ["change", "delta", "gain", "improvement", "increase", "difference"];
/// Headers of the most that can be achieved.
const MOST: [&str; 6] = ["max", "maximum", "possible", "available", "max points", "out of"];
/// Headers of what is achieved of it.
const ACHIEVED: [&str; 7] = ["achieved", "actual", "earned", "reached", "scored", "attained", "score"];
/// Headers of the same, where they are all of the header.
const POINTS: [&str; 5] = ["points", "result", "now", "today", "current"];
/// Headers of what is missing to it.
const MISSING: [&str; 5] = ["missing", "gap", "remaining", "lost", "open"];
/// Headers of people.
const PEOPLE: [&str; 5] = ["engineers", "people", "developers", "devs", "headcount"];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        if !gains_weighted(facts, table) {
            changes(facts, table, findings);
        }
        achieved(table, findings);
        people(table, findings);
        running(table, findings);
    }
}

/// The only column with one of `words` in its header.
fn column(table: &Table, words: &[&str]) -> Option<usize> {
    let mut fits = (1..table.header.cells.len())
        .filter(|column| mentions(&table.header.cell(*column).to_lowercase(), words));
    let first = fits.next()?;
    fits.next().is_none().then_some(first)
}

/// Columns of a number before, a number after and the change between.
pub(super) fn change_columns(table: &Table) -> Option<[usize; 3]> {
    // A gain of the whole follows from weights.
    let of_whole = ["overall", "total", "weighted", "net"];
    let change =
        column(table, &CHANGE).filter(|c| !mentions(&table.header.cell(*c).to_lowercase(), &of_whole))?;
    let named = column(table, &BEFORE).zip(column(table, &AFTER));
    // `| | rc1 | rc2 | change |`
    let two = || (table.header.cells.len() == 4 && change == 3).then_some((1, 2));
    let (before, after) = named.or_else(two)?;
    (before != after && before != change && after != change).then_some([before, after, change])
}

/// One exact number of a cell.
fn number(row: &Row, column: usize) -> Option<Quantity> {
    let quantity = row.number(column)?;
    let alone = quantities(row.cell(column)).len() == 1;
    (alone && quantity.is_point() && quantity.limit == Limit::Exactly).then_some(quantity)
}

/// Before and change make after; a change may be relative to what was before.
fn changes(facts: &Facts<'_>, table: &Table, findings: &mut Findings) {
    let Some([before, after, change]) = change_columns(table) else { return };
    let (mut wrong, mut held) = (Vec::new(), 0);
    for row in &table.rows {
        let (Some(from), Some(to), Some(by)) = (number(row, before), number(row, after), number(row, change))
        else {
            continue;
        };
        let same = from.over == to.over && from.unit == to.unit && by.over.is_none();
        let percent = by.unit == Unit::Percent && from.unit != Unit::Percent;
        let known = matches!(by.unit, Unit::Percent | Unit::Points | Unit::None) || by.unit == from.unit;
        if !same || percent || !known {
            continue;
        }
        let exact = &to.low - &from.low;
        let slack = from.ulp().max(to.ulp()).max(by.ulp());
        let slack = if from.decimals + to.decimals + by.decimals == 0 { Exact::default() } else { slack };
        let near = |exact: &Exact| (exact - &by.low).abs() <= slack;
        let relative = from.low.is_positive()
            && (&exact * Exact::from_integer(100.into()) / &from.low - &by.low).abs() < by.ulp();
        if near(&exact) || near(&-&exact) || by.unit == Unit::Percent && relative {
            held += 1;
            continue;
        }
        if is_weighted(facts, row, [&from, &to, &by]) {
            continue;
        }
        let computed = format!("{}{}", if exact.is_negative() { "" } else { "+" }, shown(&exact));
        let (from, to, by) = (row.cell(before), row.cell(after), row.cell(change));
        let message = format!("from {from} to {to} is {computed}, not {by}");
        wrong.push((row.line, message, (by.to_owned(), Some(computed))));
    }
    // Where few rows hold, they do by chance, and the change is of something else.
    if wrong.len() == 1 || held >= 2 * wrong.len() {
        for (line, message, numbers) in wrong {
            findings.add(Rule::Sum, line, message, numbers);
        }
    }
}

/// Whether a gain is that of the whole: the weight of its dimension times its change.
fn is_weighted(facts: &Facts<'_>, row: &Row, [from, to, by]: [&Quantity; 3]) -> bool {
    let name = row.cells.join(" ");
    facts.dimensions.iter().any(|set| {
        let dimension = set.find(&name);
        dimension.and_then(|found| Some((set.share(found)?, found))).is_some_and(|(share, found)| {
            let (Some(from), Some(to)) = (of_hundred(from, found), of_hundred(to, found)) else {
                return false;
            };
            (share * (to - from) - &by.low).abs() <= by.ulp()
        })
    })
}

/// Columns of the most and of what is achieved of it.
pub(super) fn most_columns(table: &Table) -> Option<(usize, usize)> {
    let most = column(table, &MOST)?;
    let plain = || {
        (1..table.header.cells.len())
            .find(|c| *c != most && POINTS.contains(&table.header.cell(*c).trim().to_lowercase().as_str()))
    };
    let achieved = column(table, &ACHIEVED).or_else(plain)?;
    // A possible gain is no most.
    let head = table.header.cell(most).to_lowercase();
    let most = if mentions(&head, &["gain", "gains", "improvement", "increase"]) { achieved } else { most };
    (most != achieved).then_some((most, achieved))
}

/// What is achieved stays below the most, and what is missing is the rest.
fn achieved(table: &Table, findings: &mut Findings) {
    let Some((most, achieved)) = most_columns(table) else { return };
    let missing = column(table, &MISSING);
    for row in &table.rows {
        let (Some(most), Some(reached)) = (number(row, most), number(row, achieved)) else { continue };
        if most.unit != reached.unit || reached.over.is_some() || most.over.is_some() {
            continue;
        }
        if reached.low > most.low {
            let (said, computed) = (row.cell(achieved).to_owned(), shown(&most.low));
            let message = format!("{said} of {computed} possible points");
            findings.add(Rule::Bound, row.line, message, (said, Some(computed)));
            continue;
        }
        let Some(rest) = missing.and_then(|column| number(row, column)).filter(|q| q.over.is_none()) else {
            continue;
        };
        let exact = &most.low - &reached.low;
        let rounded = (&exact - rest.low.abs()).abs();
        let slack = if rest.decimals < reached.decimals { rest.ulp() } else { Exact::default() };
        if rounded > slack && rest.unit == most.unit {
            let (said, computed) = (missing.map_or("", |c| row.cell(c)).to_owned(), shown(&exact));
            let message =
                format!("{} of {} leaves {computed}, not {said}", shown(&reached.low), shown(&most.low));
            findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
        }
    }
}

/// Weeks times engineers are engineer-weeks.
fn people(table: &Table, findings: &mut Findings) {
    let product = (1..table.header.cells.len()).find(|column| {
        let head = table.header.cell(*column).to_lowercase();
        ["engineer-", "person-", "dev-", "engineer ", "person ", "man-"]
            .iter()
            .any(|who| ["weeks", "days", "hours"].iter().any(|time| head.contains(&format!("{who}{time}"))))
    });
    let Some(product) = product else { return };
    let other = |words: &[&str]| {
        (1..table.header.cells.len())
            .find(|c| *c != product && mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let head = table.header.cell(product).to_lowercase();
    let unit = ["weeks", "days", "hours"].into_iter().find(|unit| head.contains(unit)).unwrap_or("weeks");
    let (Some(time), Some(people)) = (other(&[unit]), other(&PEOPLE)) else { return };
    for row in table.body() {
        let (Some(time), Some(count), Some(said)) =
            (number(row, time), number(row, people), number(row, product))
        else {
            continue;
        };
        let exact = &time.low * &count.low;
        if exact != said.low && said.decimals == 0 {
            let message = format!(
                "{} of {} make {}, not {}",
                with_noun(&shown(&time.low), unit.trim_end_matches('s')),
                if count.low == whole(1) {
                    "1 person".to_owned()
                } else {
                    format!("{} people", shown(&count.low))
                },
                shown(&exact),
                row.cell(product)
            );
            findings.add(Rule::Sum, row.line, message, (row.cell(product).to_owned(), Some(shown(&exact))));
        }
    }
}

/// `72% (+8)` in row after row: each score is the one above and its own gain.
fn running(table: &Table, findings: &mut Findings) {
    for column in 1..table.header.cells.len() {
        let head = table.header.cell(column).to_lowercase();
        if !mentions(&head, &["score", "readiness", "after", "result", "expected", "target", "cumulative"]) {
            continue;
        }
        let mut before: Option<Exact> = None;
        for row in table.body() {
            let cell = quantities(row.cell(column));
            let (score, gain) = match cell.as_slice() {
                [score] => (score, None),
                [score, gain] if gain.signed && gain.is_point() && gain.over.is_none() => (score, Some(gain)),
                _ => break,
            };
            if score.as_score().is_none() || !score.is_point() || score.signed {
                break;
            }
            if let (Some(from), Some(gain)) = (&before, gain) {
                let exact = from + &gain.low;
                if (&exact - &score.low).abs() >= score.ulp() {
                    let said = row.cell(column).get(score.start..score.end).unwrap_or_default().to_owned();
                    let message = format!(
                        "{} and {} make {}, not {said}",
                        shown(from),
                        shown(&gain.low),
                        shown(&exact)
                    );
                    findings.add(Rule::Sum, row.line, message, (said, Some(shown(&exact))));
                }
            }
            before = Some(score.low.clone());
        }
    }
}
