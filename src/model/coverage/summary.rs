//! A coverage report in numbers: what is still said of it once its records are part of a union.

use super::file::FileCoverage;
use super::report::{ClaimedTotals, CoverageReport, CoverageTotals};

/// One coverage report in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageSummary {
    /// How many source files it names.
    pub files: usize,
    /// How many coverable lines it has records of.
    pub lines: usize,
    /// Over all files.
    pub totals: CoverageTotals,
    /// What the producer says.
    pub claimed: ClaimedTotals,
    /// Each source file, in order of path; empty unless they are asked for.
    pub sources: Vec<SourceSummary>,
}

/// One source file in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSummary {
    /// As the report names it, normalised lexically.
    pub path: String,
    /// Of its records, or as the report states them.
    pub totals: CoverageTotals,
    /// Coverable lines that did not run, ascending.
    pub uncovered: Vec<u32>,
}

impl CoverageSummary {
    /// Counts `report`.
    pub fn of(report: &CoverageReport) -> Self {
        Self {
            files: report.files.len(),
            lines: report.files.values().map(|file| file.lines.len()).sum(),
            totals: report.totals(),
            claimed: report.claimed,
            sources: Vec::new(),
        }
    }

    /// Counts `report` and each source file in it.
    pub fn with_sources(report: &CoverageReport) -> Self {
        Self { sources: report.files.iter().map(SourceSummary::of).collect(), ..Self::of(report) }
    }
}

impl SourceSummary {
    fn of((path, file): (&String, &FileCoverage)) -> Self {
        Self {
            path: path.clone(),
            totals: CoverageTotals::of([file]),
            uncovered: file.lines.iter().filter(|line| line.hits == 0).map(|line| line.line).collect(),
        }
    }
}
