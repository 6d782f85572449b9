//! Coverage reports: file → line → hits, branches by identity, functions.

use std::collections::BTreeMap;

use super::branches::NamedBranches;
use super::functions::Functions;

/// `covered` of `total`; never turned into a float before it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// How many were executed.
    pub covered: u64,
    /// How many could have been.
    pub total: u64,
}

impl Covered {
    /// What is known when one record says this and another `other` of the same things, which cannot be laid over each
    /// other: the larger numbers, a lower bound.
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        Self { covered: self.covered.max(other.covered), total: self.total.max(other.total) }
    }
}

impl std::ops::Add for Covered {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            covered: self.covered.saturating_add(other.covered),
            total: self.total.saturating_add(other.total),
        }
    }
}

impl std::iter::Sum for Covered {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |all, part| all + part)
    }
}

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

/// What is known of one source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileCoverage {
    /// Coverable lines in ascending order, each once.
    pub lines: Vec<LineHits>,
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
        Covered {
            covered: self.lines.iter().filter(|line| line.hits > 0).count() as u64,
            total: self.lines.len() as u64,
        }
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

    /// Whether `line` is coverable, and if so whether it ran.
    pub fn line(&self, line: u32) -> Option<bool> {
        let at = self.lines.binary_search_by_key(&line, |l| l.line).ok()?;
        self.lines.get(at).map(|l| l.hits > 0)
    }
}

/// Totals that a producer wrote into its own report; shown beside ours, never used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimedTotals {
    /// Lines as the producer counts them.
    pub lines: Option<Covered>,
}

/// One coverage report, or several merged into one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageReport {
    /// By path: as the report names it (normalised lexically), or the repository path once mapped.
    pub files: BTreeMap<String, FileCoverage>,
    /// Roots that the report says its paths start from (Cobertura `<source>`).
    pub roots: Vec<String>,
    /// What the producer says.
    pub claimed: ClaimedTotals,
}

/// Totals of several files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverageTotals {
    /// Covered lines.
    pub lines: Covered,
    /// Taken branches, when any file has branch records.
    pub branches: Option<Covered>,
    /// Executed functions, when any file has function records.
    pub functions: Option<Covered>,
    /// Executed statements, when any file's format counts them.
    pub statements: Option<Covered>,
}

impl CoverageTotals {
    /// Adds up `files`.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a FileCoverage>) -> Self {
        let mut totals = Self::default();
        for file in files {
            totals.lines = totals.lines + file.line_total();
            totals.branches = add(totals.branches, file.branch_total());
            totals.functions = add(totals.functions, file.function_total());
            totals.statements = add(totals.statements, file.statement_total());
        }
        totals
    }
}

fn add(left: Option<Covered>, right: Option<Covered>) -> Option<Covered> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left + right),
        (one, other) => one.or(other),
    }
}

impl CoverageReport {
    /// Totals over all files.
    pub fn totals(&self) -> CoverageTotals {
        CoverageTotals::of(self.files.values())
    }

    /// Executed statements over all files, if any format counts them.
    pub fn statement_total(&self) -> Option<Covered> {
        self.totals().statements
    }
}

/// Coverage of the lines that a change adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchCoverage {
    /// Added coverable lines that ran, of all added coverable lines.
    pub lines: Covered,
    /// Added lines that no report calls coverable.
    pub not_coverable: u64,
    /// Per changed file with at least one coverable added line: its totals and the added lines that did not run.
    pub files: BTreeMap<String, PatchFile>,
}

/// Patch coverage of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchFile {
    /// Added coverable lines.
    pub lines: Covered,
    /// Added coverable lines that did not run, ascending.
    pub missed: Vec<u32>,
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

    #[test]
    fn records_go_before_what_a_report_states() {
        let claim = Some(Covered { covered: 9, total: 9 });
        let stated = StatedTotals { lines: claim, branches: claim, functions: claim, statements: claim };
        let mut file = FileCoverage { stated, ..FileCoverage::default() };
        let totals = |file: &FileCoverage| {
            [Some(file.line_total()), file.branch_total(), file.function_total(), file.statement_total()]
        };
        assert_eq!(totals(&file), [claim; 4]);
        file.lines = vec![LineHits { line: 1, hits: 0 }];
        file.branches = Some(vec![(1, LineBranches::Named([("a", false)].into_iter().collect()))]);
        file.functions = Some([("f", false)].into_iter().collect());
        file.statements = Some(vec![(Span::default(), Statements { count: 1, ran: false })]);
        assert_eq!(totals(&file), [Some(Covered { covered: 0, total: 1 }); 4]);
    }
}
