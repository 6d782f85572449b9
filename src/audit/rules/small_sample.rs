//! Rates over too few cases.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::rules::sentence::{Sentence, sentences};
use crate::audit::spelled;
use crate::audit::table::Row;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use num_traits::{Signed as _, Zero as _};

/// Fewer cases than this say nothing as a rate.
const LEAST: u32 = 5;

/// What a sample is made of.
const SAMPLES: [&str; 24] = [
    "test",
    "tests",
    "e2e",
    "scenario",
    "scenarios",
    "smoke",
    "run",
    "runs",
    "trial",
    "trials",
    "sample",
    "samples",
    "chaos",
    "load",
    "integration",
    "unit",
    "regression",
    "cases",
    "case",
    "drill",
    "drills",
    "requests",
    "soak",
    "failover",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let found = sentences(block);
        for (at, sentence) in found.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            conclusion(before, sentence, findings);
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
        let rate = table.column(&["pass rate", "success rate", "rate"]);
        let total = (1..table.header.cells.len()).find(|c| {
            mentions(&table.header.cell(*c).to_lowercase(), &["total", "tests", "runs", "cases", "scenarios"])
        });
        let (Some(rate), Some(total)) = (rate, total.filter(|t| Some(*t) != rate)) else { continue };
        for row in table.body() {
            let few = row.number(total).filter(|q| {
                q.is_point()
                    && q.unit == Unit::None
                    && q.over.is_none()
                    && q.low.is_positive()
                    && q.low < whole(LEAST)
            });
            let stated = row.number(rate).is_some_and(|q| q.unit == Unit::Percent && q.low.is_positive());
            if let (Some(few), true) = (few, stated) {
                report(row.line, &few.low, row.cell(rate), findings);
            }
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

/// "2 sessions went fine, which proves that it is safe", also over two sentences.
fn conclusion(before: Option<&Sentence>, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let proof = [
        "proves",
        "prove",
        "proven",
        "demonstrates",
        "confirms that",
        "confirmed that",
        "guarantees",
        "shows that",
        "beweist",
        "bewiesen",
        "belegt",
        "conclude",
        "no further tests",
        "we can rely",
        "clearly shows",
    ];
    let doubt =
        ["not", "no proof", "cannot", "too few", "never", "nothing", "neither", "nicht", "kein", "only"];
    if !mentions(&lower, &proof) || mentions(&lower, &doubt) {
        return;
    }
    let place = proof.iter().find_map(|word| lower.find(word)).unwrap_or_default();
    let own =
        few_of(&sentence.text).filter(|(at, _)| *at <= place).map(|(at, said)| (sentence.line(at), said));
    let found = own
        .or_else(|| before.and_then(|before| few_of(&before.text).map(|(at, said)| (before.line(at), said))));
    let line = sentence.line(place);
    if let Some((_, said)) = found.filter(|_| !findings.has(Rule::SmallSample, line)) {
        let message = format!("a conclusion from {said}: it needs at least {LEAST}");
        findings.add(Rule::SmallSample, line, message, (said, None));
    }
}

/// `2 sessions`, `a single run`, with its place: a number of cases below five, in digits or in words.
fn few_of(text: &str) -> Option<(usize, String)> {
    let lower = text.to_lowercase();
    let mut at = 0;
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in lower.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !plain.is_empty() {
            words.push((at, plain));
        }
        at += word.len();
    }
    words.windows(2).enumerate().find_map(|(index, pair)| {
        let [(at, number), (_, next)] = pair else { return None };
        let noun = if SAMPLES.contains(next) || MORE.contains(next) { next } else { words.get(index + 2)?.1 };
        let count: u32 = match *number {
            "single" | "one" => 1,
            other => other.parse().ok().or_else(|| spelled::number(other))?,
        };
        let sampled = SAMPLES.contains(&noun) || MORE.contains(&noun);
        let alone = !lower.get(..*at)?.ends_with(['.', ',', '/', ':', '-', '#']);
        (sampled && alone && (1..LEAST).contains(&count)).then(|| (*at, format!("{count} {noun}")))
    })
}

/// What else a conclusion may be drawn from.
const MORE: [&str; 27] = [
    "sessions",
    "session",
    "users",
    "user",
    "participants",
    "customers",
    "customer",
    "devices",
    "device",
    "rehearsal",
    "rehearsals",
    "measurements",
    "incidents",
    "interviews",
    "units",
    "boards",
    "analysts",
    "developers",
    "testers",
    "teams",
    "sites",
    "hosts",
    "servers",
    "nodes",
    "nights",
    "machines",
    "operators",
];

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
