//! Amounts that add up: work, time, points, money.

use crate::audit::quantity::{Limit, Quantity, Unit, lengths, quantities, worded};
use crate::model::order;

/// Who does the work, before its unit: `13 engineer-weeks`.
const WORKERS: [&str; 9] =
    ["person", "engineer", "developer", "dev", "man", "staff", "team", "work", "personen"];

/// Every amount with a unit, from left to right.
pub(super) fn amounts(text: &str) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = quantities(text).into_iter().filter(|q| adds(q.unit)).collect();
    let timed = lengths(text).into_iter().filter(|length| adds(length.unit)).map(|length| Quantity {
        low: length.low,
        high: length.high,
        over: None,
        decimals: 0,
        signed: false,
        limit: length.limit,
        unit: length.unit,
        start: length.start,
        end: length.end,
    });
    let apart = |found: &[Quantity], q: &Quantity| found.iter().all(|o| q.end <= o.start || o.end <= q.start);
    for quantity in timed.chain(worded(text).into_iter().filter_map(|q| of_workers(text, q))) {
        if apart(&found, &quantity) {
            found.push(quantity);
        }
    }
    found.retain(|quantity| quantity.over.is_none());
    order::sort_by_key(&mut found, |quantity| quantity.start);
    found
}

/// The units whose amounts are added up.
pub(super) const UNITS: [Unit; 7] =
    [Unit::Minutes, Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months, Unit::Points, Unit::Money];

fn adds(unit: Unit) -> bool {
    UNITS.contains(&unit)
}

/// `13 engineer-weeks`: so many weeks of work.
fn of_workers(text: &str, quantity: Quantity) -> Option<Quantity> {
    let at = match quantity.unit {
        Unit::None => quantity.end,
        Unit::People => quantity.start + text.get(quantity.start..quantity.end)?.find(char::is_alphabetic)?,
        _ => return None,
    };
    let rest = text.get(at..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
    let named = rest.get(gap..)?;
    let worker = named.get(..named.find(|c: char| !c.is_alphabetic())?)?;
    let unit = named.get(worker.len()..)?.strip_prefix([' ', '-'])?;
    let length = unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len());
    let (unit, end) = (unit_called(unit.get(..length)?)?, at + gap + worker.len() + 1 + length);
    WORKERS.iter().any(|known| worker.eq_ignore_ascii_case(known)).then_some(Quantity {
        unit,
        end,
        ..quantity
    })
}

/// The unit of a word in a header or before a list: `Hours`, `d`, `engineer-weeks`.
pub(super) fn unit_named(text: &str) -> Option<Unit> {
    text.split(|c: char| !c.is_alphabetic()).find_map(unit_called)
}

fn unit_called(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().as_str() {
        "hours" | "hour" | "hrs" | "h" => Unit::Hours,
        "days" | "day" | "d" => Unit::Days,
        "weeks" | "week" | "wk" | "w" => Unit::Weeks,
        "months" | "month" => Unit::Months,
        "minutes" | "min" => Unit::Minutes,
        "points" | "pts" | "pp" => Unit::Points,
        _ => return None,
    })
}

/// The only number of a text, without a unit: `6 to 9` below "in engineer-weeks".
pub(super) fn bare(text: &str) -> Option<Quantity> {
    let mut found = worded(text).into_iter();
    let only = found.next().filter(|q| q.unit == Unit::None && q.over.is_none() && !q.signed)?;
    (found.next().is_none() && only.limit == Limit::Exactly).then_some(only)
}
