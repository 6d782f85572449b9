//! What is in a file, in a few words.

use crate::model::coverage::CoverageTotals;
use crate::model::coverage::summary::CoverageSummary;
use crate::model::findings::FindingsReport;
use crate::model::input::Content;
use crate::render::escape::terminal as safe;
use crate::render::{Shown, TestTotals, wording};

/// What is in a file, in a few words.
pub(super) fn holds(shown: &Shown) -> String {
    let held = shown.tests.iter().map(tests);
    let other = match &shown.input.content {
        Some(Content::CoverageHalf(half)) => Some(half.holds()),
        Some(Content::Findings(report)) => Some(found(report)),
        Some(Content::Measurements(numbers) | Content::Mutation(numbers, _)) => {
            Some(wording::listed(numbers, "measurement"))
        }
        Some(Content::Tests(_) | Content::Coverage(_) | Content::TestsAndCoverage(..)) | None => None,
    };
    let covered = shown.input.coverage.iter().map(stated);
    held.chain(covered).chain(other).collect::<Vec<_>>().join("; ")
}

/// What was found, by whom.
fn found(report: &FindingsReport) -> String {
    let tools = report.tools();
    let by = if tools.is_empty() { String::new() } else { format!("{}: ", safe(&tools.join(", "))) };
    let failure = report.runs.iter().find_map(|run| run.failure.as_deref());
    if let Some(failure) = failure.filter(|_| report.findings.is_empty()) {
        return format!("{by}{}", safe(failure));
    }
    let statements = match report.statements.as_slice() {
        [] => String::new(),
        statements => format!("; {}", wording::listed(statements, "statement")),
    };
    format!("{by}{}{statements}", wording::findings(&report.counts()))
}

pub(super) fn tests(report: &TestTotals) -> String {
    let counts = report.counts;
    let mut said = vec![format!("{}: {} passed", wording::counted(counts.total, "test"), counts.passed)];
    let others = [
        (counts.failed, "failed"),
        (counts.errored, "errored"),
        (counts.skipped, "skipped"),
        (counts.flaky, "flaky"),
    ];
    said.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    if !report.suite_errors.is_empty() {
        said.push(format!("{} outside any case", wording::listed(&report.suite_errors, "error")));
    }
    said.push(wording::duration(report.duration));
    said.join(", ")
}

pub(super) fn coverage(report: &CoverageSummary) -> String {
    let CoverageTotals { lines, branches, functions, statements } = report.totals;
    let totals = [
        ("lines", Some(lines)),
        ("branches", branches),
        ("functions", functions),
        ("statements", statements),
    ];
    let shares = totals.into_iter().filter_map(|(word, covered)| {
        covered.map(|covered| format!("{word} {}", wording::fraction(covered)))
    });
    let files = wording::counted(report.files as u64, "source file");
    format!("{files}: {}", shares.collect::<Vec<_>>().join(", "))
}

/// What a report holds, and what its producer says about the same lines and statements.
fn stated(report: &CoverageSummary) -> String {
    let claimed = [("lines", report.claimed.lines), ("statements", report.claimed.statements)];
    let says = claimed.into_iter().filter_map(|(word, claimed)| {
        claimed.map(|claimed| format!("{} of {} {word}", claimed.covered, claimed.total))
    });
    let says: Vec<String> = says.collect();
    let held = coverage(report);
    if says.is_empty() { held } else { format!("{held}; its producer says {}", says.join(", ")) }
}
