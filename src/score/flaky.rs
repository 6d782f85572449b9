//! Checks on test results that moved only because flaky cases went the other way.

use std::collections::HashSet;

use super::lost::Lost;
use super::measure::measure;
use super::{Baseline, Situation};
use crate::model::coverage_change::ReportSet;
use crate::model::evidence::Evidence;
use crate::model::input::Kind;
use crate::model::metric::MetricState;
use crate::model::tests::{CaseId, TestReport};
use crate::score::facts::Facts;

/// Ids of the checks whose values are the same on both sides once all cases are left out that are flaky on either.
pub(super) fn alone(situation: &Situation<'_>, baseline: &Baseline) -> Vec<String> {
    let (Some(head), Some(base)) = (&situation.evidence.tests, &baseline.evidence.tests) else {
        return Vec::new();
    };
    let flaky: HashSet<&CaseId> = [head, base]
        .into_iter()
        .flat_map(|run| &run.cases)
        .filter(|case| case.flaky)
        .map(|case| &case.id)
        .collect();
    if flaky.is_empty() {
        return Vec::new();
    }
    let (head, base) = (steady(head, &flaky), steady(base, &flaky));
    let (reports, lost) = (ReportSet::default(), Lost::default());
    let head = Facts { evidence: &head, ..Facts::head(situation, &reports, &lost) };
    let base = Facts { evidence: &base, ..Facts::base(situation, baseline) };
    let checks = situation.policy.checks().map(|(_, check)| check);
    let same = checks.filter(|check| {
        let (head, base) = (measure(check, &head), measure(check, &base));
        let measured = |state| state == MetricState::Measured;
        super::measure::kind(check) == Some(Kind::Tests)
            && measured(head.state)
            && measured(base.state)
            && head.value == base.value
    });
    same.map(|check| check.id.clone()).collect()
}

/// Only the cases that are flaky on no side.
fn steady(run: &TestReport, flaky: &HashSet<&CaseId>) -> Evidence {
    let cases = run.cases.iter().filter(|case| !flaky.contains(&case.id)).cloned().collect();
    Evidence { tests: Some(TestReport { cases, ..TestReport::default() }), ..Evidence::default() }
}
