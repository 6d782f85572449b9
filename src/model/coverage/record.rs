//! What reports record of lines, branches and statements.

use super::branches::NamedBranches;
use super::covered::Covered;

/// One coverable line. Hit counts saturate; only "above 0" ever decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineHits {
    /// 1-based.
    pub line: u32,
    /// How often it ran.
    pub hits: u32,
}

/// The branches of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineBranches {
    /// Each branch has a name that is stable between reports. Formats that name branches in their own way put a word
    /// for it and a tab in front.
    Named(NamedBranches),
    /// The format says only "c of t".
    Counted(Covered),
}

impl LineBranches {
    /// Takes in what another record says of the same line.
    ///
    /// Named branches are united by name. "c of t" cannot be laid over each other, so the larger counts stand: a
    /// lower bound. Names say more than counts, so counts give way to them.
    pub fn unite(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Named(known), Self::Named(new)) => *known = known.union(new),
            (Self::Named(_), Self::Counted(_)) => {}
            (Self::Counted(known), Self::Counted(new)) => *known = known.at_least(*new),
            (known, named) => *known = named.clone(),
        }
    }

    /// Taken branches of all branches.
    pub fn covered(&self) -> Covered {
        match self {
            Self::Named(branches) => branches.covered(),
            Self::Counted(covered) => *covered,
        }
    }
}

/// Where a statement stands in its file; what tells it from the other ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First line, 1-based.
    pub line: u32,
    /// First column, as the producer counts.
    pub column: u32,
    /// Last line, 1-based.
    pub end_line: u32,
    /// The column behind the last one, as the producer counts.
    pub end_column: u32,
    /// Which of several statements in the same place, from 0: compilers make several out of one text.
    pub ordinal: u32,
}

/// Statements that always run together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// How many there are.
    pub count: u32,
    /// Whether they ran.
    pub ran: bool,
}

impl Statements {
    /// Two records of the same statements as one.
    #[must_use]
    pub fn unite(self, other: Self) -> Self {
        Self { count: self.count.max(other.count), ran: self.ran | other.ran }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_formats_that_name_the_same_branches_do_not_double_them() {
        let names = [("0,0", true), ("0,1", false), ("py\t3→4", true), ("py\t3→5", true), ("go\t1", true)];
        let branches = LineBranches::Named(names.into_iter().collect());
        assert_eq!(branches.covered(), Covered { covered: 2, total: 2 });
    }
}
