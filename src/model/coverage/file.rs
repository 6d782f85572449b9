//! One source file.

use super::covered::Covered;
use super::functions::Functions;
use super::lines::Lines;
use super::record::{LineBranches, Span, Statements};

/// What is known of one source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileCoverage {
    /// Coverable lines.
    pub lines: Lines,
    /// By line, in ascending order, each once; `None` when the report has no branch records for this file.
    pub branches: Option<Vec<(u32, LineBranches)>>,
    /// By name (with the line where the format gives one); `None` without function records. Names are as those of
    /// branches.
    pub functions: Option<Functions>,
    /// By place, in ascending order, each once; `None` when the format does not count statements. Never mixed with lines.
    pub statements: Option<Vec<(Span, Statements)>>,
    /// What the report says of this file where it gives no records; records go first.
    pub stated: StatedTotals,
}

impl FileCoverage {
    /// Covered lines of coverable lines.
    pub fn line_total(&self) -> Covered {
        if let (true, Some(stated)) = (self.lines.is_empty(), self.stated.lines) {
            return stated;
        }
        Covered { covered: self.lines.covered() as u64, total: self.lines.len() as u64 }
    }

    /// Whether any line is coverable.
    pub fn has_lines(&self) -> bool {
        !self.lines.is_empty() || self.stated.lines.is_some_and(|lines| lines.total > 0)
    }

    /// Taken branches of all branches, if there are branch records.
    pub fn branch_total(&self) -> Option<Covered> {
        let covered = |(_, branches): &(u32, LineBranches)| branches.covered();
        let counted = self.branches.as_ref().map(|lines| lines.iter().map(covered).sum());
        counted.or(self.stated.branches)
    }

    /// Executed functions of all functions, if there are function records.
    pub fn function_total(&self) -> Option<Covered> {
        let counted = self.functions.as_ref().map(Functions::covered);
        counted.or(self.stated.functions)
    }

    /// Executed statements of all statements, if the format counts them.
    pub fn statement_total(&self) -> Option<Covered> {
        let covered = |(_, statements): &(Span, Statements)| Covered {
            covered: if statements.ran { statements.count.into() } else { 0 },
            total: statements.count.into(),
        };
        let counted = self.statements.as_ref().map(|all| all.iter().map(covered).sum());
        counted.or(self.stated.statements)
    }
}

/// Totals that a report states of one file instead of giving records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatedTotals {
    /// Lines.
    pub lines: Option<Covered>,
    /// Branches.
    pub branches: Option<Covered>,
    /// Functions.
    pub functions: Option<Covered>,
    /// Statements.
    pub statements: Option<Covered>,
}

impl StatedTotals {
    /// Two statements about one file as one: without records they cannot be laid over each other, so the larger
    /// numbers stand, which is a lower bound.
    #[must_use]
    pub fn unite(self, other: Self) -> Self {
        let larger = |left: Option<Covered>, right: Option<Covered>| match (left, right) {
            (Some(left), Some(right)) => Some(left.at_least(right)),
            (one, other) => one.or(other),
        };
        Self {
            lines: larger(self.lines, other.lines),
            branches: larger(self.branches, other.branches),
            functions: larger(self.functions, other.functions),
            statements: larger(self.statements, other.statements),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::LineHits;
    use super::*;

    #[test]
    fn records_go_before_what_a_report_states() {
        let claim = Some(Covered { covered: 9, total: 9 });
        let stated = StatedTotals { lines: claim, branches: claim, functions: claim, statements: claim };
        let mut file = FileCoverage { stated, ..FileCoverage::default() };
        let totals = |file: &FileCoverage| {
            [Some(file.line_total()), file.branch_total(), file.function_total(), file.statement_total()]
        };
        assert_eq!(totals(&file), [claim; 4]);
        file.lines = [LineHits { line: 1, hits: 0 }].into_iter().collect();
        file.branches = Some(vec![(1, LineBranches::Named([("a", false)].into_iter().collect()))]);
        file.functions = Some([("f", false)].into_iter().collect());
        file.statements = Some(vec![(Span::default(), Statements { count: 1, ran: false })]);
        assert_eq!(totals(&file), [Some(Covered { covered: 0, total: 1 }); 4]);
    }
}
