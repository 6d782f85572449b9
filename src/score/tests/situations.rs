//! What changed in the tests, notes, and the rest of a report.

use super::{Setup, TODAY, baseline, case, run};
use crate::model::evidence::Evidence;
use crate::model::report::{CaseNote, TestsReport};
use crate::model::tests::{Outcome, TestCase};
use crate::policy::defaults;
use crate::score::tests_diff::{Tests, compare};

fn names(notes: &[CaseNote]) -> Vec<&str> {
    notes.iter().map(|note| &*note.id.name).collect()
}

fn timed(name: &str, nanoseconds: u64) -> TestCase {
    TestCase { duration: Some(nanoseconds), ..case("s", name, Outcome::Passed) }
}

fn compared() -> TestsReport {
    let head = run([
        case("s", "broken", Outcome::Errored),
        case("s", "still", Outcome::Failed),
        case("s", "fixed", Outcome::Passed),
        case("s", "asleep", Outcome::Skipped),
        case("s", "new", Outcome::Passed),
        TestCase { flaky: true, ..case("s", "shaky", Outcome::Passed) },
        timed("slow", 3_000_000_000),
        timed("slower", 9_000_000_000),
        timed("blink", 900_000_000),
    ]);
    let base = run([
        case("s", "broken", Outcome::Passed),
        case("s", "still", Outcome::Errored),
        case("s", "fixed", Outcome::Failed),
        case("s", "asleep", Outcome::Passed),
        case("s", "gone", Outcome::Passed),
        case("s", "shaky", Outcome::Passed),
        timed("slow", 1_500_000_000),
        timed("slower", 1_000_000_000),
        timed("blink", 100_000_000),
    ]);
    compare(&Tests::alone(&head), Some(&base), true)
}

#[test]
fn every_change_of_a_case_has_its_list() {
    let tests = compared();
    assert_eq!(names(&tests.new_failures), ["broken"]);
    assert_eq!(names(&tests.still_failing), ["still"]);
    assert_eq!(names(&tests.fixed), ["fixed"]);
    assert_eq!(names(&tests.newly_skipped), ["asleep"]);
    assert_eq!(names(&tests.flaky), ["shaky"]);
    assert_eq!(names(&tests.removed), ["gone"]);
    assert_eq!(tests.added, 1);
    assert_eq!(names(&tests.slower), ["slower", "slow"]);
}

#[test]
fn of_two_cases_with_one_identity_the_failing_one_counts() {
    let head = run([case("s", "twice", Outcome::Passed), case("s", "twice", Outcome::Failed)]);
    let tests = compare(&Tests::alone(&head), None, false);
    assert_eq!(names(&tests.new_failures), ["twice"]);
    assert_eq!((tests.added, tests.removed.len()), (0, 0));
}

#[test]
fn an_edited_policy_is_shown_and_does_not_decide() {
    let proposed = crate::policy::load::parse(
        "gate: {min-score: 0}\ndimensions: {d: {checks: {c: {metric: tests.passed, target: 1}}}}\n",
        "p",
    )
    .unwrap();
    let setup = Setup::new(
        "gate: {min-score: 90}\n",
        Evidence { tests: Some(run([case("s", "a", Outcome::Passed)])), ..Evidence::default() },
    );
    let situation = crate::score::Situation {
        policy: &setup.policy,
        origin: crate::model::report::PolicyOrigin::default(),
        evidence: &setup.evidence,
        diff: None,
        patch: None,
        indirect: Vec::new(),
        head: crate::model::commit::Head::default(),
        today: TODAY,
        baseline: None,
        name: None,
        trend: Vec::new(),
        notes: vec!["from the caller".to_owned()],
        proposed: Some(crate::score::Proposed::Valid(&proposed)),
    };
    let report = crate::score::evaluate(&situation);
    assert_eq!(report.policy.proposed_score.map(|score| score.to_string()).as_deref(), Some("100.0"));
    assert_eq!(report.score.shown.to_string(), "60.0");
    assert_eq!(
        report.notes,
        [
            "from the caller",
            "the policy is edited here: this report is by the rules in force (60); by the edited ones the score is 100"
        ]
    );
}

#[test]
fn what_no_condition_says_is_noted() {
    let policy = "
dimensions:
  security:
    checks:
      review: {attest: reviewed, owner: '@sec', date: 2026-09-01, expires: 2026-10-11}
      fuzz: {metric: fuzz.hours, target: 8, floor: 0, not-applicable: no parser}
      speed: {metric: p99, target: 9, floor: 5, max-age: 7 days}
waivers:
  - {condition: min-score, owner: '@lead', reason: launch, expires: 2026-10-05}
  - {condition: max-drop, owner: '@lead', reason: launch, expires: 2027-01-01}
  - {condition: required, owner: '@lead', reason: launch, expires: 2026-09-05}
";
    let p99 = super::measurement(
        "p99",
        "7",
        crate::model::metric::Unit::Count,
        Some(crate::model::metric::Better::Lower),
    );
    let read = crate::model::evidence::Source {
        path: "m.json".into(),
        format: None,
        kind: Some(crate::model::input::Kind::Measurements),
        state: crate::model::input::InputState::Measured,
        holds: String::new(),
        problem: None,
    };
    let found = Evidence { measurements: vec![p99], sources: vec![read], ..Evidence::default() };
    let report = Setup::new(policy, found).report();
    insta::assert_snapshot!(report.notes.join("\n"), @r"
    security.fuzz is not applicable: no parser
    the claim of security.review by @sec ends in 10 days, on 2026-10-11
    p99 says that lower is better, and security.speed rewards higher values
    the waiver of min-score by @lead ends on 2026-10-05, 4 days left
    the waiver of required by @lead ran out on 2026-09-05
    `max-age` of `security.speed` was not decided: the evidence has no date
    ");
}

#[test]
fn a_base_that_scores_otherwise_today_is_noted() {
    let mut setup = Setup::new("version: 1\n", Evidence::default());
    let mut base = baseline(defaults::policy(), Evidence::default());
    base.score = crate::model::exact::Tenths(125);
    setup.baseline = Some(base);
    let notes = setup.report().notes;
    assert_eq!(
        notes,
        ["the base was recorded with a score of 12.5; computed again from its evidence it is 0"]
    );
}

fn in_cell(cell: &str, name: &str, outcome: Outcome) -> TestCase {
    let mut case = case("s", name, outcome);
    case.id.cell = Some(cell.into());
    case
}

#[test]
fn a_matrix_that_gains_a_cell_compares_it_with_what_the_case_was() {
    let base = run([case("s", "held", Outcome::Passed), case("s", "broke", Outcome::Failed)]);
    let both = |name, outcome| [in_cell("ubuntu", name, Outcome::Passed), in_cell("windows", name, outcome)];
    let head = run([both("held", Outcome::Failed), both("broke", Outcome::Failed)].into_iter().flatten());
    let tests = compare(&Tests::alone(&head), Some(&base), true);
    assert_eq!(names(&tests.new_failures), ["held"]);
    assert_eq!(names(&tests.still_failing), ["broke"]);
    assert_eq!((tests.added, tests.removed.len()), (0, 0));
    let third = run(head.cases.iter().cloned().chain([in_cell("mac", "held", Outcome::Failed)]));
    let tests = compare(&Tests::alone(&third), Some(&head), true);
    assert_eq!(names(&tests.new_failures), ["held"], "it passed on one cell of the base");
    assert_eq!(tests.added, 1);
}

#[test]
fn a_case_that_one_cell_still_has_stands_for_the_cells_that_are_there() {
    let base = run([in_cell("ubuntu", "a", Outcome::Passed), in_cell("windows", "a", Outcome::Failed)]);
    let mut head = run([case("s", "a", Outcome::Failed)]);
    let lost = |head: &_| compare(&Tests::alone(head), Some(&base), true).removed;
    assert_eq!(lost(&head).len(), 2);
    head.cells = vec!["ubuntu".into()];
    assert_eq!(lost(&head).iter().map(|note| note.id.title()).collect::<Vec<_>>(), ["s › a [windows]"]);
    head.cells.push("windows".into());
    assert_eq!(lost(&head), []);
    let tests = compare(&Tests::alone(&head), Some(&base), true);
    assert_eq!((names(&tests.new_failures), tests.added), (vec!["a"], 0));
}
