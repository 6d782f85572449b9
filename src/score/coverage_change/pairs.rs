//! Which file of the base is which file of the head.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::coverage::{CoverageReport, Covered, FileCoverage};
use crate::model::diff::{Diff, FileChange};
use crate::model::order;

/// What the change did with the lines of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) enum Touch<'a> {
    /// Nothing.
    Untouched,
    /// Added some and removed some.
    Changed(&'a FileChange),
    /// Removed all.
    Gone,
}

/// One file on both sides, or on the one that knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    /// Of the head; of the base for files that the head does not know.
    pub(super) path: &'a str,
    pub(super) base: Option<&'a FileCoverage>,
    pub(super) head: Option<&'a FileCoverage>,
    pub(super) touch: Touch<'a>,
}

impl Pair<'_> {
    pub(super) fn base_total(&self) -> Covered {
        self.base.map(FileCoverage::line_total).unwrap_or_default()
    }

    pub(super) fn head_total(&self) -> Covered {
        self.head.map(FileCoverage::line_total).unwrap_or_default()
    }
}

/// Every file of both sides in exactly one pair; renamed files stand with what they were.
pub(super) fn pairs<'a>(base: &'a CoverageReport, head: &'a CoverageReport, diff: &'a Diff) -> Vec<Pair<'a>> {
    let moves = Moves::of(diff);
    let mut left: BTreeMap<&str, &FileCoverage> =
        order::map(base.files.iter().map(|(path, file)| (path.as_str(), file)));
    let mut pairs = Vec::with_capacity(head.files.len());
    for (path, file) in &head.files {
        let before = moves.before(path).and_then(|before| left.remove(before));
        let touch = diff.files.get(path).map_or(Touch::Untouched, Touch::Changed);
        pairs.push(Pair { path, base: before, head: Some(file), touch });
    }
    let rest = left.into_iter().map(|(path, file)| Pair {
        path,
        base: Some(file),
        head: None,
        touch: moves.gone(path),
    });
    pairs.extend(rest);
    pairs
}

/// The renames of a diff, both ways.
pub(in crate::score) struct Moves<'a> {
    diff: &'a Diff,
    sources: BTreeSet<&'a str>,
}

impl<'a> Moves<'a> {
    pub(in crate::score) fn of(diff: &'a Diff) -> Self {
        let sources = diff.files.values().filter_map(|change| change.renamed_from.as_deref()).collect();
        Self { diff, sources }
    }

    /// What the file at `path` was called, if it was there: a new file may stand where another moved away.
    pub(in crate::score) fn before(&self, path: &'a str) -> Option<&'a str> {
        let from = self.diff.files.get(path).and_then(|change| change.renamed_from.as_deref());
        from.or_else(|| (!self.sources.contains(path)).then_some(path))
    }

    /// What became of a file of the base that no report of the head names.
    fn gone(&self, path: &str) -> Touch<'a> {
        if self.sources.contains(path) {
            let renamed = |change: &&FileChange| change.renamed_from.as_deref() == Some(path);
            return self.diff.files.values().find(renamed).map_or(Touch::Untouched, Touch::Changed);
        }
        match self.diff.files.get(path) {
            // Deleted, or another file was moved over it.
            Some(change) if change.deleted || change.renamed_from.is_some() => Touch::Gone,
            Some(change) => Touch::Changed(change),
            None => Touch::Untouched,
        }
    }
}
