//! A report put together by hand for the outputs' tests: everything that can be shown occurs in it once, and its
//! shown parts add up. Some of its names are hostile.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::commit::{Branch, Head, RunId, Sha};
use crate::model::coverage::{CoverageTotals, Covered, PatchCoverage, PatchFile};
use crate::model::coverage_change::{Change, CoverageChange, Difference, Part, ReportSet};
use crate::model::evidence::{PathMatching, Source};
use crate::model::exact::{Exact, Tenths, parse_decimal, whole};
use crate::model::gate::ConditionOutcome::{Fail, NotGated, Pass, Waived};
use crate::model::gate::{Condition, Gate, GateMode, GateNumber, GateOutcome};
use crate::model::input::{InputState, Kind};
use crate::model::metric::{Better, Measurement, MetricState, Unit};
use crate::model::mutation::{Mutant, MutantCounts, MutationReport, MutationRun};
use crate::model::report::{
    Base, CarriedReport, CaseNote, Cause, CheckReport, Comparison, ComponentReport, ComponentState,
    CoverageSection, Delta, DimensionReport, FileReport, Gap, IndirectChange, MeasurementReport,
    PolicyOrigin, Report, Score, TestsReport, Verdict, WayToGreen,
};
use crate::model::tests::{CaseDetail, CaseId, Outcome, SuiteError, TestCase, TestCounts, TestReport};
use crate::model::todos::{Todo, TodosSection};
use crate::model::trend::TrendPoint;

/// A pull request whose gate fails on patch coverage and a new failure.
pub(crate) fn report() -> Report {
    Report {
        name: None,
        head: Head {
            sha: Sha("8f2e1c90d4b7a6538f2e1c90d4b7a6538f2e1c90".into()),
            branch: Some(Branch("checkout".into())),
        },
        base: Some(Base {
            sha: Sha("3f2c9e1b0488aa113f2c9e1b0488aa113f2c9e1b".into()),
            branch: Some(Branch("main".into())),
            distance: Some(2),
            recorded_at: Some("2026-11-20T09:30:00Z".into()),
        }),
        score: Score {
            exact: number("87.44"),
            shown: Tenths(874),
            evidenced_weight: Tenths(900),
            claimed_points: Tenths(25),
            upper_bound: Tenths(974),
        },
        delta: Some(delta(-12, -12)),
        verdict: Verdict { band: "ready".into(), grade: Some("B".into()), capped_by: None },
        gate: gate(),
        dimensions: dimensions(),
        gaps: gaps(),
        way_to_green: Some(WayToGreen {
            steps: vec![
                ("make `test_checkout_rejects_an_expired_card` pass".into(), Tenths(8)),
                (
                    "cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`".into(),
                    Tenths(0),
                ),
            ],
            effort_hours: None,
        }),
        tests: Some(tests()),
        coverage: Some(coverage()),
        findings: None,
        measurements: vec![latency()],
        mutation: vec![mutants()],
        todos: Some(todos()),
        sources: sources(),
        policy: PolicyOrigin {
            description: "`readiness.yml` at `main` (`3f2c9e1b04`)".into(),
            fingerprint: "ab12".into(),
            proposed_score: None,
        },
        trend: vec![point("2026-11-18T09:30:00Z", 861), point("2026-11-20T09:30:00Z", 886)],
        notes: vec!["the diff is not whole: patch coverage speaks about the files that it names".into()],
        audit: Vec::new(),
    }
}

fn mutants() -> MutationReport {
    let mutant = |line, what: &str, covered| Mutant {
        path: Some("shop/cart.py".into()),
        line: Some(line),
        what: what.into(),
        covered,
    };
    let counts = MutantCounts { killed: 35, timed_out: 5, survived: 7, not_covered: 3, left_out: 2 };
    MutationReport {
        run: MutationRun {
            tool: "stryker".into(),
            counts,
            undetected: vec![
                mutant(21, "BlockStatement: `{}` | <b>", true),
                mutant(30, "StringLiteral", false),
            ],
        },
        new: Some(1),
        base: Some(MutantCounts { killed: 36, survived: 6, ..counts }),
    }
}

fn todos() -> TodosSection {
    let todo =
        |line, text: &str, tracked| Todo { path: "shop/cart.py".into(), line, text: text.into(), tracked };
    TodosSection {
        new: vec![todo(22, "TODO: round `half` up | @everyone <!-- x -->", false)],
        others: vec![todo(3, "FIXME(#12): one rate only", true)],
        base: Some(2),
        files: 4,
        ..TodosSection::default()
    }
}

fn latency() -> MeasurementReport {
    MeasurementReport {
        measurement: Measurement {
            id: "http_req_duration.p99".into(),
            value: number("182.4"),
            unit: Unit::Milliseconds,
            better: Some(Better::Lower),
            commit: None,
            environment: None,
            spread: None,
            counts: None,
        },
        base: Some(whole(170)),
        comparison: Some(Comparison::Worse),
    }
}

fn number(text: &str) -> Exact {
    parse_decimal(text).unwrap()
}

fn delta(evidence: i64, total: i64) -> Delta {
    Delta { total: Tenths(total), evidence: Tenths(evidence), policy: Tenths(total - evidence) }
}

fn gate() -> Gate {
    let condition = |id: &str, outcome, numbers: (GateNumber, GateNumber), message: &str| Condition {
        id: id.into(),
        outcome,
        actual: Some(numbers.0),
        limit: Some(numbers.1),
        message: message.into(),
        way_out: None,
        names: Vec::new(),
    };
    let tenths = |actual, limit| (GateNumber::Tenths(Tenths(actual)), GateNumber::Tenths(Tenths(limit)));
    let counts = |actual, limit| (GateNumber::Count(actual), GateNumber::Count(limit));
    let mut patch = condition(
        "patch-coverage",
        Fail,
        tenths(611, 800),
        "61.1 % of the added lines ran (11 of 18), 80.0 % are asked for",
    );
    patch.way_out = Some("cover 4 more added lines".into());
    let mut new =
        condition("no-new-failures", Fail, counts(1, 0), "1 case fails that did not fail on the base");
    new.way_out = Some("make it pass".into());
    new.names = vec!["tests.test_checkout > test_checkout_rejects_an_expired_card".into()];
    Gate {
        outcome: GateOutcome::Fail,
        mode: GateMode::Enforce,
        enforced: true,
        conditions: vec![
            patch,
            new,
            condition("min-score", Pass, tenths(874, 850), "the score is 87.4, at least 85.0 is asked for"),
            condition(
                "dimension-min/performance",
                Waived,
                tenths(0, 500),
                "0.0 of 100, 50.0 is asked for; waived by `@lead` until 2026-12-31: no load test yet",
            ),
            condition(
                "max-new-flaky",
                NotGated,
                counts(1, 0),
                "1 case is flaky here and was not on the base",
            ),
        ],
    }
}

fn check(id: &str, metric: &str, value: Option<&str>, points: (i64, i64, i64), cause: Cause) -> CheckReport {
    CheckReport {
        id: id.into(),
        metric: metric.into(),
        state: if value.is_some() { MetricState::Measured } else { MetricState::NoEvidence },
        reason: value.is_none().then(|| "no file holds this metric".into()),
        value: value.map(number),
        base_value: value.map(|_| number("0.99")),
        counts: None,
        unit: Unit::Ratio,
        floor: number("0.5"),
        target: whole(1),
        required: false,
        attainment: Exact::new(points.0.into(), points.1.into()),
        points: Tenths(points.0),
        max_points: Tenths(points.1),
        delta: Some(delta(points.2, points.2)),
        cause,
        in_policy: true,
        owner: None,
    }
}

fn dimension(id: &str, name: &str, numbers: (u64, i64), checks: Vec<CheckReport>) -> DimensionReport {
    let change: i64 = checks.iter().filter_map(|check| check.delta).map(|delta| delta.total.0).sum();
    DimensionReport {
        id: id.into(),
        name: name.into(),
        weight: numbers.0,
        score: Tenths(numbers.1),
        points: checks.iter().map(|check| check.points).sum(),
        max_points: checks.iter().map(|check| check.max_points).sum(),
        delta: Some(delta(change, change)),
        checks,
        in_policy: true,
    }
}

fn dimensions() -> Vec<DimensionReport> {
    let tests =
        check("tests.pass-rate", "tests.pass-rate", Some("0.987"), (584, 600, -8), Cause::ValueChanged);
    let lines = check("coverage.lines", "coverage.lines", Some("0.774"), (290, 300, -4), Cause::ValueChanged);
    let load = check("performance.p99", "http_req_duration.p99", None, (0, 100, 0), Cause::Unchanged);
    vec![
        dimension("tests", "Tests", (60, 974), vec![tests]),
        dimension("coverage", "Coverage | <b>", (30, 967), vec![lines]),
        dimension("performance", "Performance", (10, 0), vec![load]),
    ]
}

fn gaps() -> Vec<Gap> {
    let gap = |check: &str, points, advice: &str| Gap {
        check: check.into(),
        exact: Tenths(points).exact(),
        points: Tenths(points),
        effort_hours: None,
        points_per_hour: None,
        advice: advice.into(),
    };
    let mut all = vec![
        gap("performance.p99", 100, "bring evidence for `http_req_duration.p99`"),
        gap("tests.pass-rate", 16, "raise `tests.pass-rate` from 98.7 % to 100.0 %"),
        gap("coverage.lines", 10, "raise `coverage.lines` from 77.4 % to 80.0 %"),
    ];
    for first in all.iter_mut().take(1) {
        first.effort_hours = Some((whole(40), whole(60)));
        first.points_per_hour = Some(number("0.2"));
    }
    all
}

fn case(class: &str, name: &str, message: Option<&str>) -> CaseNote {
    CaseNote {
        id: CaseId {
            suite: Arc::from("pytest"),
            class: Some(Arc::from(class)),
            name: Arc::from(name),
            cell: None,
        },
        detail: CaseDetail {
            message: message.map(str::to_owned),
            file: message.map(|_| "tests/test_checkout.py".into()),
            line: message.map(|_| 31),
            frames: Vec::new(),
        },
        durations: None,
    }
}

fn tests() -> TestsReport {
    let mut slow = case("tests.test_cart", "test_a_cart_of_ten_thousand_items", None);
    slow.durations = Some((300_000_000, 2_400_000_000));
    TestsReport {
        counts: TestCounts { total: 80, passed: 76, failed: 2, errored: 0, skipped: 2, flaky: 1 },
        base_counts: Some(TestCounts { total: 78, passed: 76, failed: 1, errored: 0, skipped: 1, flaky: 0 }),
        duration: 4_200_000_000,
        new_failures: vec![case(
            "tests.test_checkout",
            "test_checkout_rejects_an_expired_card",
            Some("AssertionError: assert 'paid' == 'declined'"),
        )],
        still_failing: vec![case(
            "tests.test_mail",
            "a `name` | @everyone <!-- #1 -->",
            Some("\u{1b}[31mE\u{1b}[0m ]]> </details> ![x](http://evil)"),
        )],
        fixed: vec![case("tests.test_cart", "test_empty_cart_has_no_total", None)],
        flaky: vec![case("tests.test_stock", "test_reservation_times_out", None)],
        added: 3,
        removed: vec![case("tests.test_cart", "test_old_rounding", None)],
        newly_skipped: vec![case("tests.test_mail", "test_sends_a_receipt", None)],
        slower: vec![slow],
        suite_errors: vec![SuiteError {
            suite: Arc::from("tests.test_search"),
            message: "ImportError: no module named `whoosh`".into(),
        }],
    }
}

fn coverage() -> CoverageSection {
    let lines = |covered, total| Covered { covered, total };
    let file = |covered, total, delta: Option<i64>| FileReport {
        lines: lines(covered, total),
        branches: None,
        delta: delta.map(Tenths),
    };
    let missed = vec![21, 22, 23, 30, 41, 42, 43];
    CoverageSection {
        totals: CoverageTotals {
            lines: lines(387, 500),
            branches: Some(lines(60, 90)),
            functions: None,
            statements: None,
        },
        base_totals: Some(CoverageTotals {
            lines: lines(380, 482),
            branches: Some(lines(60, 88)),
            functions: None,
            statements: None,
        }),
        patch: Some(PatchCoverage {
            lines: lines(11, 18),
            not_coverable: 4,
            files: BTreeMap::from([("shop/cart.py".into(), PatchFile { lines: lines(11, 18), missed })]),
        }),
        files: BTreeMap::from([
            ("shop/cart.py".into(), file(61, 80, Some(-91))),
            ("shop/mail.py".into(), file(40, 60, Some(0))),
            ("shop/new|file.py".into(), file(4, 4, None)),
            ("shop/stock.py".into(), file(282, 356, Some(12))),
        ]),
        indirect: vec![IndirectChange { path: "shop/stock.py".into(), lost: vec![12, 13], gained: vec![40] }],
        change: Some(change()),
        report_set: ReportSet::default(),
        components: components(),
        paths: PathMatching {
            unmatched: vec!["/build/gen/x.py".into()],
            total: 5,
            ..PathMatching::default()
        },
    }
}

fn components() -> Vec<ComponentReport> {
    let lines =
        |covered, total| CoverageTotals { lines: Covered { covered, total }, ..CoverageTotals::default() };
    let shop = ComponentReport {
        id: "shop".into(),
        name: "Shop".into(),
        state: ComponentState::Measured,
        totals: lines(387, 500),
        base: Some(lines(380, 482)),
        delta: Some(Tenths(-14)),
        patch: Some(Covered { covered: 11, total: 18 }),
        carried: Vec::new(),
        reason: None,
    };
    let sha = Sha("3f2c9e1b0488aa113f2c9e1b0488aa113f2c9e1b".into());
    let mail = ComponentReport {
        id: "mail".into(),
        name: "Mail | <b>".into(),
        state: ComponentState::Carried,
        delta: Some(Tenths::ZERO),
        patch: Some(Covered::default()),
        carried: vec![CarriedReport { sha, days: Some(3), files: 2 }],
        ..shop.clone()
    };
    vec![shop, mail]
}

/// From 380 of 482 lines to 387 of 500: 78.8 % to 77.4 %.
fn change() -> CoverageChange {
    let part = |covered, total, points: i64| Part {
        lines: Difference { covered, total },
        points: Some(Tenths(points)),
    };
    let whole = Change {
        patch: part(11, 18, -6),
        removed: Part { points: Some(Tenths::ZERO), ..Part::default() },
        indirect: part(-1, 0, -2),
        reports: part(-3, 0, -6),
        total: part(7, 18, -14),
    };
    let cart = Change { patch: part(11, 18, -91), total: part(11, 18, -91), ..Change::default() };
    CoverageChange { whole, files: BTreeMap::from([("shop/cart.py".into(), cart)]) }
}

fn sources() -> Vec<Source> {
    let source = |path: &str, state, kind, holds: &str| Source {
        path: path.into(),
        format: Some(if kind == Kind::Tests { "junit".into() } else { "cobertura".into() }),
        kind: Some(kind),
        state,
        holds: holds.into(),
        problem: None,
    };
    let mut cut = source("reports/e2e.xml", InputState::Incomplete, Kind::Tests, "2 cases");
    cut.problem = Some("12:3: the file ends inside `<testsuite>`".into());
    vec![
        source("coverage.xml", InputState::Measured, Kind::Coverage, "500 lines in 4 files"),
        cut,
        source("reports/junit.xml", InputState::Measured, Kind::Tests, "78 cases"),
    ]
}

fn point(recorded_at: &str, score: i64) -> TrendPoint {
    TrendPoint {
        sha: Sha("3f2c9e1b0488aa113f2c9e1b0488aa113f2c9e1b".into()),
        run: RunId { id: "77".into(), attempt: 1 },
        recorded_at: recorded_at.into(),
        score: Tenths(score),
        outcome: GateOutcome::Pass,
        dimensions: BTreeMap::from([("tests".into(), Tenths(990))]),
        metrics: BTreeMap::from([("tests.pass-rate".into(), "0.99".into())]),
    }
}

/// A run of tests in which every outcome occurs once.
pub(super) fn run() -> TestReport {
    let told = |message: &str, line| {
        let (message, file) = (Some(message.to_owned()), Some("tests/cart.py".to_owned()));
        Some(Arc::new(CaseDetail { message, file: file.map(Into::into), line, frames: Vec::new() }))
    };
    let one = |name: &str, outcome, detail| TestCase {
        id: CaseId { suite: "shop/cart".into(), class: Some("Cart".into()), name: name.into(), cell: None },
        outcome,
        flaky: false,
        duration: Some(1_250_000_001),
        detail,
    };
    let mut retried = one("retries", Outcome::Passed, told("timed out", None));
    retried.flaky = true;
    let mut plain = one("adds <one> & \"two\" ]]>", Outcome::Passed, None);
    plain.id.class = None;
    plain.duration = None;
    let cases = vec![
        plain,
        retried,
        one("sums\u{7}", Outcome::Failed, told("1 is not 2\u{202e}", Some(7))),
        one("loads", Outcome::Errored, None),
        one("rounds", Outcome::Skipped, told("not yet", None)),
    ];
    let suite_errors = vec![SuiteError { suite: "shop/db".into(), message: "no database".into() }];
    TestReport { suites: 2, cases, suite_errors, producer: None, cells: Vec::new() }
}
