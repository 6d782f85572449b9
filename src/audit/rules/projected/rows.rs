//! Options and phases in the rows of a table.

use num_traits::Signed as _;

use super::Now;
use super::read::is_score;
use crate::audit::findings::Findings;
use crate::audit::quantity::shown;
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// A row with what it brings and the score after it.
struct Step<'a> {
    row: &'a Row,
    by: Exact,
    to: Exact,
}

impl Step<'_> {
    fn start(&self) -> Exact {
        &self.to - &self.by
    }

    fn report(&self, now: &Exact, findings: &mut Findings) {
        if !findings.has(Rule::Sum, self.row.line) {
            let (said, computed) = (shown(&self.to), shown(&(now + &self.by)));
            let message = format!("{} and {} make {computed}, not {said}", shown(now), shown(&self.by));
            findings.add(Rule::Sum, self.row.line, message, (said, Some(computed)));
        }
    }
}

/// Headers of the score after a row, and of what the row brings.
const AFTER: [&str; 8] =
    ["score after", "resulting score", "score", "result", "readiness", "after", "then", "points after"];
const GAIN: [&str; 6] = ["gain", "points gained", "improvement", "delta", "lift", "points"];

fn steps(table: &Table) -> Vec<Step<'_>> {
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let (Some(after), Some(gain)) = (column(&AFTER), column(&GAIN)) else { return Vec::new() };
    let step = |row| {
        let row: &Row = row;
        let (by, to) = (row.number(gain)?, row.number(after)?);
        let plain = by.is_point() && by.over.is_none() && is_score(&to) && after != gain;
        plain.then_some(Step { row, by: by.low, to: to.low })
    };
    table.body().filter_map(step).collect()
}

/// `| B | 45 h | 10 | 90 |`: each option ends at the score now and its own gain; of phases, the first one does.
pub(super) fn options(table: &Table, known: &[Now], findings: &mut Findings) {
    let rows = steps(table);
    let begins = |step: &Step<'_>| known.iter().any(|(now, _)| *now == step.start());
    let apart: Vec<&Step<'_>> = rows.iter().filter(|row| !begins(row)).collect();
    let usual = known.iter().find(|(now, _)| rows.iter().filter(|row| row.start() == *now).count() >= 2);
    if let ([step], Some((now, _))) = (apart.as_slice(), usual) {
        step.report(now, findings);
    }
    // Where every row but the first goes on from the one above, the first goes on from the score now.
    let goes_on = |two: &[Step<'_>]| matches!(two, [before, step] if before.to == step.start());
    if let (Some(first), [(now, _)]) = (rows.first(), known)
        && rows.len() >= 3
        && rows.windows(2).all(goes_on)
        && !begins(first)
    {
        first.report(now, findings);
    }
    another_start(table, &rows, known, findings);
}

/// Every option begins at one score, and it is not the one that is called current.
fn another_start(table: &Table, rows: &[Step<'_>], known: &[Now], findings: &mut Findings) {
    let (Some(start), [(current, line)]) = (rows.first().map(Step::start), known) else { return };
    if rows.len() >= 3
        && rows.iter().all(|row| row.start() == start)
        && *current != start
        && (current - &start).abs() <= whole(15)
        && !findings.has(Rule::Headline, *line)
    {
        let (said, computed) = (shown(current), shown(&start));
        let message = format!(
            "every row of the table in line {} begins at {computed}, not at {said}",
            table.header.line
        );
        findings.add(Rule::Headline, *line, message, (said, Some(computed)));
    }
}
