//! Carry-forward: the coverage of a component whose job did not run is that of the base, for files that the change
//! does not touch, for a while, and only where the policy says so.
//!
//! What is carried keeps the commit and the day on which it was measured, so a chain of carries never outlives the
//! limit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::merge::in_order;
use crate::model::coverage::FileCoverage;
use crate::model::diff::Diff;
use crate::model::evidence::{Carried, Evidence, NotRun};
use crate::model::input::Kind;
use crate::model::order;
use crate::policy::Component;

/// What may be carried: the base's evidence, and where and when it was measured.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The base's evidence.
    pub evidence: &'a Evidence,
    /// The base's commit; empty when unknown.
    pub sha: &'a str,
    /// The day on which the base was recorded.
    pub day: Date,
}

/// Adds to `head` what its components lack, and notes what was carried and which components did not run.
///
/// `today` is the day on which ages are looked at.
pub fn carry_forward(
    head: &mut Evidence,
    base: &Origin<'_>,
    components: &[Component],
    (diff, today): (Option<&Diff>, Date),
) {
    let not_run: Vec<&Component> = components
        .iter()
        .filter(|component| !ran(component, head) && is_due(component, base, diff))
        .collect();
    for component in not_run {
        let reason = refusal(component, head, diff).unwrap_or_else(|| {
            let diff = diff.cloned().unwrap_or_default();
            carry(component, head, base, (&diff, today)).err().unwrap_or_default()
        });
        head.not_run.push(NotRun { component: component.id.clone(), reason });
    }
}

/// Whether the job of `component` ran: one of its reports is there, or any of its files is in a report.
fn ran(component: &Component, head: &Evidence) -> bool {
    if component.reports.patterns.is_empty() {
        let files = head.coverage.iter().flat_map(|coverage| &coverage.files);
        return files.into_iter().any(|(path, file)| file.line_total().total > 0 && component.has(path));
    }
    head.sources.iter().any(|source| component.reports.matches(&source.path))
}

/// Whether the base knows a file of `component` that the change does not take away.
fn is_due(component: &Component, base: &Origin<'_>, diff: Option<&Diff>) -> bool {
    let moved = diff.map(moves).unwrap_or_default();
    let stays = |path: &String| {
        let now = moved.get(path.as_str()).map_or(path, |now| *now);
        let is_deleted = diff.and_then(|diff| diff.files.get(now)).is_some_and(|change| change.deleted);
        component.has(now) && !is_deleted
    };
    let mut files = base.evidence.coverage.iter().flat_map(|coverage| &coverage.files);
    files.any(|(path, file)| file.line_total().total > 0 && stays(path))
}

/// Where renamed files are now.
fn moves(diff: &Diff) -> BTreeMap<&str, &String> {
    order::map(diff.files.iter().filter_map(|(path, change)| Some((change.renamed_from.as_deref()?, path))))
}

/// Why nothing can be carried, whatever the base holds.
fn refusal(component: &Component, head: &Evidence, diff: Option<&Diff>) -> Option<String> {
    if component.carry_forward_days.is_none() {
        return Some("the policy does not carry its coverage forward".to_owned());
    }
    let Some(diff) = diff else {
        return Some("without a diff nobody knows which of its files are unchanged".to_owned());
    };
    if let Some(reason) = &diff.incomplete {
        return Some(format!("the diff is not whole, so nobody knows which files are unchanged: {reason}"));
    }
    // Its report may be the one that cannot be read.
    let bad = head.bad_sources().find(|source| source.kind == Some(Kind::Coverage))?;
    component.reports.patterns.is_empty().then(|| format!("{} is {}", bad.path, bad.state.name()))
}

/// Carries the unchanged files of `component`; says why where none could be.
fn carry(
    component: &Component,
    head: &mut Evidence,
    base: &Origin<'_>,
    (diff, today): (&Diff, Date),
) -> Result<(), String> {
    let limit = component.carry_forward_days.unwrap_or_default();
    let (mut groups, mut oldest) = (BTreeMap::<(String, Date), BTreeSet<String>>::new(), None);
    for (path, file) in unchanged(component, base, diff) {
        let (measured, day) = measured_on(base, path.1);
        let age = age(day, today);
        if age > i64::from(limit) {
            oldest = oldest.max(Some(age));
            continue;
        }
        let files = &mut head.coverage.get_or_insert_default().files;
        let now = files.remove(&path.0);
        files.insert(path.0.clone(), united(now, file));
        groups.entry((measured, day)).or_default().insert(path.0);
    }
    let carried = groups.into_iter().map(|((sha, since), files)| Carried {
        component: component.id.clone(),
        sha,
        since: since.to_string(),
        files,
    });
    head.carried.extend(carried);
    match oldest {
        Some(age) => Err(format!("what the base knows is {age} days old, the policy allows {limit}")),
        None => Ok(()),
    }
}

/// The files of `component` that the change leaves alone, by their path on the head and on the base.
fn unchanged<'a>(
    component: &'a Component,
    base: &Origin<'a>,
    diff: &'a Diff,
) -> impl Iterator<Item = ((String, &'a str), &'a FileCoverage)> {
    let moved = moves(diff);
    let files = base.evidence.coverage.iter().flat_map(|coverage| &coverage.files);
    files.filter_map(move |(path, file)| {
        let now = moved.get(path.as_str()).map_or(path, |now| *now);
        let change = diff.files.get(now);
        let stays = change.is_none_or(|change| {
            let is_the_same = change.renamed_from.as_deref().is_none_or(|from| from == path);
            !change.deleted && change.added.is_empty() && change.removed.is_empty() && is_the_same
        });
        let counts = file.line_total().total > 0 && component.has(now);
        (stays && counts).then(|| ((now.clone(), path.as_str()), file))
    })
}

/// The commit and the day on which the base's coverage of `path` was measured.
fn measured_on(base: &Origin<'_>, path: &str) -> (String, Date) {
    let earlier = base.evidence.carried.iter().find(|carried| carried.files.contains(path));
    earlier.map_or_else(
        || (base.sha.to_owned(), base.day),
        |carried| (carried.sha.clone(), carried.since.parse().unwrap_or(Date::MIN)),
    )
}

/// Days from `day` to `today`.
fn age(day: Date, today: Date) -> i64 {
    today.duration_since(day).as_hours() / 24
}

/// What other jobs measured of a file and what is carried of it. Lines are united; of branches, functions and
/// statements the base remembers totals alone, so those that were measured here stand.
fn united(now: Option<FileCoverage>, carried: &FileCoverage) -> FileCoverage {
    let Some(mut now) = now else { return carried.clone() };
    now.lines.extend(carried.lines.iter().copied());
    in_order(&mut now.lines, u32::max);
    now
}

#[cfg(test)]
mod tests {
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
        assert_eq!((shared.line(1), shared.line(2)), (Some(true), Some(true)));
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
            (
                "carry-forward: 1 day",
                web(),
                None,
                "without a diff nobody knows which of its files are unchanged",
            ),
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
}
