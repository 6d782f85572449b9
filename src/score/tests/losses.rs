//! What the head lost of the base's evidence, and what the change explains.

use super::{Setup, case, condition, covered, measurement, run, told};
use crate::model::branches::NamedBranches;
use crate::model::coverage::{CoverageReport, LineBranches};
use crate::model::diff::{Diff, FileChange};
use crate::model::evidence::{Evidence, NotRun, Source};
use crate::model::findings::{FindingsReport, ToolRun};
use crate::model::gate::ConditionOutcome::{Fail, NotGated, Pass};
use crate::model::input::{InputState, Kind};
use crate::model::metric::{MetricState, Unit};
use crate::model::report::Report;
use crate::model::tests::{Outcome, TestCase};

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
    assert_eq!(
        report.dimensions[0].checks[0].reason.as_deref(),
        Some("2 cases of the base did not run and count as if they had failed")
    );
    insta::assert_snapshot!(told(&report, "bad-evidence"), @"
    fail: report `TEST-TaxTest.xml` of the base is missing: 2 cases did not run
    → hand in again what the base has, or waive `bad-evidence` with a reason until the base has it no more
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
        report.files.get_mut("a.rs").unwrap().branches = Some([(1, LineBranches::Named(named))].into());
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
