//! Branches of which only numbers are known, gathered line by line.

use crate::model::coverage::{Covered, LineBranches};
use crate::model::order;

/// "c of t" branches of lines, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct CountedBranches(Vec<(u32, Covered)>);

impl CountedBranches {
    /// Branches of `line`, never more taken than there are; of two records the larger numbers stand.
    pub(super) fn add(&mut self, line: u32, branches: Covered) {
        self.0.push((line, Covered { covered: branches.covered.min(branches.total), ..branches }));
    }

    /// Takes in what other records say.
    pub(super) fn absorb(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The branches of each line, lines in ascending order.
    pub(super) fn finish(self) -> impl Iterator<Item = (u32, LineBranches)> {
        let Self(mut all) = self;
        if !all.is_sorted_by(|(one, _), (next, _)| one < next) {
            order::sort_by_key(&mut all, |(line, _)| *line);
            all.dedup_by(|(next, new), (line, known)| {
                let is_same = next == line;
                if is_same {
                    *known = known.at_least(*new);
                }
                is_same
            });
        }
        all.into_iter().map(|(line, branches)| (line, LineBranches::Counted(branches)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_records_of_a_line_the_larger_numbers_stand_in_any_order() {
        let all = [(7, (1, 2)), (3, (5, 2)), (7, (0, 4)), (3, (0, 9))];
        let finished = |all: &[(u32, (u64, u64))]| {
            let mut branches = CountedBranches::default();
            for (line, (covered, total)) in all {
                branches.add(*line, Covered { covered: *covered, total: *total });
            }
            branches.finish().map(|(line, branches)| (line, branches.covered())).collect::<Vec<_>>()
        };
        let expected = [(3, Covered { covered: 2, total: 9 }), (7, Covered { covered: 1, total: 4 })];
        assert_eq!(finished(&all), expected);
        let mut turned = all;
        turned.reverse();
        assert_eq!(finished(&turned), expected);
    }
}
