//! What the columns of a table have to do with each other, learnt from its rows: the one row that breaks it is wrong.
//!
//! No header is read. A relation counts only if at least three rows keep it, none of them by a zero or a one.

use num_traits::{One as _, Signed as _, Zero as _};

use super::relation::{ALL, Relation};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, says, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// More columns and rows than a hand-written table has are not searched.
const MOST: (usize, usize) = (10, 200);
/// Columns, with that of the names, in which rows are looked at as columns.
const LEAST: usize = 5;

/// Headers of what is done of something.
const DONE: [&str; 9] =
    ["done", "passed", "met", "complete", "completed", "implemented", "covered", "closed", "fixed"];

/// A table with the numbers of its cells.
struct Grid<'a> {
    table: &'a Table,
    cells: Vec<Vec<Option<Quantity>>>,
    /// The lines of the columns, where they were rows.
    lines: Option<Vec<u32>>,
}

impl Grid<'_> {
    /// Where a cell stands.
    fn line(&self, row: &Row, column: usize) -> u32 {
        self.lines.as_ref().and_then(|lines| lines.get(column).copied()).unwrap_or(row.line)
    }
}

/// A relation, the columns of its two numbers, and that of what they make.
type Link = (Relation, [usize; 3]);

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in facts.document.tables.iter().filter(|table| table.rows.len() <= MOST.1) {
        search(table, None, &ALL, findings);
        if (LEAST..=MOST.0).contains(&table.header.cells.len()) && table.rows.len() < MOST.0 {
            let (turned, lines) = turned(table);
            search(&turned, Some(lines), &[Relation::Percent, Relation::Sum], findings);
        }
    }
}

/// A table with its rows as columns, and their lines.
fn turned(table: &Table) -> (Table, Vec<u32>) {
    let column = |at: usize| {
        let cells =
            [&table.header].into_iter().chain(&table.rows).map(|row| row.cell(at).to_owned()).collect();
        Row { line: table.header.line, cells }
    };
    let rows = (1..table.header.cells.len()).map(column).collect();
    let lines = [&table.header].into_iter().chain(&table.rows).map(|row| row.line).collect();
    (Table { section: table.section, header: column(0), rows }, lines)
}

/// Learns the relations of one table, and reports the rows that break them.
fn search(table: &Table, lines: Option<Vec<u32>>, relations: &[Relation], findings: &mut Findings) {
    let columns = table.header.cells.len().min(MOST.0);
    let cells =
        table.rows.iter().map(|row| (0..columns).map(|column| number(row, column)).collect()).collect();
    let grid = Grid { table, cells, lines };
    let mut rules: Vec<Link> = Vec::new();
    for relation in relations.iter().copied() {
        for (a, b) in (1..columns).flat_map(|a| (1..columns).map(move |b| (a, b))) {
            let twice = a > b && !relation.is_ordered();
            let results = (1..columns).filter(|result| a != b && !twice && *result != a && *result != b);
            rules.extend(results.map(|result| (relation, [a, b, result])));
        }
    }
    let known: Vec<(Link, Vec<(&Row, Exact)>)> =
        rules.into_iter().filter_map(|rule| Some((rule, learnt(&grid, rule)?))).collect();
    let whole: Vec<u32> =
        known.iter().filter(|(_, broken)| broken.is_empty()).map(|(rule, _)| set(*rule)).collect();
    for (rule, broken) in &known {
        // Columns that some relation explains in every row are right.
        for (row, exact) in broken.iter().filter(|_| !whole.contains(&set(*rule))) {
            report(&grid, row, *rule, exact, findings);
        }
        let (relation, [a, b, _]) = *rule;
        if relation == Relation::Percent && mentions(&table.header.cell(a).to_lowercase(), &DONE) {
            beyond(&grid, [a, b], findings);
        }
    }
}

/// The columns of a rule without their order.
fn set((_, columns): Link) -> u32 {
    columns.iter().fold(0, |set, column| set | 1 << column)
}

/// One exact number and nothing else.
fn number(row: &Row, column: usize) -> Option<Quantity> {
    let found = row.number(column)?;
    let alone = found.is_point() && found.limit == Limit::Exactly && quantities(row.cell(column)).len() == 1;
    alone.then(|| match &found.over {
        Some(_) => {
            found.as_percent().map(|(low, _)| Quantity { low: low.clone(), high: low, ..found.clone() })
        }
        None => Some(found),
    })?
}

/// What two numbers make, whether that says anything, and how far a rounded result may be from it.
fn keeps(relation: Relation, [a, b, result]: [&Quantity; 3]) -> Option<(Exact, bool, Exact)> {
    let (exact, strong) = relation.of(&a.low, &b.low)?;
    let inexact = |q: &Quantity| {
        if q.decimals == 0 || q.low.is_zero() { Exact::zero() } else { q.ulp() / whole(2) / q.low.abs() }
    };
    if relation == Relation::Sum {
        let halves = [a, b].iter().filter(|q| q.decimals > 0).map(|q| q.ulp() / whole(2)).sum::<Exact>();
        let rounded = if halves.is_zero() { Exact::zero() } else { result.ulp() / whole(2) };
        return Some((exact, strong, halves + rounded));
    }
    let slack = exact.abs() * (inexact(a) + inexact(b)) + result.ulp();
    Some((exact, strong, slack))
}

fn is_weighted(table: &Table) -> bool {
    table.header.cells.iter().any(|head| mentions(&head.to_lowercase(), &["weight", "weighting"]))
}

/// The rows that break a rule, if enough others keep it.
fn learnt<'a>(grid: &Grid<'a>, (relation, [a, b, result]): Link) -> Option<Vec<(&'a Row, Exact)>> {
    let percent = matches!(relation, Relation::Percent | Relation::Change);
    let headed = grid.table.header.cell(result).contains('%');
    if relation == Relation::Share && !is_weighted(grid.table) {
        return None;
    }
    // Where a row has only some of the three, totals of the columns do not keep what the rows keep.
    let partial = |cells: &Vec<Option<Quantity>>| {
        let filled = [a, b, result].into_iter().filter(|at| cells.get(*at).is_some_and(Option::is_some));
        matches!(filled.count(), 1 | 2)
    };
    let holes = grid.cells.iter().any(partial);
    let (mut held, mut strong, mut broken) = (0, Vec::new(), Vec::new());
    for (row, cells) in grid.table.rows.iter().zip(&grid.cells) {
        let of = |column: usize| cells.get(column).and_then(Option::as_ref);
        let (Some(left), Some(right), Some(made)) = (of(a), of(b), of(result)) else { continue };
        if percent
            && (made.unit != Unit::Percent && !headed
                || left.unit == Unit::Percent
                || right.unit == Unit::Percent)
        {
            return None;
        }
        let Some((exact, says_much, slack)) = keeps(relation, [left, right, made]) else { continue };
        // A row of percentages between rows of counts has no sum.
        if relation == Relation::Sum && made.unit == Unit::Percent && exact > whole(100) {
            continue;
        }
        // A share that ends at all of it.
        if relation == Relation::Percent && exact > whole(100) && made.low == whole(100) {
            continue;
        }
        let far = (&exact - &made.low).abs();
        let total = row.is_total()
            && (holes || relation.is_local() || mentions(&row.cell(0).to_lowercase(), &["average", "mean"]));
        if says(&made.low, made.decimals, &exact) || far <= slack {
            held += 1;
            // Equal rows say one thing once.
            let numbers = (left.low.clone(), right.low.clone());
            if says_much
                && (percent || made.low.abs() / made.ulp() >= whole(10))
                && !strong.contains(&numbers)
            {
                strong.push(numbers);
            }
        } else if relation.is_local() && !percent && third(grid, cells, [a, b, result], &exact) {
            // Some other column belongs to it, too: points per week and per person.
            return None;
        } else if relation == Relation::Sum && is_between(&made.low, [&left.low, &right.low]) {
            // A row of rates or means among rows of counts says nothing.
        } else if !total && far >= slack * whole(2) {
            broken.push((row, exact));
            if broken.len() > 2 {
                return None;
            }
        } else if !total {
            return None;
        }
    }
    let varies = |of: fn(&(Exact, Exact)) -> &Exact| {
        strong.windows(2).any(|two| matches!(two, [p, q] if of(p) != of(q)))
    };
    let free = !matches!(relation, Relation::Product | Relation::Share)
        || varies(|two| &two.0) && varies(|two| &two.1);
    let (least, many) = if percent { (2, held >= 3 && strong.len() >= 3) } else { (3, strong.len() >= 4) };
    let known = held >= least && strong.len() >= least && free && broken.len() <= if many { 2 } else { 1 };
    known.then_some(broken)
}

/// Whether one more column makes of `exact` what the row says.
fn third(grid: &Grid<'_>, cells: &[Option<Quantity>], used: [usize; 3], exact: &Exact) -> bool {
    let Some(made) = used.get(2).and_then(|at| cells.get(*at)).and_then(Option::as_ref) else { return false };
    let columns = grid.table.header.cells.len().min(MOST.0);
    (1..columns).filter(|at| !used.contains(at)).filter_map(|at| cells.get(at)?.as_ref()).any(|other| {
        let scaled =
            [exact * &other.low, if other.low.is_zero() { Exact::zero() } else { exact / &other.low }];
        !other.low.is_one() && scaled.iter().any(|scaled| says(&made.low, made.decimals, scaled))
    })
}

/// Whether a number is a mean of two others, or one of them.
fn is_between(number: &Exact, [a, b]: [&Exact; 2]) -> bool {
    a.min(b) <= number && number <= a.max(b)
}

/// No more is done than there is.
fn beyond(grid: &Grid<'_>, [a, b]: [usize; 2], findings: &mut Findings) {
    for (row, cells) in grid.table.rows.iter().zip(&grid.cells) {
        let of = |column: usize| cells.get(column).and_then(Option::as_ref);
        if let (Some(done), Some(all)) = (of(a), of(b))
            && done.low > all.low
        {
            let message = format!("{} of {}", row.cell(a), row.cell(b));
            let line = grid.line(row, a);
            findings.add(Rule::Bound, line, message, (row.cell(a).to_owned(), Some(shown(&all.low))));
        }
    }
}

fn report(
    grid: &Grid<'_>,
    row: &Row,
    (relation, [a, b, result]): Link,
    exact: &Exact,
    findings: &mut Findings,
) {
    let table = grid.table;
    let line = grid.line(row, result);
    let others = if grid.lines.is_some() { "columns" } else { "rows" };
    let rule = match relation {
        Relation::Product | Relation::Share if is_weighted(table) => Rule::WeightMismatch,
        Relation::Sum | Relation::Product => Rule::Sum,
        _ => Rule::Ratio,
    };
    if [Rule::Sum, Rule::Ratio, Rule::WeightMismatch].iter().any(|rule| findings.has(*rule, line)) {
        return;
    }
    let computed = shown(exact);
    let message = format!(
        "{} {} {} is {computed} as in the other {others}, not {}",
        row.cell(a),
        relation.sign(),
        row.cell(b),
        row.cell(result)
    );
    findings.add(rule, line, message, (row.cell(result).to_owned(), Some(computed)));
}
