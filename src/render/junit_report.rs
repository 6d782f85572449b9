//! A report as JUnit, for tools that show nothing else: a case for each gate condition and each check.
//!
//! A case fails only if it fails the gate. What falls short without blocking anything is skipped, with the reason.

use std::sync::Arc;

use quick_junit::SerializeError;

use super::junit::junit;
use super::wording;
use crate::model::exact::whole;
use crate::model::gate::{Condition, ConditionOutcome, Gate};
use crate::model::metric::MetricState;
use crate::model::report::{CheckReport, Gap, Report};
use crate::model::tests::{CaseDetail, CaseId, Outcome, TestCase, TestReport};

/// `report` as one JUnit document: the suite `gate`, and a suite `checks/DIMENSION` for each dimension.
pub fn junit_report(report: &Report) -> Result<String, SerializeError> {
    let conditions = report.gate.conditions.iter().map(|one| condition(&report.gate, one));
    let checks = report.dimensions.iter().filter(|dimension| dimension.in_policy).flat_map(|dimension| {
        let suite: Arc<str> = format!("checks/{}", dimension.id).into();
        dimension.checks.iter().filter(|one| one.in_policy).map(move |one| check(report, &suite, one))
    });
    let cases: Vec<TestCase> = conditions.chain(checks).collect();
    let producer = Some("readiness".to_owned());
    junit(&TestReport { cases, producer, ..TestReport::default() })
}

fn case(suite: Arc<str>, name: &str, outcome: Outcome, message: Option<String>) -> TestCase {
    let id = CaseId { suite, class: None, name: name.into(), cell: None };
    let detail =
        message.map(|message| Arc::new(CaseDetail { message: Some(message), ..CaseDetail::default() }));
    TestCase { id, outcome, flaky: false, duration: None, detail }
}

fn condition(gate: &Gate, condition: &Condition) -> TestCase {
    let way_out = condition.way_out.as_ref().map(|way| format!("; {way}")).unwrap_or_default();
    let said = format!("{}{way_out}", condition.message);
    let (outcome, message) = match condition.outcome {
        ConditionOutcome::Pass => (Outcome::Passed, None),
        ConditionOutcome::Fail if gate.enforced => (Outcome::Failed, Some(said)),
        ConditionOutcome::Fail => (Outcome::Skipped, Some(format!("would fail, not enforced: {said}"))),
        other => (Outcome::Skipped, Some(format!("{}: {said}", other.name()))),
    };
    case("gate".into(), &condition.id, outcome, message)
}

fn check(report: &Report, suite: &Arc<str>, check: &CheckReport) -> TestCase {
    if check.attainment == whole(1) {
        return case(suite.clone(), &check.id, Outcome::Passed, None);
    }
    let blocks = check.required && report.gate.enforced && !is_waived(&report.gate, &check.id);
    let outcome = if blocks { Outcome::Failed } else { Outcome::Skipped };
    case(suite.clone(), &check.id, outcome, Some(shortfall(check, &report.gaps)))
}

fn is_waived(gate: &Gate, check: &str) -> bool {
    let id = format!("required/{check}");
    gate.conditions.iter().any(|one| one.id == id && one.outcome == ConditionOutcome::Waived)
}

/// `12.0 of 15.0 points, 82.0 %: raise coverage.lines from 82 % to 90 %`.
fn shortfall(check: &CheckReport, gaps: &[Gap]) -> String {
    let found = match (&check.value, check.state) {
        (Some(value), MetricState::Measured) => wording::amount(value, check.unit),
        (_, state) => state.name().to_owned(),
    };
    let advice = gaps.iter().find(|gap| gap.check == check.id).map(|gap| format!(": {}", gap.advice));
    format!("{} of {} points, {found}{}", check.points, check.max_points, advice.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn conditions_and_checks_are_cases() {
        insta::assert_snapshot!(junit_report(&sample::report()).unwrap(), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="readiness" tests="8" skipped="5" failures="2" errors="0">
            <testsuite name="gate" tests="5" skipped="2" errors="0" failures="2" time="0">
                <testcase name="patch-coverage">
                    <failure message="61.1 % of the added lines ran (11 of 18), 80.0 % are asked for; cover 4 more added lines"/>
                </testcase>
                <testcase name="no-new-failures">
                    <failure message="1 case fails that did not fail on the base; make it pass"/>
                </testcase>
                <testcase name="min-score"/>
                <testcase name="dimension-min/performance">
                    <skipped message="waived: 0.0 of 100, 50.0 is asked for; waived by `@lead` until 2026-12-31: no load test yet"/>
                </testcase>
                <testcase name="max-new-flaky">
                    <skipped message="not-gated: 1 case is flaky here and was not on the base"/>
                </testcase>
            </testsuite>
            <testsuite name="checks/tests" tests="1" skipped="1" errors="0" failures="0" time="0">
                <testcase name="tests.pass-rate">
                    <skipped message="58.4 of 60.0 points, 98.7 %: raise `tests.pass-rate` from 98.7 % to 100.0 %"/>
                </testcase>
            </testsuite>
            <testsuite name="checks/coverage" tests="1" skipped="1" errors="0" failures="0" time="0">
                <testcase name="coverage.lines">
                    <skipped message="29.0 of 30.0 points, 77.4 %: raise `coverage.lines` from 77.4 % to 80.0 %"/>
                </testcase>
            </testsuite>
            <testsuite name="checks/performance" tests="1" skipped="1" errors="0" failures="0" time="0">
                <testcase name="performance.p99">
                    <skipped message="0.0 of 10.0 points, no-evidence: bring evidence for `http_req_duration.p99`"/>
                </testcase>
            </testsuite>
        </testsuites>
        "#);
    }
}
