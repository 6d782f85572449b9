//! What the head lost of the base's evidence, and what the change explains.

use super::{Setup, case, condition, covered, measurement, run, told};
use crate::model::coverage::branches::NamedBranches;
use crate::model::coverage::{CoverageReport, LineBranches};
use crate::model::diff::{Diff, FileChange};
use crate::model::evidence::{Evidence, NotRun, Source};
use crate::model::findings::{FindingsReport, ToolRun};
use crate::model::gate::ConditionOutcome::{Fail, NotGated, Pass};
use crate::model::input::{InputState, Kind};
use crate::model::metric::{MetricState, Unit};
use crate::model::report::{CaseNote, Cause, Report};
use crate::model::tests::{Outcome, TestCase, TestReport};

const PASS_RATE: &str = "dimensions: {d: {checks: {c: {metric: tests.pass-rate, target: 100%}}}}\n";

fn source(path: &str, kind: Kind) -> Source {
    Source {
        path: path.to_owned(),
        format: Some("a format".to_owned()),
        kind: Some(kind),
        state: InputState::Measured,
        holds: String::new(),
        problem: None,
    }
}

/// Cases of class `CartTest` and of class `TaxTest`, each in its own report.
fn tests(cart: &[Outcome], tax: &[Outcome]) -> Evidence {
    let of = |class: &str, outcomes: &[Outcome]| -> Vec<TestCase> {
        let cases = outcomes.iter().enumerate().map(|(number, outcome)| {
            let mut case = case("", &format!("c{number}"), *outcome);
            case.id.class = Some(class.into());
            case
        });
        cases.collect()
    };
    let named = [("CartTest", cart), ("TaxTest", tax)];
    let named = named.iter().filter(|(_, outcomes)| !outcomes.is_empty());
    Evidence {
        sources: named.clone().map(|(class, _)| source(&format!("TEST-{class}.xml"), Kind::Tests)).collect(),
        tests: Some(run(named.flat_map(|(class, outcomes)| of(class, outcomes)))),
        ..Evidence::default()
    }
}

fn changes(path: &str, change: FileChange) -> Diff {
    Diff { files: [(path.to_owned(), change)].into(), incomplete: None }
}

fn value(report: &Report) -> String {
    let check = &report.dimensions[0].checks[0];
    check.value.as_ref().map_or_else(|| check.state.name().to_owned(), ToString::to_string)
}

#[test]
fn cases_of_a_missing_report_count_as_failed_and_are_bad_evidence() {
    use Outcome::Passed;
    let setup = Setup::new(PASS_RATE, tests(&[Passed; 3], &[]))
        .against(tests(&[Passed; 3], &[Passed, Outcome::Failed]));
    let report = setup.report();
    assert_eq!(value(&report), "3/5");
    assert_eq!(report.tests.as_ref().unwrap().lost, 2);
    assert_eq!(report.dimensions[0].checks[0].cause, Cause::EvidenceLost);
    assert_eq!(
        report.dimensions[0].checks[0].reason.as_deref(),
        Some("2 cases of the base did not run and count as if they had failed")
    );
    insta::assert_snapshot!(told(&report, "bad-evidence"), @"
    fail: report `TEST-TaxTest.xml` of the base is missing: 2 cases did not run
    → hand in again what the base has, or waive `bad-evidence` with a reason (merged to the base branch first) until the base has it no more
    ");
}

#[test]
fn what_the_change_deletes_is_not_lost() {
    use Outcome::Passed;
    let setup = |path, change| {
        let base = tests(&[Passed; 3], &[Passed, Outcome::Failed]);
        Setup {
            diff: Some(changes(path, change)),
            ..Setup::new(PASS_RATE, tests(&[Passed; 3], &[])).against(base)
        }
    };
    let deleted = || FileChange { deleted: true, ..FileChange::default() };
    let report = setup("src/test/java/shop/TaxTest.java", deleted()).report();
    assert_eq!((value(&report), condition(&report, "bad-evidence").outcome), ("1".to_owned(), Pass));
    let report = setup("src/test/java/shop/OtherTest.java", deleted()).report();
    assert_eq!((value(&report), condition(&report, "bad-evidence").outcome), ("3/5".to_owned(), Fail));
    let added = FileChange { added: vec![1], ..FileChange::default() };
    assert_eq!(value(&setup("src/test/java/shop/TaxTest.java", added).report()), "3/5");
}

#[test]
fn cases_with_another_name_are_not_lost_and_a_failing_one_that_is_gone_is() {
    use Outcome::{Failed, Passed};
    let one_report = |outcomes: &[(&str, Outcome)]| {
        let cases = outcomes.iter().map(|(name, outcome)| case("s", name, *outcome));
        let sources = vec![source("junit.xml", Kind::Tests)];
        Evidence { tests: Some(run(cases)), sources, ..Evidence::default() }
    };
    let base = || one_report(&[("a", Passed), ("b", Failed), ("c", Passed)]);
    let rate =
        |head: &[(&str, Outcome)]| value(&Setup::new(PASS_RATE, one_report(head)).against(base()).report());
    assert_eq!(rate(&[("a", Passed), ("c", Passed)]), "2/3", "the failing one is gone");
    assert_eq!(rate(&[("a", Passed), ("b2", Passed), ("c", Passed)]), "1", "it has another name");
    assert_eq!(rate(&[("a", Passed), ("b", Failed)]), "1/2", "a passing one comes and goes");
}

#[test]
fn a_component_whose_job_did_not_run_loses_no_cases() {
    use Outcome::Passed;
    let policy =
        format!("{PASS_RATE}components: {{tax: {{paths: ['tax/**'], reports: ['**/TEST-Tax*']}}}}\n");
    let mut head = tests(&[Passed; 3], &[]);
    head.not_run = vec![NotRun { component: "tax".to_owned(), reason: String::new() }];
    let report = Setup::new(&policy, head).against(tests(&[Passed; 3], &[Passed])).report();
    assert_eq!((value(&report), condition(&report, "bad-evidence").outcome), ("1".to_owned(), Pass));
}

#[test]
fn one_of_two_reports_of_a_tool_says_nothing_about_the_other() {
    let found = |paths: &[&str]| Evidence {
        sources: paths.iter().map(|path| source(path, Kind::Findings)).collect(),
        findings: Some(FindingsReport {
            runs: vec![ToolRun { tool: "lint".into(), failure: None }],
            ..FindingsReport::default()
        }),
        ..Evidence::default()
    };
    let policy = "
dimensions: {d: {checks: {c: {metric: findings.errors, target: 0, floor: 5}}}}
gate: {no-new-findings: true}
";
    let report =
        Setup::new(policy, found(&["web.sarif"])).against(found(&["web.sarif", "api.sarif"])).report();
    assert_eq!(report.dimensions[0].checks[0].state, MetricState::Invalid);
    assert_eq!(condition(&report, "no-new-findings").outcome, Fail);
    let renamed = Setup::new(policy, found(&["web.sarif", "core.sarif"]));
    let report = renamed.against(found(&["web.sarif", "api.sarif"])).report();
    assert_eq!(report.dimensions[0].checks[0].state, MetricState::Measured);
    let warned = policy.replace("gate: {", "gate: {on-bad-evidence: warn, ");
    let report =
        Setup::new(&warned, found(&["web.sarif"])).against(found(&["web.sarif", "api.sarif"])).report();
    assert_eq!(condition(&report, "bad-evidence").outcome, NotGated);
}

#[test]
fn the_better_of_two_files_with_one_measurement_does_not_stand_alone() {
    let measured = |files: u64| Evidence {
        measurements: vec![measurement("p99", "90", Unit::Count, None)],
        measured_in: (files > 1).then(|| ("p99".to_owned(), files)).into_iter().collect(),
        ..Evidence::default()
    };
    let policy = "dimensions: {d: {checks: {c: {metric: p99, target: 50, floor: 100}}}}\n";
    let state = |head, base| {
        let report = Setup::new(policy, measured(head)).against(measured(base)).report();
        report.dimensions[0].checks[0].state
    };
    assert_eq!(state(1, 2), MetricState::Invalid);
    assert_eq!(state(2, 2), MetricState::Measured);
    assert_eq!(state(3, 2), MetricState::Measured);
}

#[test]
fn branches_that_only_a_missing_report_knew_are_lost_with_it() {
    let report = |branches: &[bool]| {
        let mut report: CoverageReport = covered(&[("a.rs", 1, 1)]);
        let named: NamedBranches =
            branches.iter().enumerate().map(|(number, taken)| (number.to_string(), *taken)).collect();
        report.files.get_mut("a.rs").unwrap().branches =
            Some([(1, LineBranches::Named(named))].into_iter().collect());
        report
    };
    let evidence = |branches: &[bool], paths: &[&str]| Evidence {
        sources: paths.iter().map(|path| source(path, Kind::Coverage)).collect(),
        coverage: Some(report(branches)),
        ..Evidence::default()
    };
    let policy = "dimensions: {d: {checks: {c: {metric: coverage.branches, target: 100%}}}}\n";
    let base = evidence(&[true, false], &["unit.info", "e2e.info"]);
    let found = Setup::new(policy, evidence(&[true], &["unit.info"])).against(base).report();
    let check = &found.dimensions[0].checks[0];
    assert_eq!(check.state, MetricState::Invalid);
    assert_eq!(
        check.reason.as_deref(),
        Some("report `e2e.info` of the base is missing: 1 file is no longer measured in full")
    );
}

/// Cases `one` and `two` of class `t.A` in each of the cells, of which `two` fails in the last one.
fn matrix(cells: &[&str]) -> Evidence {
    let cases = cells.iter().flat_map(|cell| {
        let two = if *cell == "r/py3.12" { Outcome::Failed } else { Outcome::Passed };
        let mut cases = [case("s", "one", Outcome::Passed), case("s", "two", two)];
        for case in &mut cases {
            case.id.cell = (cells.len() > 1).then(|| (*cell).into());
        }
        cases
    });
    let all = cells.iter().filter(|_| cells.len() > 1).map(|cell| (*cell).into());
    Evidence {
        tests: Some(TestReport { cells: all.collect(), ..run(cases) }),
        sources: cells.iter().map(|cell| source(&format!("{cell}/junit.xml"), Kind::Tests)).collect(),
        ..Evidence::default()
    }
}

#[test]
fn a_matrix_that_shrinks_to_one_cell_loses_the_cases_of_the_others_only() {
    let setup = Setup::new(PASS_RATE, matrix(&["r/py3.12"])).against(matrix(&["r/py3.11", "r/py3.12"]));
    let report = setup.report();
    let titles = |notes: &[CaseNote]| notes.iter().map(|note| note.id.title()).collect::<Vec<_>>();
    let tests = report.tests.as_ref().unwrap();
    assert_eq!(titles(&tests.removed), ["s › one [r/py3.11]", "s › two [r/py3.11]"]);
    assert_eq!(
        (titles(&tests.new_failures), titles(&tests.still_failing)),
        (vec![], vec!["s › two".to_owned()])
    );
    assert_eq!(value(&report), "1/4");
    assert_eq!(condition(&report, "no-new-failures").outcome, Pass);
    let mut named = matrix(&["r/py3.12"]);
    named.sources = vec![source("r-py3.12!/junit.xml", Kind::Tests)];
    let mut base = matrix(&["r/py3.11", "r/py3.12"]);
    for case in &mut base.tests.as_mut().unwrap().cases {
        case.id.cell = case.id.cell.as_ref().map(|cell| cell.replace('/', "-").into());
    }
    let report = Setup::new(PASS_RATE, named).against(base).report();
    assert_eq!(report.tests.unwrap().removed.len(), 2, "an artifact is a cell, too");
}

#[test]
fn a_case_under_the_new_name_of_its_file_is_the_same_and_a_deleted_one_is_lost() {
    let of = |class: &str, name: &str| {
        let mut failing = case("pytest", name, Outcome::Failed);
        failing.id.class = Some(class.into());
        Evidence {
            tests: Some(run([case("pytest", "stays", Outcome::Passed), failing])),
            sources: vec![source("junit.xml", Kind::Tests)],
            ..Evidence::default()
        }
    };
    let told = |head: Evidence, path: &str, change| {
        let setup = Setup::new("gate: {no-lost-tests: true}\n", head).against(of("tests.test_old", "div"));
        let report = Setup { diff: Some(changes(path, change)), ..setup }.report();
        let failing = ["new_failures", "still_failing"].map(|list| {
            let tests = report.tests.as_ref().unwrap();
            if list == "new_failures" { tests.new_failures.len() } else { tests.still_failing.len() }
        });
        (told(&report, "no-lost-tests"), failing)
    };
    let renamed =
        || FileChange { renamed_from: Some("tests/test_old.py".to_owned()), ..FileChange::default() };
    let (same, failing) = told(of("tests.test_new", "div"), "tests/test_new.py", renamed());
    assert_eq!(same, "pass: every case of the base is still there");
    assert_eq!(failing, [0, 1]);
    let (other, failing) = told(of("tests.test_new", "mul"), "tests/test_new.py", renamed());
    insta::assert_snapshot!(other, @"
    fail: 1 case of the base is gone
    → bring back `tests.test_old › div`, or waive `no-lost-tests` with a reason (merged to the base branch first)
    ");
    assert_eq!(failing, [1, 0]);
    let deleted = FileChange { deleted: true, ..FileChange::default() };
    let (deleted, _) = told(of("tests.test_other", "mul"), "tests/test_old.py", deleted);
    assert!(deleted.starts_with("fail: 1 case of the base is gone"), "{deleted}");
}

#[test]
fn measurements_of_one_family_that_went_together_are_one_loss() {
    let of = |ids: &[&str]| Evidence {
        measurements: ids.iter().map(|id| measurement(id, "1", Unit::Count, None)).collect(),
        ..Evidence::default()
    };
    let lost = |head: &[&str]| {
        let base = of(&["mutation.killed", "mutation.score", "p99", "size"]);
        let report = Setup::new("gate: {no-lost-evidence: true}\n", of(head)).against(base).report();
        condition(&report, "no-lost-evidence").names.clone()
    };
    assert_eq!(lost(&["size"]), ["mutation.* (2 measurements)", "p99"]);
    assert_eq!(lost(&["size", "p99", "mutation.score"]), ["mutation.killed"]);
    assert_eq!(lost(&["mutation.killed", "mutation.score", "p99", "size"]), [""; 0]);
}
