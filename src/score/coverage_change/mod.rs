//! The change of the line coverage, explained.
//!
//! * `pairs`: which file of the base is which file of the head.
//! * `split`: the lines of one file by what became of them.
//! * `report_set`: reports that only one side has, and what is lost with them.
//! * `shown`: from lines to points that add up.

mod pairs;
mod report_set;
mod shown;
mod split;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::Situation;
use super::show::{count, some};
use crate::model::coverage::Covered;
use crate::model::coverage_change::{Change, CoverageChange, ReportSet};

pub(super) use pairs::Moves;
pub(super) use report_set::{missing_reports, missing_with_lines, not_run, report_set, unmeasured_lines};

/// The change since the base; `None` without one, and where no whole diff says which lines are the change's own.
pub(super) fn change(situation: &Situation<'_>, reports: &ReportSet) -> Option<CoverageChange> {
    let head = situation.evidence.coverage.as_ref()?;
    let base = situation.baseline?.evidence.coverage.as_ref()?;
    let diff = situation.diff.filter(|diff| diff.incomplete.is_none())?;
    let mut files = BTreeMap::new();
    let (mut whole, mut before, mut after) =
        (split::Parts::default(), Covered::default(), Covered::default());
    for pair in pairs::pairs(base, head, diff) {
        let parts = split::split(&pair).parts(reports);
        let (was, is) = (pair.base_total(), pair.head_total());
        (whole, before, after) = (whole + parts, before + was, after + is);
        if !parts.is_none() {
            files.insert(pair.path.to_owned(), change_of(parts, was, is));
        }
    }
    Some(CoverageChange { whole: change_of(whole, before, after), files })
}

/// What a reader must know about the comparison.
pub(super) fn notes(situation: &Situation<'_>, reports: &ReportSet) -> Vec<String> {
    let Some(head) = &situation.evidence.coverage else { return Vec::new() };
    let unnamed: Vec<String> = reports.unnamed.iter().cloned().collect();
    let gone = (reports.missing.is_empty() && !unnamed.is_empty()).then(|| {
        let (files, verb) =
            (count(unnamed.len() as u64, "file"), if unnamed.len() == 1 { "is" } else { "are" });
        format!("{files} of the base {verb} in no coverage report any more: {}", some(&unnamed))
    });
    let before = situation.baseline.and_then(|baseline| baseline.base.distance).unwrap_or(0);
    let older = (before > 0 && situation.diff.is_some() && !head.files.is_empty()).then(|| {
        let commits = count(before.into(), "commit");
        format!("lines that the {commits} between the base and the merge base changed count as lines outside the change")
    });
    // What is lost with a report, `bad-evidence` says.
    let not_run = reports.missing.is_empty().then(|| unmeasured_lines(reports, |_| true)).flatten();
    [not_run, gone, older].into_iter().flatten().collect()
}

fn change_of(parts: split::Parts, base: Covered, head: Covered) -> Change {
    shown::change(parts, base, head)
}
