//! Numbers beyond the full mark of their scale, where neighbours or the document say what that is.

use num_traits::One as _;

use super::marks::{declared, marks, report};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, words};
use crate::model::exact::{Exact, whole};

/// Headers of percentages that end at 100.
const RATES: [&str; 12] = [
    "coverage",
    "covered",
    "complete",
    "completion",
    "completed",
    "done",
    "readiness",
    "pass rate",
    "passed",
    "score",
    "availability",
    "uptime",
];
/// Headers of scores that are still to come.
const LATER: [&str; 10] =
    ["after", "target", "goal", "then", "planned", "projected", "expected", "to", "new", "end"];
/// Rows and columns of a table by hand at most.
const MOST: usize = 100;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in facts.document.tables.iter().filter(|table| table.rows.len() <= MOST) {
        percentages(table, findings);
        headed(facts, table, findings);
        reached(table, findings);
        later_scores(facts, table, findings);
        turned_scores(table, findings);
    }
    for block in facts.document.blocks() {
        marks(facts, block, findings);
        fractions(block, findings);
    }
}

/// One exact number and nothing else.
fn number(row: &Row, column: usize) -> Option<Quantity> {
    let found = row.number(column)?;
    let alone = quantities(row.cell(column)).len() == 1;
    let exact = found.is_point() && !found.signed && found.limit == Limit::Exactly && found.over.is_none();
    (alone && exact).then_some(found)
}

/// A rate above 100 % among others below.
fn percentages(table: &Table, findings: &mut Findings) {
    for column in 1..table.header.cells.len() {
        let head = table.header.cell(column).to_lowercase();
        let other = ["of plan", "growth", "change", "target", "goal", "load", "weight", "points", "vs"];
        let rows: Vec<(&Row, Quantity)> =
            table.rows.iter().filter_map(|row| Some((row, number(row, column)?))).collect();
        let percent = head.contains('%') || rows.iter().all(|(_, q)| q.unit == Unit::Percent);
        if percent && mentions(&head, &RATES) && !mentions(&head, &other) {
            lone(&rows, column, &whole(100), findings);
        }
    }
}

/// A last score after a phase that passes 100.
fn reached(table: &Table, findings: &mut Findings) {
    let names =
        ["score after", "points after", "readiness after", "running total", "cumulative score", "score then"];
    let column = (1..table.header.cells.len())
        .find(|column| mentions(&table.header.cell(*column).to_lowercase(), &names));
    let Some(column) = column else { return };
    let rows: Vec<(&Row, Quantity)> =
        table.rows.iter().filter_map(|row| Some((row, number(row, column)?))).collect();
    let rises = rows.windows(2).all(|two| matches!(two, [(_, a), (_, b)] if a.low <= b.low));
    let scores = rows.iter().filter(|(_, q)| q.low >= whole(40) && q.low <= whole(100)).count();
    if rises
        && scores >= 2
        && scores + 1 >= rows.len()
        && rows.last().is_some_and(|(_, q)| q.low <= whole(130))
    {
        lone(&rows, column, &whole(100), findings);
    }
}

/// `Rating (0-5)`, or a column of ratings where the document says from where to where they run.
fn headed(facts: &Facts<'_>, table: &Table, findings: &mut Findings) {
    for column in 1..table.header.cells.len() {
        let head = table.header.cell(column);
        let range = |q: &&Quantity| !q.is_point() && q.low <= Exact::one() && q.unit == Unit::None;
        let written = quantities(head).iter().find(range).map(|q| q.high.clone());
        let named = mentions(&head.to_lowercase(), &["score", "rating", "grade", "mark"]);
        let weighted = mentions(&head.to_lowercase(), &["weighted", "points"]) && written.is_none();
        let Some(full) = written.or_else(|| declared(facts.document).filter(|_| named && !weighted)) else {
            continue;
        };
        let rows: Vec<(&Row, Quantity)> =
            table.body().filter_map(|row| Some((row, number(row, column)?))).collect();
        lone(&rows, column, &full, findings);
    }
}

/// The only number beyond the full mark, among two or more within.
fn lone(rows: &[(&Row, Quantity)], column: usize, full: &Exact, findings: &mut Findings) {
    let mut beyond = rows.iter().filter(|(_, q)| q.low > *full);
    if let (Some((row, _)), None) = (beyond.next(), beyond.next())
        && rows.len() >= 3
    {
        report(row.line, row.cell(0), row.cell(column), full, findings);
    }
}

/// `| Part | Now | After phase 3 |`, where the first numbers are scores of another table.
fn later_scores(facts: &Facts<'_>, table: &Table, findings: &mut Findings) {
    let marks = |row: &Row, column: usize| -> Option<Exact> {
        let (name, stated) = (words(row.cell(0)), number(row, column)?);
        let own = facts
            .dimensions
            .iter()
            .flat_map(|set| &set.dimensions)
            .find(|d| d.words == name && d.score.is_some())?;
        let score = own.score.as_ref()?;
        let written = quantities(&own.score_text).into_iter().next()?;
        let same = written.low == stated.low && written.low > Exact::default();
        same.then(|| &stated.low * whole(100) / score)
    };
    for column in 1..table.header.cells.len() {
        let found: Vec<Exact> = table.rows.iter().filter_map(|row| marks(row, column)).collect();
        let Some(full) = found.first().filter(|_| found.len() >= 2 && found.len() * 2 >= table.rows.len())
        else {
            continue;
        };
        for later in (1..table.header.cells.len()).filter(|later| *later != column) {
            if mentions(&table.header.cell(later).to_lowercase(), &LATER) {
                let rows: Vec<(&Row, Quantity)> =
                    table.rows.iter().filter_map(|row| Some((row, number(row, later)?))).collect();
                lone(&rows, later, full, findings);
            }
        }
        return;
    }
}

/// A row of scores of 100 with one above it, in a table whose other rows have none.
fn turned_scores(table: &Table, findings: &mut Findings) {
    let named =
        |row: &Row| mentions(&row.cell(0).to_lowercase(), &["score", "scores", "readiness", "coverage"]);
    for row in table.rows.iter().filter(|row| named(row)) {
        let numbers: Option<Vec<Quantity>> = (1..row.cells.len()).map(|column| number(row, column)).collect();
        let Some(numbers) = numbers.filter(|numbers| numbers.len() >= 3) else { continue };
        let beyond: Vec<&Quantity> = numbers.iter().filter(|q| q.low > whole(100)).collect();
        let within = numbers.iter().filter(|q| q.low <= whole(100) && q.low >= whole(20)).count();
        if let ([only], true) = (beyond.as_slice(), within + 1 == numbers.len()) {
            report(row.line, row.cell(0), &shown(&only.low), &whole(100), findings);
        }
    }
}

/// `2,500 of 2,000` among items that have no more than there is.
fn fractions(block: &[Line], findings: &mut Findings) {
    let each: Vec<_> = block
        .iter()
        .filter(|line| line.kind == Kind::Item)
        .filter_map(|line| {
            let found = super::ratio::fractions(&line.text, &line.quantities);
            let [(part, all, start, end)] = found.as_slice() else { return None };
            Some((line, part.clone(), all.clone(), *start, *end))
        })
        .collect();
    let mut beyond = each.iter().filter(|(_, part, all, ..)| part > all);
    if let (Some((line, part, all, start, end)), None) = (beyond.next(), beyond.next())
        && each.len() >= 3
        && *part <= all * whole(10)
    {
        report(
            line.number,
            line.label.as_deref().unwrap_or("a part"),
            line.between(*start, *end),
            all,
            findings,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_number_beyond_its_scale_is_found() {
        for (text, right, wrong) in [
            ("| Part | Coverage |\n|---|---|\n| a | 81 % |\n| b | {} % |\n| c | 90 % |\n", "91", "109"),
            ("| Part | Done (%) |\n|---|---|\n| a | 100 |\n| b | {} |\n| c | 90 |\n", "95", "195"),
            (
                "| Area | Score |\n|---|---|\n| Hull | 80 |\n| Sail | 70 |\n| Crew | 90 |\n\n| Area | Now | After phase 2 |\n|---|---|---|\n| Hull | 80 | 90 |\n| Sail | 70 | {} |\n| Crew | 90 | 95 |\n",
                "97",
                "107",
            ),
            ("| | Hull | Sail | Crew |\n|---|---|---|---|\n| Score | 80 | {} | 90 |\n", "75", "175"),
            (
                "Key results are graded from 0.0 to 1.0.\n\n- Boats: 0.4\n- Crews: {}\n- Ports: 1.0\n",
                "0.6",
                "1.6",
            ),
            ("# OKR\n\n- KR 1: 0.4\n- KR 2: {}\n- KR 3: 1.0\n", "0.6", "1.6"),
        ] {
            assert_eq!(lines(&text.replace("{}", right), Rule::Bound, None), [0; 0], "{text}");
            assert_eq!(lines(&text.replace("{}", wrong), Rule::Bound, None).len(), 1, "{text}");
        }
    }

    #[test]
    fn numbers_without_a_scale_are_left_alone() {
        for text in [
            "- disk: 0.4\n- heap: 1.6\n- logs: 0.9\n",
            "| Part | Growth |\n|---|---|\n| a | 81 % |\n| b | 140 % |\n| c | 90 % |\n",
            "| Part | Score |\n|---|---|\n| a | 81 |\n| b | 140 |\n| c | 90 |\n",
        ] {
            assert_eq!(lines(text, Rule::Bound, None), [0; 0], "{text}");
        }
    }
}
