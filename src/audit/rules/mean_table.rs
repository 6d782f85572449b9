//! Means in tables: a column of them, a row of them, and the row of all under the weights of a column of counts.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, says, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Names of a mean.
const MEAN: [&str; 5] = ["mean", "average", "avg", "avg.", "ø"];
/// More rows than a table by hand has.
const MOST: usize = 200;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in facts.document.tables.iter().filter(|table| table.rows.len() <= MOST) {
        column(table, findings);
        row(table, findings);
        of_all(facts, table, findings);
    }
}

/// One exact number and nothing else.
fn number(row: &Row, column: usize) -> Option<Quantity> {
    let found = row.number(column)?;
    let alone = quantities(row.cell(column)).len() == 1;
    (alone && found.is_point() && found.limit == Limit::Exactly && found.over.is_none()).then_some(found)
}

fn is_mean(name: &str) -> bool {
    let name = name.to_lowercase();
    mentions(&name, &MEAN) && !mentions(&name, &["weighted", "moving", "time to", "between"])
}

fn mean(parts: &[Exact]) -> Exact {
    parts.iter().cloned().sum::<Exact>() / whole(parts.len())
}

/// Whether a number is the mean of others: so, not so, or not even between them.
enum Held {
    Yes,
    No,
    Outside,
}

fn held(stated: &Quantity, parts: &[Exact]) -> Held {
    let (Some(least), Some(most)) = (parts.iter().min(), parts.iter().max()) else { return Held::Yes };
    if says(&stated.low, stated.decimals, &mean(parts)) {
        Held::Yes
    } else if stated.low > most + stated.ulp() || stated.low < least - stated.ulp() {
        Held::Outside
    } else {
        Held::No
    }
}

fn report(line: u32, said: &str, parts: &[Exact], findings: &mut Findings) {
    if !findings.has(Rule::MeanBound, line) {
        let terms: Vec<String> = parts.iter().map(shown).collect();
        let computed = shown(&mean(parts));
        let message = format!("the mean of {} is {computed}, not {said}", terms.join(", "));
        findings.add(Rule::MeanBound, line, message, (said.to_owned(), Some(computed)));
    }
}

/// A column of means of the numbers before it: where two rows or more keep it, the others are wrong.
fn column(table: &Table, findings: &mut Findings) {
    let named = (3..table.header.cells.len()).find(|column| is_mean(table.header.cell(*column)));
    let Some(column) = named else { return };
    let parts = |row: &Row| {
        let stated = number(row, column)?;
        let numbers: Vec<Exact> = (1..column)
            .map(|part| number(row, part).filter(|q| q.unit == stated.unit).map(|q| q.low))
            .collect::<Option<_>>()?;
        Some((stated, numbers))
    };
    let rows: Vec<(&Row, Quantity, Vec<Exact>)> = table
        .rows
        .iter()
        .filter_map(|row| parts(row).map(|(stated, numbers)| (row, stated, numbers)))
        .collect();
    let varies = |numbers: &[Exact]| numbers.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
    let right = rows
        .iter()
        .filter(|(_, stated, numbers)| varies(numbers) && matches!(held(stated, numbers), Held::Yes))
        .count();
    let wrong: Vec<_> =
        rows.iter().filter(|(_, stated, numbers)| !matches!(held(stated, numbers), Held::Yes)).collect();
    if right >= 2 && right > wrong.len() && !wrong.iter().any(|(row, ..)| row.is_total()) {
        for (row, _, numbers) in wrong {
            report(row.line, row.cell(column), numbers, findings);
        }
    }
}

/// A last row of means: a number outside of its column, and one that is no mean where the other columns have theirs.
fn row(table: &Table, findings: &mut Findings) {
    let Some((total, body)) = table.rows.split_last().filter(|(total, _)| is_mean(total.cell(0))) else {
        return;
    };
    let body: Vec<&Row> = body.iter().filter(|row| !row.is_total()).collect();
    let columns: Vec<(usize, Quantity, Vec<Exact>)> = (1..table.header.cells.len())
        .filter_map(|column| {
            let stated = number(total, column)?;
            let parts: Option<Vec<Exact>> = body
                .iter()
                .map(|row| number(row, column).filter(|q| q.unit == stated.unit || q.unit == Unit::None))
                .map(|q| q.map(|q| q.low))
                .collect();
            Some((column, stated, parts.filter(|parts| parts.len() >= 2)?))
        })
        .collect();
    let right = columns.iter().filter(|(_, stated, parts)| matches!(held(stated, parts), Held::Yes)).count();
    for (column, stated, parts) in &columns {
        let lone = columns.len() == 1
            && parts.len() >= 3
            && stated.unit != Unit::Percent
            && table.header.cells.len() == 2;
        match held(stated, parts) {
            Held::Outside => report(total.line, total.cell(*column), parts, findings),
            Held::No if lone || right >= 2 && right + 1 == columns.len() => {
                report(total.line, total.cell(*column), parts, findings);
            }
            _ => {}
        }
    }
}

/// `all | 100,000 | 0.567 | 0.588`: rates of all rows, weighted by the column of counts, where another rate is so.
fn of_all(facts: &Facts<'_>, table: &Table, findings: &mut Findings) {
    let Some(total) = table.total() else { return };
    let body: Vec<&Row> = table.body().collect();
    let parts = |column: usize| -> Option<Vec<Exact>> {
        body.iter()
            .map(|row| number(row, column).map(|q| q.low))
            .collect::<Option<Vec<_>>>()
            .filter(|p| p.len() >= 2)
    };
    let columns = 1..table.header.cells.len();
    let counts = columns.clone().filter_map(|column| {
        let stated = number(total, column).filter(|q| q.decimals == 0 && matches!(q.unit, Unit::None))?;
        let parts = parts(column).filter(|parts| parts.iter().all(num_traits::Signed::is_positive))?;
        (parts.iter().cloned().sum::<Exact>() == stated.low).then_some((column, parts))
    });
    for (weight, weights) in counts {
        let rates: Vec<(usize, Quantity, Vec<Exact>, Exact)> = columns
            .clone()
            .filter(|column| *column != weight)
            .filter_map(|column| {
                let stated = number(total, column).filter(|q| q.decimals > 0 || q.unit == Unit::Percent)?;
                let parts = parts(column)?;
                let sum: Exact = weights.iter().cloned().sum();
                let weighted =
                    parts.iter().zip(&weights).map(|(part, weight)| part * weight).sum::<Exact>() / sum;
                Some((column, stated, parts, weighted))
            })
            .collect();
        let near = |stated: &Quantity, exact: &Exact| (&stated.low - exact).abs() <= stated.ulp();
        let right = rates
            .iter()
            .filter(|(_, stated, parts, exact)| near(stated, exact) && !near(stated, &mean(parts)))
            .count();
        let said =
            facts.document.lines_of(table.section).take(MOST).any(|line| {
                line.number < table.header.line && line.text.to_lowercase().contains("weighted by")
            });
        for (column, stated, parts, exact) in &rates {
            let sum: Exact = parts.iter().cloned().sum();
            let other =
                near(stated, exact) || near(stated, &mean(parts)) || near(stated, &sum) || sum.is_zero();
            // A rate of its own weights differs a little; what differs more is none of the rows.
            if (right >= 1 || said) && !other && !findings.has(Rule::MeanBound, total.line) {
                let (head, computed) = (table.header.cell(weight), shown_like(stated, exact));
                let message = format!(
                    "weighted by `{head}` the column `{}` gives {computed}, not {}",
                    table.header.cell(*column),
                    total.cell(*column)
                );
                findings.add(
                    Rule::MeanBound,
                    total.line,
                    message,
                    (total.cell(*column).to_owned(), Some(computed)),
                );
            }
        }
    }
}

/// With as many decimals as the document has.
fn shown_like(stated: &Quantity, exact: &Exact) -> String {
    if stated.decimals <= 2 {
        return shown(exact);
    }
    let thousandths = (exact * whole(1000)).round();
    let (sign, digits) = if thousandths.is_negative() { ("-", -thousandths) } else { ("", thousandths) };
    let digits = digits.to_integer();
    format!("{sign}{}.{:0>3}", &digits / 1000u32, (&digits % 1000u32).to_string())
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_column_of_means_has_the_means_of_its_rows() {
        let table = |mean: &str| {
            format!(
                "| Test | a | b | c | Mean |\n|---|---|---|---|---|\n| x | 10 | 20 | 30 | 20 |\n| y | 12 | 15 | 18 | 15 |\n| z | 70 | 80 | 60 | {mean} |\n"
            )
        };
        assert_eq!(lines(&table("70"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&table("74"), Rule::MeanBound, None), [5]);
    }

    #[test]
    fn a_row_of_means_lies_within_its_columns() {
        let table = |mean: &str| {
            format!(
                "| Run | Minutes |\n|---|---|\n| 1 | 30 min |\n| 2 | 40 min |\n| 3 | 50 min |\n| Mean | {mean} min |\n"
            )
        };
        assert_eq!(lines(&table("40"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&table("44"), Rule::MeanBound, None), [6]);
        assert_eq!(lines(&table("55"), Rule::MeanBound, None), [6]);
    }

    #[test]
    fn the_row_of_all_is_weighted_as_its_other_columns_are() {
        let table = |rate: &str| {
            format!(
                "| Group | Users | Old | New |\n|---|---|---|---|\n| a | 300 | 0.40 | 0.50 |\n| b | 100 | 0.80 | 0.90 |\n| all | 400 | 0.50 | {rate} |\n"
            )
        };
        assert_eq!(lines(&table("0.60"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&table("0.66"), Rule::MeanBound, None), [5]);
    }
}
