//! What the head is compared with: the recorded run of its merge base, else of the nearest ancestor.

use super::job::Job;
use crate::forge::Forge as _;
use crate::forge::base::Ancestry;
use crate::history::baseline::{self, BaselineError, Found, Wanted};
use crate::history::snapshot::Snapshot;
use crate::history::store::{Store as _, StoreError};
use crate::model::commit::{Branch, Sha};
use crate::model::trend::TrendPoint;
use crate::policy::Policy;
use crate::run::baseline::from_snapshot;
use crate::score::Baseline;

/// What earlier runs give to an evaluation.
#[derive(Default)]
pub(super) struct Earlier {
    /// The run to compare with.
    pub(super) found: Option<Found>,
    /// Recorded runs, oldest first.
    pub(super) trend: Vec<TrendPoint>,
    /// Why there is none.
    pub(super) note: Option<String>,
}

impl Earlier {
    fn without(error: &BaselineError) -> Self {
        Self { note: Some(format!("compared with nothing: {error}")), ..Self::default() }
    }

    /// The baseline, with what is odd about it.
    pub(super) fn baseline(&mut self, policy: &Policy, notes: &mut Vec<String>) -> Option<Baseline> {
        notes.extend(self.note.take());
        let found = self.found.take()?;
        Some(from_snapshot(found.snapshot, Some(found.distance), policy, notes))
    }
}

/// Where the search starts.
pub(super) struct Start<'a> {
    /// Whose history.
    pub(super) branch: &'a Branch,
    /// Where the head left it.
    pub(super) merge_base: &'a Sha,
    /// Commits that are known already.
    pub(super) ancestry: &'a Ancestry,
}

/// The run nearest to the merge base, from the branch's newest one. One that cannot be read is said, and none.
pub(super) async fn nearest(job: &Job, tip: Result<Snapshot, BaselineError>, start: Start<'_>) -> Earlier {
    let tip = match tip {
        Ok(tip) => tip,
        Err(error) => return Earlier::without(&error),
    };
    let trend = tip.trend();
    let wanted = Wanted { branch: start.branch, merge_base: start.merge_base };
    let ancestors = async || line(job, start.ancestry, start.merge_base).await;
    match baseline::nearest(&job.store(), tip, wanted, ancestors).await {
        Ok(found) => Earlier { found: Some(found), trend, note: None },
        Err(error) => Earlier { trend, ..Earlier::without(&error) },
    }
}

/// First parents from the merge base back; asked for only when they are not known from the base's policy.
async fn line(job: &Job, known: &Ancestry, merge_base: &Sha) -> Result<Vec<Sha>, StoreError> {
    let line = known.line_from(merge_base);
    if !line.is_empty() {
        return Ok(line);
    }
    let asked = job.forge.ancestry(merge_base).await;
    asked.map(|ancestry| ancestry.line_from(merge_base)).map_err(|error| StoreError {
        action: "read",
        place: job.store().place(),
        help: Some(error.help()),
        cause: Box::new(error),
    })
}

/// The run before a push: the newest one of another commit.
pub(super) async fn before(job: &Job, branch: &Branch, head: &Sha) -> Earlier {
    let store = job.store();
    let tip = match baseline::tip(&store, branch).await {
        Ok(tip) => tip,
        Err(BaselineError::Nothing(_)) => return Earlier::default(),
        Err(error) => return Earlier::without(&error),
    };
    let mut trend = tip.trend();
    trend.retain(|point| point.sha != *head);
    let Some(previous) = trend.last().map(|point| point.sha.clone()) else { return Earlier::default() };
    let wanted = Wanted { branch, merge_base: &previous };
    match baseline::nearest(&store, tip, wanted, async || Ok(Vec::new())).await {
        Ok(found) => Earlier { found: Some(found), trend, note: None },
        Err(error) => Earlier { trend, ..Earlier::without(&error) },
    }
}
