//! Checks on markers in comments, and what they are explained with.

use super::*;
use crate::model::diff::FileChange;
use crate::model::exact::Tenths;
use crate::model::explanation::Counted;
use crate::model::findings::{Finding, FindingsReport, Fingerprint, Level, ToolRun};
use crate::model::metric::MetricState;
use crate::model::todos::{Todo, TodoReport};
use crate::score::explain;

const POLICY: &str = "
version: 1
dimensions:
  debt:
    checks:
      all: {metric: todos.count, target: 0, floor: 10}
      src: {metric: todos.untracked, target: 0, floor: 10, paths: ['src/**']}
      new: {metric: todos.new, target: 0, floor: 1, required: true}
      open: {metric: todos.new-untracked, target: 0, floor: 4}
gate: {no-lost-evidence: true}
";

fn markers(todos: &[(&str, u32, &str)]) -> Evidence {
    let todo = |(path, line, text): &(&str, u32, &str)| Todo {
        path: (*path).into(),
        line: *line,
        text: (*text).into(),
        tracked: text.contains('#'),
    };
    let todos = TodoReport { todos: todos.iter().map(todo).collect(), files: 3, ..TodoReport::default() };
    Evidence { todos: Some(todos), ..Evidence::default() }
}

fn three() -> Evidence {
    markers(&[("lib/b.c", 1, "HACK"), ("src/a.c", 3, "TODO: x"), ("src/a.c", 9, "TODO(#4): y")])
}

/// `all 3, src no-evidence: why`.
fn shown(report: &Report) -> String {
    let checks = report.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let said = checks.map(|check| {
        let reason = check.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        let value = check.value.as_ref().map_or_else(|| check.state.name().to_owned(), ToString::to_string);
        format!("{} {value}{reason}", check.id)
    });
    said.collect::<Vec<_>>().join("\n")
}

#[test]
fn markers_are_counted_all_untracked_and_new() {
    let mut setup = Setup::new(POLICY, three());
    let change = FileChange { added: vec![3, 9], ..FileChange::default() };
    setup.diff = Some(Diff { files: [("src/a.c".to_owned(), change)].into(), incomplete: None });
    insta::assert_snapshot!(shown(&setup.report()), @r"
    debt.all 3
    debt.src 1
    debt.new 2
    debt.open 1
    ");
    assert!(told(&setup.report(), "required/debt.new").starts_with("fail: "));
}

#[test]
fn without_a_checkout_or_with_half_of_one_nothing_is_counted() {
    insta::assert_snapshot!(shown(&Setup::new(POLICY, Evidence::default()).report()), @r"
    debt.all no-evidence: markers are looked for in a checkout of the commit, and there is none
    debt.src no-evidence: markers are looked for in a checkout of the commit, and there is none
    debt.new no-evidence: markers are looked for in a checkout of the commit, and there is none
    debt.open no-evidence: markers are looked for in a checkout of the commit, and there is none
    ");
    let mut half = three();
    half.todos.as_mut().unwrap().problem = Some("2 files could not be read".to_owned());
    insta::assert_snapshot!(shown(&Setup::new(POLICY, half).report()), @r"
    debt.all invalid: 2 files could not be read
    debt.src invalid: 2 files could not be read
    debt.new invalid: 2 files could not be read
    debt.open invalid: 2 files could not be read
    ");
    let alone = Setup::new(POLICY, three()).report();
    assert!(shown(&alone).contains("debt.new no-evidence: without a baseline"), "{}", shown(&alone));
}

#[test]
fn a_lost_checkout_never_raises_the_score() {
    let lost = Setup::new(POLICY, Evidence::default()).against(three()).report();
    let kept = Setup::new(POLICY, three()).against(three()).report();
    assert!(lost.score.exact < kept.score.exact);
    assert!(lost.delta.unwrap().total < Tenths::ZERO, "{:?}", lost.delta);
    insta::assert_snapshot!(told(&lost, "no-lost-evidence"), @r"
    fail: 1 kind of evidence of the base is missing
    → hand in `markers in comments` again
    ");
    let other = "version: 1\ngate: {no-lost-evidence: true}";
    let unasked = Setup::new(other, Evidence::default()).against(three()).report();
    assert!(told(&unasked, "no-lost-evidence").starts_with("pass: "), "nobody asked for markers");
}

#[test]
fn a_check_on_markers_is_explained_by_their_places() {
    let setup = Setup::new(POLICY, three()).against(markers(&[("lib/b.c", 1, "HACK")]));
    let report = setup.report();
    let counted = |id: &str| explain(&setup.policy, &setup.evidence, &report, id).unwrap().counted;
    let lines = |id: &str| match counted(id) {
        Counted::Todos(files, todos) => (files, todos.iter().map(|todo| todo.line).collect::<Vec<_>>()),
        other => panic!("{other:?}"),
    };
    assert_eq!(lines("debt.all"), (3, vec![1, 3, 9]));
    assert_eq!(lines("debt.src"), (3, vec![3]));
    assert_eq!(lines("debt.new"), (3, vec![3, 9]));
    assert_eq!(lines("debt.open"), (3, vec![3]));
}

#[test]
fn a_check_on_findings_is_explained_by_those_that_count_first() {
    let finding = |line, level, suppressed: Option<&str>| Finding {
        tool: "ruff".into(),
        rule: "E1".into(),
        level,
        severity: None,
        path: Some("a.py".into()),
        line: Some(line),
        message: "m".into(),
        package: None,
        fingerprint: Fingerprint(u128::from(line)),
        suppressed: suppressed.map(Into::into),
    };
    let findings = FindingsReport {
        runs: vec![ToolRun { tool: "ruff".into(), failure: None }],
        findings: vec![
            finding(1, Level::Error, None),
            finding(2, Level::Warning, Some("why")),
            finding(3, Level::Warning, None),
        ],
        ..FindingsReport::default()
    };
    let policy =
        "version: 1\ndimensions: {d: {checks: {c: {metric: findings.warnings, target: 0, floor: 2}}}}";
    let setup = Setup::new(policy, Evidence { findings: Some(findings), ..Evidence::default() });
    let explanation = explain(&setup.policy, &setup.evidence, &setup.report(), "d.c").unwrap();
    let Counted::Findings(counts, found) = explanation.counted else { panic!("{:?}", explanation.counted) };
    assert_eq!((counts.total, counts.warnings, counts.suppressed), (2, 1, 1));
    assert_eq!(found.iter().filter_map(|finding| finding.line).collect::<Vec<_>>(), [3, 1, 2]);
    assert_eq!(explanation.check.state, MetricState::Measured);
}
