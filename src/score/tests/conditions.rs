//! Each gate condition: what it says, and what would make it pass.

use super::{Setup, TODAY, case, condition, covered, run, told};
use crate::model::coverage::{Covered, PatchCoverage, PatchFile};
use crate::model::diff::Diff;
use crate::model::evidence::{Evidence, Source};
use crate::model::gate::{ConditionOutcome, GateOutcome};
use crate::model::input::{InputState, Kind};
use crate::model::metric::{Better, Unit};
use crate::model::tests::{Outcome, SuiteError, TestCase};

fn evidence(cases: impl IntoIterator<Item = TestCase>) -> Evidence {
    Evidence {
        tests: Some(run(cases)),
        coverage: Some(covered(&[("src/a.rs", 6, 10)])),
        ..Evidence::default()
    }
}

fn passing() -> Evidence {
    evidence([case("s", "a", Outcome::Passed), case("s", "b", Outcome::Passed)])
}

fn one_fails() -> Evidence {
    evidence([case("s", "a", Outcome::Failed), case("s", "b", Outcome::Passed)])
}

#[test]
fn min_score_says_how_much_is_missing() {
    let failing = Setup::new("gate: {min-score: 95}\n", passing()).report();
    insta::assert_snapshot!(told(&failing, "min-score"), @r"
    fail: the score is 90, at least 95 asked for
    → gain 5 points; the gaps say where
    ");
    let passing = Setup::new("gate: {min-score: 90}\n", passing()).report();
    insta::assert_snapshot!(told(&passing, "min-score"), @"pass: the score is 90, at least 90 asked for");
}

#[test]
fn max_drop_names_what_was_lost() {
    let failing = Setup::new("gate: {max-drop: 0.5}\n", one_fails()).against(passing()).report();
    insta::assert_snapshot!(told(&failing, "max-drop"), @r"
    fail: the score dropped by 60 points, at most 0.5 allowed
    → win back 59.5 points: `tests.pass-rate` lost 60
    ");
    let rising = Setup::new("gate: {max-drop: 0.5}\n", passing()).against(one_fails()).report();
    insta::assert_snapshot!(told(&rising, "max-drop"), @"pass: the score did not drop, a drop of 0.5 is allowed");
    let alone = Setup::new("gate: {max-drop: 0.5}\n", passing()).report();
    insta::assert_snapshot!(told(&alone, "max-drop"), @r"
    no-baseline: there is no baseline to compare with
    → a recorded run of the base branch makes the comparison possible
    ");
    assert_eq!(alone.gate.outcome, GateOutcome::Pass);
}

#[test]
fn dimension_min_looks_at_one_dimension() {
    let report = Setup::new("gate: {dimension-min: {coverage: 80, tests: 10}}\n", passing()).report();
    insta::assert_snapshot!(told(&report, "dimension-min/coverage"), @r"
    fail: Coverage is at 75 of 100, at least 80 asked for
    → raise Coverage by 5 of 100
    ");
    assert_eq!(condition(&report, "dimension-min/tests").outcome, ConditionOutcome::Pass);
}

#[test]
fn a_required_check_fails_the_gate_and_caps_the_verdict() {
    let policy = "
dimensions:
  tests: {weight: 9, checks: {rate: {metric: tests.pass-rate, target: 100%}}}
  coverage: {checks: {lines: {metric: coverage.lines, target: 80%, required: true}}}
";
    let report = Setup::new(policy, passing()).report();
    insta::assert_snapshot!(told(&report, "required/coverage.lines"), @r"
    fail: required check coverage.lines is at 60 %, its target is 80 %: attained 75 %
    → raise coverage.lines from 60 % to 80 % (2 more of 10)
    ");
    assert_eq!(report.score.shown.to_string(), "97.5");
    assert_eq!(report.verdict.band, "likely");
    assert_eq!(report.verdict.capped_by.as_deref(), Some("coverage.lines"));
    assert_eq!(report.verdict.grade.as_deref(), Some("A+"));
}

#[test]
fn max_failures_needs_tests_to_pass() {
    let failing = Setup::new("gate: {max-failures: 0}\n", one_fails()).report();
    insta::assert_snapshot!(told(&failing, "max-failures"), @r"
    fail: 1 case fails, at most 0 allowed
    → fix 1 case: `s › a`
    ");
    let nothing = Setup::new("gate: {max-failures: 0}\n", Evidence::default()).report();
    insta::assert_snapshot!(told(&nothing, "max-failures"), @r"
    fail: no test report was read, so nothing shows that at most 0 cases fail
    → hand in the test reports of this run
    ");
}

#[test]
fn a_failure_is_new_unless_the_base_has_it() {
    let alone = Setup::new("version: 1\n", one_fails()).report();
    insta::assert_snapshot!(told(&alone, "no-new-failures"), @r"
    fail: 1 case newly fails; without a baseline every failing case is new
    → fix `s › a`
    ");
    let new = Setup::new("version: 1\n", one_fails()).against(passing()).report();
    insta::assert_snapshot!(told(&new, "no-new-failures"), @r"
    fail: 1 case newly fails
    → fix `s › a`
    ");
    let old = Setup::new("version: 1\n", one_fails()).against(one_fails()).report();
    insta::assert_snapshot!(told(&old, "no-new-failures"), @"pass: no case fails that did not fail before");
}

#[test]
fn missing_tests_are_not_passing_tests() {
    let lost = Setup::new("version: 1\n", Evidence::default()).against(passing()).report();
    insta::assert_snapshot!(told(&lost, "no-new-failures"), @r"
    fail: no test report was read, and the base has one
    → hand in the test reports of this run
    ");
    let never = Setup::new("version: 1\n", Evidence::default()).report();
    insta::assert_snapshot!(told(&never, "no-new-failures"), @r"
    fail: no test report was read, so nothing shows that no case newly fails
    → hand in the test reports of this run; a project without tests needs a policy that does not count them
    ");
    let policy = "
dimensions:
  coverage: {checks: {lines: {metric: coverage.lines, target: 80%}}}
gate: {no-new-failures: true}
";
    let uncounted = Setup::new(policy, Evidence::default()).report();
    insta::assert_snapshot!(told(&uncounted, "no-new-failures"), @"not-gated: no test report was read, and no check counts tests");
}

#[test]
fn lost_tests_are_named() {
    let policy = "gate: {no-lost-tests: true}\n";
    let fewer = evidence([case("s", "b", Outcome::Passed)]);
    let report = Setup::new(policy, fewer).against(passing()).report();
    insta::assert_snapshot!(told(&report, "no-lost-tests"), @r"
    fail: 1 case of the base is gone
    → bring back `s › a`, or waive `no-lost-tests` with a reason (merged to the base branch first)
    ");
    let all = Setup::new(policy, Evidence::default()).against(passing()).report();
    assert_eq!(condition(&all, "no-lost-tests").names, ["s › a", "s › b"]);
    let alone = Setup::new(policy, passing()).report();
    assert_eq!(condition(&alone, "no-lost-tests").outcome, ConditionOutcome::NoBaseline);
}

#[test]
fn lost_evidence_is_named_by_kind() {
    let mut base = passing();
    base.measurements.push(super::measurement("p99", "1", Unit::Milliseconds, Some(Better::Lower)));
    let head = Evidence { coverage: None, ..passing() };
    let report = Setup::new("gate: {no-lost-evidence: true}\n", head).against(base).report();
    insta::assert_snapshot!(told(&report, "no-lost-evidence"), @r"
    fail: 2 kinds of evidence of the base are missing
    → hand in `line coverage`, `p99` again
    ");
}

fn patched(covered: u64, missed: &[u32], policy: &str) -> Setup {
    let lines = Covered { covered, total: covered + missed.len() as u64 };
    let file = PatchFile { lines, missed: missed.to_vec() };
    let patch = PatchCoverage { lines, not_coverable: 0, files: [("src/a.rs".to_owned(), file)].into() };
    Setup { patch: Some(patch), diff: Some(Diff::default()), ..Setup::new(policy, passing()) }
}

const PATCH: &str = "gate: {patch-coverage: 80%, patch-min-lines: 10}\n";

#[test]
fn patch_coverage_says_which_lines_to_cover() {
    let report = patched(11, &[12, 13, 14, 15, 20, 30, 31], PATCH).report();
    insta::assert_snapshot!(told(&report, "patch-coverage"), @r"
    fail: patch coverage is 61.1 % of 18 added coverable lines, at least 80 % asked for
    → cover 4 of the 7 missed lines: `src/a.rs:12-15, 20, 30-31`
    ");
    let enough = patched(16, &[12, 13, 14, 15], PATCH).report();
    insta::assert_snapshot!(told(&enough, "patch-coverage"), @"pass: patch coverage is 80 % of 20 added coverable lines, at least 80 % asked for");
}

#[test]
fn a_small_patch_is_shown_and_not_decided() {
    let report = patched(3, &[12, 13], PATCH).report();
    insta::assert_snapshot!(told(&report, "patch-coverage"), @"not-gated: 5 added coverable lines (3 covered), fewer than the 10 that patch coverage is decided on");
}

#[test]
fn patch_coverage_needs_a_diff_and_a_report() {
    let no_diff = Setup::new(PATCH, passing()).report();
    insta::assert_snapshot!(told(&no_diff, "patch-coverage"), @"not-gated: no diff is known, so there are no added lines to look at");
    let no_report = Setup { diff: Some(Diff::default()), ..Setup::new(PATCH, Evidence::default()) }.report();
    insta::assert_snapshot!(told(&no_report, "patch-coverage"), @r"
    fail: no coverage report was read, so nothing shows that the added lines run
    → hand in the coverage reports of this run
    ");
    let mut cut = patched(20, &[], PATCH);
    cut.diff = Some(Diff { incomplete: Some("more than 300 files".to_owned()), ..Diff::default() });
    insta::assert_snapshot!(told(&cut.report(), "patch-coverage"), @"not-gated: patch coverage is 100 % of 20 added coverable lines, at least 80 % asked for; the diff is not whole, so this is not decided: more than 300 files");
}

#[test]
fn new_flaky_cases_are_counted_against_the_base() {
    let flaky = |name| TestCase { flaky: true, ..case("s", name, Outcome::Passed) };
    let head = evidence([flaky("a"), flaky("b")]);
    let base = evidence([flaky("a"), case("s", "b", Outcome::Passed)]);
    let report = Setup::new("gate: {max-new-flaky: 0}\n", head).against(base).report();
    insta::assert_snapshot!(told(&report, "max-new-flaky"), @r"
    fail: 1 case is newly flaky, at most 0 allowed
    → make `s › b` reliable
    ");
}

#[test]
fn a_suite_error_is_never_green() {
    let mut broken = passing();
    let error = SuiteError { suite: "s/t".into(), message: "class does not load".to_owned() };
    broken.tests.as_mut().unwrap().suite_errors.push(error);
    let report = Setup::new("version: 1\n", broken).report();
    insta::assert_snapshot!(told(&report, "suite-errors"), @r"
    fail: 1 failure outside any case
    → make these suites load and finish: `s/t: class does not load`
    ");
    assert_eq!(report.gate.outcome, GateOutcome::Fail);
}

#[test]
fn bad_evidence_fails_unless_the_policy_only_warns() {
    let source = Source {
        path: "x.xml".to_owned(),
        format: Some("junit".to_owned()),
        kind: Some(Kind::Tests),
        state: InputState::Incomplete,
        holds: String::new(),
        problem: Some("12:3: the file ends inside an element".to_owned()),
    };
    let evidence = Evidence { sources: vec![source], ..passing() };
    let failing = Setup::new("version: 1\n", evidence.clone()).report();
    insta::assert_snapshot!(told(&failing, "bad-evidence"), @r"
    fail: 1 of 1 input cannot be used
    → repair or leave out: `x.xml (incomplete): 12:3: the file ends inside an element`
    ");
    let warned = Setup::new("gate: {on-bad-evidence: warn}\n", evidence).report();
    insta::assert_snapshot!(told(&warned, "bad-evidence"), @r"
    not-gated: 1 of 1 input cannot be used; the policy only warns of it
    → repair or leave out: `x.xml (incomplete): 12:3: the file ends inside an element`
    ");
    assert_eq!(warned.gate.outcome, GateOutcome::Pass);
}

#[test]
fn a_live_waiver_covers_a_condition_and_a_dead_one_is_named() {
    let waived = |expires| {
        let waiver = format!("{{condition: min-score, owner: '@lead', reason: moving, expires: {expires}}}");
        Setup::new(&format!("gate: {{min-score: 95}}\nwaivers:\n  - {waiver}\n"), passing()).report()
    };
    let live = waived("2026-10-01");
    insta::assert_snapshot!(told(&live, "min-score"), @r"
    waived: the score is 90, at least 95 asked for; waived by @lead until 2026-10-01 (ends today): moving
    → gain 5 points; the gaps say where
    ");
    assert_eq!(live.gate.outcome, GateOutcome::Pass);
    let dead = waived("2026-09-30");
    insta::assert_snapshot!(told(&dead, "min-score"), @r"
    fail: the score is 90, at least 95 asked for; the waiver by @lead ran out on 2026-09-30
    → gain 5 points; the gaps say where
    ");
    assert_eq!((dead.gate.outcome, dead.score), (GateOutcome::Fail, live.score));
}

#[test]
fn the_mode_decides_whether_a_failing_condition_blocks() {
    let with =
        |mode: &str| Setup::new(&format!("gate: {{min-score: 95, mode: {mode}}}\n"), passing()).report();
    assert_eq!(with("enforce").gate.outcome, GateOutcome::Fail);
    let warn = with("warn").gate;
    assert_eq!((warn.outcome, warn.enforced, warn.failing().count()), (GateOutcome::Pass, false, 1));
    assert_eq!(with(&format!("{{enforce-after: {TODAY}}}")).gate.outcome, GateOutcome::Fail);
    assert_eq!(with("{enforce-after: 2026-10-02}").gate.outcome, GateOutcome::Pass);
}

#[test]
fn no_evidence_at_all_scores_nothing_and_does_not_pass_for_something() {
    let report = Setup::new("version: 1\n", Evidence::default()).report();
    assert_eq!(report.score.shown.to_string(), "0.0");
    assert_eq!(report.score.evidenced_weight.to_string(), "0.0");
    assert_eq!(report.score.upper_bound.to_string(), "100.0");
    assert_eq!((report.tests, report.coverage), (None, None));
}

/// What `policy-change` says when the policy `own` is edited to `edited`.
fn edit(own: &str, edited: &str) -> String {
    let mut setup = Setup::new(own, passing());
    setup.edited = Some(crate::policy::load::parse(edited, "edited").ok());
    told(&setup.report(), "policy-change")
}

#[test]
fn a_change_of_the_policy_is_said_and_decided_only_when_asked_for() {
    insta::assert_snapshot!(edit("gate: {min-score: 80}", "gate: {min-score: 70}"), @"not-gated: the policy is edited: `min-score` is looser; the policy in force sets no `policy-change`");
    insta::assert_snapshot!(edit("gate: {min-score: 80, policy-change: allow}", "gate: {}"), @"pass: the policy is edited: `min-score` is looser; that is allowed");
    let strict = "gate: {min-score: 80, policy-change: stricter-only}";
    insta::assert_snapshot!(edit(strict, "gate: {min-score: 85, policy-change: deny}"), @"pass: the policy is edited and loosens nothing");
    insta::assert_snapshot!(edit(strict, "gate: {}"), @r"
    fail: the policy is edited: `min-score` is looser, `policy-change` is looser
    → take back what is looser, or have a waiver of `policy-change` merged first
    ");
    insta::assert_snapshot!(edit(strict, "gate: {min-score: x}"), @r"
    fail: the policy is edited: it cannot be read
    → take back what is looser, or have a waiver of `policy-change` merged first
    ");
    let own = "dimensions: {d: {checks: {a: {metric: tests.pass-rate, target: 100%}, b: {metric: x, target: 1, floor: 0}}}}\n";
    let shifted = own.replace("target: 100%", "target: 100%, weight: 9");
    insta::assert_snapshot!(edit(&format!("{own}{strict}"), &format!("{shifted}{strict}")), @r"
    fail: the policy is edited: the score would be 90, not 50
    → take back what is looser, or have a waiver of `policy-change` merged first
    ");
    insta::assert_snapshot!(edit("gate: {policy-change: deny}", "gate: {min-score: 10, policy-change: deny}"), @r"
    fail: the policy is edited and loosens nothing; that takes a waiver
    → take back the edit, or have a waiver of `policy-change` merged first
    ");
}

#[test]
fn a_policy_that_is_not_edited_passes() {
    let report = Setup::new("gate: {policy-change: deny}", passing()).report();
    insta::assert_snapshot!(told(&report, "policy-change"), @"pass: the policy is not edited");
}
