//! Sorting in little code.
//!
//! The library's sort and `collect` into a B-tree are compiled anew for each type, at some five kilobytes each. Nearly all
//! lists here are short, so one sort of positions serves them all. What can be long is sorted by the library.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

/// Sorts `list` by `compare`; what is equal stays in its order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let positions = positions(list.len(), &mut |one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    arrange(positions, &mut |one, other| list.swap(one, other));
}

/// Sorts `list` by what `key` says of each element; what is equal stays in its order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// Sorts `list`.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// The items as a set.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The items as a map; of several with one key the last one stays.
pub fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(items);
    map
}

/// Compares texts as [`Ord`] does, eight bytes at once: the C library of the static program goes byte by byte.
pub fn of_texts(one: &str, other: &str) -> Ordering {
    let (words, other_words) = (one.as_bytes().as_chunks::<8>().0, other.as_bytes().as_chunks::<8>().0);
    let shared = words.len().min(other_words.len());
    let differ = words.iter().zip(other_words).find(|(word, other)| word != other);
    if let Some((word, other)) = differ {
        return u64::from_be_bytes(*word).cmp(&u64::from_be_bytes(*other));
    }
    let from = 8 * shared;
    one.as_bytes().get(from..).cmp(&other.as_bytes().get(from..))
}

/// Whether two texts are the same, as fast as [`of_texts`].
pub fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && of_texts(one, other).is_eq()
}

/// For each place the position of the element that belongs there.
fn positions(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|one, other| compare(*one, *other));
    positions
}

/// Moves each element to its place, along the cycles that `positions` consists of.
fn arrange(mut positions: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..positions.len() {
        let mut place = start;
        while let Some(from) = positions.get_mut(place).map(|from| mem::replace(from, place)) {
            if from == start {
                break;
            }
            swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_library(list: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (list.clone(), list.clone());
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
            prop_assert_eq!(set(list.clone()), list.iter().copied().collect());
            prop_assert_eq!(map(list.clone()), list.into_iter().collect());
        }

        #[test]
        fn texts_are_in_the_order_of_the_library(shared in "[a-cé]{0,20}", one in "[a-c\u{ff}]{0,20}", other in "[a-cé]{0,20}") {
            for (one, other) in [(one, other.clone()), (String::new(), other)] {
                let (one, other) = (format!("{shared}{one}"), format!("{shared}{other}"));
                prop_assert_eq!(of_texts(&one, &other), one.cmp(&other));
                prop_assert_eq!(is_same(&one, &other), one == other);
                prop_assert!(is_same(&one, &one.clone()));
            }
        }
    }
}
