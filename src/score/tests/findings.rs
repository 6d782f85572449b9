//! Findings in checks and in the gate.

use super::{Setup, condition, told};
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::findings::{Finding, FindingsReport, Fingerprint, Level, SecuritySeverity, ToolRun};
use crate::model::gate::{ConditionOutcome, GateOutcome};
use crate::model::metric::MetricState;

const POLICY: &str = "dimensions: {security: {weight: 1, checks: {found: {metric: findings.errors, target: 0, floor: 4}}}}\ngate: {no-new-findings: true, no-lost-evidence: true}\n";

fn ran(tool: &str, findings: &[(u128, Level, Option<SecuritySeverity>)]) -> FindingsReport {
    let finding = |(print, level, severity): &(u128, Level, Option<SecuritySeverity>)| Finding {
        tool: tool.into(),
        rule: format!("R{print}").as_str().into(),
        level: *level,
        severity: *severity,
        path: Some("src/a.py".into()),
        line: Some(3),
        message: "m".into(),
        package: None,
        fingerprint: Fingerprint(*print),
        suppressed: None,
    };
    let runs = vec![ToolRun { tool: tool.into(), failure: None }];
    FindingsReport { runs, findings: findings.iter().map(finding).collect(), statements: Vec::new() }
}

fn failed(tool: &str) -> FindingsReport {
    let runs = vec![ToolRun { tool: tool.into(), failure: Some("says that it failed".to_owned()) }];
    FindingsReport { runs, ..FindingsReport::default() }
}

fn both(one: FindingsReport, other: FindingsReport) -> FindingsReport {
    let mut both = one;
    both.runs.extend(other.runs);
    both.findings.extend(other.findings);
    both
}

fn evidence(report: FindingsReport) -> Evidence {
    Evidence { findings: Some(report), ..Evidence::default() }
}

/// State and points of the only check.
fn check(setup: &Setup) -> (MetricState, Tenths) {
    let report = setup.report();
    let check = &report.dimensions[0].checks[0];
    (check.state, check.points)
}

const ERROR: (u128, Level, Option<SecuritySeverity>) = (1, Level::Error, None);

#[test]
fn did_not_run_ran_clean_and_ran_with_findings_have_three_scores() {
    let one = |findings| check(&Setup::new(POLICY, findings));
    assert_eq!(one(Evidence::default()), (MetricState::NoEvidence, Tenths(0)));
    assert_eq!(one(evidence(failed("bandit"))), (MetricState::Invalid, Tenths(0)));
    assert_eq!(one(evidence(ran("bandit", &[ERROR]))), (MetricState::Measured, Tenths(750)));
    assert_eq!(one(evidence(ran("bandit", &[]))), (MetricState::Measured, Tenths(1000)));
}

#[test]
fn a_tool_that_did_not_run_spoils_only_the_checks_that_look_at_it() {
    let policy = |tools: &str| POLICY.replace("floor: 4", &format!("floor: 4, tools: {tools}"));
    let head = || evidence(both(ran("ruff", &[ERROR]), failed("bandit")));
    assert_eq!(check(&Setup::new(POLICY, head())).0, MetricState::Invalid);
    assert_eq!(check(&Setup::new(&policy("ruff"), head())), (MetricState::Measured, Tenths(750)));
    assert_eq!(check(&Setup::new(&policy("bandit"), head())).0, MetricState::Invalid);
    assert_eq!(check(&Setup::new(&policy("CodeQL"), head())).0, MetricState::NoEvidence);
    let nameless = evidence(both(ran("ruff", &[]), failed("")));
    assert_eq!(check(&Setup::new(&policy("ruff"), nameless)).0, MetricState::Invalid);
}

#[test]
fn a_removed_scanner_raises_no_score_and_turns_no_gate_green() {
    let base = || evidence(both(ran("ruff", &[]), ran("bandit", &[ERROR])));
    let setup = Setup::new(POLICY, evidence(ran("ruff", &[]))).against(base());
    let report = setup.report();
    assert_eq!(check(&setup), (MetricState::NoEvidence, Tenths(0)));
    assert_eq!(report.gate.outcome, GateOutcome::Fail);
    insta::assert_snapshot!(told(&report, "no-new-findings"), @r"
    fail: `bandit` ran on the base and not here
    → let the tool run to its end and hand in its report
    ");
    insta::assert_snapshot!(told(&report, "no-lost-evidence"), @r"
    fail: 1 kind of evidence of the base is missing
    → hand in `findings of bandit` again
    ");
    let nothing = Setup::new(POLICY, Evidence::default()).against(base()).report();
    insta::assert_snapshot!(told(&nothing, "no-new-findings"), @r"
    fail: no report of a linter or scanner was read, and the base has one
    → hand in the reports of this run
    ");
}

#[test]
fn a_finding_is_new_unless_the_base_has_it() {
    let head = || evidence(ran("bandit", &[ERROR]));
    let alone = Setup::new(POLICY, head()).report();
    insta::assert_snapshot!(told(&alone, "no-new-findings"), @r"
    fail: 1 new finding; without a baseline every finding is new
    → fix `bandit R1 at src/a.py:3`
    ");
    let old = Setup::new(POLICY, head()).against(head()).report();
    insta::assert_snapshot!(told(&old, "no-new-findings"), @"pass: no finding is new");
    let broken = Setup::new(POLICY, evidence(failed("bandit"))).against(head()).report();
    insta::assert_snapshot!(told(&broken, "no-new-findings"), @r"
    fail: bandit says that it failed
    → let the tool run to its end and hand in its report
    ");
}

#[test]
fn a_threshold_leaves_lesser_findings_alone() {
    let head = || {
        let high = Some(SecuritySeverity::High);
        evidence(ran("bandit", &[(1, Level::Warning, None), (2, Level::Error, high), (3, Level::Note, None)]))
    };
    let new = |threshold: &str| {
        let policy = POLICY.replace("no-new-findings: true", &format!("no-new-findings: {threshold}"));
        let report = Setup::new(&policy, head()).report();
        let condition = condition(&report, "no-new-findings");
        (condition.outcome, condition.names.len())
    };
    assert_eq!(new("note"), (ConditionOutcome::Fail, 3));
    assert_eq!(new("warning"), (ConditionOutcome::Fail, 2));
    assert_eq!(new("high"), (ConditionOutcome::Fail, 1));
    assert_eq!(new("critical"), (ConditionOutcome::Pass, 0));
    let off = Setup::new(&POLICY.replace("no-new-findings: true", "no-new-findings: false"), head()).report();
    assert!(off.gate.conditions.iter().all(|condition| condition.id != "no-new-findings"));
}
