//! What Readiness sees in each file, on screen.

use crate::model::coverage::{CoverageReport, CoverageTotals};
use crate::model::input::{Content, Input, InputState, Problem, Severity};
use crate::model::tests::{Outcome, TestCase, TestReport};
use crate::render::escape::terminal as safe;
use crate::render::{Detail, Merged, names, wording};

use super::page::Page;
use super::style::{Color, Tone};
use super::table::{Table, number, text};

/// Matrix cells that are named.
const CELLS_SHOWN: usize = 10;

/// One row per file, its problems, and all files as one run.
pub fn inspect(inputs: &[Input], merged: Merged<'_>, color: Color, detail: Detail) -> String {
    let mut page = Page::new(color);
    page.heading(&wording::listed(inputs, "file"));
    let mut table = Table::default();
    for input in inputs {
        table.row(vec![
            text(input.state.name()).tone(tone(input.state)),
            text(safe(&input.path)),
            text(input.format.unwrap_or("-")),
            text(input.content.as_ref().map(holds).unwrap_or_default()),
        ]);
    }
    page.table(&table);
    problems(&mut page, inputs);
    if detail == Detail::Full {
        for input in inputs {
            contents(&mut page, input);
        }
    }
    all(&mut page, merged);
    page.finish()
}

fn tone(state: InputState) -> Tone {
    match state {
        InputState::Measured => Tone::Good,
        InputState::Empty => Tone::Odd,
        InputState::Incomplete | InputState::Invalid | InputState::Unrecognised => Tone::Bad,
    }
}

fn holds(content: &Content) -> String {
    match content {
        Content::Tests(report) => tests(report),
        Content::Coverage(report) => stated(report),
        Content::TestsAndCoverage(run, report) => format!("{}; {}", tests(run), stated(report)),
        Content::CoverageHalf(half) => half.holds(),
        Content::Measurements(numbers) => wording::listed(numbers, "measurement"),
    }
}

fn tests(report: &TestReport) -> String {
    let counts = report.counts();
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
    said.push(wording::duration(report.duration()));
    said.join(", ")
}

fn coverage(report: &CoverageReport) -> String {
    let CoverageTotals { lines, branches, functions, statements: _ } = report.totals();
    let totals = [("lines", Some(lines)), ("branches", branches), ("functions", functions)];
    let shares = totals.into_iter().filter_map(|(word, covered)| {
        covered.map(|covered| format!("{word} {}", wording::fraction(covered)))
    });
    let files = wording::counted(report.files.len() as u64, "source file");
    format!("{files}: {}", shares.collect::<Vec<_>>().join(", "))
}

/// What a report holds, and what its producer says about the same lines.
fn stated(report: &CoverageReport) -> String {
    let held = coverage(report);
    match report.claimed.lines {
        Some(lines) => format!("{held}; its producer says {} of {} lines", lines.covered, lines.total),
        None => held,
    }
}

fn problems(page: &mut Page, inputs: &[Input]) {
    if inputs.iter().all(|input| input.problems.is_empty()) {
        return;
    }
    page.heading("Problems");
    for input in inputs {
        for problem in &input.problems {
            let tone = if problem.severity == Severity::Error { Tone::Bad } else { Tone::Odd };
            let said =
                format!("{}: {}: {}", place(&input.path, problem), problem.severity.name(), problem.message);
            page.sentence(2, &said, tone);
        }
    }
}

fn place(path: &str, problem: &Problem) -> String {
    let numbers = [problem.line, problem.column].into_iter().flatten();
    numbers.fold(path.to_owned(), |place, number| format!("{place}:{number}"))
}

fn contents(page: &mut Page, input: &Input) {
    let Some(content) = &input.content else { return };
    if let Some(report) = content.tests() {
        page.heading(&input.path);
        for case in &report.cases {
            one_case(page, case);
        }
    }
    if let Some(report) = content.coverage() {
        page.heading(&input.path);
        sources(page, report);
    }
}

fn one_case(page: &mut Page, case: &TestCase) {
    let tone = match case.outcome {
        Outcome::Passed if case.flaky => Tone::Odd,
        Outcome::Passed => Tone::Good,
        Outcome::Failed | Outcome::Errored => Tone::Bad,
        Outcome::Skipped => Tone::Faint,
    };
    let flaky = if case.flaky { " (flaky)" } else { "" };
    page.item(2, &format!("{:<9}", case.outcome.name()), &format!("{}{flaky}", names::case(&case.id)), tone);
    if let Some(message) = case.detail.as_ref().and_then(|detail| detail.message.as_ref()) {
        page.sentence(11, message, Tone::Faint);
    }
}

fn sources(page: &mut Page, report: &CoverageReport) {
    let mut table = Table::default();
    for (path, file) in &report.files {
        let missed: Vec<u32> =
            file.lines.iter().filter(|line| line.hits == 0).map(|line| line.line).collect();
        let missed = if missed.is_empty() {
            String::new()
        } else {
            format!("not covered: {}", wording::ranges(&missed, 8))
        };
        let lines = file.line_total();
        table.row(vec![
            text(safe(path)),
            number(wording::share(lines)),
            number(format!("{} of {}", lines.covered, lines.total)),
            text(missed).tone(Tone::Faint),
        ]);
    }
    page.table(&table);
}

fn all(page: &mut Page, merged: Merged<'_>) {
    if merged.tests.is_none() && merged.coverage.is_none() {
        return;
    }
    page.heading("All files as one run");
    let mut table = Table::default();
    if let Some(report) = merged.tests {
        table.row(vec![text("tests"), text(tests(report))]);
        if let Some(told) = told_apart(report) {
            table.row(vec![text("cells"), text(told)]);
        }
    }
    if let Some(report) = merged.coverage {
        table.row(vec![text("coverage"), text(coverage(report))]);
    }
    page.table(&table);
}

/// How many cases are told apart by their matrix cells, and what these are called.
fn told_apart(report: &TestReport) -> Option<String> {
    let apart = report.cases.iter().filter(|case| case.id.cell.is_some()).count() as u64;
    let cells: Vec<String> = report.cells.iter().take(CELLS_SHOWN).map(|cell| safe(cell)).collect();
    let more = report.cells.len().saturating_sub(CELLS_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (apart > 0)
        .then(|| format!("{} told apart by {}{more}", wording::counted(apart, "case"), cells.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::input::Kind;
    use crate::model::origin::Origin;
    use crate::model::tests::CaseId;

    fn input() -> Input {
        let id = CaseId {
            suite: "api".into(),
            class: Some("api.Cart".into()),
            name: "adds ::one".into(),
            cell: Some("ubuntu".into()),
        };
        let case = TestCase {
            id,
            outcome: Outcome::Failed,
            flaky: false,
            duration: Some(1_250_000_000),
            detail: None,
        };
        Input {
            path: "build/junit.xml".into(),
            origin: Origin::default(),
            bytes: 99,
            format: Some("junit"),
            kind: Some(Kind::Tests),
            state: InputState::Incomplete,
            content: Some(Content::Tests(TestReport {
                suites: 1,
                cases: vec![case],
                ..TestReport::default()
            })),
            problems: vec![
                Problem::error("the file ends inside `<testcase>`").at(7, 3),
                Problem::warning("the producer says 173 tests, the file holds 1"),
            ],
        }
    }

    #[test]
    fn files_problems_cases_and_totals_are_shown() {
        let tests = TestReport { suites: 1, ..TestReport::default() };
        let merged = Merged { tests: Some(&tests), ..Merged::default() };
        insta::assert_snapshot!(inspect(&[input()], merged, Color::Plain, Detail::Full), @r"
        1 file
          incomplete  build/junit.xml  junit  1 test: 0 passed, 1 failed, 1.2 s

        Problems
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the producer says 173 tests, the file holds 1

        build/junit.xml
          failed   api.Cart › adds ::one [ubuntu]

        All files as one run
          tests  0 tests: 0 passed, 0 ms
        ");
    }
}
