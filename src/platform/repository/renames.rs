//! Files that have another name.

use crate::model::order;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::lines;

/// Most files that are compared with each other, and most pairs of them; beyond, equal content alone makes a rename.
const MOST_FILES: usize = 2000;
const MOST_PAIRS: usize = 250_000;

/// A file that is gone, or one that is new.
pub(super) struct Side {
    pub(super) path: Vec<u8>,
    /// The name of its content.
    pub(super) id: ObjectId,
    /// In bytes, as far as it is known.
    pub(super) size: u64,
}

/// The places of a file that is gone and of the new one that it became.
pub(super) type Pair = (usize, usize);

/// Pairs of equal content; of several, those with the same file name first. Empty files are no renames.
pub(super) fn equal(gone: &[Side], new: &[Side]) -> Vec<Pair> {
    let mut by_content: HashMap<ObjectId, Vec<usize>> = HashMap::new();
    for (number, side) in gone.iter().enumerate() {
        by_content.entry(side.id).or_default().push(number);
    }
    let mut pairs = Vec::new();
    let sides = || new.iter().enumerate().filter(|(_, side)| side.size > 0);
    let mut is_named = vec![false; new.len()];
    for only_same_name in [true, false] {
        for (number, side) in sides() {
            let Some(taken) = is_named.get_mut(number).filter(|taken| !**taken) else { continue };
            let Some(left) = by_content.get_mut(&side.id) else { continue };
            let fits =
                |old: &usize| !only_same_name || gone.get(*old).is_some_and(|old| name(old) == name(side));
            if let Some(place) = left.iter().position(fits) {
                pairs.push((left.remove(place), number));
                *taken = true;
            }
        }
    }
    pairs
}

/// The bytes of a file, where there are lines in them.
pub(super) type Content = Result<Option<Vec<u8>>, RepositoryError>;

/// Pairs that have at least half of the larger file in common, the most alike first.
pub(super) fn alike(
    (gone, new): (&[Side], &[Side]),
    content: &dyn Fn(Which<'_>) -> Content,
) -> Result<Vec<Pair>, RepositoryError> {
    if gone.len() + new.len() > MOST_FILES || gone.len().saturating_mul(new.len()) > MOST_PAIRS {
        return Ok(Vec::new());
    }
    let weigh =
        |which| -> Result<_, RepositoryError> { Ok(content(which)?.map(|content| weights(&content))) };
    let old: Vec<Option<Weights>> =
        gone.iter().map(|side| weigh(Which::Old(side))).collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (number, side) in new.iter().enumerate() {
        let Some(weights) = weigh(Which::New(side))? else { continue };
        for (place, (other, before)) in old.iter().zip(gone).enumerate() {
            let percent = other.as_ref().map_or(0, |other| in_common(other, &weights));
            if percent >= 50 {
                found.push((Reverse(percent), name(before) != name(side), place, number));
            }
        }
    }
    order::sort(&mut found);
    let (mut old, mut new, mut pairs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, _, place, number) in found {
        if !old.contains(&place) && !new.contains(&number) {
            old.insert(place);
            new.insert(number);
            pairs.push((place, number));
        }
    }
    Ok(pairs)
}

/// A file of one of the two sides.
pub(super) enum Which<'a> {
    Old(&'a Side),
    New(&'a Side),
}

fn name(side: &Side) -> &[u8] {
    side.path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// The lines of a file, as numbers in order, each with its bytes.
struct Weights {
    lines: Vec<(u64, u64)>,
    sum: u64,
}

fn weights(content: &[u8]) -> Weights {
    let weight = |line: lines::Line<'_>| {
        let mut hasher = DefaultHasher::new();
        line.hash(&mut hasher);
        (hasher.finish(), line.as_ref().len() as u64 + 1)
    };
    let mut lines: Vec<_> = lines::of(content).map(weight).collect();
    lines.sort_unstable();
    let sum = lines.iter().map(|(_, bytes)| bytes).sum();
    Weights { lines, sum }
}

/// How much of the larger one is in the other, in percent.
fn in_common(old: &Weights, new: &Weights) -> u64 {
    let larger = old.sum.max(new.sum);
    if larger == 0 || old.sum.min(new.sum) * 2 < larger {
        return 0;
    }
    let (mut left, mut right, mut common) = (old.lines.iter().peekable(), new.lines.iter().peekable(), 0);
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                common += a.1;
                left.next();
                right.next();
            }
        }
    }
    common * 100 / larger
}
