//! The cases of all files in order of identity, one at a time: cases move from the files into the run, and are never
//! held twice.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::vec::IntoIter;

use super::attempts::Rank;
use crate::model::tests::TestCase;

/// A case, which one of its name it is in its file (from 0 on), and which try of which cell it is from.
pub(super) struct Seen {
    pub(super) case: TestCase,
    pub(super) cell: usize,
    pub(super) number: u32,
    pub(super) rank: Rank,
    file: usize,
}

impl Seen {
    fn key(&self) -> impl Ord {
        (self.cell, self.number, self.rank, self.file)
    }
}

/// The first case is the greatest, as heaps give the greatest first.
impl Ord for Seen {
    fn cmp(&self, other: &Self) -> Ordering {
        other.case.id.cmp(&self.case.id).then_with(|| other.key().cmp(&self.key()))
    }
}

impl PartialOrd for Seen {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Seen {}

/// Sorts by identity; cases with one identity stay in their order.
pub(super) fn sort(cases: &mut [TestCase]) {
    cases.sort_by(|one, other| one.id.cmp(&other.id));
}

/// Cases by identity, cell, number and rank. Holds the next case of each file, and what comes behind it.
pub(super) struct InOrder {
    next: BinaryHeap<Seen>,
    behind: Vec<IntoIter<TestCase>>,
}

impl InOrder {
    /// The cases of `files`, each with its cell and rank.
    pub(super) fn of(files: impl Iterator<Item = (usize, Rank, Vec<TestCase>)>) -> Self {
        let (mut next, mut behind) = (BinaryHeap::new(), Vec::new());
        for (file, (cell, rank, mut cases)) in files.enumerate() {
            sort(&mut cases);
            let mut cases = cases.into_iter();
            next.extend(cases.next().map(|case| Seen { case, cell, number: 0, rank, file }));
            behind.push(cases);
        }
        Self { next, behind }
    }
}

impl Iterator for InOrder {
    type Item = Seen;

    fn next(&mut self) -> Option<Seen> {
        let mut first = self.next.peek_mut()?;
        let Some(case) = self.behind.get_mut(first.file).and_then(Iterator::next) else {
            // What held the cases of the file is freed now, while the run grows.
            if let Some(ended) = self.behind.get_mut(first.file) {
                *ended = Vec::new().into_iter();
            }
            return Some(PeekMut::pop(first));
        };
        let number = if case.id == first.case.id { first.number.saturating_add(1) } else { 0 };
        let next = Seen { case, number, ..*first };
        Some(std::mem::replace(&mut *first, next))
    }
}
