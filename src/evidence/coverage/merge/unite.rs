//! What two records of the same thing come to.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::model::coverage::{LineBranches, LineHits};

/// Puts lines in ascending order, each once; `unite` decides on the hits of repeated ones.
pub fn in_order(lines: &mut Vec<LineHits>, unite: impl Fn(u32, u32) -> u32) {
    if lines.is_sorted_by(|one, next| one.line < next.line) {
        return;
    }
    // Stable: fast where ordered runs follow each other, as here.
    lines.sort_by_key(|line| line.line);
    lines.dedup_by(|next, kept| {
        let same = next.line == kept.line;
        if same {
            kept.hits = unite(kept.hits, next.hits);
        }
        same
    });
}

/// All keys of both maps; `unite` decides on the values of common ones.
pub(super) fn unite_maps<K: Ord, V>(
    known: &mut Option<BTreeMap<K, V>>,
    new: Option<BTreeMap<K, V>>,
    unite: impl Fn(&mut V, V),
) {
    let Some(new) = new else { return };
    match known {
        None => *known = Some(new),
        Some(known) if new.len() < known.len() / 8 => unite_some(known, new, unite),
        Some(known) => unite_most(known, new, unite),
    }
}

/// Looks up each of the new keys.
fn unite_some<K: Ord, V>(known: &mut BTreeMap<K, V>, new: BTreeMap<K, V>, unite: impl Fn(&mut V, V)) {
    for (key, value) in new {
        match known.entry(key) {
            Entry::Vacant(place) => drop(place.insert(value)),
            Entry::Occupied(mut place) => unite(place.get_mut(), value),
        }
    }
}

/// Goes through both maps side by side.
fn unite_most<K: Ord, V>(known: &mut BTreeMap<K, V>, new: BTreeMap<K, V>, unite: impl Fn(&mut V, V)) {
    let mut left = known.iter_mut().peekable();
    let mut missing = Vec::new();
    for (key, value) in new {
        while left.next_if(|(known, _)| **known < key).is_some() {}
        match left.next_if(|(known, _)| **known == key) {
            Some((_, known)) => unite(known, value),
            None => missing.push((key, value)),
        }
    }
    if !missing.is_empty() {
        known.append(&mut missing.into_iter().collect());
    }
}

/// Named branches are united by name. "c of t" cannot be laid over each other, so the larger counts stand: a
/// lower bound. Names say more than counts, so counts give way to them.
pub(super) fn unite_branches(known: &mut LineBranches, new: LineBranches) {
    match (known, new) {
        (LineBranches::Named(known), LineBranches::Named(new)) => *known = known.union(&new),
        (LineBranches::Named(_), LineBranches::Counted(_)) => {}
        (LineBranches::Counted(known), LineBranches::Counted(new)) => *known = known.at_least(new),
        (known, named) => *known = named,
    }
}
