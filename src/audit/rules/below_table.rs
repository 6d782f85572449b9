//! A line right below or above a table that says what its columns come to: `19 points for 36 person-weeks`, `Total: 66 hours`.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::whole::{is_of_else, names_some};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Names of what the whole column comes to.
const SUM: [&str; 12] = [
    "total",
    "sum",
    "altogether",
    "in total",
    "in all",
    "together",
    "total effort",
    "effort",
    "gap",
    "total gain",
    "total cost",
    "that makes",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in facts.document.tables.iter().filter(|table| table.total().is_none() && table.rows.len() >= 2)
    {
        let last = table.rows.last().map_or(0, |row| row.line);
        let below = facts.document.lines_from(last + 1).first();
        if let Some(line) = below.filter(|line| line.number <= last + 2 && line.section == table.section) {
            judge(table, line, findings);
        }
        let from = table.header.line.saturating_sub(4);
        let above = facts.document.lines_from(from).iter().take_while(|line| line.number < table.header.line);
        for line in above.filter(|line| line.section == table.section) {
            judge(table, line, findings);
        }
    }
}

/// What calls itself the sum of a column, or stands beside a number that is one.
fn judge(table: &Table, line: &Line, findings: &mut Findings) {
    let sums: Vec<(&Quantity, Exact, bool)> = line
        .quantities
        .iter()
        .filter_map(|quantity| {
            let (sum, counted) = sum(table, line, quantity)?;
            Some((quantity, sum, counted))
        })
        .collect();
    let lower = line.text.to_lowercase();
    let inside =
        ["together", "in total", "in all", "altogether", "add up to", "adds up to", "sum to", "sums to"];
    let opens = line.quantities.len() == 1 && mentions(&lower, &inside)
        || SUM.iter().any(|word| lower.starts_with(word)) && !mentions(&lower, &["average", "mean"]);
    let wrong: Vec<_> = sums.iter().filter(|(said, sum, _)| !near(said, sum)).collect();
    let [(quantity, sum, counted)] = wrong.as_slice() else { return };
    // `40 h of 60 h`: the other number is the sum.
    let known = sums.iter().any(|(said, other, _)| near(said, sum) && other == sum);
    let names: Vec<String> = table.rows.iter().map(|row| row.cell(0).to_owned()).collect();
    let partial = known || is_of_else(&lower) || names_some(&lower, &names);
    let meant = opens && !partial && close(&quantity.low, sum) && line.quantities.len() == sums.len();
    if (sums.len() >= 2 && *counted || meant) && !findings.has(Rule::Sum, line.number) {
        let (said, computed) = (line.between(quantity.start, quantity.end).to_owned(), shown(sum));
        let message = format!("the column above sums to {computed}, not to {said}");
        findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
    }
}

fn near(said: &Quantity, sum: &Exact) -> bool {
    let slack = if said.decimals > 0 { said.ulp() * whole(2) } else { Exact::default() };
    (&said.low - sum).abs() <= slack
}

fn close(said: &Exact, sum: &Exact) -> bool {
    (said - sum).abs() * whole(2) <= *sum
}

/// The sum of the column of what a number counts, and whether its header says the very word.
fn sum(table: &Table, line: &Line, quantity: &Quantity) -> Option<(Exact, bool)> {
    let exact = quantity.is_point() && quantity.limit == Limit::Exactly && quantity.over.is_none();
    let from = line.text.get(quantity.start..)?.find(char::is_alphabetic).map(|at| at + quantity.start);
    let noun = from.and_then(|from| {
        let near = line.between(quantity.start, from).trim().len() <= quantity.end - quantity.start;
        let rest = line.text.get(from..)?.to_lowercase();
        Some(rest.split(|c: char| !(c.is_alphabetic() || c == '-')).next()?.to_owned()).filter(|_| near)
    });
    // Rows of a table that lies on its side.
    let row = noun.as_ref().and_then(|noun| {
        let row = table.rows.iter().find(|row| row.cell(0).to_lowercase() == *noun)?;
        let cells: Option<Vec<Quantity>> = (1..row.cells.len()).map(|column| row.number(column)).collect();
        let plain = |part: &Quantity| part.is_point() && part.over.is_none() && part.unit != Unit::Percent;
        cells.filter(|cells| cells.len() >= 2 && cells.iter().all(plain))
    });
    if let Some(cells) = row.filter(|_| exact && !quantity.signed) {
        return Some((cells.into_iter().map(|part| part.low).sum(), true));
    }
    let named = || {
        let noun = noun.as_ref()?;
        table.header.cells.iter().position(|head| head.to_lowercase() == *noun).filter(|_| !quantity.signed)
    };
    let column = match named() {
        Some(column) => (column, true),
        None => (of_unit(table, quantity.unit)?, false),
    };
    let parts: Option<Vec<Quantity>> = table.rows.iter().map(|row| row.number(column.0)).collect();
    let parts =
        parts.filter(|parts| exact && parts.iter().all(|part| part.is_point() && part.over.is_none()))?;
    Some((parts.into_iter().map(|part| part.low).sum(), column.1))
}

/// The only column that counts in a unit, by its header or its cells.
fn of_unit(table: &Table, unit: Unit) -> Option<usize> {
    let names: &[&str] = match unit {
        Unit::Hours => &["hours", "hour", "h", "hrs"],
        Unit::Days => &["days", "day", "d", "person-days"],
        Unit::Weeks => &["weeks", "week", "person-weeks"],
        Unit::Points => &["points", "pts", "gain", "gap"],
        Unit::Money => &["cost", "costs", "price", "amount", "budget", "€", "k€", "$"],
        _ => return None,
    };
    let fits = |column: &usize| {
        let head = table.header.cell(*column).to_lowercase();
        let counted = table.rows.iter().all(|row| row.number(*column).is_some_and(|q| q.unit == unit));
        let called =
            mentions(&head, names) && !mentions(&head, &["per", "score", "after", "weight", "average"]);
        let bare = table
            .rows
            .iter()
            .all(|row| row.number(*column).is_some_and(|q| q.unit == unit || q.unit == Unit::None));
        counted && !mentions(&head, &["per", "after", "score"]) || called && bare
    };
    let mut found = (1..table.header.cells.len()).filter(fits);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_line_below_a_table_sums_up_its_column() {
        let table =
            "| Task | Hours | Gain |\n|---|---|---|\n| a | 12 | 3 |\n| b | 20 | 4 |\n| c | 8 | 2 |\n\n";
        for (line, right, wrong) in [
            ("Total: {} hours", "40", "44"),
            ("Together {} h.", "40", "36"),
            ("Gap: {} points", "9", "11"),
            ("**Total effort: {} h, 9 points**", "40", "48"),
            ("In total {} h for 9 points.", "40", "50"),
        ] {
            let text = |number: &str| format!("{table}{}\n", line.replace("{}", number).replace("**", ""));
            assert_eq!(lines(&text(right), Rule::Sum, None), [0; 0], "{line}");
            assert_eq!(lines(&text(wrong), Rule::Sum, None), [7], "{line}");
        }
        for other in
            ["Total: 90 days", "Effort per week: 10 h", "Total capacity: 120 h", "Together 40 h of 60 h."]
        {
            assert_eq!(lines(&format!("{table}{other}\n"), Rule::Sum, None), [0; 0], "{other}");
        }
    }
}
