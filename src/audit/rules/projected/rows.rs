//! Options and phases in the rows of a table.

use num_traits::Signed as _;

use super::Now;
use super::read::is_score;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// `| B | 45 h | 10 | 90 |`: each option ends at the score now and its own gain; of phases, the first one does.
pub(super) fn options(table: &Table, known: &[Now], findings: &mut Findings) {
    let now: Vec<&Exact> = known.iter().map(|(now, _)| now).collect();
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let after = column(&[
        "score after",
        "resulting score",
        "score",
        "result",
        "readiness",
        "after",
        "then",
        "points after",
    ]);
    let gain = column(&["gain", "points gained", "improvement", "delta", "lift", "points"]);
    let (Some(after), Some(gain)) = (after, gain.filter(|gain| Some(*gain) != after)) else { return };
    let rows: Vec<(&Row, Quantity, Quantity)> = table
        .body()
        .filter_map(|row| {
            let (by, to) = (row.number(gain)?, row.number(after)?);
            (by.is_point() && by.over.is_none() && is_score(&to)).then_some((row, by, to))
        })
        .collect();
    let starts = |(_, by, to): &&(&Row, Quantity, Quantity)| now.iter().any(|now| *now + &by.low == to.low);
    let apart: Vec<_> = rows.iter().filter(|row| !starts(row)).collect();
    let kept = rows.len() - apart.len();
    if let ([(row, by, to)], true) = (apart.as_slice(), kept >= 2)
        && let Some(now) = now
            .iter()
            .copied()
            .find(|now| rows.iter().filter(|(_, by, to)| *now + &by.low == to.low).count() >= 2)
        && !findings.has(Rule::Sum, row.line)
    {
        let (said, computed) = (shown(&to.low), shown(&(now + &by.low)));
        let message = format!("{} and {} make {computed}, not {said}", shown(now), shown(&by.low));
        findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
    }
    // Where every row but the first goes on from the one above, the first goes on from the score now.
    let running = rows.len() >= 3
        && rows
            .windows(2)
            .all(|two| matches!(two, [(_, _, from), (_, by, to)] if &from.low + &by.low == to.low));
    if let (Some(first @ (row, by, to)), true) = (rows.first(), running)
        && !starts(&first)
        && let [now] = now.as_slice()
        && !findings.has(Rule::Sum, row.line)
    {
        let (said, computed) = (shown(&to.low), shown(&(*now + &by.low)));
        let message = format!("{} and {} make {computed}, not {said}", shown(now), shown(&by.low));
        findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
    }
    // Every option begins at one score, and it is not the one that is called current.
    let starts: Vec<Exact> = rows.iter().map(|(_, by, to)| &to.low - &by.low).collect();
    if let (Some(start), [(current, line)]) = (starts.first(), known)
        && starts.len() >= 3
        && starts.iter().all(|other| other == start)
        && current != start
        && (current - start).abs() <= whole(15)
        && !findings.has(Rule::Headline, *line)
    {
        let (said, computed) = (shown(current), shown(start));
        let message = format!(
            "every row of the table in line {} begins at {computed}, not at {said}",
            table.header.line
        );
        findings.add(Rule::Headline, *line, message, (said, Some(computed)));
    }
}
