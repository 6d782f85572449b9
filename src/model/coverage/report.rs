//! Whole reports and their totals.

use std::collections::BTreeMap;

use super::covered::Covered;
use super::file::FileCoverage;

/// Totals that a producer wrote into its own report; shown beside ours, never used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimedTotals {
    /// Lines as the producer counts them.
    pub lines: Option<Covered>,
    /// Statements as the producer counts them, where its format has them.
    pub statements: Option<Covered>,
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
