//! Rates over too few cases.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use num_traits::{Signed as _, Zero as _};

use super::sample_words::{LEAST, SAMPLES, speaks_of_trials};

/// What the column is headed that says how many cases there were.
const CASES: [&str; 29] = [
    "total",
    "tests",
    "runs",
    "cases",
    "scenarios",
    "interviews",
    "attempts",
    "trials",
    "samples",
    "sessions",
    "drills",
    "users",
    "participants",
    "answers",
    "responses",
    "messages",
    "addresses",
    "queries",
    "images",
    "requests",
    "calls",
    "orders",
    "predictions",
    "records",
    "documents",
    "asked",
    "customers",
    "n",
    "versuche",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    if speaks_of_trials(facts) {
        for table in &facts.document.tables {
            of_columns(table, findings);
        }
    }
    if !facts.is_assessment() {
        return;
    }
    for line in &facts.document.lines {
        if !mentions(&line.text.to_lowercase(), &SAMPLES) {
            continue;
        }
        let percent =
            line.quantities.iter().find(|q| q.unit == Unit::Percent && q.low.is_positive() && !q.signed);
        let Some(percent) = percent else { continue };
        if let Some(total) = sample(&line.text, &line.quantities) {
            report(line.number, &total, line.between(percent.start, percent.end), findings);
        }
    }
    for table in &facts.document.tables {
        let suites = mentions(&table.header.cell(0).to_lowercase(), &["suite", "suites", "test", "tests"]);
        let sampled = |row: &&Row| suites || mentions(&row.cell(0).to_lowercase(), &SAMPLES);
        for row in table.body().filter(sampled) {
            in_cells(row, findings);
        }
    }
}

/// A column of rates beside the number of cases that each is over.
fn of_columns(table: &Table, findings: &mut Findings) {
    let find = |words: &[&str], not: &[&str]| {
        (1..table.header.cells.len()).find(|c| {
            let head = table.header.cell(*c).to_lowercase();
            mentions(&head, words) && !mentions(&head, not)
        })
    };
    let rate = table
        .column(&["pass rate", "success rate", "rate"])
        .or_else(|| table.column(&["share", "%", "quote", "accuracy", "precision", "success"]));
    let total = find(&CASES, &["rate", "share", "coverage"]);
    let settled = find(&["fixed", "closed", "resolved", "done", "open", "migrated", "covered"], &[]);
    let (Some(rate), Some(total), None) = (rate, total.filter(|t| Some(*t) != rate), settled) else { return };
    let count = |row: &Row| {
        row.number(total)
            .filter(|q| q.is_point() && q.unit == Unit::None && q.over.is_none() && q.low.is_positive())
    };
    for row in table.body() {
        let few = count(row).filter(|q| q.low < whole(LEAST));
        let stated = row.number(rate).is_some_and(|q| q.unit == Unit::Percent && q.low.is_positive());
        // Where no other row has many, the table is no sample of anything.
        let many = table.body().filter_map(count).any(|q| q.low >= whole(4 * LEAST));
        if let (Some(few), true) = (few, stated && many) {
            report(row.line, &few.low, row.cell(rate), findings);
        }
    }
}

/// `| Failover drills | 1/1 (100%) |`.
fn in_cells(row: &Row, findings: &mut Findings) {
    for cell in row.cells.iter().skip(1) {
        let found = quantities(cell);
        let percent = found.iter().find(|q| q.unit == Unit::Percent && q.low.is_positive() && !q.signed);
        if let (Some(percent), Some(total)) = (percent, sample(cell, &found)) {
            report(row.line, &total, cell.get(percent.start..percent.end).unwrap_or_default(), findings);
        }
    }
}

fn report(line: u32, total: &Exact, percent: &str, findings: &mut Findings) {
    let cases = if *total == whole(1) { "1 case".to_owned() } else { format!("{} cases", shown(total)) };
    let message = format!("{percent} of {cases}: a rate needs at least {LEAST}");
    findings.add(Rule::SmallSample, line, message, (percent.to_owned(), Some(cases)));
}

/// The whole of `1/1`, of `2 of 2 runs`, or the `3 tests` that a rate is over.
fn sample(text: &str, quantities: &[Quantity]) -> Option<Exact> {
    let few = |total: &Exact| total.is_positive() && *total < whole(LEAST);
    let slashed = quantities.iter().find_map(|q| q.over.clone().filter(|over| few(over) && !q.low.is_zero()));
    let worded = quantities.windows(2).find_map(|pair| {
        let [part, total] = pair else { return None };
        let of = matches!(text.get(part.end..total.start)?.trim(), "of" | "out of");
        let plain =
            part.unit == Unit::None && total.unit == Unit::None && total.is_point() && !part.low.is_zero();
        (of && plain && few(&total.low)).then(|| total.low.clone())
    });
    let rate = mentions(&text.to_lowercase(), &["pass rate", "success rate", "success", "passing"]);
    let counted = quantities.iter().find(|q| {
        let after = text.get(q.end..).unwrap_or_default().trim_start().to_lowercase();
        let noun = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
        rate && q.is_point()
            && q.unit == Unit::None
            && q.over.is_none()
            && few(&q.low)
            && matches!(
                noun.as_str(),
                "test" | "tests" | "runs" | "run" | "cases" | "samples" | "trials" | "scenarios"
            )
    });
    slashed.or(worded).or_else(|| counted.map(|q| q.low.clone()))
}
