//! Numbers of tests and the pass rate.

use super::claim::{Claim, PASS_RATE, PASSED, holds};
use super::percentage::percentage;
use super::verdict::Verdict;
use crate::audit::measured::Measured;
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};
use crate::model::tests::TestCounts;

/// Words for a part of all tests.
const PARTS: [&str; 12] = [
    "e2e",
    "integration",
    "unit",
    "chaos",
    "load",
    "smoke",
    "performance",
    "concurrency",
    "regression",
    "p0",
    "end-to-end",
    "fuzz",
];

/// Words of a label that counts all tests.
const LABELS: [&str; 24] = [
    "all",
    "total",
    "tests",
    "test",
    "cases",
    "passing",
    "passed",
    "pass",
    "failing",
    "failed",
    "failures",
    "fail",
    "skipped",
    "collected",
    "number",
    "of",
    "count",
    "status",
    "results",
    "suite",
    "current",
    "currently",
    "run",
    "the",
];

pub(super) fn compare(claim: &Claim<'_>, measured: &Measured, verdicts: &mut Vec<Verdict>) {
    let Some(counts) = measured.tests else { return };
    if !mentions(
        &claim.about,
        &[
            "tests",
            "test",
            "passing",
            "passed",
            "pass rate",
            "failing",
            "failures",
            "failed",
            "skipped",
            "test cases",
            "collected",
        ],
    ) {
        return;
    }
    pass_rate(claim, (counts.passed, counts.total.saturating_sub(counts.skipped), counts.total), verdicts);
    if mentions(&claim.about, &PARTS) {
        return;
    }
    for (at, quantity) in claim.quantities.iter().enumerate() {
        if !quantity.is_point() || quantity.unit != Unit::None || quantity.signed {
            continue;
        }
        let (part, total) = of(claim, at, quantity);
        // `labels 282 of 300` in a list of parts.
        let found = noun(claim, at);
        let same = part == whole(counts.passed) && total == Some(whole(counts.total));
        let Some(noun) = found.or(same.then_some(Noun::Passed)) else { continue };
        let leads = claim.quantities.get(at + 1).is_some_and(|next| of(claim, at + 1, next).1.is_some());
        if leads && quantity.over.is_none() {
            continue;
        }
        let exact = noun.measured(counts);
        let run = whole(counts.total.saturating_sub(counts.skipped));
        let wrong_total = total.as_ref().is_some_and(|total| *total != whole(counts.total) && *total != run);
        let part_claim = Quantity { low: part.clone(), high: part, over: None, ..quantity.clone() };
        if noun == Noun::Total && total.is_some() {
            let measured = (Noun::Total.name(), whole(counts.total), format!("{} tests", counts.total));
            verdicts.push(Verdict::new(claim, quantity, measured).holding(!wrong_total));
        } else {
            let fits = holds(&part_claim, &whole(exact)) && !wrong_total;
            let text = format!("{exact} of {} tests {}", counts.total, noun.name());
            let measured = (noun.name(), whole(exact), text);
            let said = whole_claim(claim, at, quantity);
            verdicts.push(Verdict::new(claim, &part_claim, measured).holding(fits).said(said));
        }
    }
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noun {
    Total,
    Passed,
    Failed,
    Skipped,
}

impl Noun {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "passing" | "passed" | "pass" | "passes" => Self::Passed,
            "failing" | "failed" | "failures" | "errors" | "fail" => Self::Failed,
            "skipped" => Self::Skipped,
            "tests" | "cases" | "collected" => Self::Total,
            _ => return None,
        })
    }

    fn measured(self, counts: TestCounts) -> u64 {
        match self {
            Self::Total => counts.total,
            Self::Passed => counts.passed,
            Self::Failed => counts.failed + counts.errored,
            Self::Skipped => counts.skipped,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Total => "in all",
            Self::Passed => PASSED,
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// The word after a number ("2,401 tests passing"), else the label before it ("Total Passing: 2,401").
fn noun(claim: &Claim<'_>, at: usize) -> Option<Noun> {
    let quantity = claim.quantities.get(at)?;
    let end = claim.quantities.get(at + 1).map_or(claim.text.len(), |next| next.start);
    let after = claim.text.get(quantity.end..end)?.to_lowercase();
    let clause = after.split([',', ';', '(', ')', '.', ':', '|']).next().unwrap_or_default().to_owned();
    let words: Vec<&str> =
        clause.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(3).collect();
    let specific = words.iter().find_map(|w| Noun::of(w).filter(|n| *n != Noun::Total));
    let general = words.first().and_then(|w| Noun::of(w));
    if let Some(noun) = specific.filter(|_| words.first().is_some_and(|w| Noun::of(w).is_some())).or(general)
    {
        return Some(noun);
    }
    // `3 tests` at the end of a line goes on in the next one.
    let label = claim.about.split(':').next().unwrap_or_default().to_owned();
    if label
        .split_whitespace()
        .any(|word| !LABELS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
    {
        return None;
    }
    let first = claim.quantities.first().is_some_and(|first| first.start == quantity.start);
    let labelled = claim.about.contains(':') && first && label.len() < claim.about.len();
    let in_label = |words: &[&str]| labelled && mentions(&label, words);
    if in_label(&["passing", "passed"]) {
        Some(Noun::Passed)
    } else if in_label(&["failing", "failed", "failures"]) {
        Some(Noun::Failed)
    } else if in_label(&["skipped"]) {
        Some(Noun::Skipped)
    } else if in_label(&["total", "tests", "collected"])
        && mentions(&claim.about, &["tests", "collected", "test"])
    {
        Some(if quantity.over.is_some() { Noun::Passed } else { Noun::Total })
    } else {
        None
    }
}

/// A number as claimed, with the part before it in `190 of 200`.
fn whole_claim<'a>(claim: &Claim<'a>, at: usize, quantity: &Quantity) -> &'a str {
    let part = at.checked_sub(1).and_then(|before| claim.quantities.get(before));
    let joined = part.filter(|part| {
        claim
            .text
            .get(part.end..quantity.start)
            .is_some_and(|between| matches!(between.trim(), "of" | "out of"))
    });
    joined
        .and_then(|part| claim.text.get(part.start..quantity.end))
        .unwrap_or_else(|| super::claim::text(claim, quantity))
}

/// The part and the whole of `2,401 of 2,654` and `2401/2654`; a whole that follows "of" speaks of the total.
fn of(claim: &Claim<'_>, at: usize, quantity: &Quantity) -> (Exact, Option<Exact>) {
    if let Some(over) = &quantity.over {
        return (quantity.low.clone(), Some(over.clone()));
    }
    let before = at.checked_sub(1).and_then(|before| claim.quantities.get(before));
    let joined = before.filter(|b| {
        claim.text.get(b.end..quantity.start).is_some_and(|between| matches!(between.trim(), "of" | "out of"))
    });
    match joined {
        Some(part) => (part.low.clone(), Some(quantity.low.clone())),
        None => (quantity.low.clone(), None),
    }
}

fn pass_rate(claim: &Claim<'_>, counts: (u64, u64, u64), verdicts: &mut Vec<Verdict>) {
    let (passed, run, total) = counts;
    let named = mentions(&claim.about, &PARTS);
    if !mentions(&claim.about, &["pass rate", "passing", "passed", "pass", "success rate"]) || named {
        return;
    }
    // The only percentage may be the coverage.
    let alone = claim.quantities.iter().filter(|q| q.unit == Unit::Percent && !q.signed).count() < 2;
    if alone && mentions(&claim.about, &["coverage"]) {
        return;
    }
    let said = format!("({passed} of {run} that ran)");
    percentage(claim, (passed, run), total, (PASS_RATE, &said), verdicts);
}
