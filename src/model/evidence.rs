//! Everything that was read, merged into one run: what scoring works on and what a snapshot remembers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::coverage::CoverageReport;
use super::findings::FindingsReport;
use super::input::{InputState, Kind};
use super::left_out::LeftOut;
use super::metric::Measurement;
use super::mutation::MutationRun;
use super::tests::TestReport;
use super::todos::TodoReport;

/// One input without its content, as reports and snapshots list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As shown to people.
    pub path: String,
    /// Recognised format.
    pub format: Option<String>,
    /// Kind of the recognised format.
    pub kind: Option<Kind>,
    /// What became of it.
    pub state: InputState,
    /// "12 cases", "340 lines in 7 files".
    pub holds: String,
    /// The first error, with its place in front (`12:3: …`), or the first warning.
    pub problem: Option<String>,
}

/// Paths of coverage reports that could not be told from, or matched with, the repository's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathMatching {
    /// Report paths that match no file of the repository.
    pub unmatched: Vec<String>,
    /// Report paths that match several files.
    pub ambiguous: Vec<String>,
    /// Report paths in all, without foreign ones; 0 when no tree was given and paths were taken as they are.
    pub total: u64,
    /// Report paths of toolchains and installed packages, which are nobody's fault. Not recorded.
    pub foreign: u64,
    /// Set when too few match for the numbers to mean anything: what to tell the reader.
    pub invalid: Option<String>,
    /// Where that is not so, the rule of the policy that would lead some of the rest to files. Not recorded.
    pub help: Option<String>,
}

/// Coverage of an earlier commit that is part of this one's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The component's id in the policy.
    pub component: String,
    /// The commit that it was measured on; empty when unknown.
    pub sha: String,
    /// The day on which that was recorded, `2026-10-07`.
    pub since: String,
    /// Repository paths, as on this commit.
    pub files: BTreeSet<String>,
}

/// A component without coverage of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRun {
    /// The component's id in the policy.
    pub component: String,
    /// Why some of it, or nothing, was carried forward; empty when all that could be was.
    pub reason: String,
}

/// The evidence of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// All inputs, ordered by path.
    pub sources: Vec<Source>,
    /// All test reports as one run; `None` when there was none.
    pub tests: Option<TestReport>,
    /// All coverage reports as one, with repository paths; `None` when there was none.
    pub coverage: Option<CoverageReport>,
    /// How the paths in `coverage` came about.
    pub paths: PathMatching,
    /// All findings, each once; `None` when no tool's report was read.
    pub findings: Option<FindingsReport>,
    /// Named numbers; an id occurs once.
    pub measurements: Vec<Measurement>,
    /// Mutation testing, by tool.
    pub mutation: Vec<MutationRun>,
    /// Markers in comments; `None` when there was no checkout to look at.
    pub todos: Option<TodoReport>,
    /// Measurement → number of files that have it, where several do.
    pub measured_in: BTreeMap<String, u64>,
    /// Coverage that was measured on an earlier commit and stands in for what was not measured here.
    pub carried: Vec<Carried>,
    /// Components of the policy that the base has coverage of and whose job did not run here; never remembered.
    pub not_run: Vec<NotRun>,
    /// Expectations of the policy that did not hold, by kind: that kind's metrics are invalid.
    pub shortfalls: Vec<(Kind, String)>,
    /// Kind → when its oldest input was made, where that is known. Not recorded: a recorded run was fresh in its day.
    pub dates: Vec<(Kind, Timestamp)>,
    /// What lay beside the inputs and was not read; never remembered.
    pub left_out: LeftOut,
}

impl Evidence {
    /// Inputs that fail the gate.
    pub fn bad_sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.state.is_bad_evidence())
    }
}
