//! Means that say of what: an average below its parts, a mean row, an overall number beside or above its parts.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::total::NUMBERS;

/// A mean as stated.
struct Stated<'a> {
    line: u32,
    quantity: &'a Quantity,
    text: &'a str,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (at, line) in facts.document.lines.iter().enumerate() {
        below_parts(facts, at, line, findings);
        above_parts(facts, at, line, findings);
        beside_parts(line, findings);
        of_the_above(facts, at, line, findings);
    }
    for table in &facts.document.tables {
        let scored = facts.document.titles(table.section).any(|title| {
            mentions(&title.to_lowercase(), &["scores", "scoring", "readiness", "equal weights"])
        });
        if facts.is_assessment() || scored {
            mean_row(table, findings);
            overall_column(table, findings);
        }
    }
}

/// The plain mean, where the document says that it is one.
fn plain(stated: &Stated<'_>, parts: &[Exact], findings: &mut Findings) {
    let Some(mean) = mean(parts) else { return };
    if says(&stated.quantity.low, stated.quantity.decimals, &mean)
        || findings.has(Rule::MeanBound, stated.line)
    {
        return;
    }
    let terms: Vec<String> = parts.iter().map(shown).collect();
    let message = format!("the mean of {} is {}, not {}", terms.join(", "), shown(&mean), stated.text);
    findings.add(Rule::MeanBound, stated.line, message, (stated.text.to_owned(), Some(shown(&mean))));
}

/// Between the least and the largest part.
fn bounded(stated: &Stated<'_>, parts: &[Exact], findings: &mut Findings) {
    let (Some(least), Some(most)) = (parts.iter().min(), parts.iter().max()) else { return };
    let slack = stated.quantity.ulp();
    let outside = stated.quantity.low >= most + &slack || stated.quantity.low <= least - &slack;
    if outside && !findings.has(Rule::MeanBound, stated.line) {
        let computed = format!("{}-{}", shown(least), shown(most));
        let message =
            format!("no weighting of parts from {} to {} gives {}", shown(least), shown(most), stated.text);
        findings.add(Rule::MeanBound, stated.line, message, (stated.text.to_owned(), Some(computed)));
    }
}

fn mean(parts: &[Exact]) -> Option<Exact> {
    (parts.len() >= 2).then(|| parts.iter().cloned().sum::<Exact>() / whole(parts.len()))
}

/// A score or percentage that leads the value of a line.
fn value(line: &Line) -> Option<&Quantity> {
    line.label.as_ref()?;
    let first = line.values().next()?;
    let leads = line.value.trim_start_matches('~').starts_with(|c: char| c.is_ascii_digit());
    let exact = first.is_point() && !first.signed && first.limit == Limit::Exactly;
    // `API - 94`
    let bare = first.unit == Unit::None && first.over.is_none() && first.high <= whole(100);
    (leads && exact && (bare || first.as_score().is_some())).then_some(first)
}

/// `Average: 72%` and `Overall readiness: 80/100` below a list of parts.
fn below_parts(facts: &Facts<'_>, at: usize, line: &Line, findings: &mut Findings) {
    let key = line.key();
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let average = matches!(
        key,
        "average" | "mean" | "average score" | "mean score" | "unweighted mean" | "simple average"
    );
    let overall = matches!(key, "overall" | "overall score" | "overall readiness");
    let Some(quantity) = value(line).filter(|_| average || overall) else { return };
    let said = line.text.to_lowercase();
    let unweighted = mentions(
        &said,
        &["unweighted", "simple average", "plain average", "equal weights", "equally weighted"],
    );
    let mut parts = Vec::new();
    for part in facts.document.lines.get(..at).unwrap_or_default().iter().rev() {
        let prose = part.kind == Kind::Text && (part.block != line.block || value(part).is_none());
        if part.section != line.section || prose {
            break;
        }
        if part.indent >= 2 {
            continue;
        }
        match value(part).filter(|q| q.unit == quantity.unit && q.over == quantity.over) {
            Some(part) => parts.push(part.low.clone()),
            None => return,
        }
    }
    parts.reverse();
    let weighted = mentions(&said, &["weighted"]) && !unweighted;
    let stated = Stated { line: line.number, quantity, text: line.between(quantity.start, quantity.end) };
    if parts.len() >= 2 && (average || unweighted) && !weighted {
        plain(&stated, &parts, findings);
    } else if parts.len() >= 2 {
        bounded(&stated, &parts, findings);
    }
}

/// "The mean of the five is 77 %" below five lines of parts.
fn of_the_above(facts: &Facts<'_>, at: usize, line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let names = ["mean of the ", "average of the ", "mean of all ", "average of all "];
    let Some(rest) = names.iter().find_map(|name| lower.split_once(name)).map(|(_, rest)| rest) else {
        return;
    };
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let count = NUMBERS.iter().position(|number| *number == word).map(|at| at + 2);
    let Some(quantity) = line.quantities.iter().find(|q| q.as_score().is_some() && q.is_point()) else {
        return;
    };
    let above = facts.document.lines.get(..at).unwrap_or_default().iter().rev();
    let parts: Vec<Exact> = above
        .take(NUMBERS.len() + 2)
        .take_while(|part| part.section == line.section)
        .map_while(|part| value(part).filter(|q| q.unit == quantity.unit && q.over == quantity.over))
        .map(|q| q.low.clone())
        .collect();
    if count == Some(parts.len()) && !mentions(&lower, &["weighted"]) {
        let stated = Stated { line: line.number, quantity, text: line.between(quantity.start, quantity.end) };
        plain(&stated, &parts, findings);
    }
}

/// `Infrastructure - 90/100` with its parts in the list below it.
fn above_parts(facts: &Facts<'_>, at: usize, line: &Line, findings: &mut Findings) {
    let is_overall = matches!(line.key().as_str(), "overall" | "overall score" | "overall readiness");
    let Some(quantity) = value(line).filter(|q| line.kind == Kind::Item && (q.over.is_some() || is_overall))
    else {
        return;
    };
    let children: Vec<&Line> = facts
        .document
        .lines
        .iter()
        .skip(at + 1)
        .take_while(|child| child.section == line.section && child.indent > line.indent)
        .collect();
    let parts: Option<Vec<Exact>> = children
        .iter()
        .map(|child| {
            value(child).filter(|q| q.over == quantity.over && q.unit == quantity.unit).map(|q| q.low.clone())
        })
        .collect();
    let planned = mentions(&line.key(), &["target", "goal", "current", "gap"]);
    let targets = children
        .iter()
        .any(|child| mentions(&child.key(), &["target", "goal", "current", "after", "before"]));
    if let Some(parts) = parts.filter(|parts| parts.len() >= 2 && !planned && !targets) {
        let stated = Stated { line: line.number, quantity, text: line.between(quantity.start, quantity.end) };
        bounded(&stated, &parts, findings);
    }
}

/// `Backend 95/100, Frontend 95/100 → Overall 97/100`.
fn beside_parts(line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let before = |q: &Quantity| {
        lower.get(..q.start).unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    let is_overall = |q: &&Quantity| before(q).ends_with("overall");
    let Some(overall) = line.quantities.last().filter(is_overall) else { return };
    let parts: Vec<&Quantity> = line.quantities.iter().filter(|q| q.end <= overall.start).collect();
    let alike = |q: &&Quantity| {
        let named = before(q).ends_with(char::is_alphabetic);
        q.over == overall.over
            && q.unit == overall.unit
            && q.is_point()
            && !q.signed
            && q.as_score().is_some()
            && named
    };
    if parts.len() < 2 || !parts.iter().all(alike) || !overall.is_point() || overall.as_score().is_none() {
        return;
    }
    let numbers: Vec<Exact> = parts.iter().map(|q| q.low.clone()).collect();
    let stated =
        Stated { line: line.number, quantity: overall, text: line.between(overall.start, overall.end) };
    bounded(&stated, &numbers, findings);
}

/// `| Everything | 95 | 92 | 97 |` below `Overall`: the last column lies within the others.
fn overall_column(table: &Table, findings: &mut Findings) {
    let Some(last) = table.header.cells.len().checked_sub(1).filter(|last| *last >= 3) else { return };
    let head = table.header.cell(last).to_lowercase();
    let alike = |column: usize| {
        !mentions(&table.header.cell(column).to_lowercase(), &["weight", "hours", "effort", "gain"])
    };
    let names =
        ["overall", "overall score", "mean", "average", "weighted", "weighted score", "weighted mean"];
    if !names.contains(&head.as_str()) || !(1..last).all(alike) {
        return;
    }
    let kept = |row: &&crate::audit::table::Row| {
        let parts: Option<Vec<Exact>> = (1..last).map(|column| row.number(column).map(|q| q.low)).collect();
        let fits = |(mean, stated): (Exact, Quantity)| says(&stated.low, stated.decimals, &mean);
        parts.and_then(|parts| mean(&parts)).zip(row.number(last)).is_some_and(fits)
    };
    let outside = |row: &&crate::audit::table::Row| {
        let parts: Option<Vec<Exact>> = (1..last).map(|column| row.number(column).map(|q| q.low)).collect();
        let within = |(parts, stated): (Vec<Exact>, Quantity)| {
            parts.iter().min().is_some_and(|least| *least <= stated.low)
                && parts.iter().max().is_some_and(|most| stated.low <= *most)
        };
        !parts.zip(row.number(last)).is_some_and(within)
    };
    // What lies outside in row after row is no mean.
    if table.rows.len() > 1 && table.rows.iter().filter(outside).count() * 2 > table.rows.len() {
        return;
    }
    let is_plain = matches!(head.as_str(), "mean" | "average") && table.rows.iter().filter(kept).count() >= 2;
    for row in &table.rows {
        let Some(stated) = row.number(last).filter(is_plain_score) else { continue };
        let parts: Option<Vec<Exact>> = (1..last)
            .map(|column| {
                row.number(column).filter(|q| is_plain_score(q) && q.unit == stated.unit).map(|q| q.low)
            })
            .collect();
        let weighted = mentions(&row.cell(0).to_lowercase(), &["weighted"]);
        if let Some(parts) = parts {
            let stated = Stated { line: row.line, quantity: &stated, text: row.cell(last) };
            if is_plain && !weighted {
                plain(&stated, &parts, findings);
            } else {
                bounded(&stated, &parts, findings);
            }
        }
    }
}

fn is_plain_score(quantity: &Quantity) -> bool {
    let unit = matches!(quantity.unit, Unit::None | Unit::Percent) && quantity.over.is_none();
    unit && quantity.is_point()
        && !quantity.signed
        && quantity.high <= whole(100)
        && quantity.limit == Limit::Exactly
}

/// A last row called mean or average, column by column.
fn mean_row(table: &Table, findings: &mut Findings) {
    let Some(total) = table.total() else { return };
    let name = total.cell(0).to_lowercase();
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if !matches!(name, "mean" | "average")
        || table.header.cells.iter().any(|h| h.to_lowercase().contains("weight"))
    {
        return;
    }
    for column in 1..table.header.cells.len() {
        let head = table.header.cell(column).to_lowercase();
        let other =
            ["rate", "ratio", "coverage", "latency", "p50", "p90", "p95", "p99", "time", "change", "delta"];
        let Some(quantity) =
            total.number(column).filter(|q| q.is_point() && !q.signed && q.limit == Limit::Exactly)
        else {
            continue;
        };
        let scored = |q: &Quantity| {
            let score = q.over.is_some() || matches!(q.unit, Unit::Percent | Unit::None);
            q.is_point()
                && !q.signed
                && score
                && q.unit == quantity.unit
                && !q.low.is_negative()
                && q.low <= whole(100)
        };
        let parts: Option<Vec<Exact>> = table
            .body()
            .map(|row| row.number(column).filter(|q| scored(q) && q.over == quantity.over).map(|q| q.low))
            .collect();
        if let Some(parts) = parts.filter(|parts| parts.len() >= 2 && !mentions(&head, &other)) {
            let stated = Stated { line: total.line, quantity: &quantity, text: total.cell(column) };
            plain(&stated, &parts, findings);
        }
    }
}
