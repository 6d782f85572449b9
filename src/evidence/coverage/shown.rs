//! A reading as text, for the tests of the readers.

use crate::evidence::reading::Reading;
use crate::model::coverage::{CoverageReport, Covered, FileCoverage, StatedTotals};
use crate::model::input::Problem;

/// The state, then a line per file, then a line per problem.
pub(super) fn shown(reading: &Reading<CoverageReport>) -> String {
    let state = reading.state.name().to_owned();
    let files = reading.value.iter().flat_map(|report| &report.files).map(file);
    let problems = reading.problems.iter().map(problem);
    std::iter::once(state).chain(files).chain(problems).collect::<Vec<_>>().join("\n")
}

fn file((path, file): (&String, &FileCoverage)) -> String {
    let lines: Vec<_> = file.lines.iter().map(|line| (line.line, line.hits)).collect();
    let lines = match file.line_total() {
        stated if lines.is_empty() && file.stated != StatedTotals::default() => {
            format!("{}/{}", stated.covered, stated.total)
        }
        _ => format!("{lines:?}"),
    };
    let totals = |word, totals: Option<Covered>| {
        totals.map(|totals| format!(" {word} {}/{}", totals.covered, totals.total)).unwrap_or_default()
    };
    let branches = totals("branches", file.branch_total());
    let functions = totals("functions", file.function_total());
    let statements = totals("statements", file.statement_total());
    format!("{path} {lines}{branches}{functions}{statements}")
}

fn problem(problem: &Problem) -> String {
    let place = problem.line.zip(problem.column).map(|(line, column)| format!("{line}:{column} "));
    format!("{} {}{}", problem.severity.name(), place.unwrap_or_default(), problem.message)
}
