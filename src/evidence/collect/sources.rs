//! Inputs as reports list them.

use crate::model::coverage::summary::CoverageSummary;
use crate::model::evidence::Source;
use crate::model::findings::FindingsReport;
use crate::model::input::{Content, Input, Problem, Severity};
use crate::model::tests::TestReport;
use crate::model::words;

/// The input as reports list it.
pub(super) fn source(input: &Input) -> Source {
    Source {
        path: input.path.clone(),
        format: input.format.map(str::to_owned),
        kind: input.kind,
        state: input.state,
        holds: holds(input),
        problem: first_problem(&input.problems),
    }
}

/// "12 cases", "340 lines in 7 files; 12 of 340 lines covered, as its producer says", "3 measurements".
fn holds(input: &Input) -> String {
    let content = input.content.as_ref().and_then(held);
    content.into_iter().chain(input.coverage.as_ref().map(lines)).collect::<Vec<_>>().join(", ")
}

fn held(content: &Content) -> Option<String> {
    Some(match content {
        Content::Tests(report) | Content::TestsAndCoverage(report, _) => cases(report),
        Content::CoverageHalf(half) => half.holds(),
        Content::Findings(report) => found_by(report),
        Content::Measurements(read) | Content::Mutation(read, _) => counted(read.len(), "measurement"),
        // Its numbers stand beside.
        Content::Coverage(_) => return None,
    })
}

fn cases(report: &TestReport) -> String {
    counted(report.cases.len(), "case")
}

/// What the producer says differently is a problem of the report, and told there.
fn lines(report: &CoverageSummary) -> String {
    let (claimed, totals) = (report.claimed, report.totals);
    let pairs =
        [(claimed.lines, Some(totals.lines), "lines"), (claimed.statements, totals.statements, "statements")];
    let agreed = pairs.into_iter().filter_map(|(claimed, counted, word)| {
        let said = claimed.filter(|said| Some(*said) == counted && said.total > 0)?;
        Some(format!("; {} of {} {word} covered, as its producer says", said.covered, said.total))
    });
    let agreed: String = agreed.collect();
    format!("{} in {}{agreed}", counted(report.lines, "line"), counted(report.files, "file"))
}

/// "3 findings by bandit, 1 suppressed", "no findings by ruff", "npm audit did not run".
fn found_by(report: &FindingsReport) -> String {
    let counts = report.counts();
    let tools = report.tools().join(", ");
    let failure = report.runs.iter().find_map(|run| run.failure.as_deref());
    let said = match (counts.total, report.statements.len(), failure) {
        (0, 0, Some(failure)) if counts.suppressed == 0 => return format!("{tools} {failure}"),
        (0, 0, _) => "no findings".to_owned(),
        (0, statements, _) => counted(statements, "statement"),
        (findings, _, _) => words::counted(findings, "finding"),
    };
    let by = if tools.is_empty() { String::new() } else { format!(" by {tools}") };
    let suppressed =
        if counts.suppressed == 0 { String::new() } else { format!(", {} suppressed", counts.suppressed) };
    format!("{said}{by}{suppressed}")
}

fn counted(count: usize, noun: &str) -> String {
    words::counted(count as u64, noun)
}

/// The first error, else the first warning, with its place in front.
fn first_problem(problems: &[Problem]) -> Option<String> {
    let error = problems.iter().find(|problem| problem.severity == Severity::Error);
    let problem = error.or(problems.first())?;
    Some(match (problem.line, problem.column) {
        (Some(line), Some(column)) => format!("{line}:{column}: {}", problem.message),
        (Some(line), None) => format!("{line}: {}", problem.message),
        _ => problem.message.clone(),
    })
}
