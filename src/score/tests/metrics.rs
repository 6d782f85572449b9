//! States and values of metrics.

use super::{Setup, case, covered, measurement, run};
use crate::model::coverage::{Covered, Span, StatedTotals, Statements};
use crate::model::evidence::{Evidence, PathMatching, Source};
use crate::model::exact::{Exact, Tenths};
use crate::model::input::{InputState, Kind};
use crate::model::metric::{Better, MetricState, Unit};
use crate::model::report::CheckReport;
use crate::model::tests::Outcome;

/// The only check of a policy that has just this one.
fn only(check: &str, evidence: Evidence) -> CheckReport {
    let policy = format!("dimensions: {{d: {{checks: {{c: {check}}}}}}}\n");
    let report = Setup::new(&policy, evidence).report();
    report.dimensions.into_iter().flat_map(|dimension| dimension.checks).next().unwrap()
}

fn state(check: &str, evidence: Evidence) -> (MetricState, String) {
    let check = only(check, evidence);
    (check.state, check.reason.unwrap_or_default())
}

fn tests(cases: impl IntoIterator<Item = crate::model::tests::TestCase>) -> Evidence {
    Evidence { tests: Some(run(cases)), ..Evidence::default() }
}

fn four() -> Evidence {
    tests([
        case("chaos/net", "a", Outcome::Passed),
        case("unit", "b", Outcome::Failed),
        case("unit", "c", Outcome::Skipped),
        case("unit", "d", Outcome::Passed),
    ])
}

#[test]
fn the_pass_rate_leaves_skipped_cases_out() {
    let check = only("{metric: tests.pass-rate, target: 100%}", four());
    assert_eq!((check.counts, check.value), (Some((2, 3)), Some(Exact::new(2.into(), 3.into()))));
    assert_eq!(check.points, Tenths(666));
}

#[test]
fn suites_select_whole_paths() {
    let check = only("{metric: tests.passed, suites: ['chaos/**'], target: 4}", four());
    assert_eq!(check.points, Tenths(250));
    let none = only("{metric: tests.passed, suites: ['load/**'], target: 30}", four());
    assert_eq!((none.state, none.points), (MetricState::Measured, Tenths(0)));
}

#[test]
fn a_selection_of_nothing_is_no_good_news() {
    for metric in ["failed", "errored", "skipped", "flaky"] {
        let check = format!("{{metric: tests.{metric}, suites: ['load/**'], target: 0, floor: 5}}");
        assert_eq!(state(&check, four()).0, MetricState::NoEvidence, "{metric}");
    }
    let duration = "{metric: tests.duration, target: 1s, floor: 2s}";
    assert_eq!(state(duration, four()).0, MetricState::NoEvidence);
    let skipped = tests([case("unit", "c", Outcome::Skipped)]);
    assert_eq!(state("{metric: tests.pass-rate, target: 100%}", skipped).0, MetricState::NoEvidence);
}

#[test]
fn durations_are_sums_in_milliseconds() {
    let timed = |name, nanoseconds| crate::model::tests::TestCase {
        duration: Some(nanoseconds),
        ..case("unit", name, Outcome::Passed)
    };
    let check = only(
        "{metric: tests.duration, target: 1s, floor: 3s}",
        tests([timed("a", 1_500_000_000), timed("b", 500_000_000)]),
    );
    assert_eq!(
        (check.value.map(|value| value.to_string()).as_deref(), check.points),
        (Some("2000"), Tenths(500))
    );
}

#[test]
fn statements_count_where_a_format_counts_them() {
    let stated =
        StatedTotals { statements: Some(Covered { covered: 1, total: 4 }), ..StatedTotals::default() };
    let counted = (Span::default(), Statements { count: 4, ran: true });
    let mut coverage = covered(&[("src/a.go", 3, 4), ("src/b.js", 1, 1), ("c.py", 0, 9)]);
    coverage.files.get_mut("src/a.go").unwrap().statements = Some([counted].into());
    coverage.files.get_mut("src/b.js").unwrap().stated = stated;
    let evidence = Evidence { coverage: Some(coverage), ..Evidence::default() };
    let check = only("{metric: coverage.statements, target: 100%}", evidence.clone());
    assert_eq!(check.counts, Some((5, 8)));
    let python = state("{metric: coverage.statements, paths: ['*.py'], target: 100%}", evidence);
    assert_eq!(python.0, MetricState::NoEvidence);
}

#[test]
fn coverage_is_selected_by_path_and_stays_a_ratio() {
    let evidence = Evidence {
        coverage: Some(covered(&[("src/a.rs", 3, 4), ("gen/b.rs", 0, 9)])),
        ..Evidence::default()
    };
    let check = only("{metric: coverage.lines, paths: ['src/**'], target: 100%}", evidence.clone());
    assert_eq!((check.counts, check.points), (Some((3, 4)), Tenths(750)));
    let (none, reason) = state("{metric: coverage.lines, paths: ['lib/**'], target: 100%}", evidence.clone());
    assert_eq!(
        (none, reason.as_str()),
        (MetricState::NoEvidence, "no coverable line is in the selected files")
    );
    assert_eq!(state("{metric: coverage.branches, target: 100%}", evidence).0, MetricState::NoEvidence);
}

#[test]
fn nothing_read_and_nothing_readable_are_told_apart() {
    let check = "{metric: coverage.lines, target: 100%}";
    assert_eq!(state(check, Evidence::default()).0, MetricState::NoEvidence);
    let source = Source {
        path: "lcov.info".to_owned(),
        format: Some("lcov".to_owned()),
        kind: Some(Kind::Coverage),
        state: InputState::Invalid,
        holds: String::new(),
        problem: None,
    };
    let (state, reason) = state(check, Evidence { sources: vec![source], ..Evidence::default() });
    assert_eq!((state, reason.as_str()), (MetricState::Invalid, "lcov.info is invalid"));
}

#[test]
fn a_shortfall_or_unusable_paths_make_metrics_invalid() {
    let shortfalls = vec![(Kind::Tests, "unit shards: 3 of 4 files".to_owned())];
    let (short, reason) = state("{metric: tests.pass-rate, target: 100%}", Evidence { shortfalls, ..four() });
    assert_eq!((short, reason.as_str()), (MetricState::Invalid, "unit shards: 3 of 4 files"));
    let evidence = Evidence {
        coverage: Some(covered(&[("a.rs", 1, 1)])),
        paths: PathMatching { invalid: Some("no path matches".to_owned()), ..PathMatching::default() },
        ..Evidence::default()
    };
    assert_eq!(state("{metric: coverage.lines, target: 1%}", evidence).0, MetricState::Invalid);
}

#[test]
fn measurements_must_be_of_this_commit_and_in_the_right_unit() {
    let with = |unit, commit: Option<&str>| {
        let mut found = measurement("p99", "240", unit, Some(Better::Lower));
        found.commit = commit.map(str::to_owned);
        Evidence { measurements: vec![found], ..Evidence::default() }
    };
    let check = "{metric: p99, target: 100ms, floor: 500ms}";
    assert_eq!(only(check, with(Unit::Milliseconds, Some("aaaaaaaaaa11"))).points, Tenths(650));
    assert_eq!(only(check, with(Unit::Milliseconds, Some("AAAAAAA"))).points, Tenths(650));
    assert_eq!(state(check, with(Unit::Milliseconds, Some("cccccccccc"))).0, MetricState::Stale);
    assert_eq!(state(check, with(Unit::Bytes, None)).0, MetricState::Invalid);
    assert_eq!(state(check, Evidence::default()).0, MetricState::NoEvidence);
}

#[test]
fn equal_floor_and_target_are_a_step_whose_direction_must_be_known() {
    let evidence = |better| Evidence {
        measurements: vec![measurement("errors", "3", Unit::Count, better)],
        ..Evidence::default()
    };
    let check = "{metric: errors, target: 5, floor: 5}";
    assert_eq!(only(check, evidence(Some(Better::Lower))).points, Tenths(1000));
    assert_eq!(only(check, evidence(Some(Better::Higher))).points, Tenths(0));
    assert_eq!(state(check, evidence(None)).0, MetricState::Invalid);
    assert_eq!(only("{metric: tests.failed, target: 1, floor: 1}", four()).points, Tenths(1000));
    assert_eq!(only("{metric: tests.failed, target: 0, floor: 0}", four()).points, Tenths(0));
}

#[test]
fn a_claim_gives_half_and_nothing_once_it_ran_out() {
    let claim = |date: &str, expires: &str| {
        let check = format!("{{attest: reviewed, owner: '@sec', date: {date}, expires: {expires}}}");
        let check = only(&check, Evidence::default());
        (check.state, check.points, check.reason.unwrap_or_default())
    };
    let (state, points, reason) = claim("2026-09-01", "2026-10-01");
    assert_eq!((state, points), (MetricState::Claimed, Tenths(500)));
    assert_eq!(reason, "@sec claims “reviewed” until 2026-10-01, ends today");
    assert_eq!(claim("2026-09-01", "2026-09-30").0, MetricState::Expired);
    let (state, points, _) = claim("2026-10-02", "2026-12-31");
    assert_eq!((state, points), (MetricState::NoEvidence, Tenths(0)));
}

#[test]
fn findings_and_markers_are_missing_without_anything_that_reads_them() {
    assert_eq!(state("{metric: findings.errors, target: 0, floor: 5}", four()).0, MetricState::NoEvidence);
    assert_eq!(state("{metric: todos.count, target: 0, floor: 5}", four()).0, MetricState::NoEvidence);
    assert_eq!(state("{metric: coverage.statements, target: 50%}", four()).0, MetricState::NoEvidence);
}
