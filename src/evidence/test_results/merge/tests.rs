//! What several reports come to.

use std::sync::Arc;

use super::merge;
use crate::model::origin::Origin;
use crate::model::tests::{CaseId, Outcome, SuiteError, TestCase, TestReport};

fn case(name: &str, outcome: Outcome) -> TestCase {
    let id = CaseId { suite: Arc::from("s"), class: None, name: Arc::from(name), cell: None };
    TestCase { id, outcome, flaky: false, duration: Some(1), detail: None }
}

fn report(cases: &[(&str, Outcome)]) -> TestReport {
    let cases = cases.iter().map(|(name, outcome)| case(name, *outcome)).collect();
    TestReport { suites: 1, cases, ..TestReport::default() }
}

/// All of `reports` in one folder.
fn here(reports: Vec<TestReport>) -> TestReport {
    merge(reports.into_iter().map(|report| (Origin::default(), report)).collect())
}

/// `reports` at their paths.
fn at(reports: &[(&str, &TestReport)]) -> TestReport {
    merge(reports.iter().map(|(path, report)| (Origin::of_path(path), (*report).clone())).collect())
}

/// The title, outcome and flakiness of each case.
fn titles(merged: &TestReport) -> Vec<String> {
    let title = |case: &TestCase| {
        let flaky = if case.flaky { ", flaky" } else { "" };
        format!("{} {}{flaky}", case.id.title(), case.outcome.name())
    };
    merged.cases.iter().map(title).collect()
}

fn outcomes(merged: &TestReport) -> Vec<(&str, Outcome)> {
    merged.cases.iter().map(|case| (&*case.id.name, case.outcome)).collect()
}

#[test]
fn the_same_name_in_one_file_stays_several_cases() {
    let merged =
        here(vec![report(&[("b", Outcome::Passed), ("a", Outcome::Failed), ("b", Outcome::Passed)])]);
    assert_eq!(outcomes(&merged), [("a", Outcome::Failed), ("b", Outcome::Passed), ("b", Outcome::Passed)]);
}

#[test]
fn the_same_case_in_several_files_is_one_and_the_worst_outcome_stands() {
    let first = report(&[("a", Outcome::Passed), ("b", Outcome::Skipped), ("b", Outcome::Passed)]);
    let second = report(&[("a", Outcome::Failed), ("b", Outcome::Passed), ("c", Outcome::Skipped)]);
    let expected =
        [("a", Outcome::Failed), ("b", Outcome::Passed), ("b", Outcome::Passed), ("c", Outcome::Skipped)];
    let merged = here(vec![first.clone(), second.clone()]);
    assert_eq!(outcomes(&merged), expected);
    assert_eq!(merged, here(vec![second, first]));
    assert_eq!(merged.suites, 1);
}

#[test]
fn a_case_that_failed_in_another_file_is_not_flaky() {
    let mut flaky = report(&[("a", Outcome::Passed)]);
    flaky.cases[0].flaky = true;
    assert_eq!(here(vec![flaky.clone(), report(&[("a", Outcome::Passed)])]).counts().flaky, 1);
    assert_eq!(here(vec![flaky, report(&[("a", Outcome::Failed)])]).counts().flaky, 0);
}

#[test]
fn suite_errors_are_kept_and_the_same_one_counts_once() {
    let error = |message: &str| SuiteError { suite: Arc::from("s"), message: message.to_owned() };
    let with = |errors: &[&str]| TestReport {
        suite_errors: errors.iter().map(|message| error(message)).collect(),
        ..TestReport::default()
    };
    let merged = here(vec![with(&["b", "a"]), with(&["a"])]);
    assert_eq!(merged.suite_errors, [error("a"), error("b")]);
}

#[test]
fn the_same_case_in_several_cells_counts_in_each_and_names_it() {
    let ubuntu = report(&[("a", Outcome::Passed), ("b", Outcome::Passed)]);
    let windows = report(&[("a", Outcome::Failed), ("c", Outcome::Passed)]);
    let merged = at(&[("windows/junit.xml", &windows), ("ubuntu/junit.xml", &ubuntu)]);
    let expected = ["s › a [ubuntu] passed", "s › a [windows] failed", "s › b passed", "s › c passed"];
    assert_eq!(titles(&merged), expected);
    assert_eq!(merged.cells, ["ubuntu".into(), "windows".into()]);
    assert_eq!(merged, at(&[("ubuntu/junit.xml", &ubuntu), ("windows/junit.xml", &windows)]));
}

#[test]
fn shards_add_up_wherever_they_lie() {
    let (one, two) = (report(&[("a", Outcome::Passed)]), report(&[("b", Outcome::Failed)]));
    let together = here(vec![one.clone(), two.clone()]);
    assert_eq!(at(&[("1/a.xml", &one), ("2/a.xml", &two)]).cases, together.cases);
}

#[test]
fn a_copy_of_a_report_changes_nothing() {
    let (one, two) =
        (report(&[("a", Outcome::Failed)]), report(&[("a", Outcome::Passed), ("b", Outcome::Passed)]));
    let unique = at(&[("x/a.xml", &one), ("y/b.xml", &two)]);
    assert_eq!(at(&[("x/a.xml", &one), ("x/copy.xml", &one), ("y/b.xml", &two)]), unique);
    assert_eq!(at(&[("x/a.xml", &one), ("z/copy.xml", &one), ("y/b.xml", &two)]).cases, unique.cases);
}

#[test]
fn of_tries_of_one_job_the_newest_that_ran_the_case_decides() {
    let first = report(&[("a", Outcome::Failed), ("b", Outcome::Failed), ("c", Outcome::Failed)]);
    let second = report(&[("a", Outcome::Passed), ("b", Outcome::Skipped), ("d", Outcome::Passed)]);
    let third = report(&[("d", Outcome::Failed)]);
    let tries =
        [("r/attempt-1/a.xml", &first), ("r/attempt-2/a.xml", &second), ("r/attempt-3/a.xml", &third)];
    let expected = ["s › a passed, flaky", "s › b failed", "s › c failed", "s › d failed"];
    assert_eq!(titles(&at(&tries)), expected);
    let backwards: Vec<_> = tries.iter().rev().copied().collect();
    assert_eq!(at(&backwards), at(&tries));
}

#[test]
fn artifacts_of_one_name_are_tries_in_the_order_of_their_making() {
    let origin = |attempt: &str, created: &str| {
        Origin::of_artifact(&format!("unit-attempt-{attempt}"), created.parse().ok(), "junit.xml")
    };
    let (failed, passed) = (report(&[("a", Outcome::Failed)]), report(&[("a", Outcome::Passed)]));
    let newer = (origin("1", "2026-01-02T00:00:00Z"), passed);
    let older = (origin("2", "2026-01-01T00:00:00Z"), failed);
    assert_eq!(titles(&merge(vec![newer.clone(), older.clone()])), ["s › a passed, flaky"]);
    assert_eq!(merge(vec![older.clone(), newer.clone()]), merge(vec![newer, older]));
}

#[test]
fn a_suite_error_is_gone_when_a_later_try_ran_the_suite() {
    let broken = TestReport {
        suite_errors: vec![SuiteError { suite: Arc::from("s"), message: "does not load".to_owned() }],
        ..TestReport::default()
    };
    let ran = report(&[("a", Outcome::Passed)]);
    let errors = |tries: &[(&str, &TestReport)]| at(tries).suite_errors.len();
    assert_eq!(errors(&[("attempt-1/a.xml", &broken), ("attempt-2/a.xml", &ran)]), 0);
    assert_eq!(errors(&[("attempt-2/a.xml", &broken), ("attempt-1/a.xml", &ran)]), 1);
    assert_eq!(errors(&[("1/a.xml", &broken), ("2/a.xml", &ran)]), 1);
}
