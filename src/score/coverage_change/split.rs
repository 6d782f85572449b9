//! The lines of one file by what became of them.

use std::iter::Peekable;
use std::ops::Add;

use super::pairs::{Pair, Touch};
use crate::model::coverage::{Covered, FileCoverage};
use crate::model::coverage_change::{Difference, ReportSet};
use crate::model::diff::FileChange;
use crate::model::shift::HeadLines;

/// The lines of one file, or of several, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// Added by the diff.
    pub(super) patch: Difference,
    /// Removed by the diff.
    pub(super) removed: Difference,
    /// Outside the diff, in a file that both sides know: not covered any more, or not coverable any more.
    pub(super) lost: Difference,
    /// Outside the diff, in a file that both sides know: newly covered, or newly coverable.
    pub(super) gained: Difference,
    /// Outside the diff, in a file that only one side knows.
    pub(super) one_sided: Difference,
    /// How many lines are in `lost`, and those of `one_sided` that the base has.
    pub(super) lost_lines: u64,
}

/// The four parts of a change, in lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) patch: Difference,
    pub(super) removed: Difference,
    pub(super) indirect: Difference,
    pub(super) reports: Difference,
}

impl Parts {
    pub(super) fn is_none(&self) -> bool {
        [self.patch, self.removed, self.indirect, self.reports].into_iter().all(Difference::is_none)
    }
}

impl Add for Parts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            patch: self.patch + other.patch,
            removed: self.removed + other.removed,
            indirect: self.indirect + other.indirect,
            reports: self.reports + other.reports,
        }
    }
}

impl Split {
    /// Which lines one report knew is not remembered, so whatever is lost while a report is missing is put down to
    /// it, and whatever is gained while a report is new to that: neither is ever taken for a change of the code.
    pub(super) fn parts(self, reports: &ReportSet) -> Parts {
        let none = Difference::default();
        let (lost, lost_with_reports) =
            if reports.missing.is_empty() { (self.lost, none) } else { (none, self.lost) };
        let (gained, gained_with_reports) =
            if reports.new.is_empty() { (self.gained, none) } else { (none, self.gained) };
        Parts {
            patch: self.patch,
            removed: self.removed,
            indirect: lost + gained,
            reports: self.one_sided + lost_with_reports + gained_with_reports,
        }
    }
}

/// Splits what leads from the base's side of `pair` to the head's. All parts sum to it.
pub(super) fn split(pair: &Pair<'_>) -> Split {
    let untouched = FileChange::default();
    let change = match pair.touch {
        Touch::Changed(change) => change,
        Touch::Untouched | Touch::Gone => &untouched,
    };
    if [pair.base, pair.head].into_iter().flatten().any(has_only_totals) {
        return of_totals(pair);
    }
    match (pair.base, pair.head, pair.touch) {
        (Some(base), _, Touch::Gone) => Split { removed: minus(base.line_total()), ..Split::default() },
        (Some(base), Some(head), _) => both_sides(base, head, change),
        (Some(base), None, _) => base_alone(base, change),
        (None, Some(head), _) => head_alone(head, change),
        (None, None, _) => Split::default(),
    }
}

fn has_only_totals(file: &FileCoverage) -> bool {
    file.lines.is_empty() && file.stated.lines.is_some()
}

/// Without line records nothing can be laid over the diff: only a file that it deletes, or that is new in it, can be told.
fn of_totals(pair: &Pair<'_>) -> Split {
    let (base, head) = (pair.base_total(), pair.head_total());
    let all = Difference::between(base, head);
    let nothing = Split::default();
    match (pair.base, pair.head, pair.touch) {
        (Some(_), None, Touch::Gone) => Split { removed: all, ..nothing },
        (None, Some(_), Touch::Changed(_)) => Split { patch: all, ..nothing },
        (Some(_), None, _) => Split { one_sided: all, lost_lines: base.total, ..nothing },
        (None, Some(_), _) => Split { one_sided: all, ..nothing },
        _ if all.covered < 0 || all.total < 0 => {
            let fewer = all.covered.min(all.total).unsigned_abs();
            Split { lost: all, lost_lines: u64::try_from(fewer).unwrap_or(u64::MAX), ..nothing }
        }
        _ => Split { gained: all, ..nothing },
    }
}

fn base_alone(base: &FileCoverage, change: &FileChange) -> Split {
    let mut split = Split::default();
    let mut lines = HeadLines::new(change);
    for (line, ran) in states(base) {
        if lines.of_base(line).is_some() {
            split.one_sided = split.one_sided + minus(one(ran));
            split.lost_lines += 1;
        } else {
            split.removed = split.removed + minus(one(ran));
        }
    }
    split
}

fn head_alone(head: &FileCoverage, change: &FileChange) -> Split {
    let mut split = Split::default();
    for (line, ran) in states(head) {
        let part = if is_added(change, line) { &mut split.patch } else { &mut split.one_sided };
        *part = *part + plus(one(ran));
    }
    split
}

fn both_sides(base: &FileCoverage, head: &FileCoverage, change: &FileChange) -> Split {
    let mut split = Split::default();
    let mut lines = HeadLines::new(change);
    let mut kept = Vec::with_capacity(base.lines.len());
    for (line, ran) in states(base) {
        match lines.of_base(line) {
            Some(now) => kept.push((now, ran)),
            None => split.removed = split.removed + minus(one(ran)),
        }
    }
    let mut after = states(head).peekable();
    for (line, ran) in kept {
        while let Some((_, new)) = next_before(&mut after, line, change, &mut split) {
            split.gained = split.gained + plus(one(new));
        }
        let now = after.next_if(|(at, _)| *at == line && !is_added(change, *at)).map(|(_, ran)| ran);
        split.kept(ran, now);
    }
    while let Some((_, new)) = next_before(&mut after, u32::MAX, change, &mut split) {
        split.gained = split.gained + plus(one(new));
    }
    for (line, ran) in after {
        let part = if is_added(change, line) { &mut split.patch } else { &mut split.gained };
        *part = *part + plus(one(ran));
    }
    split
}

impl Split {
    /// A line outside the diff that was coverable on the base, and what it is now.
    fn kept(&mut self, ran: bool, now: Option<bool>) {
        let after = now.map(one).unwrap_or_default();
        let difference = Difference::between(one(ran), after);
        if difference.covered < 0 || difference.total < 0 {
            self.lost = self.lost + difference;
            self.lost_lines += 1;
        } else {
            self.gained = self.gained + difference;
        }
    }
}

/// The next line of the head before `line` that the diff did not add; those that it did go to the patch.
fn next_before(
    lines: &mut Peekable<impl Iterator<Item = (u32, bool)>>,
    line: u32,
    change: &FileChange,
    split: &mut Split,
) -> Option<(u32, bool)> {
    while let Some((at, ran)) = lines.next_if(|(at, _)| *at < line || is_added(change, *at)) {
        if !is_added(change, at) {
            return Some((at, ran));
        }
        split.patch = split.patch + plus(one(ran));
    }
    None
}

/// Coverable lines in ascending order, each with whether it ran.
fn states(file: &FileCoverage) -> impl Iterator<Item = (u32, bool)> {
    file.lines.iter().map(|line| (line.line, line.hits > 0))
}

fn is_added(change: &FileChange, line: u32) -> bool {
    change.added.binary_search(&line).is_ok()
}

fn one(ran: bool) -> Covered {
    Covered { covered: ran.into(), total: 1 }
}

fn plus(lines: Covered) -> Difference {
    Difference::between(Covered::default(), lines)
}

fn minus(lines: Covered) -> Difference {
    Difference::between(lines, Covered::default())
}
