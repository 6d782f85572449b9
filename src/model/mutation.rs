//! Mutation testing: which changes of the code the tests notice.

use std::sync::Arc;

/// Mutants by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MutantCounts {
    /// A test failed.
    pub killed: u64,
    /// The tests did not end.
    pub timed_out: u64,
    /// No test failed.
    pub survived: u64,
    /// No test runs it.
    pub not_covered: u64,
    /// Not valid, or left out on purpose; no part of the score.
    pub left_out: u64,
}

impl MutantCounts {
    /// Killed and timed out.
    pub fn detected(self) -> u64 {
        self.killed + self.timed_out
    }

    /// Those that the score is about.
    pub fn valid(self) -> u64 {
        self.detected() + self.survived + self.not_covered
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            killed: self.killed.saturating_add(other.killed),
            timed_out: self.timed_out.saturating_add(other.timed_out),
            survived: self.survived.saturating_add(other.survived),
            not_covered: self.not_covered.saturating_add(other.not_covered),
            left_out: self.left_out.saturating_add(other.left_out),
        }
    }
}

/// A mutant that no test noticed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mutant {
    /// File in the repository, or as the tool writes it.
    pub path: Option<Arc<str>>,
    /// 1-based.
    pub line: Option<u32>,
    /// What was changed, in the tool's words.
    pub what: Arc<str>,
    /// Whether a test runs it.
    pub covered: bool,
}

/// What one tool tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MutationRun {
    /// As the format is called.
    pub tool: String,
    /// All mutants.
    pub counts: MutantCounts,
    /// Those that no test noticed, by place; at most some thousands of each file.
    pub undetected: Vec<Mutant>,
}

/// What one tool tried, beside the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MutationReport {
    /// Of the head; undetected mutants that the base does not have come first.
    pub run: MutationRun,
    /// How many of `run.undetected` the base does not have; `None` without a run of the tool there.
    pub new: Option<usize>,
    /// The same tool's on the base.
    pub base: Option<MutantCounts>,
}
