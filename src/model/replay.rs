//! What a gate would have done to recorded runs.

use super::exact::Tenths;
use super::trend::TrendPoint;

/// One recorded run under the gate that is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// As recorded.
    pub run: TrendPoint,
    /// What the gate would have said; the reason when the run is not kept in full.
    pub answer: Result<Answer, String>,
}

/// The answer of the gate that is tried, whether or not its mode lets it block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Shown score under the policy that is tried.
    pub score: Tenths,
    /// Ids of the failing conditions with their messages; none when it passes.
    pub failing: Vec<(String, String)>,
}

/// All runs that were tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Whose runs.
    pub branch: String,
    /// Which policy is tried.
    pub policy: String,
    /// Oldest first.
    pub runs: Vec<Replayed>,
}

impl Replay {
    /// Runs that were decided, and those of them that would have failed.
    pub fn counts(&self) -> (usize, usize) {
        let answers = || self.runs.iter().filter_map(|run| run.answer.as_ref().ok());
        (answers().count(), answers().filter(|answer| !answer.failing.is_empty()).count())
    }
}
