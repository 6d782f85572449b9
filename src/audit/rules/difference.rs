//! All of something, what is had of it and what is left, each under its name: `Budget: 370`, `Spent: 320`, `Left: 50`.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::total::leads;

/// Names of what is left, of what is had, and of all.
const REST: [&str; 15] = [
    "reserve",
    "buffer",
    "spare",
    "gap",
    "missing",
    "remaining",
    "left",
    "open",
    "slack",
    "short",
    "shortfall",
    "to go",
    "free",
    "unspent",
    "still open",
];
const HAD: [&str; 13] = [
    "current", "today", "now", "spent", "used", "done", "closed", "booked", "consumed", "reached",
    "achieved", "passed", "finished",
];
const ALL: [&str; 12] = [
    "target",
    "goal",
    "budget",
    "approved",
    "planned",
    "available",
    "wanted",
    "required",
    "needed",
    "total",
    "aim",
    "asked for",
];

/// What a number is, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    All,
    Had,
    Rest,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let lines = block.iter().filter_map(|line| {
            let first = line.values().next().filter(|_| line.label.is_some())?;
            (leads(line, first) && is_plain(first)).then_some((role(&line.key()), first, line.number))
        });
        let lines: Vec<_> = lines.collect();
        let known: Vec<_> = lines.iter().filter_map(|(role, q, line)| Some(((*role)?, *q, *line))).collect();
        judge(&known, findings);
        for three in lines.windows(3).filter(|_| known.len() != 3) {
            let three: Vec<_> =
                three.iter().filter_map(|(role, q, line)| Some(((*role)?, *q, *line))).collect();
            judge(&three, findings);
        }
    }
    for table in &facts.document.tables {
        columns(table, findings);
    }
    for (line, text, quantities) in facts.texts() {
        let mut start = 0;
        let mut found = Vec::new();
        for piece in text.split_inclusive([',', ';', '|', '·', '.']) {
            let end = start + piece.len();
            let mut own = quantities.iter().filter(|q| start <= q.start && q.end <= end);
            if let (Some(only), None) = (own.next().filter(|q| is_plain(q)), own.next()) {
                found.extend(role(&piece.to_lowercase()).map(|role| (role, only, line)));
            }
            start = end;
        }
        used(line, text, quantities, findings);
        // Three clauses and no more: a longer text speaks of several things.
        if found.len() == 3 && quantities.len() == 3 && text.len() <= 120 {
            judge(&found, findings);
        }
    }
}

/// "Spent so far: 15 k€ (60 %). Remaining: 10 k€."
fn used(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    for at in 0..quantities.len() {
        let Some([had, percent, rest]) = quantities.get(at..at + 3) else { return };
        let from = at.checked_sub(1).and_then(|at| quantities.get(at)).map_or(0, |q| q.end);
        let end = quantities.get(at + 3).map_or(text.len(), |q| q.start);
        used_of((line, text), [had, percent, rest], (from, end), findings);
    }
}

fn used_of(
    (line, text): (u32, &str),
    numbers: [&Quantity; 3],
    (from, end): (usize, usize),
    findings: &mut Findings,
) {
    let [had, percent, rest] = numbers;
    let named = |from: usize, to: usize| role(&text.get(from..to).unwrap_or_default().to_lowercase());
    let is =
        |role: Role, places: [(usize, usize); 2]| places.iter().any(|(a, b)| named(*a, *b) == Some(role));
    let roles = is(Role::Had, [(from, had.start), (had.end, percent.start)])
        && is(Role::Rest, [(percent.end, rest.start), (rest.end, end)]);
    let all = &had.low + &rest.low;
    let right = super::ratio::holds(percent, &had.low, &all);
    if roles && are_amounts(text, numbers) && !right && !findings.has(Rule::Ratio, line) {
        let (said, computed) =
            (format!("{}%", shown(&percent.low)), format!("{}%", shown(&(&had.low * whole(100) / &all))));
        let message = format!("{} with {} left is {computed}, not {said}", shown(&had.low), shown(&rest.low));
        findings.add(Rule::Ratio, line, message, (said, Some(computed)));
    }
}

/// Two amounts of one unit, and a percentage in brackets behind the first: `15 k€ (`, `30 TB are used (`.
fn are_amounts(text: &str, [had, percent, rest]: [&Quantity; 3]) -> bool {
    let single = |q: &Quantity| q.is_point() && q.over.is_none() && q.limit == Limit::Exactly && !q.signed;
    let unit = |q: &Quantity| {
        let said = text.get(q.start..q.end).unwrap_or_default();
        said.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned()
    };
    let alike = unit(had) == unit(rest) && had.unit == rest.unit && had.unit != Unit::Percent;
    let between = text.get(had.end..percent.start).unwrap_or_default();
    let words: Vec<&str> = between.split_whitespace().collect();
    let opens = matches!(words.as_slice(), ["("] | ["are" | "is" | "were", _, "("]);
    let rated = percent.unit == Unit::Percent && percent.is_point();
    single(had) && single(rest) && alike && opens && rated
}

/// `| Total | Used | Free |`, row by row.
fn columns(table: &Table, findings: &mut Findings) {
    let of = |role: Role| {
        let mut own = (1..table.header.cells.len())
            .filter(|c| self::role(&table.header.cell(*c).to_lowercase()) == Some(role));
        let first = own.next()?;
        own.next().is_none().then_some(first)
    };
    let (Some(all), Some(had), Some(rest)) = (of(Role::All), of(Role::Had), of(Role::Rest)) else { return };
    let exact = |row: &Row, column: usize| {
        row.number(column)
            .filter(|q| q.is_point() && q.limit == Limit::Exactly && !q.signed && q.over.is_none())
    };
    let rows: Vec<(&Row, Exact, Quantity)> = table
        .rows
        .iter()
        .filter_map(|row| {
            let (all, had, rest) = (exact(row, all)?, exact(row, had)?, exact(row, rest)?);
            (all.unit == had.unit && all.unit == rest.unit).then(|| (row, all.low - had.low, rest))
        })
        .collect();
    let wrong: Vec<_> =
        rows.iter().filter(|(_, exact, rest)| (exact - &rest.low).abs() > slack(rest)).collect();
    if rows.len() >= 2 && wrong.len() * 2 < rows.len() + 1 && rows.len() > wrong.len() {
        for (row, exact, _) in wrong
            .into_iter()
            .filter(|(row, exact, _)| exact.is_positive() && !findings.has(Rule::Sum, row.line))
            .collect::<Vec<_>>()
        {
            let (said, computed) = (row.cell(rest).to_owned(), shown(exact));
            let message = format!("{} less {} is {computed}, not {said}", row.cell(all), row.cell(had));
            findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
        }
    }
}

fn slack(rest: &Quantity) -> Exact {
    if rest.decimals == 0 { Exact::default() } else { rest.ulp() * whole(2) }
}

fn is_plain(quantity: &Quantity) -> bool {
    let known = quantity.unit != Unit::Other && quantity.over.is_none();
    known && quantity.is_point() && quantity.limit == Limit::Exactly && !quantity.signed
}

/// The only role that a name has.
fn role(name: &str) -> Option<Role> {
    match (mentions(name, &REST), mentions(name, &HAD), mentions(name, &ALL)) {
        (true, false, _) => Some(Role::Rest),
        (false, true, false) => Some(Role::Had),
        (false, false, true) => Some(Role::All),
        _ => None,
    }
}

/// One of each, in one unit.
fn judge(found: &[(Role, &Quantity, u32)], findings: &mut Findings) {
    let only = |role: Role| {
        let mut own = found.iter().filter(|(other, ..)| *other == role);
        let first = own.next()?;
        own.next().is_none().then_some((first.1, first.2))
    };
    let Some((rest, line)) = only(Role::Rest) else { return };
    let (all, had) = match (only(Role::All), only(Role::Had)) {
        (Some((all, _)), Some((had, _))) => (all, had),
        // `Available: 180`, `Planned: 165`, `Reserve: 15`: what is left follows the two that it is left of.
        _ => match found {
            [(a, first, _), (b, second, _), (Role::Rest, ..)] if a == b && first.low > second.low => {
                (*first, *second)
            }
            _ => return,
        },
    };
    let points = |q: &Quantity| matches!(q.unit, Unit::None | Unit::Points | Unit::Percent);
    let alike = |a: &Quantity, b: &Quantity| a.unit == b.unit || points(a) && points(b);
    let exact = &all.low - &had.low;
    let near = (&exact - &rest.low).abs() * whole(2) <= exact;
    let slack = if all.decimals + had.decimals + rest.decimals == 0 { Exact::default() } else { rest.ulp() };
    if alike(all, had)
        && alike(all, rest)
        && near
        && (&exact - &rest.low).abs() > slack
        && !findings.has(Rule::Sum, line)
    {
        let (said, computed) = (shown(&rest.low), shown(&exact));
        let message = format!("from {} to {} is {computed}, not {said}", shown(&had.low), shown(&all.low));
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}
