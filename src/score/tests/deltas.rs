//! Deltas: evidence apart from policy, with causes.

use super::{Setup, baseline, case, covered, run};
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::report::Report;
use crate::model::tests::Outcome;
use crate::policy::load::parse;

fn evidence(passed: usize, failed: usize, lines: u32) -> Evidence {
    let passed = (0..passed).map(|index| case("s", &format!("p{index}"), Outcome::Passed));
    let failed = (0..failed).map(|index| case("s", &format!("f{index}"), Outcome::Failed));
    Evidence {
        tests: Some(run(passed.chain(failed))),
        coverage: Some(covered(&[("a.rs", lines, 100)])),
        ..Evidence::default()
    }
}

/// One line per check: points, evidence delta, policy delta, cause.
fn lines(report: &Report) -> String {
    let checks = report.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let line = |check: &crate::model::report::CheckReport| {
        let delta = check.delta.unwrap();
        let (evidence, policy) = (delta.evidence.signed(), delta.policy.signed());
        format!("{} {} evidence {evidence} policy {policy} ({})", check.id, check.points, check.cause.name())
    };
    let delta = report.delta.unwrap();
    let total =
        format!("total {} = {} + {}", delta.total.signed(), delta.evidence.signed(), delta.policy.signed());
    checks.map(line).chain([total]).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_the_code_changed_is_split_by_check() {
    let report = Setup::new("version: 1\n", evidence(9, 1, 50)).against(evidence(10, 0, 40)).report();
    insta::assert_snapshot!(lines(&report), @r"
    tests.pass-rate 48.0 evidence -12.0 policy 0.0 (value changed)
    coverage.lines 25.0 evidence +5.0 policy 0.0 (value changed)
    total -7.0 = -7.0 + 0.0
    ");
}

#[test]
fn what_the_policy_changed_is_told_apart() {
    let old = "
dimensions:
  tests: {weight: 60, checks: {pass-rate: {metric: tests.pass-rate, target: 100%}}}
  coverage: {weight: 20, checks: {lines: {metric: coverage.lines, target: 100%}}}
  speed: {weight: 20, checks: {p99: {metric: p99, target: 1, floor: 2}}}
";
    let new = "
dimensions:
  tests: {weight: 60, checks: {pass-rate: {metric: tests.pass-rate, target: 100%}}}
  coverage: {weight: 40, checks: {lines: {metric: coverage.lines, target: 100%}}}
";
    let mut setup = Setup::new(new, evidence(10, 0, 60));
    setup.baseline = Some(baseline(parse(old, "base.yml").unwrap(), evidence(10, 0, 50)));
    let report = setup.report();
    insta::assert_snapshot!(lines(&report), @r"
    tests.pass-rate 60.0 evidence 0.0 policy 0.0 (unchanged)
    coverage.lines 24.0 evidence +4.0 policy +10.0 (value changed)
    speed.p99 0.0 evidence 0.0 policy 0.0 (unchanged)
    total +14.0 = +4.0 + +10.0
    ");
    assert_eq!(report.dimensions.last().map(|dimension| dimension.in_policy), Some(false));
    assert_eq!(report.dimensions.iter().map(|dimension| dimension.max_points).sum::<Tenths>(), Tenths(1000));
}

#[test]
fn lost_and_new_evidence_have_their_causes() {
    let lost = Setup::new("version: 1\n", Evidence { coverage: None, ..evidence(1, 0, 1) })
        .against(evidence(1, 0, 80))
        .report();
    insta::assert_snapshot!(lines(&lost), @r"
    tests.pass-rate 60.0 evidence 0.0 policy 0.0 (unchanged)
    coverage.lines 0.0 evidence -40.0 policy 0.0 (evidence lost)
    total -40.0 = -40.0 + 0.0
    ");
    let appeared = Setup::new("version: 1\n", evidence(1, 0, 80))
        .against(Evidence { tests: None, ..evidence(1, 0, 80) })
        .report();
    insta::assert_snapshot!(lines(&appeared), @r"
    tests.pass-rate 60.0 evidence +60.0 policy 0.0 (evidence appeared)
    coverage.lines 40.0 evidence 0.0 policy 0.0 (unchanged)
    total +60.0 = +60.0 + 0.0
    ");
}

#[test]
fn a_claim_that_ran_out_since_the_base_is_a_change_of_evidence() {
    let policy = "
dimensions:
  security: {checks: {review: {attest: reviewed, owner: me, date: 2026-09-01, expires: 2026-09-30}}}
";
    let report = Setup::new(policy, evidence(1, 0, 1)).against(evidence(1, 0, 1)).report();
    insta::assert_snapshot!(lines(&report), @r"
    security.review 0.0 evidence -50.0 policy 0.0 (attestation expired)
    total -50.0 = -50.0 + 0.0
    ");
}

#[test]
fn a_report_against_itself_changes_nothing() {
    let report = Setup::new("version: 1\n", evidence(2, 1, 33)).against(evidence(2, 1, 33)).report();
    insta::assert_snapshot!(lines(&report), @r"
    tests.pass-rate 20.0 evidence 0.0 policy 0.0 (unchanged)
    coverage.lines 16.5 evidence 0.0 policy 0.0 (unchanged)
    total 0.0 = 0.0 + 0.0
    ");
}

#[test]
fn without_a_baseline_there_is_no_delta() {
    let report = Setup::new("version: 1\n", evidence(1, 0, 1)).report();
    assert_eq!((report.delta, report.base), (None, None));
    assert!(report.dimensions.iter().all(|dimension| dimension.delta.is_none()));
}

/// The cause of the only check, whose policy is `check`, between two states of the evidence.
fn cause_of(check: &str, head: Evidence, base: Evidence) -> &'static str {
    let policy = format!("dimensions: {{d: {{checks: {{c: {{{check}}}}}}}}}\n");
    let report = Setup::new(&policy, head).against(base).report();
    report.dimensions[0].checks[0].cause.name()
}

/// Two steady cases, and one that is flaky or fails.
fn flaky(outcome: Outcome, is_flaky: bool) -> Evidence {
    let mut odd = case("s", "odd", outcome);
    odd.flaky = is_flaky;
    let steady = [case("s", "a", Outcome::Passed), case("s", "b", Outcome::Failed)];
    Evidence { tests: Some(run(steady.into_iter().chain([odd]))), ..Evidence::default() }
}

fn measured(value: &str, commit: Option<&str>) -> Evidence {
    let mut found = super::measurement("m", value, crate::model::metric::Unit::Count, None);
    found.commit = commit.map(str::to_owned);
    Evidence { measurements: vec![found], ..Evidence::default() }
}

#[test]
fn every_cause_is_told() {
    const NUMBER: &str = "metric: m, floor: 0, target: 10";
    const RATE: &str = "metric: tests.pass-rate, target: 100%";
    let number = |head, base| cause_of(NUMBER, head, base);
    assert_eq!(number(measured("5", None), measured("5", None)), "unchanged");
    assert_eq!(number(measured("5", None), measured("6", None)), "value changed");
    assert_eq!(number(measured("5", None), Evidence::default()), "evidence appeared");
    assert_eq!(number(Evidence::default(), measured("5", None)), "evidence lost");
    assert_eq!(number(measured("5", Some("1234567")), measured("5", None)), "evidence stale");
    let short = Evidence {
        shortfalls: vec![(crate::model::input::Kind::Measurements, "2 of 3".into())],
        ..measured("5", None)
    };
    assert_eq!(number(short, measured("5", None)), "evidence invalid");
    let (passed, failed) = (|flag| flaky(Outcome::Passed, flag), |flag| flaky(Outcome::Failed, flag));
    assert_eq!(cause_of(RATE, failed(false), passed(true)), "flaky only");
    assert_eq!(cause_of(RATE, passed(true), failed(false)), "flaky only");
    assert_eq!(cause_of(RATE, failed(false), passed(false)), "value changed");
    let claim = |date, expires| format!("attest: x, owner: me, date: {date}, expires: {expires}");
    // The base was recorded on the day before.
    let ended = claim("2026-08-01", "2026-09-30");
    assert_eq!(cause_of(&ended, Evidence::default(), Evidence::default()), "attestation expired");
}

#[test]
fn a_flaky_case_beside_a_real_change_is_not_its_cause() {
    let mut head = flaky(Outcome::Failed, false);
    head.tests.as_mut().unwrap().cases.push(case("s", "new", Outcome::Failed));
    assert_eq!(
        cause_of("metric: tests.pass-rate, target: 100%", head, flaky(Outcome::Passed, true)),
        "value changed"
    );
}

#[test]
fn evidence_that_is_too_old_is_stale_and_scores_nothing() {
    let made = |day: &str| {
        let at: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
        Evidence { dates: vec![(crate::model::input::Kind::Measurements, at)], ..measured("5", None) }
    };
    let check = "metric: m, floor: 0, target: 10, max-age: 7 days";
    assert_eq!(cause_of(check, made("2026-09-23"), measured("5", None)), "evidence stale");
    assert_eq!(cause_of(check, made("2026-09-24"), measured("5", None)), "unchanged");
    let policy = format!("dimensions: {{d: {{checks: {{c: {{{check}}}}}}}}}\n");
    let report = Setup::new(&policy, made("2026-09-23")).report();
    let stale = &report.dimensions[0].checks[0];
    insta::assert_snapshot!(stale.reason.as_deref().unwrap(), @"made on 2026-09-23, 8 days ago; `max-age` is 7 days");
    assert_eq!(report.score.shown, Tenths(0));
}

#[test]
fn another_machine_is_neither_a_regression_nor_a_drop() {
    use super::measurement;
    use crate::model::metric::{Better, Unit};
    use crate::model::report::Comparison;

    let policy = "
dimensions:
  speed: {checks: {sum: {metric: sum, target: 10ms, floor: 20ms}, sort: {metric: sort, target: 10ms, floor: 20ms}}}
gate: {max-drop: 0.5}
";
    let timed = |sum: &str, sort: &str, machine: &str| {
        let of = |id, value| crate::model::metric::Measurement {
            environment: Some(machine.to_owned()),
            spread: Some(crate::model::exact::whole(1)),
            ..measurement(id, value, Unit::Milliseconds, Some(Better::Lower))
        };
        Evidence { measurements: vec![of("sum", sum), of("sort", sort)], ..Evidence::default() }
    };
    let elsewhere = Setup::new(policy, timed("15", "10", "B")).against(timed("10", "10", "A")).report();
    insta::assert_snapshot!(lines(&elsewhere), @r"
    speed.sum 25.0 evidence -25.0 policy 0.0 (measured on another machine)
    speed.sort 50.0 evidence 0.0 policy 0.0 (unchanged)
    total -25.0 = -25.0 + 0.0
    ");
    insta::assert_snapshot!(super::told(&elsewhere, "max-drop"), @"pass: the score did not drop, a drop of 0.5 is allowed; not counted: 25 points less from another machine");
    assert_eq!(elsewhere.measurements[0].comparison, Some(Comparison::NotComparable));

    let here = Setup::new(policy, timed("15", "11", "A")).against(timed("10", "10", "A")).report();
    assert!(super::told(&here, "max-drop").starts_with("fail: the score dropped by 30 points"));
    let comparisons: Vec<_> = here.measurements.iter().map(|row| (row.comparison, row.change())).collect();
    let worse = (Some(Comparison::Worse), Some(Tenths(500)));
    assert_eq!(comparisons, [(Some(Comparison::Noise), Some(Tenths(100))), worse]);
}
