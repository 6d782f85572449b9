//! Tables and lists of suites, files and rules against what was measured of each.
//!
//! A table is about the parts of the evidence if most of its numbers are theirs; the others then contradict.

use std::collections::BTreeSet;

use super::claim::is_now;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::measured::{Counted, Measured};
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, says, shown};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, ratio, whole};

/// Rows that are compared.
const MOST: usize = 500;

/// A number of a part against what was measured of it.
struct Compared {
    line: u32,
    name: String,
    said: String,
    holds: bool,
    measured: String,
}

pub(super) fn compare(facts: &Facts<'_>, measured: &Measured, findings: &mut Findings) {
    if measured.parts.is_empty() {
        return;
    }
    let names = names(measured);
    for table in facts.document.tables.iter().filter(|table| is_now(facts, table.section)) {
        judge(&in_table(table, &names), findings);
    }
    for block in facts.document.blocks() {
        if block.iter().any(|line| line.kind == Kind::Item)
            && block.first().is_some_and(|line| is_now(facts, line.section))
        {
            judge(&in_list(block, &names), findings);
        }
    }
}

/// Letters alone: a document may write a name with other signs, and digits in code are not read.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Each name with what was measured of it, as long as no other part reads the same.
fn names(measured: &Measured) -> Vec<(String, &Counted)> {
    let all: Vec<(String, &Counted)> = measured
        .parts
        .iter()
        .map(|part| (letters(&part.name), &part.counted))
        .filter(|(name, _)| name.len() > 1)
        .collect();
    let mut found: Vec<(String, &Counted)> = Vec::new();
    let mut sorted: Vec<usize> = (0..all.len()).collect();
    let key = |at: &usize| all.get(*at).map(|(name, counted)| (counted.kind(), name.clone()));
    crate::model::order::sort_by(&mut sorted, |a, b| key(a).cmp(&key(b)));
    for group in sorted.chunk_by(|a, b| key(a) == key(b)) {
        if let [at] = group
            && let Some((name, counted)) = all.get(*at)
        {
            found.push((name.clone(), counted));
        }
    }
    found
}

/// The names of all parts, as `letters`.
pub(super) fn names_of(measured: &Measured) -> BTreeSet<String> {
    crate::model::order::set(measured.parts.iter().map(|part| letters(&part.name)))
}

fn named<'a>(names: &[(String, &'a Counted)], name: &str) -> Vec<&'a Counted> {
    let name = letters(name);
    names.iter().filter(|(own, _)| *own == name).map(|(_, counted)| *counted).collect()
}

fn in_table(table: &Table, names: &[(String, &Counted)]) -> Vec<Compared> {
    let mut found = Vec::new();
    let rows = table.rows.iter().take(MOST).filter(|row| !row.is_total());
    for row in rows {
        for counted in named(names, row.cell(0)) {
            for column in 1..table.header.cells.len() {
                let head = table.header.cell(column).to_lowercase();
                let Some(quantity) =
                    row.number(column).filter(|q| is_plain(q) && quantities(row.cell(column)).len() == 1)
                else {
                    continue;
                };
                if let Some((exact, what)) = of_column(counted, &head, quantity.unit) {
                    found.push(compared(
                        (row.line, row.cell(0), row.cell(column)),
                        &quantity,
                        &(exact, what),
                    ));
                }
            }
        }
    }
    found
}

fn is_plain(quantity: &Quantity) -> bool {
    quantity.is_point() && quantity.over.is_none() && quantity.limit == Limit::Exactly && !quantity.signed
}

/// What a line says of a name, beside how much of what was measured.
fn compared(
    (line, name, said): (u32, &str, &str),
    quantity: &Quantity,
    (exact, what): &(Exact, &str),
) -> Compared {
    Compared {
        line,
        name: name.to_owned(),
        said: said.to_owned(),
        holds: says(&quantity.low, quantity.decimals, exact),
        measured: format!("{}{what}", shown(exact)),
    }
}

/// What was measured of a part under a header.
fn of_column(counted: &Counted, head: &str, unit: Unit) -> Option<(Exact, &'static str)> {
    let other = [
        "before", "previous", "last", "target", "goal", "limit", "change", "delta", "time", "seconds",
        "planned", "rc1",
    ];
    let is = |words: &[&str]| mentions(head, words) && !mentions(head, &other);
    let rate = unit == Unit::Percent || head.contains('%');
    match counted {
        Counted::Tests(counts) if rate => {
            let run = counts.total.saturating_sub(counts.skipped);
            let share = ratio(counts.passed, run)? * whole(100);
            (is(&["pass rate", "rate"]) && counts.skipped == 0).then_some((share, "% passed"))
        }
        Counted::Tests(counts) => {
            let failing = counts.failed + counts.errored;
            let number = if is(&["passed", "passing", "pass", "green", "ok"]) {
                (counts.passed, " passed")
            } else if is(&["failed", "failing", "failures", "fail", "red"]) {
                (failing, " failed")
            } else if is(&["skipped", "ignored"]) {
                (counts.skipped, " skipped")
            } else if is(&["tests", "cases", "total", "test cases", "run", "count"]) {
                (counts.total, " tests")
            } else {
                return None;
            };
            Some((whole(number.0), number.1))
        }
        Counted::Lines((covered, total)) if rate => {
            let share = ratio(*covered, *total)? * whole(100);
            let branches = mentions(head, &["branch", "branches", "functions", "target", "gate"]);
            (is(&["coverage", "covered", "lines", "line coverage", "cover"]) && !branches)
                .then_some((share, "% of lines"))
        }
        Counted::Lines((covered, total)) => {
            if is(&["covered", "hit", "lines hit", "covered lines"]) {
                Some((whole(*covered), " lines covered"))
            } else if is(&["lines", "coverable", "instrumented", "total"]) {
                Some((whole(*total), " lines"))
            } else {
                None
            }
        }
        Counted::Findings(count) => {
            is(&["findings", "count", "open", "number", "hits", "alerts", "occurrences", "total"])
                .then_some((whole(*count), " findings"))
        }
    }
}

/// `* weak-hash: 2, level warning`, `- parser: 40 of 42 tests pass`.
fn in_list(block: &[Line], names: &[(String, &Counted)]) -> Vec<Compared> {
    let mut found = Vec::new();
    for line in block.iter().filter(|line| line.kind == Kind::Item).take(MOST) {
        let Some((label, first)) = line.label.as_deref().zip(line.values().next()) else { continue };
        let leads = line.value.starts_with(|c: char| c.is_ascii_digit()) && is_plain(first);
        let said = line.between(first.start, first.end);
        let after = line.text.get(first.end..).unwrap_or_default().trim_start().to_lowercase();
        for counted in named(names, label).into_iter().filter(|_| leads) {
            let noun = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let exact = match counted {
                Counted::Findings(count) if matches!(noun, "" | "level" | "findings" | "open" | "times") => {
                    Some((whole(*count), " findings"))
                }
                Counted::Tests(_) => of_column(counted, noun, Unit::None),
                Counted::Lines(_) if first.unit == Unit::Percent => {
                    of_column(counted, "coverage", Unit::Percent)
                }
                _ => None,
            };
            if let Some((exact, what)) = exact {
                found.push(compared((line.number, label, said), first, &(exact, what)));
            }
        }
    }
    found
}

/// Two numbers that hold and more than do not say that the others are wrong.
fn judge(all: &[Compared], findings: &mut Findings) {
    let holding = all.iter().filter(|compared| compared.holds).count();
    if holding < 2 || holding < 2 * (all.len() - holding) {
        return;
    }
    for compared in all.iter().filter(|compared| !compared.holds) {
        if !findings.has(Rule::ContradictsEvidence, compared.line) {
            let message = format!(
                "{} is claimed for `{}`, {} was measured",
                compared.said, compared.name, compared.measured
            );
            let numbers = (compared.said.clone(), Some(compared.measured.clone()));
            findings.add(Rule::ContradictsEvidence, compared.line, message, numbers);
        }
    }
}
