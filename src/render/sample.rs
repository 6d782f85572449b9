//! A report put together by hand for the outputs' tests: everything that can be shown occurs in it once, and its
//! shown parts add up. Some of its names are hostile.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::commit::{Branch, Head, RunId, Sha};
use crate::model::evidence::Source;
use crate::model::exact::{Exact, Tenths, parse_decimal, whole};
use crate::model::gate::GateOutcome;
use crate::model::input::{InputState, Kind};
use crate::model::metric::{Better, Measurement, Unit};
use crate::model::report::{
    Base, Comparison, Delta, MeasurementReport, PolicyOrigin, Report, Score, Verdict, WayToGreen,
};
use crate::model::tests::{CaseDetail, CaseId, Outcome, SuiteError, TestCase, TestReport};
use crate::model::trend::TrendPoint;

mod cases;
mod coverage;
mod gate;
mod score;

use cases::tests;
use coverage::coverage;
use gate::gate;
use score::{dimensions, gaps};

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

pub(super) fn number(text: &str) -> Exact {
    parse_decimal(text).unwrap()
}

pub(super) fn delta(evidence: i64, total: i64) -> Delta {
    Delta { total: Tenths(total), evidence: Tenths(evidence), policy: Tenths(total - evidence) }
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
