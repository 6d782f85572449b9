//! The coverable lines of one source file.

use std::cmp::Ordering;
use std::fmt;

use super::record::LineHits;

/// Coverable lines in ascending order, each once, and how often each ran: up to 255 times, as only "above 0" ever
/// decides.
///
/// Projects have millions of lines, so they are kept as distances: about two bytes a line.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Of each line, its hits, and its distance from the one before: seven bits a byte, the lowest first, and the highest
    /// bit where more follow.
    bytes: Box<[u8]>,
    count: usize,
    covered: usize,
}

impl Lines {
    /// The lines of `list` in any order, and it becomes empty; `unite` decides on the hits of repeated ones.
    pub fn take(list: &mut Vec<LineHits>, unite: impl Fn(u32, u32) -> u32) -> Self {
        if !list.is_sorted_by(|one, next| one.line < next.line) {
            // Stable: fast where ordered runs follow each other, as here.
            list.sort_by_key(|line| line.line);
            list.dedup_by(|next, kept| {
                let is_same = next.line == kept.line;
                kept.hits = if is_same { unite(kept.hits, next.hits) } else { kept.hits };
                is_same
            });
        }
        let mut lines = Packed::with_room(2 * list.len());
        list.drain(..).for_each(|line| lines.push(line));
        lines.finish()
    }

    /// All lines, in ascending order.
    pub fn iter(&self) -> Iter<'_> {
        Iter { bytes: &self.bytes, line: 0 }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many ran.
    pub fn covered(&self) -> usize {
        self.covered
    }

    /// The lines of both; `unite` decides on the hits of those that both have.
    #[must_use]
    pub fn union(&self, other: &Self, unite: impl Fn(u32, u32) -> u32) -> Self {
        let mut lines = Packed::with_room(self.bytes.len().max(other.bytes.len()));
        let (mut ours, mut theirs) = (self.iter().peekable(), other.iter().peekable());
        loop {
            let next = match (ours.peek(), theirs.peek()) {
                (Some(one), Some(other)) => match one.line.cmp(&other.line) {
                    Ordering::Less => ours.next(),
                    Ordering::Greater => theirs.next(),
                    Ordering::Equal => {
                        let hits = unite(one.hits, other.hits);
                        ours.next();
                        theirs.next().map(|line| LineHits { hits, ..line })
                    }
                },
                (Some(_), None) => ours.next(),
                (None, _) => theirs.next(),
            };
            match next {
                Some(line) => lines.push(line),
                None => return lines.finish(),
            }
        }
    }

    /// For each of some line numbers, which ascend, its line if it is coverable.
    pub fn find(&self, numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = Option<LineHits>> {
        let mut lines = self.iter().peekable();
        numbers.map(move |number| {
            while lines.next_if(|line| line.line < number).is_some() {}
            lines.peek().copied().filter(|line| line.line == number)
        })
    }
}

impl<'a> IntoIterator for &'a Lines {
    type Item = LineHits;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl FromIterator<LineHits> for Lines {
    /// In any order; of repeated lines the largest hit count stands.
    fn from_iter<I: IntoIterator<Item = LineHits>>(lines: I) -> Self {
        Self::take(&mut lines.into_iter().collect(), u32::max)
    }
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|line| (line.line, line.hits))).finish()
    }
}

/// Lines in ascending order, from [`Lines::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    bytes: &'a [u8],
    line: u32,
}

impl Iterator for Iter<'_> {
    type Item = LineHits;

    fn next(&mut self) -> Option<LineHits> {
        let (hits, rest) = self.bytes.split_first()?;
        let (distance, rest) = number(rest)?;
        self.bytes = rest;
        self.line += distance;
        Some(LineHits { line: self.line, hits: (*hits).into() })
    }
}

/// Lines that are being packed.
struct Packed {
    bytes: Vec<u8>,
    count: usize,
    covered: usize,
    last: u32,
}

impl Packed {
    fn with_room(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), count: 0, covered: 0, last: 0 }
    }

    /// Adds a line behind the last one.
    #[inline]
    fn push(&mut self, LineHits { line, hits }: LineHits) {
        self.bytes.push(u8::try_from(hits).unwrap_or(u8::MAX));
        match u8::try_from(line - self.last) {
            Ok(near @ ..0x80) => self.bytes.push(near),
            _ => self.push_far(line - self.last),
        }
        self.count += 1;
        self.covered += usize::from(hits > 0);
        self.last = line;
    }

    #[cold]
    fn push_far(&mut self, mut distance: u32) {
        while distance >= 0x80 {
            let [low, ..] = distance.to_le_bytes();
            self.bytes.push(low | 0x80);
            distance >>= 7;
        }
        self.bytes.extend(u8::try_from(distance));
    }

    fn finish(self) -> Lines {
        Lines { bytes: self.bytes.into(), count: self.count, covered: self.covered }
    }
}

/// The number that `bytes` begin with, and what follows it.
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    if let [number @ ..0x80, rest @ ..] = bytes {
        return Some((u32::from(*number), rest));
    }
    let length = bytes.iter().position(|byte| *byte < 0x80)? + 1;
    let (number, rest) = bytes.split_at_checked(length)?;
    Some((number.iter().rev().fold(0, |number, byte| number << 7 | u32::from(byte & 0x7F)), rest))
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    use super::*;

    fn lines(list: &[(u32, u32)]) -> Lines {
        list.iter().map(|(line, hits)| LineHits { line: *line, hits: *hits }).collect()
    }

    #[test]
    fn lines_come_back_in_order_with_their_hits() {
        let list = [(1, 0), (2, 1), (128, 2), (256, 254), (70_000, 255), (u32::MAX, 3)];
        let mut turned = list;
        turned.reverse();
        let lines = lines(&turned);
        assert_eq!(lines.iter().map(|line| (line.line, line.hits)).collect::<Vec<_>>(), list);
        assert_eq!((lines.len(), lines.covered()), (6, 5));
        assert_eq!(format!("{:?}", self::lines(&[(3, 4)])), "{3: 4}");
    }

    #[test]
    fn hits_are_told_apart_up_to_255() {
        assert_eq!(lines(&[(1, 256), (2, u32::MAX)]), lines(&[(1, 255), (2, 255)]));
    }

    #[test]
    fn of_a_line_that_comes_again_the_larger_hits_stand() {
        assert_eq!(lines(&[(2, 1), (1, 0), (2, 5), (2, 3)]), lines(&[(1, 0), (2, 5)]));
    }

    proptest! {
        #[test]
        fn a_union_holds_what_either_holds(
            one in btree_map(1_u32..400, any::<u32>(), 0..60),
            other in btree_map(1_u32..400, any::<u32>(), 0..60),
            asked in vec(0_u32..420, 0..40),
        ) {
            let of = |map: &std::collections::BTreeMap<u32, u32>| {
                map.iter().map(|(line, hits)| LineHits { line: *line, hits: *hits }).collect::<Lines>()
            };
            let mut both = one.clone();
            for (line, hits) in &other {
                let known = both.entry(*line).or_default();
                *known = known.saturating_add(*hits);
            }
            let union = of(&one).union(&of(&other), u32::saturating_add);
            prop_assert_eq!(&union, &of(&both));
            prop_assert_eq!(union.covered(), both.values().filter(|hits| **hits > 0).count());
            let mut asked = asked;
            asked.sort_unstable();
            let found: Vec<_> = union.find(asked.iter().copied()).map(|line| line.map(|line| line.hits)).collect();
            prop_assert_eq!(found, asked.iter().map(|line| both.get(line).map(|hits| *hits.min(&255))).collect::<Vec<_>>());
        }
    }
}
