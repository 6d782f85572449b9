//! An index from the ends of paths to the paths: one sorted list of reversed paths.
//!
//! `src/shop/cart.py` is kept as `cart.py/shop/src/`, so all files that end with `shop/cart.py` stand side by
//! side and are found by binary search, whatever the size of the repository.

use super::super::lexical;
use crate::model::order;

/// A sorted list of reversed paths.
#[derive(Debug, Default)]
pub(super) struct SuffixIndex {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    reversed: Box<str>,
    path: Box<str>,
}

/// What a path shares its end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// Exactly this file.
    One(&'a str),
    /// Several files, none better than the others.
    Several,
}

/// A file that a path ends with, and how many parts of the path it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending<'a> {
    pub(super) path: &'a str,
    pub(super) parts: usize,
}

impl SuffixIndex {
    pub(super) fn new(paths: Vec<String>) -> Self {
        Self::of(paths.into_iter().map(|path| (reversed(&path), path.into_boxed_str())))
    }

    /// The same files with their keys in lower case.
    pub(super) fn folded(&self) -> Self {
        Self::of(self.entries.iter().map(|entry| (entry.reversed.to_lowercase(), entry.path.clone())))
    }

    fn of(entries: impl Iterator<Item = (String, Box<str>)>) -> Self {
        let mut entries: Vec<Entry> =
            entries.map(|(key, path)| Entry { reversed: key.into_boxed_str(), path }).collect();
        order::sort_by(&mut entries, |a, b| (&a.reversed, &a.path).cmp(&(&b.reversed, &b.path)));
        entries.dedup_by(|a, b| a.path == b.path);
        Self { entries }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The file `path`; absolute paths are none.
    pub(super) fn exact(&self, path: &str) -> Option<Found<'_>> {
        if lexical::is_absolute(path) { None } else { self.exact_key(&reversed(path)) }
    }

    /// The longest file that `path` ends with: `/ci/work/src/a.rs` → `src/a.rs`.
    pub(super) fn that_ends(&self, path: &str) -> Option<Ending<'_>> {
        let key = reversed(path);
        cuts(&key).rev().find_map(|(parts, cut)| match self.exact_key(cut) {
            Some(Found::One(path)) => Some(Ending { path, parts }),
            _ => None,
        })
    }

    /// The file that ends with `path`: `shop/cart.py` → `src/shop/cart.py`.
    pub(super) fn that_ends_with(&self, path: &str) -> Option<Found<'_>> {
        self.only(&reversed(path), |entry, key| entry.reversed.starts_with(key))
    }

    /// The file that shares the most parts with the end of `path`, when those are at least `least`.
    pub(super) fn that_shares(&self, path: &str, least: usize) -> Option<Found<'_>> {
        let key = reversed(path);
        cuts(&key)
            .rev()
            .take_while(|(parts, _)| *parts >= least)
            .find_map(|(_, cut)| self.only(cut, |entry, key| entry.reversed.starts_with(key)))
    }

    /// Of the files that share the most parts with the end of `path` and at least `least`, the one with the most
    /// folders that the rest of `path` names: `core/com/acme/A.java` → `core/src/main/java/com/acme/A.java`.
    pub(super) fn that_suits(&self, path: &str, least: usize) -> Option<Found<'_>> {
        let key = reversed(path);
        let (cut, entries) =
            cuts(&key).rev().take_while(|(parts, _)| *parts >= least).find_map(|(_, cut)| {
                let entries = self.beginning(cut);
                (!entries.is_empty()).then_some((cut, entries))
            })?;
        let named: Vec<&str> = parts(key.get(cut.len()..)?).collect();
        let count = |entry: &&Entry| {
            let folders = entry.reversed.get(cut.len()..).unwrap_or_default();
            parts(folders).filter(|folder| named.iter().any(|name| names(name, folder))).count()
        };
        let most = entries.iter().map(|entry| count(&entry)).max().filter(|most| *most > 0)?;
        let mut fitting = entries.iter().filter(|entry| count(entry) == most);
        let first = fitting.next()?;
        Some(if fitting.next().is_some() { Found::Several } else { Found::One(&first.path) })
    }

    /// The entries that begin with `key`, at most as many as are worth a look.
    fn beginning(&self, key: &str) -> &[Entry] {
        const MOST: usize = 64;
        let from = self.entries.partition_point(|entry| *entry.reversed < *key);
        let rest = self.entries.get(from..).unwrap_or_default();
        let count = rest.iter().take(MOST).take_while(|entry| entry.reversed.starts_with(key)).count();
        rest.get(..count).unwrap_or_default()
    }

    fn exact_key(&self, key: &str) -> Option<Found<'_>> {
        self.only(key, |entry, key| *entry.reversed == *key)
    }

    /// The entries from `key` on for which `fits` holds: they stand side by side, so two say it all.
    fn only(&self, key: &str, fits: impl Fn(&Entry, &str) -> bool) -> Option<Found<'_>> {
        let from = self.entries.partition_point(|entry| *entry.reversed < *key);
        let mut fitting = self.entries.iter().skip(from).take_while(|entry| fits(entry, key));
        let first = fitting.next()?;
        Some(if fitting.next().is_some() { Found::Several } else { Found::One(&first.path) })
    }
}

/// `src/a.rs` → `a.rs/src/`; roots leave no part behind.
fn reversed(path: &str) -> String {
    let mut key = String::with_capacity(path.len() + 1);
    for part in path.rsplit('/').filter(|part| !part.is_empty()) {
        key.push_str(part);
        key.push('/');
    }
    key
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// Whether `name` means `folder`: a module is called like its folder, or like the project and its folder.
fn names(name: &str, folder: &str) -> bool {
    name.strip_suffix(folder)
        .is_some_and(|before| before.is_empty() || before.ends_with(['-', '_', ':', '.']))
}

/// The beginnings of a reversed path, one part longer each time, with the number of their parts.
fn cuts(key: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    let ends: Vec<usize> = key.match_indices('/').map(|(at, _)| at + 1).collect();
    ends.into_iter().enumerate().filter_map(move |(index, end)| Some((index + 1, key.get(..end)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(paths: &[&str]) -> SuffixIndex {
        SuffixIndex::new(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    #[test]
    fn files_are_found_by_the_end_of_their_paths() {
        let index = index(&["src/shop/cart.py", "src/cart.py", "cart.py", "lib/a-b/x.c", "lib/a/x.c"]);
        assert_eq!(index.exact("cart.py"), Some(Found::One("cart.py")));
        assert_eq!(index.exact("shop/cart.py"), None);
        assert_eq!(index.that_ends_with("shop/cart.py"), Some(Found::One("src/shop/cart.py")));
        assert_eq!(index.that_ends_with("cart.py"), Some(Found::Several));
        assert_eq!(index.that_ends_with("a/x.c"), Some(Found::One("lib/a/x.c")));
        assert_eq!(index.that_ends("/ci/src/cart.py"), Some(Ending { path: "src/cart.py", parts: 2 }));
        assert_eq!(index.that_ends("/ci/none.py"), None);
        assert_eq!(index.that_shares("mod/a/x.c", 2), Some(Found::One("lib/a/x.c")));
        assert_eq!(index.that_shares("mod/b/x.c", 2), None);
    }

    #[test]
    fn case_is_folded_on_demand() {
        let folded = index(&["Src/Größe.C", "src/x.c", "SRC/X.c"]).folded();
        assert_eq!(folded.exact("src/größe.c"), Some(Found::One("Src/Größe.C")));
        assert_eq!(folded.exact("src/x.c"), Some(Found::Several));
    }
}
