//! `readiness convert`: what is written, read back, is the same run, as far as the form can say it.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use proptest::prelude::*;
use readiness::evidence::collect::collect;
use readiness::evidence::read::read_input;
use readiness::model::input::{Content, Input, Severity};
use readiness::model::origin::Origin;
use readiness::model::tests::{CaseDetail, CaseId, Outcome, SuiteError, TestCase, TestReport};
use readiness::policy::EvidencePolicy;
use readiness::render;

use crate::common::{Readiness, repository};

/// As `convert` reads its inputs.
fn run_of(inputs: Vec<Input>) -> Option<TestReport> {
    collect(inputs, &EvidencePolicy::default(), None).tests
}

fn read(text: String) -> Input {
    read_input("converted".to_owned(), text.len() as u64, Box::new(Cursor::new(text)))
}

/// The run that `text` holds, which must be whole.
fn read_back(text: String) -> Result<TestReport> {
    let input = read(text);
    let errors: Vec<_> =
        input.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    ensure!(errors.is_empty(), "{errors:?}");
    run_of(vec![input]).context("nothing is read back")
}

/// `text` as JUnit holds it: what XML has no way to write is spelled out.
fn spelled(text: &str) -> String {
    let lost = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if lost(c) { format!("\\u{{{:x}}}", u32::from(c)) } else { c.to_string() }).collect()
}

fn spelled_case(case: &TestCase) -> TestCase {
    let mut case = case.clone();
    case.id = CaseId {
        suite: spelled(&case.id.suite).into(),
        class: case.id.class.map(|class| spelled(&class).into()),
        name: spelled(&case.id.name).into(),
        cell: case.id.cell.map(|cell| spelled(&cell).into()),
    };
    if let Some(detail) = case.detail.as_mut().map(Arc::make_mut) {
        detail.message = detail.message.as_deref().map(spelled);
        detail.file = detail.file.as_deref().map(|file| spelled(file).into());
    }
    plain(case)
}

/// Without a detail that says nothing.
fn plain(case: TestCase) -> TestCase {
    TestCase { detail: case.detail.filter(|detail| **detail != CaseDetail::default()), ..case }
}

/// What CTRF says of a case: a duration that is not known is 0.
fn with_duration(case: &TestCase) -> TestCase {
    plain(TestCase { duration: case.duration.or(Some(0)), ..case.clone() })
}

fn sorted(mut cases: Vec<TestCase>) -> Vec<TestCase> {
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    cases
}

fn assert_kept(run: &TestReport) -> Result<()> {
    let junit = read_back(render::junit(run)?)?;
    let expected: Vec<TestCase> = run.cases.iter().map(spelled_case).collect();
    let (found, expected) = (sorted(junit.cases), sorted(expected));
    for (found, expected) in found.iter().zip(&expected) {
        ensure!(found == expected, "JUnit has {found:?} for {expected:?}");
    }
    ensure!(found.len() == expected.len(), "JUnit has {} of {} cases", found.len(), expected.len());
    let suites = |errors: &[SuiteError]| {
        let mut suites: Vec<String> = errors.iter().map(|error| spelled(&error.suite)).collect();
        suites.sort();
        suites.dedup();
        suites
    };
    ensure!(suites(&junit.suite_errors) == suites(&run.suite_errors), "{:?}", junit.suite_errors);

    let ctrf = read_back(render::ctrf(run))?;
    let expected: Vec<TestCase> = run.cases.iter().map(with_duration).collect();
    let (found, expected) = (sorted(ctrf.cases), sorted(expected));
    for (found, expected) in found.iter().zip(&expected) {
        ensure!(found == expected, "CTRF has {found:?} for {expected:?}");
    }
    ensure!(found.len() == expected.len(), "CTRF has {} of {} cases", found.len(), expected.len());
    ensure!(ctrf.suite_errors == run.suite_errors, "{:?}", ctrf.suite_errors);
    Ok(())
}

/// Every fixture below `folder` that is read as a test report.
fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { fixtures(&path, found)? } else { found.push(path) }
    }
    Ok(())
}

#[test]
fn every_fixture_is_the_same_run_once_converted() -> Result<()> {
    let mut paths = Vec::new();
    fixtures(&repository().join("tests/fixtures/test_results"), &mut paths)?;
    let mut all = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let input = read_input(name.clone(), 0, Box::new(std::fs::File::open(&path)?));
        if matches!(input.content, Some(Content::Tests(_))) {
            let run = run_of(vec![input.clone()]).context("no run")?;
            assert_kept(&run).with_context(|| name)?;
            all.push(input);
        }
    }
    ensure!(all.len() > 20, "only {} fixtures are test reports", all.len());
    assert_kept(&run_of(all).context("no run")?)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~]{1,20}",
        "\\PC{1,10}",
        "(a|\\]\\]>|<!\\[CDATA\\[|&amp;|&#27;|<b>|--|\"|'|\n|\u{1b}\\[31m|\u{7}|\u{85}|\u{200d}|\u{202e}|\u{fffe}|é|😀|/){1,6}",
    ]
}

/// A line as readers keep it: not blank, without white space around it.
fn line() -> impl Strategy<Value = String> {
    (text(), 0..3_usize).prop_filter_map("a blank line is no message", |(text, repeated)| {
        let line = text.replace(['\n', '\r', '\t'], " ").repeat(1 + repeated * 40);
        let line: String = line.trim().chars().take(500).collect();
        let line = line.trim().to_owned();
        let lost = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        // Spelled out, such a line may outgrow what a message is cut to.
        (!line.is_empty() && !line.contains(lost)).then_some(line)
    })
}

fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace('\r', ""))
}

prop_compose! {
    fn test_case()(
        suite in prop_oneof![Just(String::new()), name(), (name(), name()).prop_map(|(a, b)| format!("{a}/{b}"))],
        class in proptest::option::of(name()),
        name in prop_oneof![Just(String::new()), name()],
        cell in proptest::option::of(name().prop_filter("a cell has a name", |cell| !cell.is_empty())),
        outcome in prop_oneof![Just(Outcome::Passed), Just(Outcome::Failed), Just(Outcome::Errored), Just(Outcome::Skipped)],
        flaky in any::<bool>(),
        duration in proptest::option::of(0..100_000_000_000_000_u64),
        message in proptest::option::of(line()),
        file in proptest::option::of("[a-z/]{1,9}\\.py"),
        number in proptest::option::of(1..9_999_999_u32),
    ) -> TestCase {
        let flaky = flaky && outcome == Outcome::Passed;
        let message = message.filter(|_| flaky || outcome != Outcome::Passed);
        let detail = CaseDetail { message, file: file.map(Into::into), line: number, frames: Vec::new() };
        TestCase {
            id: CaseId { suite: suite.into(), class: class.map(Into::into), name: name.into(), cell: cell.map(Into::into) },
            outcome,
            flaky,
            duration,
            detail: (detail != CaseDetail::default()).then(|| Arc::new(detail)),
        }
    }
}

prop_compose! {
    fn run()(
        cases in proptest::collection::vec(test_case(), 0..12),
        errors in proptest::collection::vec((name(), line()), 0..3),
    ) -> Option<TestReport> {
        let suite_errors = errors.into_iter().map(|(suite, message)| SuiteError { suite: suite.into(), message }).collect();
        let report = TestReport { suites: 0, cases, suite_errors, producer: None, cells: Vec::new() };
        let input = Input {
            path: "run".to_owned(), bytes: 0, format: None, kind: None,
            state: readiness::model::input::InputState::Measured,
            content: Some(Content::Tests(report)), coverage: None, problems: Vec::new(),
            origin: Origin::default(),
        };
        run_of(vec![input]).filter(|run| !run.cases.is_empty() || !run.suite_errors.is_empty())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_run_is_the_same_once_converted(run in run()) {
        if let Some(run) = run {
            assert_kept(&run).map_err(|error| TestCaseError::fail(format!("{error:#}")))?;
        }
    }
}

const FAILED: &str = r#"<testsuite name="s"><testcase classname="C" name="sums"><failure message="1 is not 2"/></testcase></testsuite>"#;

#[test]
fn several_reports_of_any_format_become_one() -> Result<()> {
    let program =
        Readiness::new()?.file("a.xml", FAILED)?.file("b.tap", "TAP version 13\n1..1\nok 1 - adds\n")?;
    let answer = program.run(&["convert", "a.xml", "b.tap", "--to", "junit", "--output", "run.xml"])?;
    ensure!((answer.status, &*answer.stdout, &*answer.stderr) == (0, "", ""), "{answer:?}");
    let seen = program.run(&["inspect", "run.xml"])?;
    ensure!(seen.stdout.contains("2 tests: 1 passed, 1 failed"), "{seen:?}");
    let answer = program.run(&["convert", "run.xml", "--to", "ctrf"])?;
    ensure!(answer.status == 0 && answer.stdout.contains("\"reportFormat\": \"CTRF\""), "{answer:?}");
    Ok(())
}

#[test]
fn cases_of_several_cells_stay_apart() -> Result<()> {
    let program = Readiness::new()?
        .file("py3.12/a.xml", FAILED)?
        .file("py3.13/a.xml", r#"<testsuite name="s"><testcase classname="C" name="sums"/></testsuite>"#)?;
    let titles = |inputs: Vec<Input>| -> Option<Vec<String>> {
        Some(run_of(inputs)?.cases.iter().map(|case| case.id.title()).collect())
    };
    for form in ["junit", "ctrf"] {
        let answer = program.run(&["convert", "py3.12", "py3.13", "--to", form])?;
        let found = titles(vec![read(answer.stdout)]).context("nothing is read back")?;
        ensure!(found == ["C › sums [py3.12]", "C › sums [py3.13]"], "{form}: {found:?}");
    }
    Ok(())
}

#[test]
fn what_is_left_out_is_named_and_ends_with_2() -> Result<()> {
    let program = Readiness::new()?
        .file("a.xml", FAILED)?
        .file("cut.xml", FAILED.replace("</testcase></testsuite>", ""))?
        .file("lcov.info", "SF:a.c\nDA:1,1\nend_of_record\n")?;
    let answer = program.run(&["convert", "a.xml", "cut.xml", "lcov.info", "--to", "junit"])?;
    ensure!(answer.status == 2 && answer.stdout.contains("sums"), "{answer:?}");
    for part in ["`cut.xml` is incomplete", "`lcov.info` holds coverage", "exit 2"] {
        ensure!(answer.stderr.contains(part), "{part} is missing: {answer:?}");
    }
    Ok(())
}

#[test]
fn coverage_alone_cannot_be_converted() -> Result<()> {
    let program = Readiness::new()?.file("lcov.info", "SF:a.c\nDA:1,1\nend_of_record\n")?;
    let answer = program.run(&["convert", "lcov.info", "--to", "junit"])?;
    ensure!((answer.status, &*answer.stdout) == (2, ""), "{answer:?}");
    ensure!(answer.stderr.contains("`convert` writes test reports"), "{answer:?}");
    Ok(())
}
