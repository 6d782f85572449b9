use jiff::civil::date;

use super::*;
use crate::model::coverage::{CoverageReport, Covered, LineHits};
use crate::model::diff::FileChange;
use crate::model::evidence::Source;
use crate::model::input::InputState;
use crate::policy::load;

const TODAY: Date = date(2026, 10, 10);

fn report(files: &[(&str, &[(u32, u32)])]) -> CoverageReport {
    let file = |lines: &[(u32, u32)]| FileCoverage {
        lines: lines.iter().map(|(line, hits)| LineHits { line: *line, hits: *hits }).collect(),
        ..FileCoverage::default()
    };
    let files = files.iter().map(|(path, lines)| ((*path).to_owned(), file(lines))).collect();
    CoverageReport { files, ..CoverageReport::default() }
}

fn evidence(sources: &[&str], coverage: CoverageReport) -> Evidence {
    let source = |path: &&str| Source {
        path: (*path).to_owned(),
        format: Some("lcov".to_owned()),
        kind: Some(Kind::Coverage),
        state: InputState::Measured,
        holds: String::new(),
        problem: None,
    };
    let sources = sources.iter().map(source).collect();
    Evidence { sources, coverage: Some(coverage), ..Evidence::default() }
}

fn components(keys: &str) -> Vec<Component> {
    let text = format!("components: {{api: {{paths: ['api/**'], {keys}}}}}\n");
    load::parse(&text, "readiness.yml").unwrap().components
}

fn base() -> Evidence {
    evidence(
        &["api.info", "web.info"],
        report(&[("api/a.rs", &[(1, 1), (2, 0)]), ("api/b.rs", &[(1, 1)]), ("web/w.ts", &[(1, 0)])]),
    )
}

fn carried(keys: &str, mut head: Evidence, base: &Evidence, diff: Option<&Diff>) -> Evidence {
    let origin = Origin { evidence: base, sha: "abc1234", day: date(2026, 10, 7) };
    carry_forward(&mut head, &origin, &components(keys), (diff, TODAY));
    head
}

fn web() -> Evidence {
    evidence(&["web.info"], report(&[("web/w.ts", &[(1, 1)])]))
}

fn reason(head: &Evidence) -> &str {
    &head.not_run.first().unwrap().reason
}

#[test]
fn unchanged_files_of_a_job_that_did_not_run_are_those_of_the_base() {
    let changed = FileChange { added: vec![1], ..FileChange::default() };
    let diff = Diff { files: [("api/b.rs".to_owned(), changed)].into(), incomplete: None };
    let head = carried("carry-forward: 14 days", web(), &base(), Some(&diff));
    let coverage = head.coverage.as_ref().unwrap();
    assert_eq!(coverage.files.keys().collect::<Vec<_>>(), ["api/a.rs", "web/w.ts"]);
    assert_eq!(coverage.totals().lines, Covered { covered: 2, total: 3 });
    let [carried] = head.carried.as_slice() else { panic!("{:?}", head.carried) };
    assert_eq!((carried.sha.as_str(), carried.since.as_str()), ("abc1234", "2026-10-07"));
    assert_eq!(carried.files.iter().collect::<Vec<_>>(), ["api/a.rs"]);
    assert_eq!(reason(&head), "");
}

#[test]
fn a_component_that_the_change_deletes_needs_no_job() {
    let gone = FileChange { deleted: true, ..FileChange::default() };
    let files = ["api/a.rs", "api/b.rs"].map(|path| (path.to_owned(), gone.clone()));
    let diff = Diff { files: files.into(), incomplete: None };
    assert_eq!(carried("carry-forward: 14 days", web(), &base(), Some(&diff)), web());
}

#[test]
fn a_job_that_ran_is_left_alone() {
    let head = evidence(&["api.info"], report(&[("api/a.rs", &[(1, 0)])]));
    assert_eq!(carried("carry-forward: 14 days", head.clone(), &base(), Some(&Diff::default())), head);
}

#[test]
fn reports_say_whether_a_job_ran_where_jobs_share_files() {
    let head = evidence(&["web.info"], report(&[("api/a.rs", &[(2, 1)]), ("web/w.ts", &[(1, 1)])]));
    let keys = "reports: ['api*.info'], carry-forward: 14 days";
    let found = carried(keys, head, &base(), Some(&Diff::default()));
    let shared = &found.coverage.as_ref().unwrap().files["api/a.rs"];
    assert_eq!(
        shared.lines.iter().map(|line| (line.line, line.hits > 0)).collect::<Vec<_>>(),
        [(1, true), (2, true)]
    );
}

#[test]
fn a_chain_of_carries_does_not_grow_younger() {
    let mut before = base();
    before.carried = vec![Carried {
        component: "api".to_owned(),
        sha: "0ld".to_owned(),
        since: "2026-09-20".to_owned(),
        files: ["api/a.rs".to_owned()].into(),
    }];
    let head = carried("carry-forward: 14 days", web(), &before, Some(&Diff::default()));
    assert_eq!(head.carried.len(), 1);
    assert_eq!(head.carried[0].files.iter().collect::<Vec<_>>(), ["api/b.rs"]);
    assert_eq!(reason(&head), "what the base knows is 20 days old, the policy allows 14");
    let longer = carried("carry-forward: 20 days", web(), &before, Some(&Diff::default()));
    let origins: Vec<&str> = longer.carried.iter().map(|carried| carried.sha.as_str()).collect();
    assert_eq!(origins, ["0ld", "abc1234"]);
}

#[test]
fn a_renamed_file_is_carried_to_its_new_path() {
    let moved = FileChange { renamed_from: Some("api/a.rs".to_owned()), ..FileChange::default() };
    let diff = Diff { files: [("api/n.rs".to_owned(), moved)].into(), incomplete: None };
    let head = carried("carry-forward: 14 days", web(), &base(), Some(&diff));
    let files: Vec<&str> = head.coverage.as_ref().unwrap().files.keys().map(String::as_str).collect();
    assert_eq!(files, ["api/b.rs", "api/n.rs", "web/w.ts"]);
}

#[test]
fn nothing_is_carried_without_leave_or_without_a_whole_diff() {
    let cut = Diff { incomplete: Some("too large".to_owned()), ..Diff::default() };
    let mut unreadable = web();
    unreadable.sources[0].state = InputState::Invalid;
    for (keys, head, diff, wanted) in [
        ("", web(), Some(&Diff::default()), "the policy does not carry its coverage forward"),
        ("carry-forward: 1 day", web(), None, "without a diff nobody knows which of its files are unchanged"),
        (
            "carry-forward: 1 day",
            web(),
            Some(&cut),
            "the diff is not whole, so nobody knows which files are unchanged: too large",
        ),
        ("carry-forward: 9 days", unreadable, Some(&Diff::default()), "web.info is invalid"),
    ] {
        let before = head.coverage.clone();
        let found = carried(keys, head, &base(), diff);
        assert_eq!((found.coverage.clone(), reason(&found)), (before, wanted));
    }
}
