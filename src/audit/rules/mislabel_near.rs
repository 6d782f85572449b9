//! Coverage that counts tests: in its own sentence or row, or as the rate of the tests counted a few lines away.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::rules::ratio::{fractions, holds};
use crate::audit::rules::sentence::prose;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Lines between the counts of tests and a coverage that repeats their rate.
const NEAR: u32 = 6;
/// Statements of coverage, and counts, of one document.
const MOST: usize = 200;
/// What says that something else than tests is counted, or that it was measured.
const MEASURED: [&str; 26] = [
    "line",
    "lines",
    "branch",
    "branches",
    "statement",
    "statements",
    "function",
    "functions",
    "requirement",
    "requirements",
    "lcov",
    "jacoco",
    "cobertura",
    "llvm-cov",
    "codecov",
    "zeilen",
    "zweige",
    "anforderungen",
    "target",
    "goal",
    "threshold",
    "raise",
    "mutation",
    "api",
    "devices",
    "market",
];
/// What says that tests passed.
const PASSED: [&str; 13] = [
    "passed",
    "pass",
    "passing",
    "passes",
    "green",
    "succeeded",
    "succeed",
    "successful",
    "bestanden",
    "bestehen",
    "grün",
    "erfolgreich",
    "fehlerfrei",
];

/// A text with where it stands.
struct Said {
    /// Its place among all.
    of: usize,
    line: u32,
    text: String,
    numbers: Vec<Quantity>,
}

/// Tests that were counted.
struct Tests {
    of: usize,
    line: u32,
    passed: Exact,
    total: Exact,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let texts = texts(facts);
    let claims: Vec<&Said> =
        texts.iter().filter(|said| mentions(&said.text, &["coverage", "testabdeckung"])).take(MOST).collect();
    if claims.is_empty() {
        return;
    }
    let counted: Vec<Tests> = texts.iter().filter_map(tests).take(MOST).collect();
    for said in claims {
        let Some(percent) = coverage(said) else { continue };
        let own = tests(said);
        let near = || {
            counted.iter().find(|tests| {
                let close = tests.line.abs_diff(said.line) <= NEAR && tests.of != said.of;
                close && tests.passed < tests.total && holds(percent, &tests.passed, &tests.total)
            })
        };
        let again = || {
            let own = fractions(&said.text, &said.numbers);
            let held = own.iter().find(|(part, total, ..)| part < total && holds(percent, part, total))?;
            let close = |tests: &&Tests| tests.line.abs_diff(said.line) <= NEAR && tests.passed == held.0;
            counted.iter().find(close)
        };
        let plain = percent.limit == Limit::Exactly && fractions(&said.text, &said.numbers).is_empty();
        let found = own.as_ref().or_else(|| if plain && percent.low < whole(100) { near() } else { again() });
        if let Some(tests) = found.filter(|_| !findings.has(Rule::Mislabel, said.line)) {
            let stated = said.text.get(percent.start..percent.end).unwrap_or_default();
            let message = format!(
                "{stated} is the pass rate, {} of {} tests in line {}, and no coverage",
                shown(&tests.passed),
                shown(&tests.total),
                tests.line
            );
            let numbers = (format!("coverage {stated}"), Some(format!("pass rate {stated}")));
            findings.add(Rule::Mislabel, said.line, message, numbers);
        }
    }
}

/// Sentences, and rows as one text each, in lower case.
fn texts(facts: &Facts<'_>) -> Vec<Said> {
    let mut of = 0;
    let mut said = |line: u32, text: &str| {
        of += 1;
        let text = text.to_lowercase();
        Said { of, line, numbers: quantities(&text), text }
    };
    let mut found: Vec<Said> = Vec::new();
    for block in facts.document.blocks() {
        found.extend(prose(block).iter().map(|sentence| said(sentence.line(0), &sentence.text)));
    }
    for row in facts.document.tables.iter().flat_map(|table| &table.rows) {
        found.push(said(row.line, &row.cells.join(" | ")));
    }
    found
}

/// The last percentage behind the word, or the one right before it, of a text that measures nothing else.
fn coverage(said: &Said) -> Option<&Quantity> {
    if mentions(&said.text, &MEASURED) || mentions(&said.text, &["pass rate", "by coverage"]) {
        return None;
    }
    let at = ["coverage", "testabdeckung"].iter().filter_map(|word| said.text.find(word)).min()?;
    let percent = |q: &&Quantity| q.unit == Unit::Percent && q.is_point() && !q.signed;
    // "From 81 % to 85 %" tells of two.
    let behind = said.numbers.iter().filter(percent).rfind(|q| q.start > at);
    let before = said.numbers.iter().filter(percent).find(|q| {
        let gap = said.text.get(q.end..at).unwrap_or("far");
        matches!(gap.trim(), "" | "test" | "code" | "of")
    });
    before.or_else(|| behind.filter(|q| q.start < at + 60))
}

/// "475 of 500 tests passed", "of 500 tests 475 pass", `475/500 tests green`.
fn tests(said: &Said) -> Option<Tests> {
    let (text, line, of) = (&said.text, said.line, said.of);
    if !mentions(text, &["tests", "test cases", "testfälle", "cases"]) || !mentions(text, &PASSED) {
        return None;
    }
    let behind = |q: &Quantity, words: &[&str]| {
        let after = text.get(q.end..).unwrap_or_default();
        let after = after.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let after: Vec<&str> =
            after.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(3).collect();
        after.iter().any(|word| words.contains(word))
    };
    let near = ["tests", "cases", "testfälle", "test"];
    let counted = fractions(text, &said.numbers).into_iter().find(|(part, total, _, end)| {
        let after = text.get(*end..).unwrap_or_default();
        let after: Vec<&str> =
            after.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(4).collect();
        part <= total && after.iter().any(|word| near.contains(word) || PASSED.contains(word))
    });
    if let Some((passed, total, ..)) = counted {
        return Some(Tests { of, line, passed, total });
    }
    let plain = |q: &&Quantity| q.is_point() && q.over.is_none() && q.unit == Unit::None && q.decimals == 0;
    let total = said.numbers.iter().filter(plain).find(|q| behind(q, &near) && !behind(q, &PASSED))?;
    let passed = said.numbers.iter().filter(plain).find(|q| q.start != total.start && behind(q, &PASSED))?;
    (passed.low <= total.low).then(|| Tests {
        of,
        line,
        passed: passed.low.clone(),
        total: total.low.clone(),
    })
}
