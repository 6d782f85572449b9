//! The branches of one line, by name.

use std::borrow::Cow;
use std::sync::Arc;

use super::branch_row::BranchRow;
use super::covered::Covered;
use crate::model::order;

/// Branches of one line whose names are stable between reports: name → taken, in order of name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBranches(Branches);

/// Equal branches are always in the same form: a row whenever they are one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Branches {
    Row(BranchRow),
    /// Millions of lines have the same few branches, so a whole line is one text that can be shared: for each branch
    /// its name, `+` or `-`, and a line feed.
    Text(Arc<str>),
}

impl NamedBranches {
    /// Names, each with whether the branch was taken.
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, bool)> {
        let (row, text) = match &self.0 {
            Branches::Row(row) => (Some(*row), ""),
            Branches::Text(text) => (None, text.as_ref()),
        };
        let numbered =
            row.into_iter().flat_map(BranchRow::iter).map(|(name, taken)| (Cow::Owned(name), taken));
        numbered.chain(named(text).map(|(name, taken)| (Cow::Borrowed(name), taken)))
    }

    /// Taken branches of all branches.
    pub fn covered(&self) -> Covered {
        match &self.0 {
            Branches::Row(row) => row.covered(),
            Branches::Text(text) if has_way(text) => covered(named(text)),
            Branches::Text(text) => covered_lines(text.as_bytes()),
        }
    }

    /// The branches of both; one is taken if it is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        if let (Branches::Row(one), Branches::Row(next)) = (&self.0, &other.0)
            && let Some(row) = one.union(*next)
        {
            return row.into();
        }
        self.iter().chain(other.iter()).collect()
    }
}

/// The branches in the text of a line.
fn named(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.lines().filter_map(|branch| match branch.strip_suffix('+') {
        Some(name) => Some((name, true)),
        None => branch.strip_suffix('-').map(|name| (name, false)),
    })
}

impl From<BranchRow> for NamedBranches {
    fn from(row: BranchRow) -> Self {
        Self(Branches::Row(row))
    }
}

impl<N: AsRef<str>> FromIterator<(N, bool)> for NamedBranches {
    /// In any order; of branches with one name, one taken is enough.
    fn from_iter<I: IntoIterator<Item = (N, bool)>>(branches: I) -> Self {
        let mut all: Vec<(N, bool)> = branches.into_iter().collect();
        order::sort_by(&mut all, |(a, taken), (b, other)| a.as_ref().cmp(b.as_ref()).then(other.cmp(taken)));
        all.dedup_by(|(next, _), (kept, _)| next.as_ref() == kept.as_ref());
        let in_order = all.iter().map(|(name, taken)| (name.as_ref(), *taken));
        if let Some(row) = BranchRow::of(in_order.clone()) {
            return row.into();
        }
        let mut text = String::new();
        write(&mut text, in_order);
        Self(Branches::Text(text.into()))
    }
}

/// What stands between the way in which a format names things and the name.
const WAY: char = '\t';

/// What ends a line, and stands in no name that is kept in a text of several.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Whether any name in `text` has a way.
pub(super) fn has_way(text: &str) -> bool {
    memchr::memchr(b'\t', text.as_bytes()).is_some()
}

/// A name that may stand in a text of several.
pub(super) fn one_line(name: &str) -> Cow<'_, str> {
    let has_end = memchr::memchr2(b'\n', b'\r', name.as_bytes()).is_some();
    if has_end { Cow::Owned(name.replace(LINE_ENDS, " ")) } else { Cow::Borrowed(name) }
}

fn write<'a>(text: &mut String, branches: impl Iterator<Item = (&'a str, bool)>) {
    branches.for_each(|(name, taken)| write_one(text, name, taken));
}

/// Adds a branch to the text of its line: its name, in as many bytes, and two more.
pub fn write_one(text: &mut String, name: &str, taken: bool) {
    text.push_str(&one_line(name));
    text.push_str(if taken { "+\n" } else { "-\n" });
}

/// Taken names of all names.
///
/// What formats name in different ways cannot be told to be the same, so only the way that names most counts: two
/// formats that speak about one branch do not make it two. The way is what stands before [`WAY`] in a name.
pub(super) fn covered<'a>(names: impl Iterator<Item = (&'a str, bool)>) -> Covered {
    let (mut plain, mut ways) = (Covered::default(), Vec::<(&str, Covered)>::new());
    for (name, taken) in names {
        let one = Covered { covered: taken.into(), total: 1 };
        // Most names have no way.
        let Some((way, _)) = name.split_once(WAY) else {
            plain = plain + one;
            continue;
        };
        match ways.iter_mut().find(|(known, _)| *known == way) {
            Some((_, covered)) => *covered = *covered + one,
            None => ways.push((way, one)),
        }
    }
    let ways = ways.into_iter().map(|(_, covered)| covered);
    ways.chain([plain]).max_by_key(|c| (c.total, c.covered)).unwrap_or_default()
}

/// As [`covered`], of the text of a line in which no name has a way.
fn covered_lines(text: &[u8]) -> Covered {
    memchr::memchr_iter(b'\n', text).fold(Covered::default(), |all, end| {
        let is_taken = text.get(..end).is_some_and(|name| name.ends_with(b"+"));
        all + Covered { covered: is_taken.into(), total: 1 }
    })
}

/// Makes lines with equal branches share one text.
#[derive(Debug, Default)]
pub struct SharedBranches {
    /// Recent texts, each at the place that its bytes lead to.
    recent: Vec<Option<Arc<str>>>,
    text: String,
}

impl SharedBranches {
    /// A power of two.
    const PLACES: usize = 4096;
    /// Longer texts hardly come again.
    const MAX_TEXT: usize = 64;

    /// Branches in order of name, each name once.
    pub fn share<'a>(&mut self, in_order: impl Iterator<Item = (&'a str, bool)> + Clone) -> NamedBranches {
        if let Some(row) = BranchRow::of(in_order.clone()) {
            return row.into();
        }
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        write(&mut text, in_order);
        let branches = self.share_written(&text);
        self.text = text;
        branches
    }

    /// Branches in order of name, each name once and none of them two numbers, as [`write_one`] writes them.
    pub fn share_written(&mut self, text: &str) -> NamedBranches {
        NamedBranches(Branches::Text(self.shared(text)))
    }

    /// The text, the same one as before if it was there lately.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if text.len() > Self::MAX_TEXT {
            return text.into();
        }
        if self.recent.is_empty() {
            self.recent.resize(Self::PLACES, None);
        }
        let Some(place) = self.recent.get_mut(place(text) % Self::PLACES) else { return text.into() };
        match place {
            Some(known) if order::is_same(known, text) => Arc::clone(known),
            _ => Arc::clone(place.insert(text.into())),
        }
    }
}

/// A number that texts which differ rarely share; the factor is the one of `FxHash`.
fn place(text: &str) -> usize {
    let mix = |all: u64, next: u64| (all.rotate_left(5) ^ next).wrapping_mul(0x517c_c1b7_2722_0a95);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let all = words.iter().fold(0, |all, word| mix(all, u64::from_le_bytes(*word)));
    let all = rest.iter().fold(all, |all, byte| mix(all, u64::from(*byte)));
    // The higher bits are mixed best.
    usize::try_from(all >> 40).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branches(all: &[(&str, bool)]) -> NamedBranches {
        all.iter().copied().collect()
    }

    fn shown(branches: &NamedBranches) -> String {
        let branch = |(name, taken)| format!("{name}{}", if taken { '+' } else { '-' });
        branches.iter().map(branch).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn branches_are_kept_by_name_and_united() {
        let one = branches(&[("0,1", false), ("0,0", true), ("0,1", false)]);
        let other = branches(&[("0,1", true), ("jump\nto + 4", false)]);
        assert_eq!(shown(&one), "0,0+ 0,1-");
        assert_eq!(one.covered(), Covered { covered: 1, total: 2 });
        assert_eq!(other.covered(), Covered { covered: 1, total: 2 });
        let both = one.union(&other);
        assert_eq!(shown(&both), "0,0+ 0,1+ jump to + 4-");
        assert_eq!(both, other.union(&one));
    }

    #[test]
    fn equal_branches_share_one_text() {
        let mut shared = SharedBranches::default();
        let text = |branches: &NamedBranches| match &branches.0 {
            Branches::Text(text) => Arc::clone(text),
            Branches::Row(row) => panic!("{row:?}"),
        };
        let one = shared.share([("0,0", true), ("1,0", false)].into_iter());
        let other = shared.share([("0,0", true), ("1,0", false)].into_iter());
        assert!(Arc::ptr_eq(&text(&one), &text(&other)));
        assert_eq!(one, branches(&[("1,0", false), ("0,0", true)]));
    }

    #[test]
    fn the_parts_of_a_row_make_the_same_row() {
        let row = branches(&[("3,0", true), ("3,1", false), ("3,2", true)]);
        let parts = branches(&[("3,0", true), ("3,2", true)]).union(&branches(&[("3,1", false)]));
        assert_eq!(parts, row);
        assert_eq!(row.covered(), Covered { covered: 2, total: 3 });
        let blocks = row.union(&branches(&[("4,0", false)]));
        assert_eq!(shown(&blocks), "3,0+ 3,1- 3,2+ 4,0-");
    }
}
