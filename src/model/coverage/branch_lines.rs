//! The branches of one source file, line by line.

use std::cmp::Ordering;
use std::fmt;

use super::branch_row::BranchRow;
use super::branches::{self, Branches, NamedBranches};
use super::covered::Covered;
use super::record::LineBranches;
use super::varint;
use crate::model::order;

/// The branches of lines in ascending order, each line once.
///
/// Projects have millions of them, so they are kept in some bytes a line.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct BranchLines {
    /// Of each line its distance from the one before; then how long a row is, and its block and what of it was taken; or
    /// [`COUNTED`], and how many of how many were taken; or [`TEXT`], and the length of a text, and the text.
    bytes: Box<[u8]>,
    count: usize,
    covered: Covered,
}

/// No row has this length.
const COUNTED: u8 = 0;
/// No row is so long.
const TEXT: u8 = u8::MAX;

impl BranchLines {
    /// The branches of `lines`, which come in ascending order, each once.
    pub fn ascending(lines: impl IntoIterator<Item = (u32, LineBranches)>) -> Self {
        let mut builder = Builder::default();
        lines.into_iter().for_each(|(line, branches)| builder.add(line, &branches));
        builder.take()
    }

    /// The lines and their branches, in ascending order.
    pub fn iter(&self) -> Iter<'_> {
        Iter { bytes: &self.bytes, line: 0 }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Taken branches of all branches.
    pub fn covered(&self) -> Covered {
        self.covered
    }

    /// The branches of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        let mut builder = Builder::default();
        let (mut ours, mut theirs) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (Some((one, _)), Some((other, _))) => one.cmp(other),
                (Some(_), None) => Ordering::Less,
                (None, _) => Ordering::Greater,
            };
            let next = if order.is_le() { ours.next() } else { theirs.next() };
            let Some((line, mut branches)) = next else { return builder.take() };
            if let (Ordering::Equal, Some((_, others))) = (order, &theirs.next_if(|_| order.is_eq())) {
                branches.unite(others);
            }
            builder.add(line, &branches);
        }
    }
}

impl<'a> IntoIterator for &'a BranchLines {
    type Item = (u32, LineBranches);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl FromIterator<(u32, LineBranches)> for BranchLines {
    /// In any order; what comes of a line again is united with what came before.
    fn from_iter<I: IntoIterator<Item = (u32, LineBranches)>>(lines: I) -> Self {
        let mut lines: Vec<_> = lines.into_iter().collect();
        order::sort_by_key(&mut lines, |(line, _)| *line);
        lines.dedup_by(|(next, new), (line, known)| {
            let is_same = next == line;
            if is_same {
                known.unite(new);
            }
            is_same
        });
        Self::ascending(lines)
    }
}

impl fmt::Debug for BranchLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Lines and their branches, from [`BranchLines::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    bytes: &'a [u8],
    line: u32,
}

impl Iterator for Iter<'_> {
    type Item = (u32, LineBranches);

    fn next(&mut self) -> Option<(u32, LineBranches)> {
        let (distance, rest) = varint::read(self.bytes)?;
        let (kind, rest) = rest.split_first()?;
        let (first, rest) = varint::read(rest)?;
        let (branches, rest) = if *kind == TEXT {
            let (text, rest) = rest.split_at_checked(usize::try_from(first).ok()?)?;
            (NamedBranches::written(str::from_utf8(text).ok()?), rest)
        } else {
            let (second, rest) = varint::read(rest)?;
            if *kind == COUNTED {
                self.move_to(distance, rest)?;
                return Some((self.line, LineBranches::Counted(Covered { covered: first, total: second })));
            }
            (BranchRow::from_parts(u32::try_from(first).ok()?, *kind, second).into(), rest)
        };
        self.move_to(distance, rest)?;
        Some((self.line, LineBranches::Named(branches)))
    }
}

impl<'a> Iter<'a> {
    fn move_to(&mut self, distance: u64, rest: &'a [u8]) -> Option<()> {
        self.bytes = rest;
        self.line = self.line.checked_add(u32::try_from(distance).ok()?)?;
        Some(())
    }
}

/// Puts the branches of lines together, in ascending order, each line once.
#[derive(Debug, Default)]
pub struct Builder {
    bytes: Vec<u8>,
    last: u32,
    count: usize,
    covered: Covered,
}

impl Builder {
    /// The branches of `line`.
    pub fn add(&mut self, line: u32, branches: &LineBranches) {
        match branches {
            LineBranches::Named(NamedBranches(Branches::Row(row))) => self.add_row(line, *row),
            LineBranches::Named(NamedBranches(Branches::Text(text))) => self.add_written(line, text),
            LineBranches::Counted(covered) => {
                self.begin(line, COUNTED, *covered);
                varint::push(&mut self.bytes, covered.covered);
                varint::push(&mut self.bytes, covered.total);
            }
        }
    }

    /// The branches of `line`, which are a row.
    pub fn add_row(&mut self, line: u32, row: BranchRow) {
        let (block, length, taken) = row.parts();
        self.begin(line, length, row.covered());
        varint::push(&mut self.bytes, block.into());
        varint::push(&mut self.bytes, taken);
    }

    /// The branches of `line` in order of name, each name once and not all of them numbers of a row, as
    /// [`branches::write_one`] writes them.
    pub fn add_written(&mut self, line: u32, text: &str) {
        self.begin(line, TEXT, branches::covered_in(text));
        varint::push(&mut self.bytes, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn begin(&mut self, line: u32, kind: u8, covered: Covered) {
        varint::push(&mut self.bytes, line.saturating_sub(self.last).into());
        self.bytes.push(kind);
        self.last = line;
        self.count += 1;
        self.covered = self.covered + covered;
    }

    /// All lines that were added; afterwards there is none.
    pub fn take(&mut self) -> BranchLines {
        // An exact copy: the room stays for the next file.
        let lines =
            BranchLines { bytes: self.bytes.as_slice().into(), count: self.count, covered: self.covered };
        self.bytes.clear();
        (self.last, self.count, self.covered) = (0, 0, Covered::default());
        lines
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::btree_map;
    use proptest::prelude::*;

    use super::*;

    fn branches() -> impl Strategy<Value = LineBranches> {
        prop_oneof![
            btree_map("[01],[0-9]{1,2}|jump to [a-z\t]{1,9}", any::<bool>(), 1..5)
                .prop_map(|branches| LineBranches::Named(branches.into_iter().collect())),
            (0_u64..400, any::<u32>()).prop_map(|(covered, missed)| {
                LineBranches::Counted(Covered { covered, total: covered + u64::from(missed) })
            }),
        ]
    }

    fn lines() -> impl Strategy<Value = BTreeMap<u32, LineBranches>> {
        btree_map(prop_oneof![0..9_u32, any::<u32>()], branches(), 0..9)
    }

    proptest! {
        #[test]
        fn branches_come_back_line_by_line_in_any_order(all in lines()) {
            let packed = BranchLines::ascending(all.clone());
            prop_assert_eq!((packed.len(), packed.is_empty()), (all.len(), all.is_empty()));
            prop_assert_eq!(packed.covered(), all.values().map(LineBranches::covered).sum());
            prop_assert_eq!(packed.iter().collect::<BTreeMap<_, _>>(), all.clone());
            prop_assert_eq!(all.into_iter().rev().collect::<BranchLines>(), packed);
        }

        #[test]
        fn a_union_holds_what_either_holds(one in lines(), other in lines()) {
            let mut both = one.clone();
            for (line, branches) in &other {
                both.entry(*line).and_modify(|known| known.unite(branches)).or_insert_with(|| branches.clone());
            }
            let union = BranchLines::ascending(one).union(&BranchLines::ascending(other));
            prop_assert_eq!(union, BranchLines::ascending(both));
        }
    }
}
