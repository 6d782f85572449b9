//! Metrics and what selects the part of the evidence that they are computed from.

use crate::model::glob::Globs;

/// Globs that match whole values; empty means "everything".
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// As written.
    pub patterns: Vec<String>,
    /// Compiled.
    pub globs: Globs,
}

impl Selection {
    /// Selects what one glob matches.
    pub fn of(pattern: &str) -> Result<Self, String> {
        super::glob::compile(&[pattern.to_owned()]).map_err(|(_, error)| error)
    }

    /// Whether `value` is selected.
    pub fn matches(&self, value: &str) -> bool {
        self.patterns.is_empty() || self.globs.matches(value)
    }
}

/// Which number of the test run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestMetric {
    /// All cases.
    Total,
    /// Passed cases.
    Passed,
    /// Failed cases.
    Failed,
    /// Errored cases.
    Errored,
    /// Skipped cases.
    Skipped,
    /// Flaky cases.
    Flaky,
    /// passed / (total − skipped).
    PassRate,
    /// Sum of durations.
    Duration,
}

/// Which ratio of the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageMetric {
    /// Covered lines of coverable lines.
    Lines,
    /// Taken branches of all branches.
    Branches,
    /// Executed functions of all functions.
    Functions,
    /// Executed statements of all statements.
    Statements,
    /// Covered added lines of added coverable lines.
    Patch,
}

/// Which findings are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingMetric {
    /// Level `error`.
    Errors,
    /// Level `warning`.
    Warnings,
    /// Level `note`.
    Notes,
    /// Security severity from 9.0.
    Critical,
    /// Security severity from 7.0.
    High,
    /// Security severity from 4.0.
    Medium,
    /// Any lower security severity.
    Low,
}

/// Which markers in comments are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TodoMetric {
    /// All.
    Count,
    /// Those that name no issue.
    Untracked,
    /// Those that the change brings.
    New,
    /// Those that the change brings and that name no issue.
    NewUntracked,
}

impl TodoMetric {
    /// Whether it speaks about the change, and not about a commit.
    pub fn is_of_change(self) -> bool {
        matches!(self, Self::New | Self::NewUntracked)
    }
}

/// What a check measures.
#[derive(Clone, Debug)]
pub enum MetricSelector {
    /// `tests.*`.
    Tests {
        /// Which number.
        metric: TestMetric,
        /// Suite paths.
        suites: Selection,
        /// Class names.
        classes: Selection,
        /// Source files of the cases.
        files: Selection,
    },
    /// `coverage.*`.
    Coverage {
        /// Which ratio.
        metric: CoverageMetric,
        /// Repository paths.
        paths: Selection,
    },
    /// `findings.*`.
    Findings {
        /// Which findings.
        metric: FindingMetric,
        /// Names of tools.
        tools: Selection,
        /// Rule ids.
        rules: Selection,
        /// Repository paths.
        paths: Selection,
    },
    /// `todos.*`.
    Todos {
        /// Which markers.
        metric: TodoMetric,
        /// Repository paths.
        paths: Selection,
    },
    /// A measurement by its name.
    Named(String),
}
