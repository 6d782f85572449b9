//! Carry-forward: the coverage of a component whose job did not run is that of the base, for files that the change
//! does not touch, for a while, and only where the policy says so.
//!
//! What is carried keeps the commit and the day on which it was measured, so a chain of carries never outlives the
//! limit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

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
        return files.into_iter().any(|(path, file)| file.has_lines() && component.has(path));
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
    files.any(|(path, file)| file.has_lines() && stays(path))
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
        let counts = file.has_lines() && component.has(now);
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
    now.lines = now.lines.union(&carried.lines, u32::max);
    now
}

#[cfg(test)]
#[path = "carry_tests.rs"]
mod tests;
