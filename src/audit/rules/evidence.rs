//! Claims against what was measured.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::measured::{Measured, Share};
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, ratio, whole};
use crate::model::findings::FindingCounts;
use crate::model::metric::{Measurement, Unit as Base};
use crate::model::tests::TestCounts;

/// A statement about the present, as a label with its numbers.
struct Claim<'a> {
    line: u32,
    /// Label and text in lower case.
    about: String,
    text: &'a str,
    quantities: Vec<Quantity>,
}

/// Compares every claim of a document with `measured`.
pub(in crate::audit) fn compare(facts: &Facts<'_>, measured: &Measured, findings: &mut Findings) {
    for claim in claims(facts) {
        coverage(&claim, measured, findings);
        tests(&claim, measured, findings);
        vulnerabilities(&claim, measured, findings);
        latency(&claim, measured, findings);
    }
}

fn claims<'a>(facts: &'a Facts<'_>) -> Vec<Claim<'a>> {
    let lines = facts.document.lines.iter().filter(|line| is_present(facts, line));
    let mut claims: Vec<Claim<'a>> = lines
        .map(|line| Claim {
            line: line.number,
            about: line.text.to_lowercase(),
            text: &line.text,
            quantities: line.quantities.clone(),
        })
        .collect();
    for table in &facts.document.tables {
        for row in &table.rows {
            let Some(value) = row.cells.get(1).filter(|_| row.number(1).is_some()) else { continue };
            let quantities = crate::audit::quantity::quantities(value);
            let about = format!("{}: {}", row.cell(0), value).to_lowercase();
            claims.push(Claim { line: row.line, about, text: value, quantities });
        }
    }
    claims.retain(|claim| !is_plan(&claim.about));
    claims
}

fn is_plan(text: &str) -> bool {
    let plan = [
        "target",
        "goal",
        "increase",
        "raise",
        "reach",
        "improve",
        "achieve",
        "planned",
        "should",
        "must",
        "required",
        "at least",
        "minimum",
        "threshold",
        "expected",
        "will",
        "→",
        "->",
        "was",
        "previously",
        "before",
    ];
    mentions(text, &plan) || text.contains('→')
}

/// Lines below headings of what is to come speak of no measurement.
fn is_present(facts: &Facts<'_>, line: &Line) -> bool {
    !facts.document.titles(line.section).any(|title| {
        let lower = title.to_lowercase();
        mentions(
            &lower,
            &[
                "phase", "option", "scenario", "target", "targets", "roadmap", "to get", "next", "goal",
                "goals", "plan", "after",
            ],
        ) || lower.contains("→")
    })
}

fn report(claim: &Claim<'_>, said: &str, measured: String, findings: &mut Findings) {
    if !findings.has(Rule::ContradictsEvidence, claim.line) {
        let message = format!("{said} is claimed, {measured} was measured");
        findings.add(Rule::ContradictsEvidence, claim.line, message, (said.to_owned(), Some(measured)));
    }
}

/// Whether what is claimed holds for the exact number.
fn holds(claim: &Quantity, exact: &Exact) -> bool {
    match claim.limit {
        Limit::AtLeast => *exact >= claim.low || says(&claim.low, claim.decimals, exact),
        Limit::AtMost => *exact <= claim.high,
        Limit::About => (exact - &claim.low).abs() <= whole(1).max(&claim.low / whole(20)),
        Limit::Exactly if claim.is_point() => says(&claim.low, claim.decimals, exact),
        Limit::Exactly => claim.low <= *exact && *exact <= claim.high,
    }
}

fn text<'a>(claim: &Claim<'a>, quantity: &Quantity) -> &'a str {
    let start = claim
        .text
        .get(..quantity.start)
        .map_or(quantity.start, |before| before.trim_end_matches(['<', '>', '=', '~', '≤', '≥', ' ']).len());
    claim.text.get(start..quantity.end).unwrap_or_default().trim()
}

fn coverage(claim: &Claim<'_>, measured: &Measured, findings: &mut Findings) {
    if !mentions(&claim.about, &["coverage", "covered"])
        || mentions(&claim.about, &["patch", "diff", "new code", "api coverage", "documentation coverage"])
    {
        return;
    }
    let share: Option<(Share, &str)> = if mentions(&claim.about, &["branch", "branches"]) {
        measured.branches.map(|share| (share, "of branches"))
    } else if mentions(&claim.about, &["function", "functions"]) {
        measured.functions.map(|share| (share, "of functions"))
    } else {
        measured.lines.map(|share| (share, "of lines"))
    };
    let Some(((covered, total), what)) = share else { return };
    let percents: Vec<&Quantity> =
        claim.quantities.iter().filter(|q| q.unit == Unit::Percent && !q.signed).collect();
    let ([percent], Some(exact)) = (percents.as_slice(), ratio(covered, total).map(|r| r * whole(100)))
    else {
        return;
    };
    if !holds(percent, &exact) {
        report(
            claim,
            text(claim, percent),
            format!("{}% {what} ({covered} of {total})", shown(&exact)),
            findings,
        );
    }
}

fn tests(claim: &Claim<'_>, measured: &Measured, findings: &mut Findings) {
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
    ) || mentions(&claim.about, &["coverage"])
    {
        return;
    }
    pass_rate(claim, (counts.passed, counts.total.saturating_sub(counts.skipped), counts.total), findings);
    let named = [
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
    if mentions(&claim.about, &named) {
        return;
    }
    for (at, quantity) in claim.quantities.iter().enumerate() {
        if !quantity.is_point() || quantity.unit != Unit::None || quantity.signed {
            continue;
        }
        let Some(noun) = noun(claim, at) else { continue };
        let (part, total) = of(claim, at, quantity);
        let exact = noun.measured(counts);
        let wrong_total = total.as_ref().is_some_and(|total| *total != whole(counts.total));
        let part_claim = Quantity { low: part.clone(), high: part, over: None, ..quantity.clone() };
        if noun == Noun::Total && total.is_some() {
            if wrong_total {
                report(claim, text(claim, quantity), format!("{} tests", counts.total), findings);
            }
        } else if !holds(&part_claim, &whole(exact)) || wrong_total {
            let measured = format!("{exact} of {} tests {}", counts.total, noun.name());
            report(claim, whole_claim(claim, at, quantity), measured, findings);
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
            Self::Passed => "passed",
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
    let label = claim.about.split(':').next().unwrap_or_default().to_owned();
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
    joined.and_then(|part| claim.text.get(part.start..quantity.end)).unwrap_or_else(|| text(claim, quantity))
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

fn pass_rate(claim: &Claim<'_>, counts: (u64, u64, u64), findings: &mut Findings) {
    let (passed, run, total) = counts;
    let percents: Vec<&Quantity> =
        claim.quantities.iter().filter(|q| q.unit == Unit::Percent && !q.signed).collect();
    let [percent] = percents.as_slice() else { return };
    let named = mentions(
        &claim.about,
        &[
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
        ],
    );
    if !mentions(&claim.about, &["pass rate", "passing", "passed", "pass", "success rate"]) || named {
        return;
    }
    let exact = |total: u64| ratio(passed, total).map(|r| r * whole(100));
    let (Some(of_run), Some(of_all)) = (exact(run), exact(total)) else { return };
    if !holds(percent, &of_run) && !holds(percent, &of_all) {
        report(
            claim,
            text(claim, percent),
            format!("{}% ({passed} of {run} that ran)", shown(&of_run)),
            findings,
        );
    }
}

fn vulnerabilities(claim: &Claim<'_>, measured: &Measured, findings: &mut Findings) {
    let Some(counts) = measured.findings else { return };
    for quantity in claim
        .quantities
        .iter()
        .filter(|q| q.is_point() && q.unit == Unit::None && q.over.is_none() && !q.signed)
    {
        let after = claim.text.get(quantity.end..).unwrap_or_default().to_lowercase();
        let noun = after
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(3)
            .any(|w| matches!(w, "vulnerabilities" | "vulnerability" | "findings" | "alerts"));
        let labelled = claim
            .about
            .split(':')
            .next()
            .is_some_and(|label| mentions(label, &["vulnerabilities", "security findings"]))
            && claim.about.contains(':');
        if !noun && !labelled {
            continue;
        }
        let words = format!("{} {after}", if noun { "" } else { claim.about.as_str() });
        let next = words.split([',', ';', '(']).next().unwrap_or_default();
        let Some((found, kind)) = counted(&counts, next) else { continue };
        if !holds(quantity, &whole(found)) {
            report(claim, text(claim, quantity), format!("{found} {kind}"), findings);
        }
    }
}

/// The number that a claim is about: of one severity where it names one, of vulnerabilities, or of all findings.
fn counted(counts: &FindingCounts, words: &str) -> Option<(u64, &'static str)> {
    let severe = counts.critical + counts.high + counts.medium + counts.low;
    let named = [
        ("critical", counts.critical, "critical findings"),
        ("high", counts.high, "high findings"),
        ("medium", counts.medium, "medium findings"),
        ("low", counts.low, "low findings"),
    ];
    let mut named = named.into_iter().filter(|(word, ..)| mentions(words, &[word]));
    match (named.next(), named.next()) {
        (Some((_, count, kind)), None) => Some((count, kind)),
        (Some(_), Some(_)) => None,
        _ if mentions(words, &["vulnerabilities", "vulnerability"]) && severe > 0 => {
            Some((severe, "vulnerabilities"))
        }
        // Without severities nobody knows which findings are vulnerabilities; errors are, warnings may be style.
        _ if mentions(words, &["vulnerabilities", "vulnerability"]) => {
            Some((counts.errors, "findings of level error"))
        }
        _ => Some((counts.total, "findings")),
    }
}

/// `p95 < 500 ms`, `P99 query latency: ~80ms`, and any measurement by its name.
fn latency(claim: &Claim<'_>, measured: &Measured, findings: &mut Findings) {
    for measurement in &measured.measurements {
        if !speaks_of(&claim.about, measurement, &measured.measurements) {
            continue;
        }
        let numbers: Vec<(&Quantity, Exact)> =
            claim.quantities.iter().filter_map(|q| Some((q, factor(q, claim, measurement.unit)?))).collect();
        let [(quantity, factor), ..] = numbers.as_slice() else { continue };
        let scaled = &measurement.value / factor;
        if !holds(quantity, &scaled) {
            let unit = match measurement.unit {
                Base::Milliseconds => " ms",
                Base::PerSecond => " per second",
                Base::Ratio => "%",
                Base::Bytes => " bytes",
                Base::Count => "",
            };
            let value = if measurement.unit == Base::Ratio {
                &measurement.value * whole(100)
            } else {
                measurement.value.clone()
            };
            report(
                claim,
                text(claim, quantity),
                format!("{}{unit} (`{}`)", shown(&value), measurement.id),
                findings,
            );
        }
    }
}

/// How many base units one of a claim's unit is.
fn factor(quantity: &Quantity, claim: &Claim<'_>, base: Base) -> Option<Exact> {
    let written = claim.text.get(quantity.start..quantity.end).unwrap_or_default();
    let seconds = written
        .trim_end_matches("seconds")
        .trim_end_matches('s')
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit())
        && quantity.unit == Unit::Other;
    match (base, quantity.unit) {
        (Base::Milliseconds, Unit::Milliseconds) => Some(whole(1)),
        (Base::Milliseconds, Unit::Other) if seconds => Some(whole(1000)),
        (Base::Ratio, Unit::Percent) => Some(Exact::new(1.into(), 100.into())),
        (Base::Count | Base::PerSecond, Unit::None)
            if quantity.over.is_none() && !is_percentile(claim, quantity) =>
        {
            Some(whole(1))
        }
        _ => None,
    }
}

/// Whether a number is the 95 of `p95`.
fn is_percentile(claim: &Claim<'_>, quantity: &Quantity) -> bool {
    claim.text.get(..quantity.start).is_some_and(|before| before.ends_with(['p', 'P']))
}

/// Whether a claim names a measurement: all words of its id, or the only percentile of that name.
fn speaks_of(about: &str, measurement: &Measurement, all: &[Measurement]) -> bool {
    let parts: Vec<String> = measurement
        .id
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let Some(last) = parts.last() else { return false };
    let percentile = last
        .strip_prefix('p')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let only = all.iter().filter(|other| other.id.to_lowercase().ends_with(last.as_str())).count() == 1;
    if percentile {
        return mentions(about, &[last])
            && (only || parts.iter().rev().skip(1).all(|part| mentions(about, &[part])));
    }
    parts.iter().all(|part| mentions(about, &[part]))
}
