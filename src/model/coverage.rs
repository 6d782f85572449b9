//! Coverage reports: file → line → hits, branches by identity, functions.

use std::collections::BTreeMap;

use super::branches::NamedBranches;

/// `covered` of `total`; never turned into a float before it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// How many were executed.
    pub covered: u64,
    /// How many could have been.
    pub total: u64,
}

impl std::ops::Add for Covered {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { covered: self.covered + other.covered, total: self.total + other.total }
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
    /// Each branch has a name that is stable between reports.
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

/// What is known of one source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileCoverage {
    /// Coverable lines in ascending order, each once.
    pub lines: Vec<LineHits>,
    /// By line; `None` when the report has no branch records for this file.
    pub branches: Option<BTreeMap<u32, LineBranches>>,
    /// By name (with the line where the format gives one): executed or not; `None` without function records.
    pub functions: Option<BTreeMap<Box<str>, bool>>,
}

impl FileCoverage {
    /// Covered lines of coverable lines.
    pub fn line_total(&self) -> Covered {
        Covered {
            covered: self.lines.iter().filter(|line| line.hits > 0).count() as u64,
            total: self.lines.len() as u64,
        }
    }

    /// Taken branches of all branches, if there are branch records.
    pub fn branch_total(&self) -> Option<Covered> {
        self.branches.as_ref().map(|lines| lines.values().map(LineBranches::covered).sum())
    }

    /// Executed functions of all functions, if there are function records.
    pub fn function_total(&self) -> Option<Covered> {
        self.functions.as_ref().map(|functions| Covered {
            covered: functions.values().filter(|run| **run).count() as u64,
            total: functions.len() as u64,
        })
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

/// Line, branch and function totals of several files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverageTotals {
    /// Covered lines.
    pub lines: Covered,
    /// Taken branches, when any file has branch records.
    pub branches: Option<Covered>,
    /// Executed functions, when any file has function records.
    pub functions: Option<Covered>,
}

impl CoverageTotals {
    /// Adds up `files`.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a FileCoverage>) -> Self {
        let mut totals = Self::default();
        for file in files {
            totals.lines = totals.lines + file.line_total();
            totals.branches = add(totals.branches, file.branch_total());
            totals.functions = add(totals.functions, file.function_total());
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
