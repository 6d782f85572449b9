//! Branches that are numbered without a gap, which nearly all are: some bytes for all of a line.

use super::covered::Covered;

/// The branches `block,0`, `block,1` and so on of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BranchRow {
    block: u32,
    length: u8,
    /// One bit for each branch that was taken, the first one lowest.
    taken: u64,
}

impl BranchRow {
    /// The row that `branches` of the same `block` make up, in any order; nothing when they have a gap, or are too many.
    pub fn numbered(block: u32, branches: impl IntoIterator<Item = (u32, bool)>) -> Option<Self> {
        let (mut known, mut taken) = (0_u64, 0_u64);
        for (number, ran) in branches {
            let bit = 1_u64.checked_shl(number)?;
            known |= bit;
            taken |= if ran { bit } else { 0 };
        }
        let length = known.trailing_ones();
        let is_whole = length > 0 && length == known.count_ones();
        is_whole.then_some(Self { block, length: u8::try_from(length).ok()?, taken })
    }

    /// The row that branches with these names make up, if they do.
    pub(super) fn of<'a>(mut names: impl Iterator<Item = (&'a str, bool)> + Clone) -> Option<Self> {
        let (block, _) = number(names.clone().next()?.0)?;
        let is_row = names.clone().all(|(name, _)| number(name).is_some_and(|(other, _)| other == block));
        let mut numbers = Vec::new();
        if is_row {
            numbers.extend(names.by_ref().filter_map(|(name, taken)| Some((number(name)?.1, taken))));
        }
        Self::numbered(block, numbers)
    }

    /// The block, how many branches there are, and one bit for each that was taken, the first one lowest.
    pub(super) fn parts(self) -> (u32, u8, u64) {
        (self.block, self.length, self.taken)
    }

    /// The row of [`BranchRow::parts`].
    pub(super) fn from_parts(block: u32, length: u8, taken: u64) -> Self {
        Self { block, length, taken }
    }

    /// The branches of both; nothing when they are no row.
    pub(super) fn union(self, other: Self) -> Option<Self> {
        let length = self.length.max(other.length);
        (self.block == other.block).then_some(Self { length, taken: self.taken | other.taken, ..self })
    }

    /// Names in order of number, each with whether the branch was taken.
    pub(super) fn iter(self) -> impl Iterator<Item = (String, bool)> {
        (0..self.length)
            .map(move |number| (format!("{},{number}", self.block), self.taken >> number & 1 == 1))
    }

    /// Taken branches of all branches.
    pub(super) fn covered(self) -> Covered {
        Covered { covered: self.taken.count_ones().into(), total: self.length.into() }
    }
}

/// Block and branch of a branch name that is two numbers as they would be written again.
pub fn number(name: &str) -> Option<(u32, u32)> {
    let (block, rest) = plain(name.as_bytes())?;
    let (branch, rest) = plain(rest.strip_prefix(b",")?)?;
    rest.is_empty().then_some((block, branch))
}

/// A number as it would be written again, and what follows it.
fn plain(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (mut value, mut rest) = (0_u32, bytes);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        value = value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
        rest = after;
    }
    let length = bytes.len() - rest.len();
    let is_plain = length == 1 || (length > 1 && bytes.first() != Some(&b'0'));
    is_plain.then_some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_without_a_gap_are_a_row() {
        let row = BranchRow::numbered(7, [(1, true), (0, false), (1, false)]).unwrap();
        assert_eq!(row.iter().collect::<Vec<_>>(), [("7,0".to_owned(), false), ("7,1".to_owned(), true)]);
        assert_eq!(row.covered(), Covered { covered: 1, total: 2 });
        assert!(BranchRow::numbered(0, (0..64).map(|number| (number, true))).is_some());
        for other in [&[0, 2][..], &[1], &[0, 64], &[]] {
            assert_eq!(BranchRow::numbered(0, other.iter().map(|number| (*number, true))), None, "{other:?}");
        }
    }

    #[test]
    fn names_that_would_be_written_in_another_way_are_no_numbers() {
        assert_eq!(number("0,12"), Some((0, 12)));
        for name in ["00,1", "0,01", "+1,1", "1", "1,", "1,1,1", "1,x", "4294967296,0"] {
            assert_eq!(number(name), None, "{name}");
        }
    }
}
