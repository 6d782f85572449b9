//! Which of several files of one cell is the later try, and what a case comes to after all tries.

use std::cmp::Reverse;

use crate::model::origin::Origin;
use crate::model::tests::{CaseId, Outcome, TestCase};

/// What can be compared about the time of files of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// All of them come from artifacts with a time.
    Created,
    /// Some carry the number of a try; those without are the first.
    Numbered,
    /// Nothing: all files are the same try.
    Unknown,
}

/// The later, the greater; comparable within one cell.
pub(super) type Rank = i128;

impl Clock {
    /// The clock of files that come from `origins`.
    pub(super) fn of(origins: &[&Origin]) -> Self {
        if origins.iter().all(|origin| origin.created.is_some()) {
            Self::Created
        } else if origins.iter().any(|origin| origin.attempt.is_some()) {
            Self::Numbered
        } else {
            Self::Unknown
        }
    }

    /// The place in time of a file that comes from `origin`.
    pub(super) fn rank(self, origin: &Origin) -> Rank {
        match self {
            Self::Created => origin.created.map_or(0, jiff::Timestamp::as_nanosecond),
            Self::Numbered => origin.attempt.unwrap_or(1).into(),
            Self::Unknown => 0,
        }
    }
}

/// One case of one cell over all its tries, which are added in order of their rank.
pub(super) struct Tries {
    newest: Rank,
    case: TestCase,
    earlier: Option<TestCase>,
}

impl Tries {
    pub(super) fn first(rank: Rank, case: TestCase) -> Self {
        Self { newest: rank, case, earlier: None }
    }

    pub(super) fn id(&self) -> &CaseId {
        &self.case.id
    }

    pub(super) fn add(self, rank: Rank, next: TestCase) -> Self {
        if rank == self.newest {
            return Self { case: worse(self.case, next), ..self };
        }
        Self { newest: rank, earlier: Some(after(self.earlier, self.case)), case: next }
    }

    /// What the case comes to.
    pub(super) fn settle(self) -> TestCase {
        after(self.earlier, self.case)
    }
}

/// The case of a later try after those before: a skip says nothing, a pass after a failure is flaky.
fn after(earlier: Option<TestCase>, mut later: TestCase) -> TestCase {
    let Some(earlier) = earlier else { return later };
    if later.outcome == Outcome::Skipped {
        return earlier;
    }
    let shaky = earlier.flaky || earlier.outcome.is_failing();
    later.flaky = later.outcome == Outcome::Passed && (later.flaky || shaky);
    if later.flaky && later.detail.as_ref().is_none_or(|detail| detail.message.is_none()) {
        later.detail = earlier.detail.or(later.detail);
    }
    later
}

/// The one of two cases of the same try that stands for both. Ties are broken by what they say, never by file order.
fn worse(kept: TestCase, again: TestCase) -> TestCase {
    let flaky = kept.flaky || again.flaky;
    let mut case = if severity(&again) > severity(&kept) { again } else { kept };
    case.flaky = flaky && case.outcome == Outcome::Passed;
    case
}

fn severity(case: &TestCase) -> impl Ord + '_ {
    let severity = match case.outcome {
        Outcome::Skipped => 0,
        Outcome::Passed => 1,
        Outcome::Failed => 2,
        Outcome::Errored => 3,
    };
    let detail = case.detail.as_deref().map(|detail| Reverse((&detail.message, &detail.file, detail.line)));
    (severity, case.duration, detail)
}
