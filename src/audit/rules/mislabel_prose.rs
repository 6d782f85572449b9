//! Coverage that is a pass rate, in prose and in the header of a column.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

use super::mislabel::{count, pass_rates};
use super::ratio::holds;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        headed(table, findings);
    }
    in_prose(facts, findings);
    for line in &facts.document.lines {
        in_bracket(line, findings);
    }
}

/// "3,087 of them passed (98.0 % test coverage)".
fn in_bracket(line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    for percent in line.quantities.iter().filter(|q| q.unit == Unit::Percent && q.limit == Limit::Exactly) {
        let before = lower.get(..percent.start).unwrap_or_default().trim_end();
        let passed = before.strip_suffix('(').is_some_and(|before| {
            ["passed", "pass", "passing", "green", "succeeded"]
                .iter()
                .any(|end| before.trim_end().ends_with(end))
        });
        let after = lower.get(percent.end..).unwrap_or_default().trim_start();
        let called = ["coverage)", "test coverage)", "coverage,", "test coverage,"]
            .iter()
            .any(|word| after.starts_with(word));
        if passed && called && !findings.has(Rule::Mislabel, line.number) {
            let said = line.between(percent.start, percent.end);
            let message = format!("{said} is the share of tests that passed, and no coverage");
            let numbers = (format!("coverage {said}"), Some(format!("pass rate {said}")));
            findings.add(Rule::Mislabel, line.number, message, numbers);
        }
    }
}

/// A column called coverage with the pass rate of each row.
fn headed(table: &Table, findings: &mut Findings) {
    let column = |words: &[&str], not: &[&str]| {
        (1..table.header.cells.len()).find(|at| {
            let head = table.header.cell(*at).to_lowercase();
            mentions(&head, words) && !mentions(&head, not)
        })
    };
    let rate = ["coverage", "rate", "%", "lines"];
    let coverage = column(
        &["coverage"],
        &["line", "lines", "branch", "requirement", "requirements", "target", "before"],
    );
    let (total, passed) = (
        column(&["tests", "total", "cases", "run", "executed"], &rate),
        column(&["passed", "passing", "pass"], &rate),
    );
    let (Some(coverage), Some(total), Some(passed)) = (coverage, total, passed) else { return };
    let holding = table.rows.iter().filter(|row| {
        let (said, all, part) =
            (row.number(coverage), row.number(total).filter(count), row.number(passed).filter(count));
        match (said, all, part) {
            (Some(said), Some(all), Some(part)) => {
                (said.unit == Unit::Percent || table.header.cell(coverage).contains('%'))
                    && part.low < all.low
                    && holds(&said, &part.low, &all.low)
            }
            _ => false,
        }
    });
    if holding.count() >= 2 && !findings.has(Rule::Mislabel, table.header.line) {
        let head = table.header.cell(coverage).to_owned();
        let message = format!("`{head}` is what passed of all in each row: a pass rate is no coverage");
        findings.add(Rule::Mislabel, table.header.line, message, (head, Some("pass rate".to_owned())));
    }
}

/// "Test coverage stands at 97.4 %" where 97.4 % is the pass rate of the tests.
fn in_prose(facts: &Facts<'_>, findings: &mut Findings) {
    let rates = pass_rates(facts);
    for line in facts.document.lines.iter().filter(|_| !rates.is_empty()) {
        let lower = line.text.to_lowercase();
        let said = |q: &&Quantity| {
            let before = lower.get(..q.start).unwrap_or_default().trim_end();
            ["coverage of", "coverage is", "coverage stands at", "coverage at"]
                .iter()
                .any(|end| before.ends_with(end))
        };
        let other = [
            "line",
            "lines",
            "branch",
            "branches",
            "statement",
            "target",
            "goal",
            "requirement",
            "requirements",
            "pass rate",
        ];
        let Some(stated) = line.quantities.iter().find(said).filter(|_| !mentions(&lower, &other)) else {
            continue;
        };
        let same = |rate: &Quantity| rate.low == stated.low && rate.decimals == stated.decimals;
        let exact = stated.unit == Unit::Percent && stated.decimals > 0 && stated.limit == Limit::Exactly;
        if exact
            && stated.low < whole(100)
            && rates.iter().any(same)
            && !findings.has(Rule::Mislabel, line.number)
        {
            let said = line.between(stated.start, stated.end);
            let message = format!("{said} is the pass rate of the tests, and no coverage");
            let numbers = (format!("coverage {said}"), Some(format!("pass rate {said}")));
            findings.add(Rule::Mislabel, line.number, message, numbers);
        }
    }
}
