//! Components: limits of their own, and honesty about what was not measured here.

use super::{Setup, condition, covered, told};
use crate::model::coverage::{PatchCoverage, PatchFile};
use crate::model::diff::{Diff, FileChange};
use crate::model::evidence::{Carried, Evidence, NotRun};
use crate::model::exact::Tenths;
use crate::model::gate::ConditionOutcome::{self, Fail, Waived};
use crate::model::metric::MetricState;
use crate::model::report::{ComponentState, Report};

const POLICY: &str = "
components:
  api:
    name: API
    paths: ['api/**']
    coverage: 80%
    branch-coverage: 50%
    patch-coverage: 90%
    max-drop: 1
    carry-forward: 14 days
  web: {paths: ['web/**'], coverage: 50%}
";

fn evidence(files: &[(&str, u32, u32)]) -> Evidence {
    Evidence { coverage: Some(covered(files)), ..Evidence::default() }
}

fn base() -> Evidence {
    evidence(&[("api/a.rs", 9, 10), ("web/w.ts", 5, 10)])
}

fn state(report: &Report, id: &str) -> ComponentState {
    let components = &report.coverage.as_ref().unwrap().components;
    components.iter().find(|component| component.id == id).unwrap().state
}

#[test]
fn every_component_has_its_own_limits() {
    let head = evidence(&[("api/a.rs", 7, 10), ("web/w.ts", 6, 10)]);
    let report = Setup::new(POLICY, head).against(base()).report();
    insta::assert_snapshot!(told(&report, "component/api/coverage"), @r"
    fail: line coverage of API is 70 %, at least 80 % asked for
    → cover 1 of the 3 missed lines of API
    ");
    insta::assert_snapshot!(told(&report, "component/api/max-drop"), @r"
    fail: line coverage of API dropped by 20 points, at most 1 allowed
    → win back 19 points of line coverage of API
    ");
    insta::assert_snapshot!(told(&report, "component/api/branch-coverage"), @r"
    fail: branch coverage of API cannot be told: no report has branch records of its files
    → let the coverage tool of API record branch coverage
    ");
    insta::assert_snapshot!(told(&report, "component/api/patch-coverage"), @"not-gated: no diff is known, so there are no added lines to look at");
    insta::assert_snapshot!(told(&report, "component/web/coverage"), @"pass: line coverage of web is 60 %, at least 50 % asked for");
    let components = report.coverage.unwrap().components;
    assert_eq!(components[0].delta, Some(Tenths(-200)));
    assert_eq!(components[1].delta, Some(Tenths(100)));
}

#[test]
fn the_patch_of_a_component_is_its_own() {
    let file = |covered, total| PatchFile {
        lines: crate::model::coverage::Covered { covered, total },
        missed: Vec::new(),
    };
    let files = [("api/a.rs".to_owned(), file(10, 20)), ("web/w.ts".to_owned(), file(20, 20))];
    let changed = FileChange { added: vec![1], ..FileChange::default() };
    let mut setup = Setup::new(POLICY, base()).against(base());
    setup.patch = Some(PatchCoverage { files: files.into(), ..PatchCoverage::default() });
    setup.diff = Some(Diff { files: [("api/a.rs".to_owned(), changed)].into(), incomplete: None });
    insta::assert_snapshot!(told(&setup.report(), "component/api/patch-coverage"), @r"
    fail: patch coverage of API is 50 % of 20 added coverable lines, at least 90 % asked for
    → cover 8 of the 10 missed added lines of API
    ");
}

#[test]
fn a_component_without_coverage_does_not_pass() {
    let report = Setup::new(POLICY, evidence(&[("web/w.ts", 6, 10)])).report();
    insta::assert_snapshot!(told(&report, "component/api/coverage"), @r"
    fail: line coverage of API cannot be told: no report has line records of its files
    → hand in the coverage reports of the job of API
    ");
    assert_eq!(condition(&report, "component/api/max-drop").outcome, ConditionOutcome::NoBaseline);
    assert_eq!(state(&report, "api"), ComponentState::NoEvidence);
}

#[test]
fn carried_coverage_counts_and_says_where_it_is_from() {
    let mut head = evidence(&[("api/a.rs", 9, 10), ("web/w.ts", 6, 10)]);
    head.carried = vec![Carried {
        component: "api".to_owned(),
        sha: "abc1234def567".to_owned(),
        since: "2026-09-28".to_owned(),
        files: ["api/a.rs".to_owned()].into(),
    }];
    head.not_run = vec![NotRun { component: "api".to_owned(), reason: String::new() }];
    let setup = Setup { diff: Some(Diff::default()), ..Setup::new(POLICY, head).against(base()) };
    let report = setup.report();
    insta::assert_snapshot!(told(&report, "component/api/coverage"), @"pass: line coverage of API is 90 % (1 file carried forward from abc1234def, 3 days old), at least 80 % asked for");
    assert_eq!(
        (state(&report, "api"), state(&report, "web")),
        (ComponentState::Carried, ComponentState::Measured)
    );
    assert_eq!(report.notes, ["component API: 1 file carried forward from abc1234def, 3 days old"]);
}

/// Two files, of which the worse one is changed: without its job the component must not look better than it was.
#[test]
fn a_job_that_did_not_run_for_changed_code_is_neither_a_drop_nor_a_gain() {
    let check = "dimensions: {d: {checks: {c: {metric: coverage.lines, target: 100%}}}}\n";
    let base = evidence(&[("api/a.rs", 10, 10), ("api/b.rs", 0, 10), ("web/w.ts", 5, 10)]);
    let mut head = evidence(&[("api/a.rs", 10, 10), ("web/w.ts", 5, 10)]);
    head.not_run = vec![NotRun { component: "api".to_owned(), reason: String::new() }];
    let changed = FileChange { added: vec![1], ..FileChange::default() };
    let diff = Diff { files: [("api/b.rs".to_owned(), changed)].into(), incomplete: None };
    let setup = Setup { diff: Some(diff), ..Setup::new(&format!("{check}{POLICY}"), head).against(base) };
    let report = setup.report();
    let check = &report.dimensions[0].checks[0];
    assert_eq!(check.state, MetricState::Invalid);
    assert_eq!(
        check.reason.as_deref(),
        Some(
            "the job of `API` did not run: 10 lines outside the change, in 1 file, are no longer measured in full"
        )
    );
    for id in ["component/api/coverage", "component/api/patch-coverage", "component/api/max-drop"] {
        assert_eq!(condition(&report, id).outcome, Fail, "{id}");
    }
    assert_eq!(condition(&report, "component/web/coverage").outcome, ConditionOutcome::Pass);
}

#[test]
fn what_is_too_old_is_no_evidence_and_says_why() {
    let mut head = evidence(&[("web/w.ts", 5, 10)]);
    let reason = "what the base knows is 20 days old, the policy allows 14".to_owned();
    head.not_run = vec![NotRun { component: "api".to_owned(), reason }];
    let setup = Setup { diff: Some(Diff::default()), ..Setup::new(POLICY, head).against(base()) };
    insta::assert_snapshot!(told(&setup.report(), "component/api/coverage"), @r"
    fail: line coverage of API cannot be told: its job did not run, and what the base knows is 20 days old, the policy allows 14
    → hand in the coverage reports of the job of API
    ");
}

#[test]
fn one_waiver_covers_a_component_or_one_of_its_limits() {
    let head = || evidence(&[("api/a.rs", 7, 10), ("web/w.ts", 1, 10)]);
    let outcomes = |waived: &str| {
        let waiver =
            format!("waivers: [{{condition: {waived}, owner: me, reason: r, expires: 2026-12-31}}]\n");
        let report = Setup::new(&format!("{POLICY}{waiver}"), head()).report();
        ["component/api/coverage", "component/web/coverage"].map(|id| condition(&report, id).outcome)
    };
    assert_eq!(outcomes("component"), [Waived, Waived]);
    assert_eq!(outcomes("component/api"), [Waived, Fail]);
    assert_eq!(outcomes("component/web/coverage"), [Fail, Waived]);
}
