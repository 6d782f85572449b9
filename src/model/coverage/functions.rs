//! The functions of one source file, by name.

use std::borrow::Cow;

use super::branches;
use super::covered::Covered;
use crate::model::order;

/// Functions in order of name, each once: executed or not. Projects have millions of them, so all names of a file are one
/// text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Functions {
    /// Each name with a line feed behind it.
    names: Box<str>,
    /// In the order of the names.
    ran: Box<[bool]>,
}

impl Functions {
    /// Names, each with whether the function was executed.
    pub fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        self.names.split_terminator('\n').zip(self.ran.iter().copied())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ran.len()
    }

    /// Executed functions of all functions.
    pub fn covered(&self) -> Covered {
        if branches::has_way(&self.names) {
            return branches::covered(self.iter());
        }
        Covered { covered: self.ran.iter().filter(|ran| **ran).count() as u64, total: self.ran.len() as u64 }
    }

    /// Takes over what `other` says of the same functions; false when it speaks of others, too.
    pub fn absorb(&mut self, other: &Self) -> bool {
        let is_same = self.names == other.names;
        if is_same {
            self.ran.iter_mut().zip(&other.ran).for_each(|(known, ran)| *known |= ran);
        }
        is_same
    }
}

impl<N: AsRef<str>> FromIterator<(N, bool)> for Functions {
    /// In any order; of functions with one name, one that ran is enough.
    fn from_iter<I: IntoIterator<Item = (N, bool)>>(functions: I) -> Self {
        let all: Vec<(N, bool)> = functions.into_iter().collect();
        let names = all.iter().map(|(name, ran)| (branches::one_line(name.as_ref()), *ran));
        Self::in_order(names.collect())
    }
}

impl Functions {
    fn in_order(mut all: Vec<(Cow<'_, str>, bool)>) -> Self {
        // Stable: fast where ordered runs follow each other, as in the functions of several reports.
        let compare = |(a, _): &(Cow<'_, str>, bool), (b, _): &(Cow<'_, str>, bool)| order::of_texts(a, b);
        order::sort_by(&mut all, compare);
        all.dedup_by(|(next, next_ran), (kept, ran)| {
            let is_same = order::is_same(next, kept);
            *ran |= is_same && *next_ran;
            is_same
        });
        let mut names = String::with_capacity(all.iter().map(|(name, _)| name.len() + 1).sum());
        for (name, _) in &all {
            names.push_str(name);
            names.push('\n');
        }
        Self { names: names.into(), ran: all.into_iter().map(|(_, ran)| ran).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn functions(all: &[(&str, bool)]) -> Functions {
        all.iter().copied().collect()
    }

    #[test]
    fn functions_are_kept_by_name_on_one_line_each() {
        let all =
            functions(&[("g", true), ("f\n(int)", false), ("f (int)", true), ("", false), ("g", false)]);
        assert_eq!(all.iter().collect::<Vec<_>>(), [("", false), ("f (int)", true), ("g", true)]);
        assert_eq!((all.count(), all.covered()), (3, Covered { covered: 2, total: 3 }));
        assert_eq!(functions(&[]), Functions::default());
        let of_two_formats = functions(&[("jacoco\tf", false), ("jacoco\tg", true), ("xccov\tf", true)]);
        assert_eq!(of_two_formats.covered(), Covered { covered: 1, total: 2 });
    }

    #[test]
    fn only_the_same_functions_are_absorbed() {
        let mut known = functions(&[("f", false), ("g", true)]);
        assert!(known.absorb(&functions(&[("g", false), ("f", true)])));
        assert_eq!(known, functions(&[("f", true), ("g", true)]));
        for other in [&[("f", true)][..], &[("f", true), ("h", true)], &[("fg", true)]] {
            assert!(!known.absorb(&functions(other)));
        }
    }
}
