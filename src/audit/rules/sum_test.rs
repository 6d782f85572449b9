//! Passed, failed and skipped tests against their total.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// What a count of tests counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Total,
    Passed,
    Failed,
    Skipped,
}

struct Count {
    outcome: Outcome,
    number: Exact,
    line: u32,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let counts = block.iter().filter_map(|line| {
            let first = line.values().next()?;
            let leads = line.text.get(..first.start)?.trim_end().ends_with(':');
            count(&line.key(), first).filter(|_| leads).map(|(outcome, number)| Count {
                outcome,
                number,
                line: line.number,
            })
        });
        judge(&counts.collect::<Vec<_>>(), &[], findings);
        for line in block {
            // `291 of 300 passing`: the part is what passes.
            let of = |q: &Quantity| {
                line.text.get(q.end..).is_some_and(|after| after.trim_start().starts_with("of "))
            };
            let after_of = |part: Option<&Quantity>, q: &Quantity| {
                part.is_some_and(|part| part.end < q.start && q.start - part.end <= 5 && of(part))
            };
            let before = [None].into_iter().chain(line.quantities.iter().map(Some));
            let counts = before.zip(&line.quantities).filter(|(part, q)| !after_of(*part, q));
            // "2 failed. Customers ran 14 tests": a total in a later sentence is another one.
            let opens = |q: &Quantity| line.text.get(..q.start).and_then(|before| before.rfind(". "));
            let later = |q: &Quantity| {
                opens(q).is_some_and(|at| line.quantities.iter().any(|other| other.end <= at + 1))
            };
            let counts = counts.filter_map(|(_, q)| {
                let after = line.text.get(q.end..)?.split(|c: char| !c.is_alphanumeric());
                let fills = |word: &String| !matches!(word.as_str(), "are" | "were" | "of" | "have" | "");
                let word = after.map(str::to_lowercase).find(fills)?;
                let (outcome, number) = count_word(&word, q)?;
                let other = outcome == Outcome::Total && later(q);
                (!other).then_some(Count { outcome, number, line: line.number })
            });
            judge(&counts.collect::<Vec<_>>(), &[], findings);
        }
    }
    for table in &facts.document.tables {
        let counts = table.rows.iter().filter_map(|row| {
            let (outcome, number) = count(&row.cell(0).to_lowercase(), &row.number(1)?)?;
            Some(Count { outcome, number, line: row.line })
        });
        let others = table.rows.iter().filter_map(|row| {
            let number = row.number(1)?;
            count(&row.cell(0).to_lowercase(), &number).is_none().then_some(number.low)
        });
        judge(&counts.collect::<Vec<_>>(), &others.collect::<Vec<_>>(), findings);
        by_columns(table, findings);
    }
}

/// Rows of suites with columns for total, passed, failed and skipped.
fn by_columns(table: &crate::audit::table::Table, findings: &mut Findings) {
    for row in &table.rows {
        let counts = table.header.cells.iter().enumerate().skip(1).filter_map(|(column, head)| {
            let (outcome, number) = count(&head.to_lowercase(), &row.number(column)?)?;
            Some(Count { outcome, number, line: row.line })
        });
        let others = table.header.cells.iter().enumerate().skip(1).filter_map(|(column, head)| {
            let number = row.number(column)?;
            count(&head.to_lowercase(), &number).is_none().then_some(number.low)
        });
        judge(&counts.collect::<Vec<_>>(), &others.collect::<Vec<_>>(), findings);
    }
}

fn count(key: &str, quantity: &Quantity) -> Option<(Outcome, Exact)> {
    if mentions(
        key,
        &[
            "rate",
            "time",
            "duration",
            "coverage",
            "before",
            "after",
            "suite",
            "suites",
            "files",
            "percentage",
            "%",
        ],
    ) {
        return None;
    }
    let test = mentions(key, &["tests", "test", "cases"]);
    let outcome = if mentions(key, &["passed", "passing", "pass"]) {
        Outcome::Passed
    } else if mentions(key, &["failed", "failing", "failures", "errors", "errored", "fail"]) {
        Outcome::Failed
    } else if mentions(key, &["skipped", "skips", "ignored"]) {
        Outcome::Skipped
    } else if mentions(key, &["total", "collected"]) && (test || key.trim() == "total")
        || matches!(
            key.trim(),
            "tests" | "executed" | "run" | "tests run" | "executed tests" | "tests executed"
        )
    {
        Outcome::Total
    } else {
        return None;
    };
    plain(quantity).map(|number| (outcome, number))
}

fn count_word(word: &str, quantity: &Quantity) -> Option<(Outcome, Exact)> {
    let outcome = match word {
        "tests" | "total" | "cases" => Outcome::Total,
        "passed" | "passing" | "pass" => Outcome::Passed,
        "failed" | "failing" | "failures" | "errors" | "errored" | "fail" => Outcome::Failed,
        "skipped" | "ignored" => Outcome::Skipped,
        _ => return None,
    };
    plain(quantity).map(|number| (outcome, number))
}

fn plain(quantity: &Quantity) -> Option<Exact> {
    let fits = quantity.is_point()
        && quantity.over.is_none()
        && quantity.limit == Limit::Exactly
        && quantity.unit == Unit::None
        && !quantity.signed;
    fits.then(|| quantity.low.clone())
}

/// One total, one passed, at least one failed: they must add up. Without skipped ones only too many are wrong, and what
/// is missing may be under another name: blocked, flaky.
fn judge(counts: &[Count], others: &[Exact], findings: &mut Findings) {
    let of = |outcome: Outcome| counts.iter().filter(move |c| c.outcome == outcome);
    let (Some(total), Some(_)) = (of(Outcome::Total).next(), of(Outcome::Passed).next()) else { return };
    let single = of(Outcome::Total).count() == 1
        && of(Outcome::Passed).count() == 1
        && of(Outcome::Skipped).count() <= 1;
    if !single || of(Outcome::Failed).count() == 0 || of(Outcome::Failed).count() > 2 {
        return;
    }
    let sum: Exact = counts.iter().filter(|c| c.outcome != Outcome::Total).map(|c| c.number.clone()).sum();
    if sum == total.number
        || others.iter().any(|other| &sum + other == total.number)
        || (sum < total.number
            && of(Outcome::Skipped).count() == 0
            && counts.iter().all(|c| c.line == total.line))
    {
        return;
    }
    let stated = shown(&total.number);
    let message =
        format!("passed, failed and skipped add up to {}, not to the total of {stated}", shown(&sum));
    if !findings.has(Rule::Sum, total.line) {
        findings.add(Rule::Sum, total.line, message, (stated, Some(shown(&sum))));
    }
}
