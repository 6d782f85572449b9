//! The cheapest way to green.

use super::{Setup, case, covered, measurement, run};
use crate::model::evidence::{Evidence, Source};
use crate::model::input::{InputState, Kind};
use crate::model::metric::Unit;
use crate::model::report::Report;
use crate::model::tests::Outcome;

/// Four checks of 25 points, each with its value of 10 and its effort.
fn report(checks: [(&str, &str); 4], gate: &str) -> Report {
    let mut policy = "dimensions:\n  d:\n    checks:\n".to_owned();
    for (index, (_, effort)) in checks.iter().enumerate() {
        policy += &["      c", &index.to_string(), ": {metric: m", &index.to_string()].concat();
        policy += &[", floor: 0, target: 10", effort, "}\n"].concat();
    }
    policy += gate;
    let found = checks.iter().enumerate();
    let found = found.map(|(index, (value, _))| measurement(&format!("m{index}"), value, Unit::Count, None));
    Setup::new(&policy, Evidence { measurements: found.collect(), ..Evidence::default() }).report()
}

fn steps(report: &Report) -> Vec<String> {
    let way = report.way_to_green.as_ref().unwrap();
    way.steps.iter().map(|(step, points)| format!("{step}: {points}")).collect()
}

#[test]
fn fewest_hours_win_when_every_gap_has_an_effort() {
    let checks =
        [("0", ", effort: 100h"), ("5", ", effort: 4h"), ("5", ", effort: 4h..6h"), ("10", ", effort: 1h")];
    let report = report(checks, "gate: {min-score: 75}\n");
    assert_eq!(report.score.shown.to_string(), "50.0");
    assert_eq!(steps(&report), ["raise d.c1 from 5 to 10: 12.5", "raise d.c2 from 5 to 10: 12.5"]);
    let hours = report.way_to_green.unwrap().effort_hours.unwrap();
    assert_eq!((hours.0.to_string(), hours.1.to_string()), ("8".to_owned(), "10".to_owned()));
}

#[test]
fn fewest_steps_win_when_efforts_are_unknown() {
    let report = report([("0", ""), ("5", ""), ("5", ""), ("10", "")], "gate: {min-score: 75}\n");
    assert_eq!(steps(&report), ["raise d.c0 from 0 to 10: 25.0"]);
    assert_eq!(report.way_to_green.unwrap().effort_hours, None);
}

#[test]
fn of_two_ways_with_as_many_steps_the_smaller_gap_is_taken() {
    let report = report([("0", ""), ("5", ""), ("8", ""), ("10", "")], "gate: {min-score: 66}\n");
    assert_eq!(steps(&report), ["raise d.c1 from 5 to 10: 12.5"]);
}

#[test]
fn conditions_that_are_not_about_points_keep_their_own_way_out() {
    let report = report([("10", ""), ("10", ""), ("10", ""), ("10", "")], "gate: {max-failures: 0}\n");
    assert_eq!(steps(&report), ["hand in the test reports of this run: 0.0"]);
}

#[test]
fn a_claim_cannot_be_closed_by_work() {
    let policy = "
dimensions:
  d: {checks: {c: {attest: reviewed, owner: me, date: 2026-09-01, expires: 2026-11-30}}}
gate: {min-score: 80}
";
    let report = Setup::new(policy, Evidence::default()).report();
    assert_eq!(steps(&report), ["gain 30 points; the gaps say where (closing every gap is not enough): 0.0"]);
}

#[test]
fn a_green_gate_needs_no_way() {
    let report = report([("10", ""), ("10", ""), ("10", ""), ("10", "")], "gate: {min-score: 100}\n");
    assert_eq!(report.way_to_green, None);
}

/// Passed and failed cases, half of the lines, and the failing names of the base.
fn tested(passed: usize, failed: &[&str], base: &[&str], gate: &str) -> Report {
    let cases = |failed: &[&str]| {
        let passed = (0..passed).map(|index| case("s", &format!("p{index}"), Outcome::Passed));
        run(passed.chain(failed.iter().map(|name| case("s", name, Outcome::Failed))))
    };
    let of = |failed: &[&str]| Evidence {
        tests: Some(cases(failed)),
        coverage: Some(covered(&[("a.rs", 40, 100)])),
        ..Evidence::default()
    };
    Setup::new(gate, of(failed)).against(of(base)).report()
}

#[test]
fn a_failing_case_and_the_pass_rate_that_it_lowers_are_one_step() {
    let report = tested(9, &["f"], &[], "gate: {min-score: 80, no-new-failures: true}\n");
    assert_eq!(report.score.shown.to_string(), "68.0");
    assert_eq!(steps(&report), ["fix `s › f`: 12.0"]);
    let report = tested(9, &["f"], &["f"], "gate: {min-score: 80, max-failures: 0}\n");
    assert_eq!(steps(&report), ["fix 1 case: `s › f`: 12.0"]);
    let report = tested(9, &["f"], &[], "gate: {max-failures: 0, no-new-failures: true}\n");
    assert_eq!(steps(&report), ["fix 1 case: `s › f`: 12.0"]);
}

#[test]
fn a_new_failure_beside_old_ones_is_a_step_of_its_own_unless_all_have_to_pass() {
    let report = tested(8, &["new", "old"], &["old"], "gate: {no-new-failures: true}\n");
    assert_eq!(steps(&report), ["fix `s › new`: 0.0"]);
    let report = tested(8, &["new", "old"], &["old"], "gate: {min-score: 80, no-new-failures: true}\n");
    assert_eq!(steps(&report), ["raise tests.pass-rate from 80 % to 100 % (2 more of 10): 24.0"]);
}

#[test]
fn points_that_come_with_a_forced_step_are_not_bought_again() {
    let report = tested(9, &["f"], &[], "gate: {min-score: 95, no-new-failures: true}\n");
    assert_eq!(
        steps(&report),
        ["fix `s › f`: 12.0", "raise coverage.lines from 40 % to 80 % (40 more of 100): 20.0"]
    );
}

#[test]
fn points_of_lost_cases_do_not_come_with_passing_ones() {
    let source = |path: &str| Source {
        path: path.to_owned(),
        format: Some("junit".to_owned()),
        kind: Some(Kind::Tests),
        state: InputState::Measured,
        holds: String::new(),
        problem: None,
    };
    let of = |names: &[&str], failing: &str| Evidence {
        tests: Some(run(names
            .iter()
            .map(|name| case("s", name, if *name == failing { Outcome::Failed } else { Outcome::Passed })))),
        sources: names.iter().map(|name| source(&format!("{name}.xml"))).collect(),
        ..Evidence::default()
    };
    let policy = "
dimensions: {d: {checks: {c: {metric: tests.pass-rate, floor: 50%, target: 100%}}}}
gate: {no-new-failures: true, min-score: 60}
";
    let report = |head| Setup::new(policy, head).against(of(&["a", "b", "c", "d", "e"], "")).report();
    let found = report(of(&["a", "b", "c"], "c"));
    assert_eq!(
        steps(&found),
        [
            "fix `s › c`: 20.0",
            "run 2 lost cases of the base again, and let them pass: 80.0",
            "hand in again what the base has, or waive `bad-evidence` with a reason until the base has it no more: 0.0",
        ]
    );
    assert_eq!(report(of(&["a", "b", "c"], "")).score.shown.to_string(), "20.0");
}
