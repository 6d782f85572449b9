//! A fraction against the percentage beside it.

use num_traits::Signed as _;

use super::share::{holds, report};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::words::mentions;
use crate::model::exact::Exact;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let weighted: Vec<u32> = facts.document.blocks().flat_map(weights).collect();
    for (line, text, quantities) in facts.texts() {
        if !weighted.contains(&line) {
            beside(line, text, quantities, findings);
        }
    }
    for row in facts.document.tables.iter().flat_map(|table| &table.rows) {
        for cell in &row.cells {
            beside(row.line, cell, &quantities(cell), findings);
        }
    }
}

/// The lines of `Security: 80/100 (30%)` and its siblings, whose percentages are weights: most are no share.
fn weights(block: &[Line]) -> Vec<u32> {
    let each: Vec<(u32, bool)> = block
        .iter()
        .filter_map(|line| {
            let [score, percent] = line.quantities.as_slice() else { return None };
            let over = score.over.as_ref().filter(|_| percent.unit == Unit::Percent)?;
            let bracket = line.between(score.end, percent.start).trim() == "(";
            bracket.then(|| (line.number, holds(percent, &score.low, over)))
        })
        .collect();
    let shares = each.iter().filter(|(_, holds)| *holds).count();
    if each.len() >= 3 && shares * 2 < each.len() {
        each.into_iter().map(|(line, _)| line).collect()
    } else {
        Vec::new()
    }
}

/// `21/30 (70%)`, `70% (21/30 tests)`, `21 of 30 tests pass (70%)`.
fn beside(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    for (part, total, start, end) in fractions(text, quantities) {
        let after = quantities.iter().find(|q| q.start >= end);
        let before = quantities.iter().rfind(|q| q.end <= start);
        let follows = after
            .filter(|q| q.unit == Unit::Percent && !q.signed && joined(text, end, q.start) && alone(text, q));
        let leads = before.filter(|q| {
            q.unit == Unit::Percent && !q.signed && opens(text, q.end, start) && counts(text, end)
        });
        for percent in [follows, leads].into_iter().flatten() {
            if !holds(percent, &part, &total) && part <= total {
                report(
                    line,
                    &part,
                    &total,
                    text.get(percent.start..percent.end).unwrap_or_default(),
                    findings,
                );
            }
        }
    }
}

/// `n/m` and `n of m`.
pub(in crate::audit::rules) fn fractions(
    text: &str,
    quantities: &[Quantity],
) -> Vec<(Exact, Exact, usize, usize)> {
    let slashed = quantities.iter().filter_map(|q| {
        let exact = q.is_point() && q.limit == Limit::Exactly && !q.signed;
        Some((q.low.clone(), q.over.clone().filter(|_| exact)?, q.start, q.end))
    });
    let worded = quantities.windows(2).filter_map(|pair| {
        let [part, total] = pair else { return None };
        let between = text.get(part.end..total.start)?.trim().to_lowercase();
        let of = matches!(between.as_str(), "of" | "out of" | "of the" | "tests of" | "of all");
        let plain = |q: &Quantity| {
            q.is_point() && q.unit == Unit::None && q.over.is_none() && q.limit == Limit::Exactly
        };
        // `20 of 25 points`.
        let counted = Quantity {
            unit: if total.unit == Unit::Points { Unit::None } else { total.unit },
            ..total.clone()
        };
        (of && plain(part) && plain(&counted))
            .then(|| (part.low.clone(), total.low.clone(), part.start, total.end))
    });
    slashed.chain(worded).filter(|(part, total, ..)| total.is_positive() && !part.is_negative()).collect()
}

/// Between a fraction and its percentage: `(`, `=`, `|`, a noun at most.
fn joined(text: &str, from: usize, to: usize) -> bool {
    let between = without_that_is(text.get(from..to).unwrap_or_default());
    let sign =
        between.trim_end().ends_with(['(', '=', '≈', '[']) || between.trim().is_empty() && between.len() > 1;
    sign && quiet(&between) && between.len() <= 40
}

/// `412/450 tests green, i.e. 91.6 %` reads as `412/450 tests green = 91.6 %`.
fn without_that_is(between: &str) -> String {
    let trimmed = between.trim_end();
    let said = ["i.e.", "i. e.", "that is", "which is", "or", "thus"].iter().find_map(|phrase| {
        let before = trimmed.strip_suffix(phrase)?;
        before.trim_end().strip_suffix(',').or_else(|| before.strip_suffix("("))
    });
    said.map_or_else(|| between.to_owned(), |before| format!("{before} ="))
}

/// Between a percentage and its fraction: an opening bracket, with a word at most.
fn opens(text: &str, from: usize, to: usize) -> bool {
    let between = text.get(from..to).unwrap_or_default();
    let after_bracket =
        between.split_once('(').map(|(before, after)| (before.trim().len() <= 20, after.trim().is_empty()));
    after_bracket == Some((true, true)) && quiet(between)
}

/// Whether a fraction in brackets ends them, but for what it counts.
fn counts(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let noun = rest.split([')', ',', ';']).next().unwrap_or_default().trim().to_lowercase();
    let known = [
        "tests",
        "test cases",
        "cases",
        "lines",
        "branches",
        "functions",
        "statements",
        "checks",
        "scenarios",
        "passing",
        "passed",
        "pass",
        "tests passing",
        "tests passed",
        "tests pass",
        "covered",
        "lines covered",
        "complete",
        "completed",
        "done",
        "items",
        "tasks",
        "files",
        "endpoints",
        "requests",
        "suites",
        "specs",
        "features",
        "issues",
        "requirements",
        "points",
        "mutants",
        "mutants killed",
        "killed",
        "green",
        "tests green",
        "checks passed",
        "checks green",
        "criteria",
        "criteria met",
        "met",
        "objectives",
    ];
    noun.is_empty() || known.contains(&noun.as_str())
}

/// Words that make the two numbers talk of different things.
fn quiet(between: &str) -> bool {
    let lower = between.to_lowercase();
    !lower.contains([',', ';', '.', '→'])
        && !mentions(&lower, &["weight", "target", "goal", "up", "down", "from", "was", "vs", "and", "than"])
}

/// Whether the percentage ends its brackets, but for a word that says what it is.
fn alone(text: &str, percent: &Quantity) -> bool {
    let after = text.get(percent.end..).unwrap_or_default();
    let word = after.split(')').next().unwrap_or_default().trim().to_lowercase();
    let words = [
        "",
        "pass",
        "pass rate",
        "passing",
        "passed",
        "complete",
        "completed",
        "done",
        "success",
        "success rate",
        "covered",
        "coverage",
        "line coverage",
        "of total",
    ];
    words.contains(&word.as_str()) || word.starts_with(['|', ',', '.'])
}
