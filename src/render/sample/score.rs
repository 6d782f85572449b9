//! Checks, dimensions and gaps of the sample.

use super::{delta, number};
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::metric::{MetricState, Unit};
use crate::model::report::{Cause, CheckReport, DimensionReport, Gap};

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

pub(super) fn dimension(
    id: &str,
    name: &str,
    numbers: (u64, i64),
    checks: Vec<CheckReport>,
) -> DimensionReport {
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

pub(super) fn dimensions() -> Vec<DimensionReport> {
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

pub(super) fn gaps() -> Vec<Gap> {
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
