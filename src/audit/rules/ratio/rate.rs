//! A rate against the counts in the same line, block or table.

use num_traits::{Signed as _, Zero as _};

use super::counts::{counted, skipped_near};
use super::share::{holds, report};
use super::unexplained;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::Exact;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for line in &facts.document.lines {
        pass_rate(facts, line, findings);
    }
    for block in facts.document.blocks() {
        in_block(block, findings);
    }
    for table in &facts.document.tables {
        in_table(table, findings);
    }
    for line in &facts.document.lines {
        below_table(facts, line, findings);
    }
}

/// "Overall pass rate: 93 %", below the only table with columns of tests and of passed ones.
fn below_table(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let named = mentions(&lower, &["pass rate", "success rate", "passing rate"]);
    let other = [
        "target", "goal", "last", "previous", "limit", "at least", "was", "from", "above", "below", "must",
        "without",
    ];
    if !named || mentions(&lower, &other) {
        return;
    }
    let mut tables = facts.document.tables.iter().filter_map(columns);
    let (Some((table, passed, total)), None) = (tables.next(), tables.next()) else { return };
    let percents: Vec<&Quantity> = line.quantities.iter().filter(|q| q.unit == Unit::Percent).collect();
    let ([percent], true) = (percents.as_slice(), line.number > table.header.line) else { return };
    let counts = |column: usize, row: &Row| row.number(column).filter(|q| q.is_point() && q.over.is_none());
    let sum =
        |column: usize| table.body().map(|row| counts(column, row).map(|q| q.low)).sum::<Option<Exact>>();
    let (Some(part), Some(all)) = (sum(passed), sum(total)) else { return };
    let rows = table.rows.iter().filter_map(|row| Some((counts(passed, row)?.low, counts(total, row)?.low)));
    let mut pairs: Vec<(Exact, Exact)> = rows.collect();
    pairs.extend(super::fractions(&line.text, &line.quantities).into_iter().map(|(a, b, ..)| (a, b)));
    let skipped = table
        .header
        .cells
        .iter()
        .any(|head| mentions(&head.to_lowercase(), &["skipped", "ignored", "blocked"]));
    pairs.push((part.clone(), all.clone()));
    if !skipped && part <= all && !pairs.iter().any(|(part, all)| holds(percent, part, all)) {
        report(line.number, &part, &all, line.between(percent.start, percent.end), findings);
    }
}

/// The columns of the passed and of all tests.
fn columns(table: &Table) -> Option<(&Table, usize, usize)> {
    let column = |names: &[&str]| {
        table.header.cells.iter().position(|head| names.contains(&head.trim().to_lowercase().as_str()))
    };
    let passed = column(&["passed", "passing", "pass", "tests passed"])?;
    Some((table, passed, column(&["total", "tests", "all", "cases", "test cases", "executed", "run"])?))
}

/// `pass rate: 78.4% (1,413 tests, 739 passing)`, with or without the skipped ones.
fn pass_rate(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    if !mentions(&lower, &["pass rate", "passing", "passed", "pass", "success rate", "coverage", "covered"]) {
        return;
    }
    let percents: Vec<&Quantity> =
        line.quantities.iter().filter(|q| q.unit == Unit::Percent && !q.signed).collect();
    let [percent] = percents.as_slice() else { return };
    let total = counted(
        line,
        &["tests", "test cases", "cases", "checks", "specs", "scenarios", "lines", "total tests", "total"],
    );
    let passed = counted(
        line,
        &[
            "passing",
            "passed",
            "pass",
            "passes",
            "covered",
            "succeeded",
            "tests passing",
            "tests passed",
            "tests pass",
            "lines covered",
        ],
    );
    let (Some(total), Some(passed)) = (total, passed) else { return };
    let skipped = counted(line, &["skipped"]).or_else(|| skipped_near(facts, line));
    let without = skipped.map(|skipped| &total - skipped);
    // `66 of 96 cases ran (68.8 %), 65 of them passed`
    let other = super::fractions(&line.text, &line.quantities);
    if other.iter().any(|(part, all, ..)| holds(percent, part, all)) {
        return;
    }
    let fits = holds(percent, &passed, &total) || without.is_some_and(|rest| holds(percent, &passed, &rest));
    if !fits && passed <= total && total.is_positive() {
        report(line.number, &passed, &total, line.between(percent.start, percent.end), findings);
        unexplained::apply(facts, line, (&passed, &total), findings);
    }
}

/// `Total: 200`, `Passing: 180`, `Pass rate: 95%` in one block.
fn in_block(block: &[Line], findings: &mut Findings) {
    let number = |words: &[&str]| {
        let fits = |line: &&Line| {
            line.label.is_some()
                && mentions(&line.key(), words)
                && !mentions(&line.key(), &["rate", "suites", "coverage"])
        };
        let mut lines = block.iter().filter(fits).filter_map(|line| {
            line.values().next().filter(|q| {
                q.is_point() && q.over.is_none() && q.unit == Unit::None && q.limit == Limit::Exactly
            })
        });
        let first = lines.next().map(|q| q.low.clone());
        first.filter(|_| lines.next().is_none())
    };
    let rate = block.iter().find(|l| mentions(&l.key(), &["pass rate", "success rate", "passing rate"]));
    let Some((line, percent)) =
        rate.and_then(|l| Some((l, l.values().next().filter(|q| q.unit == Unit::Percent)?)))
    else {
        return;
    };
    let total = number(&[
        "total",
        "total tests",
        "tests collected",
        "total collected",
        "executed",
        "tests run",
        "tests executed",
    ]);
    let (Some(total), Some(passed)) = (total, number(&["passed", "passing"])) else { return };
    let rest = &total - number(&["skipped", "ignored"]).unwrap_or_else(Exact::zero);
    if !holds(percent, &passed, &total) && !holds(percent, &passed, &rest) && passed <= total {
        report(line.number, &passed, &total, line.between(percent.start, percent.end), findings);
    }
}

/// Columns for passed, total and rate.
fn in_table(table: &Table, findings: &mut Findings) {
    let column = |words: &[&str], not: &[&str]| {
        table.header.cells.iter().position(|cell| {
            let cell = cell.to_lowercase();
            mentions(&cell, words)
                && !mentions(&cell, not)
                && !not.iter().any(|n| *n == "%" && cell.contains('%'))
        })
    };
    let rate = column(
        &["pass rate", "rate", "coverage", "percent", "percentage", "%", "pass %", "coverage %"],
        &["failure", "failed", "error", "errors"],
    )
    .or_else(|| table.header.cells.iter().position(|cell| cell.trim() == "%"));
    let passed = column(&["passed", "passing", "pass", "covered", "hit", "lines covered"], &["rate", "%"]);
    let total = column(
        &["total", "tests", "lines", "coverable", "total lines"],
        &["rate", "%", "passed", "passing", "covered", "failed", "skipped", "time"],
    );
    let skipped = column(&["skipped", "ignored"], &[]);
    let (Some(rate), Some(passed), Some(total)) = (rate, passed, total) else { return };
    // Coverage beside tests is no rate of them.
    let says = |column: usize, words: &[&str]| mentions(&table.header.cell(column).to_lowercase(), words);
    if says(rate, &["coverage"]) && says(passed, &["passed", "passing", "pass"]) {
        return;
    }
    for row in &table.rows {
        let plain = |column: usize| {
            row.number(column).filter(|q| {
                q.is_point() && q.over.is_none() && q.unit == Unit::None && q.limit == Limit::Exactly
            })
        };
        let (Some(part), Some(whole)) = (plain(passed), plain(total)) else { continue };
        let Some(percent) = row.number(rate).filter(|q| q.unit == Unit::Percent) else { continue };
        let rest = &whole.low - skipped.and_then(plain).map_or_else(Exact::zero, |q| q.low);
        if part.low <= whole.low
            && whole.low.is_positive()
            && !holds(&percent, &part.low, &whole.low)
            && !holds(&percent, &part.low, &rest)
        {
            report(row.line, &part.low, &whole.low, row.cell(rate), findings);
        }
    }
}
