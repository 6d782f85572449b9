//! The branches of one line, by name.

use std::collections::HashSet;
use std::sync::Arc;

use super::coverage::Covered;

/// Branches of one line whose names are stable between reports: name → taken, in order of name.
///
/// Millions of lines have the same few branches, so a whole line is one text that can be shared: for each branch
/// its name, `+` or `-`, and a line feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBranches(Arc<str>);

impl NamedBranches {
    /// Names in order, each with whether the branch was taken.
    pub fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.lines().filter_map(|branch| match branch.strip_suffix('+') {
            Some(name) => Some((name, true)),
            None => branch.strip_suffix('-').map(|name| (name, false)),
        })
    }

    /// Taken branches of all branches.
    pub fn covered(&self) -> Covered {
        covered(self.iter())
    }

    /// The branches of both; one is taken if it is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self == other { self.clone() } else { self.iter().chain(other.iter()).collect() }
    }
}

impl<N: AsRef<str>> FromIterator<(N, bool)> for NamedBranches {
    /// In any order; of branches with one name, one taken is enough.
    fn from_iter<I: IntoIterator<Item = (N, bool)>>(branches: I) -> Self {
        let mut all: Vec<(N, bool)> = branches.into_iter().collect();
        all.sort_by(|(a, taken), (b, other)| a.as_ref().cmp(b.as_ref()).then(other.cmp(taken)));
        all.dedup_by(|(next, _), (kept, _)| next.as_ref() == kept.as_ref());
        let mut text = String::new();
        for (name, taken) in &all {
            write(&mut text, name.as_ref(), *taken);
        }
        Self(text.into())
    }
}

fn write(text: &mut String, name: &str, taken: bool) {
    if name.contains(['\n', '\r']) {
        text.push_str(&name.replace(['\n', '\r'], " "));
    } else {
        text.push_str(name);
    }
    text.push_str(if taken { "+\n" } else { "-\n" });
}

/// Taken names of all names.
///
/// What formats name in different ways cannot be told to be the same, so only the way that names most counts: two
/// formats that speak about one branch do not make it two. The way is what stands before a tab in a name.
pub(super) fn covered<'a>(names: impl Iterator<Item = (&'a str, bool)>) -> Covered {
    let mut ways: Vec<(&str, Covered)> = Vec::new();
    for (name, taken) in names {
        let way = name.split_once('\t').map_or("", |(way, _)| way);
        let one = Covered { covered: taken.into(), total: 1 };
        match ways.iter_mut().find(|(known, _)| *known == way) {
            Some((_, covered)) => *covered = *covered + one,
            None => ways.push((way, one)),
        }
    }
    ways.into_iter().map(|(_, covered)| covered).max_by_key(|c| (c.total, c.covered)).unwrap_or_default()
}

/// Makes lines with equal branches share one text.
#[derive(Debug, Default)]
pub struct SharedBranches {
    known: HashSet<Arc<str>>,
    text: String,
}

impl SharedBranches {
    /// More texts, and longer ones, than these are not worth remembering.
    const MAX_KNOWN: usize = 4096;
    const MAX_TEXT: usize = 64;

    /// Branches in order of name, each name once.
    pub fn share<'a>(&mut self, in_order: impl Iterator<Item = (&'a str, bool)>) -> NamedBranches {
        self.text.clear();
        for (name, taken) in in_order {
            write(&mut self.text, name, taken);
        }
        if let Some(known) = self.known.get(self.text.as_str()) {
            return NamedBranches(Arc::clone(known));
        }
        let new: Arc<str> = self.text.as_str().into();
        if self.known.len() < Self::MAX_KNOWN && new.len() <= Self::MAX_TEXT {
            self.known.insert(Arc::clone(&new));
        }
        NamedBranches(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_kept_by_name_and_united() {
        let one: NamedBranches = [("0,1", false), ("0,0", true), ("0,1", false)].into_iter().collect();
        let other: NamedBranches = [("0,1", true), ("jump\nto + 4", false)].into_iter().collect();
        assert_eq!(one.iter().collect::<Vec<_>>(), [("0,0", true), ("0,1", false)]);
        assert_eq!(one.covered(), Covered { covered: 1, total: 2 });
        let both = one.union(&other);
        assert_eq!(both.iter().collect::<Vec<_>>(), [("0,0", true), ("0,1", true), ("jump to + 4", false)]);
        assert_eq!(both, other.union(&one));
    }

    #[test]
    fn equal_branches_share_one_text() {
        let mut shared = SharedBranches::default();
        let one = shared.share([("0,0", true), ("0,1", false)].into_iter());
        let other = shared.share([("0,0", true), ("0,1", false)].into_iter());
        assert!(Arc::ptr_eq(&one.0, &other.0));
        assert_eq!(one, [("0,1", false), ("0,0", true)].into_iter().collect());
    }
}
