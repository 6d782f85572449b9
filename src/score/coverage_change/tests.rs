//! Parts that add up, and a missing report that is called one.

use proptest::prelude::*;

use super::split::{Parts, split};
use super::{change_of, pairs};
use crate::model::coverage::{CoverageReport, Covered, FileCoverage, LineHits, StatedTotals};
use crate::model::coverage_change::{Change, CoverageChange, Difference, ReportSet};
use crate::model::diff::{Diff, FileChange};
use crate::model::evidence::{Evidence, Source};
use crate::model::exact::percent;
use crate::model::gate::ConditionOutcome;
use crate::model::input::{InputState, Kind};
use crate::model::metric::MetricState;
use crate::model::report::{Cause, Report};
use crate::score::tests::{Setup, condition, told};

fn file(lines: &[(u32, u32)]) -> FileCoverage {
    let lines = lines.iter().map(|(line, hits)| LineHits { line: *line, hits: *hits }).collect();
    FileCoverage { lines, ..FileCoverage::default() }
}

fn report(files: &[(&str, &[(u32, u32)])]) -> CoverageReport {
    let files = files.iter().map(|(path, lines)| ((*path).to_owned(), file(lines))).collect();
    CoverageReport { files, ..CoverageReport::default() }
}

fn source(path: &str) -> Source {
    Source {
        path: path.to_owned(),
        format: Some("lcov".to_owned()),
        kind: Some(Kind::Coverage),
        state: InputState::Measured,
        holds: String::new(),
        problem: None,
    }
}

fn evidence(sources: &[&str], coverage: CoverageReport) -> Evidence {
    let sources = sources.iter().map(|path| source(path)).collect();
    Evidence { sources, coverage: Some(coverage), ..Evidence::default() }
}

fn diff(files: &[(&str, FileChange)]) -> Diff {
    Diff { files: files.iter().map(|(p, c)| ((*p).to_owned(), c.clone())).collect(), incomplete: None }
}

fn compared(policy: &str, base: Evidence, head: Evidence, diff: Option<Diff>) -> Report {
    Setup { diff, ..Setup::new(policy, head).against(base) }.report()
}

fn explained(base: CoverageReport, head: CoverageReport, diff: Diff) -> CoverageChange {
    let report = compared("version: 1\n", evidence(&["a"], base), evidence(&["a"], head), Some(diff));
    report.coverage.and_then(|coverage| coverage.change).unwrap()
}

/// `patch +1/+2 removed … = total`, with points in brackets.
fn shown(change: &Change) -> String {
    let parts = [
        ("patch", change.patch),
        ("removed", change.removed),
        ("indirect", change.indirect),
        ("reports", change.reports),
        ("total", change.total),
    ];
    let part = |(name, part): &(&str, crate::model::coverage_change::Part)| {
        let points = part.points.map(|points| format!(" ({})", points.signed())).unwrap_or_default();
        format!("{name} {:+}/{:+}{points}", part.lines.covered, part.lines.total)
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_line_belongs_to_one_part() {
    let change = FileChange { added: vec![3, 4], removed: vec![2], ..FileChange::default() };
    let base = report(&[("a.rs", &[(1, 1), (2, 0), (3, 1), (9, 1)])]);
    let head = report(&[("a.rs", &[(1, 1), (2, 0), (3, 1), (4, 0), (10, 0)])]);
    let found = explained(base, head, diff(&[("a.rs", change)]));
    insta::assert_snapshot!(shown(&found.whole), @"patch +1/+2 (-10.0), removed +0/-1 (+15.0), indirect -2/+0 (-40.0), reports +0/+0 (0.0), total -1/+1 (-35.0)");
}

#[test]
fn renamed_deleted_and_new_files_are_no_change_of_reports() {
    let moved = FileChange { renamed_from: Some("old.rs".into()), ..FileChange::default() };
    let gone = FileChange { removed: vec![1, 2], deleted: true, ..FileChange::default() };
    let new = FileChange { added: vec![1, 2], ..FileChange::default() };
    let base = report(&[("old.rs", &[(1, 1), (5, 0)]), ("gone.rs", &[(1, 1), (2, 0)])]);
    let head = report(&[("new.rs", &[(1, 1), (5, 0)]), ("fresh.rs", &[(1, 1), (2, 1)])]);
    let found = explained(base, head, diff(&[("new.rs", moved), ("gone.rs", gone), ("fresh.rs", new)]));
    insta::assert_snapshot!(shown(&found.whole), @"patch +2/+2 (+25.0), removed -1/-2 (0.0), indirect +0/+0 (0.0), reports +0/+0 (0.0), total +1/+0 (+25.0)");
    assert_eq!(found.files.keys().collect::<Vec<_>>(), ["fresh.rs", "gone.rs"]);
}

#[test]
fn totals_without_lines_are_told_as_far_as_they_can_be() {
    let stated = |covered, total| {
        let stated = StatedTotals { lines: Some(Covered { covered, total }), ..StatedTotals::default() };
        let file = FileCoverage { stated, ..FileCoverage::default() };
        CoverageReport { files: [("a.rs".to_owned(), file)].into(), ..CoverageReport::default() }
    };
    let found = explained(stated(3, 4), stated(2, 4), Diff::default());
    insta::assert_snapshot!(shown(&found.whole), @"patch +0/+0 (0.0), removed +0/+0 (0.0), indirect -1/+0 (-25.0), reports +0/+0 (0.0), total -1/+0 (-25.0)");
    let gone = FileChange { deleted: true, ..FileChange::default() };
    let found = explained(stated(3, 4), CoverageReport::default(), diff(&[("a.rs", gone)]));
    insta::assert_snapshot!(shown(&found.whole), @"patch +0/+0, removed -3/-4, indirect +0/+0, reports +0/+0, total -3/-4");
}

const UNIT_AND_E2E: [&str; 2] = ["cov/e2e.info", "cov/unit.info"];
const POLICY: &str = "
dimensions:
  all:
    checks:
      api: {metric: coverage.lines, paths: ['api/**'], target: 100%}
      web: {metric: coverage.lines, paths: ['web/**'], target: 100%}
gate: {max-drop: 1, no-lost-evidence: true, patch-coverage: 80%}
";

fn check<'a>(report: &'a Report, id: &str) -> &'a crate::model::report::CheckReport {
    report.dimensions.iter().flat_map(|dimension| &dimension.checks).find(|check| check.id == id).unwrap()
}

/// The web's report is missing: what it knew was bad, so without it the project would look better.
fn without_web(diff: Option<Diff>) -> Report {
    let api: (&str, &[(u32, u32)]) = ("api/a.rs", &[(1, 1), (2, 1)]);
    let base = evidence(&UNIT_AND_E2E, report(&[api, ("web/w.ts", &[(1, 0), (2, 0), (3, 1)])]));
    compared(POLICY, base, evidence(&UNIT_AND_E2E[1..], report(&[api])), diff)
}

#[test]
fn a_missing_report_is_neither_a_drop_nor_a_gain() {
    for diff in [Some(Diff::default()), None] {
        let report = without_web(diff);
        assert_eq!(check(&report, "all.api").state, MetricState::Measured);
        let web = check(&report, "all.web");
        assert_eq!((web.state, web.cause), (MetricState::Invalid, Cause::EvidenceInvalid));
        assert_eq!(
            web.reason.as_deref(),
            Some(
                "report `cov/e2e.info` of the base is missing: 3 lines outside the change, in 1 file, are no longer measured in full"
            )
        );
        insta::allow_duplicates! {
            insta::assert_snapshot!(told(&report, "no-lost-evidence"), @r"
            fail: 1 piece of evidence of the base is missing
            → hand in `cov/e2e.info` again
            ");
            insta::assert_snapshot!(told(&report, "max-drop"), @r"
            fail: the score dropped by 16.6 points, at most 1 allowed; report `cov/e2e.info` of the base is missing
            → win back 15.6 points: `all.web` lost 16.6
            ");
        }
    }
    let whole = without_web(Some(Diff::default())).coverage.unwrap();
    insta::assert_snapshot!(shown(&whole.change.unwrap().whole), @"patch +0/+0 (0.0), removed +0/+0 (0.0), indirect +0/+0 (0.0), reports -1/-3 (+40.0), total -1/-3 (+40.0)");
    assert_eq!(whole.report_set.unnamed.into_iter().collect::<Vec<_>>(), ["web/w.ts"]);
}

#[test]
fn added_lines_of_a_missing_report_are_not_taken_for_uncoverable_ones() {
    let change = FileChange { added: (4..40).collect(), ..FileChange::default() };
    let report = without_web(Some(diff(&[("web/w.ts", change)])));
    assert_eq!(condition(&report, "patch-coverage").outcome, ConditionOutcome::Fail);
}

#[test]
fn a_report_that_goes_with_its_code_is_not_missed() {
    let gone = FileChange { removed: vec![1, 2, 3], deleted: true, ..FileChange::default() };
    let report = without_web(Some(diff(&[("web/w.ts", gone)])));
    assert_eq!(condition(&report, "no-lost-evidence").outcome, ConditionOutcome::Pass);
    assert_eq!(check(&report, "all.web").state, MetricState::NoEvidence);
}

#[test]
fn a_report_is_the_same_under_another_number_or_in_another_folder() {
    let lines = || report(&[("api/a.rs", &[(1, 1), (2, 1)])]);
    let sets = [
        (vec!["cov/8841.info"], vec!["cov/9120.info"], (vec![], vec![])),
        (vec!["a/unit.info"], vec!["b/c/unit.info"], (vec![], vec![])),
        (vec!["unit-1.info", "unit-2.info"], vec!["unit-2.info"], (vec!["unit-1.info"], vec![])),
        (vec!["unit.info"], vec!["e2e.info"], (vec!["unit.info"], vec!["e2e.info"])),
    ];
    for (base, head, expected) in sets {
        let report = compared(POLICY, evidence(&base, lines()), evidence(&head, lines()), None);
        let set = report.coverage.unwrap().report_set;
        assert_eq!((set.missing, set.new), {
            let owned = |paths: Vec<&str>| paths.into_iter().map(str::to_owned).collect::<Vec<_>>();
            (owned(expected.0), owned(expected.1))
        });
        assert_eq!(set.lost.len(), 0, "nothing is lost where all lines are still known");
    }
}

/// One line of a file in an edit script: kept, added or removed, and its state on each side.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// 0 kept, 1 added, 2 removed.
    edit: u8,
    base: Option<bool>,
    head: Option<bool>,
}

/// 0 both sides know it, 1 only the base, 2 only the head, 3 renamed, 4 deleted.
type ScriptedFile = (u8, Vec<Step>);

fn script() -> impl Strategy<Value = Vec<ScriptedFile>> {
    let state = || proptest::option::weighted(0.7, any::<bool>());
    let step = (0..3u8, state(), state()).prop_map(|(edit, base, head)| Step { edit, base, head });
    proptest::collection::vec((0..5u8, proptest::collection::vec(step, 0..25)), 0..6)
}

/// Base, head, diff and the parts as the script says them.
#[derive(Default)]
struct Scripted {
    base: CoverageReport,
    head: CoverageReport,
    diff: Diff,
    parts: Parts,
}

fn difference(base: Option<bool>, head: Option<bool>) -> Difference {
    let one = |state: Option<bool>| {
        state.map_or(Covered::default(), |ran| Covered { covered: ran.into(), total: 1 })
    };
    Difference::between(one(base), one(head))
}

fn scripted(files: &[ScriptedFile]) -> Scripted {
    let mut all = Scripted::default();
    for (number, (kind, steps)) in files.iter().enumerate() {
        let (old, new) =
            (format!("f{number}"), if *kind == 3 { format!("g{number}") } else { format!("f{number}") });
        let mut change = FileChange { deleted: *kind == 4, ..FileChange::default() };
        change.renamed_from = (*kind == 3).then(|| old.clone());
        let (mut base, mut head, mut at) = (Vec::new(), Vec::new(), (0, 0));
        for step in steps {
            let edit = if *kind == 4 { 2 } else { step.edit };
            at = (at.0 + u32::from(edit != 1), at.1 + u32::from(edit != 2));
            let was = step.base.filter(|_| edit != 1 && *kind != 2);
            let is = step.head.filter(|_| edit != 2 && *kind != 1);
            base.extend(was.map(|ran| LineHits { line: at.0, hits: ran.into() }));
            head.extend(is.map(|ran| LineHits { line: at.1, hits: ran.into() }));
            match edit {
                1 => change.added.push(at.1),
                2 => change.removed.push(at.0),
                _ => {}
            }
            let part = match (edit, kind) {
                (1, _) => &mut all.parts.patch,
                (2, _) => &mut all.parts.removed,
                (_, 1 | 2) => &mut all.parts.reports,
                _ => &mut all.parts.indirect,
            };
            *part = *part + difference(was, is);
        }
        let file = |lines: Vec<LineHits>| FileCoverage {
            lines: lines.into_iter().collect(),
            ..FileCoverage::default()
        };
        if *kind != 2 {
            all.base.files.insert(old, file(base));
        }
        if *kind != 1 && *kind != 4 {
            all.head.files.insert(new.clone(), file(head));
        }
        if change != FileChange::default() {
            all.diff.files.insert(new, change);
        }
    }
    all
}

proptest! {
    #[test]
    fn parts_are_those_of_the_script_and_add_up(files in script()) {
        let Scripted { base, head, diff, parts } = scripted(&files);
        let (was, is) = (base.totals().lines, head.totals().lines);
        let found = explained(base, head, diff);
        prop_assert_eq!(found.whole.patch.lines, parts.patch);
        prop_assert_eq!(found.whole.removed.lines, parts.removed);
        prop_assert_eq!(found.whole.indirect.lines, parts.indirect);
        prop_assert_eq!(found.whole.reports.lines, parts.reports);
        prop_assert_eq!(found.whole.total.lines, Difference::between(was, is));
        let mut sum = Difference::default();
        for change in found.files.values().chain([&found.whole]) {
            adds_up(change)?;
        }
        for change in found.files.values() {
            sum = sum + change.total.lines;
        }
        prop_assert_eq!(sum, found.whole.total.lines);
        let shown = percent(is.covered, is.total).zip(percent(was.covered, was.total));
        prop_assert_eq!(found.whole.total.points, shown.map(|(is, was)| is - was));
    }

    /// Whatever a diff says, also one that does not fit the reports, no line is lost and none counts twice.
    #[test]
    fn parts_add_up_for_a_diff_that_does_not_fit(
        files in script(),
        other in script(),
        missing in any::<bool>(),
        new in any::<bool>(),
    ) {
        let Scripted { base, head, .. } = scripted(&files);
        let diff = scripted(&other).diff;
        let set = ReportSet {
            missing: if missing { vec!["a".to_owned()] } else { Vec::new() },
            new: if new { vec!["b".to_owned()] } else { Vec::new() },
            ..ReportSet::default()
        };
        let mut sum = Difference::default();
        for pair in pairs::pairs(&base, &head, &diff) {
            let change = change_of(split(&pair).parts(&set), pair.base_total(), pair.head_total());
            adds_up(&change)?;
            sum = sum + change.total.lines;
        }
        prop_assert_eq!(sum, Difference::between(base.totals().lines, head.totals().lines));
    }
}

fn adds_up(change: &Change) -> Result<(), TestCaseError> {
    let parts = [change.patch, change.removed, change.indirect, change.reports];
    let lines = parts.iter().fold(Difference::default(), |sum, part| sum + part.lines);
    prop_assert_eq!(lines, change.total.lines);
    let points: Option<Vec<_>> = parts.iter().map(|part| part.points).collect();
    prop_assert_eq!(points.map(|points| points.into_iter().sum()), change.total.points);
    let unchanged = parts.iter().filter(|part| part.lines.is_none());
    prop_assert!(unchanged.filter_map(|part| part.points).all(|points| points.0 == 0));
    Ok(())
}
