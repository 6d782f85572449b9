//! What Readiness sees in each file, on screen.

mod files;
mod problems;

use crate::model::coverage::CoverageTotals;
use crate::model::coverage::summary::{CoverageSummary, SourceSummary};
use crate::model::findings::{Finding, FindingsReport, Level};
use crate::model::input::{Content, Input, InputState};
use crate::model::tests::{Outcome, TestCase};
use crate::render::escape::terminal as safe;
use crate::render::{Detail, Merged, Shown, TestTotals, names, wording};

use super::page::Page;
use super::style::{Screen, Tone};
use super::table::{Table, number, text};

/// Files above which only those with problems get a row each, unless all are asked for.
const MANY: usize = 40;

/// Matrix cells that are named.
const CELLS_SHOWN: usize = 10;

/// A table of the files, their problems and what to do about them, and all files as one run.
pub fn inspect(inputs: &[Shown], merged: &Merged, screen: Screen, detail: Detail) -> String {
    let mut page = Page::new(screen);
    files::files(&mut page, inputs, detail);
    files::left_out(&mut page, &merged.left_out);
    problems::problems(&mut page, inputs, detail);
    if detail == Detail::Full {
        for shown in inputs {
            contents(&mut page, &shown.input);
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

/// What is in a file, in a few words.
fn holds(shown: &Shown) -> String {
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

fn tests(report: &TestTotals) -> String {
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

fn coverage(report: &CoverageSummary) -> String {
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

fn contents(page: &mut Page, input: &Input) {
    if let Some(report) = input.content.as_ref().and_then(Content::tests) {
        page.heading(&input.path);
        for case in &report.cases {
            one_case(page, case);
        }
    }
    if let Some(report) = &input.coverage {
        page.heading(&input.path);
        sources(page, report);
    }
    if let Some(report) = input.content.as_ref().and_then(Content::findings) {
        page.heading(&input.path);
        for finding in &report.findings {
            one_finding(page, finding);
        }
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

fn one_finding(page: &mut Page, finding: &Finding) {
    let tone = match (finding.level, &finding.suppressed) {
        (_, Some(_)) => Tone::Faint,
        (Level::Error, None) => Tone::Bad,
        (Level::Warning | Level::Note, None) => Tone::Odd,
    };
    let place = names::found_at(finding).map(|place| format!("  {place}")).unwrap_or_default();
    let said = format!("{}{place}", names::rule(finding));
    page.item(2, &format!("{:<9}", wording::grade(finding)), &said, tone);
    for text in [Some(&finding.message), finding.suppressed.as_ref()].into_iter().flatten() {
        page.sentence(11, text, Tone::Faint);
    }
}

fn sources(page: &mut Page, report: &CoverageSummary) {
    let mut table = Table::default();
    for SourceSummary { path, totals, uncovered } in &report.sources {
        let missed = if uncovered.is_empty() {
            String::new()
        } else {
            format!("not covered: {}", wording::ranges(uncovered, 8))
        };
        let lines = totals.lines;
        table.row(vec![
            text(safe(path)),
            number(wording::share(lines)),
            number(format!("{} of {}", lines.covered, lines.total)),
            text(missed).tone(Tone::Faint),
        ]);
    }
    page.table(&table);
}

fn all(page: &mut Page, merged: &Merged) {
    if merged.tests.is_none() && merged.coverage.is_none() {
        return;
    }
    page.heading("All files as one run");
    let mut table = Table::default();
    if let Some(report) = &merged.tests {
        table.row(vec![text("tests"), text(tests(report))]);
        if let Some(told) = told_apart(report) {
            table.row(vec![text("cells"), text(told)]);
        }
    }
    if let Some(report) = &merged.coverage {
        table.row(vec![text("coverage"), text(coverage(report))]);
    }
    page.table(&table);
}

/// How many cases are told apart by their matrix cells, and what these are called.
fn told_apart(report: &TestTotals) -> Option<String> {
    let apart = report.told_apart;
    let cells: Vec<String> = report.cells.iter().take(CELLS_SHOWN).map(|cell| safe(cell)).collect();
    let more = report.cells.len().saturating_sub(CELLS_SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (apart > 0)
        .then(|| format!("{} told apart by {}{more}", wording::counted(apart, "case"), cells.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::input::{Kind, Problem};
    use crate::model::left_out::LeftOut;
    use crate::model::origin::Origin;
    use crate::model::tests::{CaseId, SuiteError, TestReport};

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
                suite_errors: vec![SuiteError { suite: "api".into(), message: "no database".into() }],
                producer: Some("pytest 9.0".into()),
                ..TestReport::default()
            })),
            coverage: None,
            problems: vec![
                Problem::error("the file ends inside `<testcase>`").at(7, 3),
                Problem::warning("the file says 173 tests; it lists 1 test"),
            ],
        }
    }

    #[test]
    fn files_problems_cases_and_totals_are_shown() {
        let tests = TestTotals { suites: 1, ..TestTotals::default() };
        let merged = Merged { tests: Some(tests), ..Merged::default() };
        insta::assert_snapshot!(inspect(&[Shown::whole(input())], &merged, Screen::PLAIN, Detail::Full), @r"
        1 file
          state       file             format  producer    holds
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s

        Problems
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database

        What to do
          - incomplete: the tool did not finish writing. Look for a crash, a timeout or a full disk in the
            step that writes the file, and hand it over after that step. The complete part is shown and
            fails the gate.
          - failed outside any case: a class that does not load, a hook, a package that does not build, or
            failures that a file claims and does not list. No case says so, and no gate is green with it.

        build/junit.xml
          failed   api.Cart › adds ::one [ubuntu]

        All files as one run
          tests  0 tests: 0 passed, 0 ms
        ");
    }

    #[test]
    fn of_many_files_only_those_with_problems_have_a_row() {
        let odd = Shown::whole(input());
        let mut inputs = vec![odd.clone(); 3];
        let plain = Input { state: InputState::Measured, content: None, problems: Vec::new(), ..input() };
        inputs.resize(300, Shown::whole(plain));
        insta::assert_snapshot!(inspect(&inputs, &Merged::default(), Screen::PLAIN, Detail::Summary), @r"
        300 files
          state       file             format  producer    holds
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s
          297 files without problems (junit 297); `--detail` lists all

        Problems
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database

        What to do
          - incomplete: the tool did not finish writing. Look for a crash, a timeout or a full disk in the
            step that writes the file, and hand it over after that step. The complete part is shown and
            fails the gate.
          - failed outside any case: a class that does not load, a hook, a package that does not build, or
            failures that a file claims and does not list. No case says so, and no gate is green with it.
        ");
        let left_out =
            LeftOut { unrelated: 117, unopened: 1, names: vec!["a.tar".into()], ..LeftOut::default() };
        let merged = Merged { left_out, ..Merged::default() };
        insta::assert_snapshot!(inspect(&inputs[40..42], &merged, Screen::PLAIN, Detail::Summary), @r"
        2 files
          state     file             format  producer  holds
          measured  build/junit.xml  junit   -
          measured  build/junit.xml  junit   -
          1 archive is not opened, and it may hold reports: `a.tar`; unpack it, or pack it as zip
          117 files are no reports
        ");
        inputs.truncate(200);
        inputs.resize(300, odd);
        let shown = inspect(&inputs, &Merged::default(), Screen::PLAIN, Detail::Summary);
        assert!(shown.lines().count() < 150, "{shown}");
        assert!(shown.contains("and 63 more files with problems"), "{shown}");
    }
}
