//! Adds a run to a branch's history: read, change, commit, and again from the start when somebody else was faster.

use std::time::Duration;

use tokio::time::Instant;

use super::plan::{Plan, plan};
use super::snapshot::Snapshot;
use super::store::{Commit, Store, StoreError};
use super::wire::WireError;
use crate::model::commit::Branch;

/// The pause after the first lost race; doubled from then on, and varied.
const FIRST_PAUSE: Duration = Duration::from_millis(40);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// Failures of the store after which a commit is given up: more tries are a burden for a server in trouble.
const FAILURES_MAX: u32 = 5;
/// The least pause after the first failure; doubled after the next two.
const FAILURE_PAUSE: Duration = Duration::from_millis(500);

/// A run to be recorded.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it belongs.
    pub branch: Branch,
    /// In full.
    pub snapshot: Snapshot,
    /// Hex SHA-256 of the policy's text.
    pub policy_hash: String,
    /// Whether the derived pages of the store are about this branch.
    pub pages: Pages,
}

/// Who the pages at the root of a store (README, badge, chart) are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// This branch.
    Update,
    /// Another branch, usually the default one.
    Leave,
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Its line is new.
    Added,
    /// Its line stands in the place of an earlier attempt's.
    Replaced,
    /// It was already there.
    AlreadyThere,
    /// A later attempt of the same run is there; nothing was changed.
    NewerAttempt,
}

/// The answer to [`record`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What became of the run.
    pub written: Written,
    /// Files that could not be read and were set aside: one sentence each.
    pub set_aside: Vec<String>,
}

/// Why a run was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that must not be changed by this version.
    #[error("failed to record into `{path}`: {source}")]
    File {
        /// Inside the store.
        path: String,
        /// What is wrong with it.
        #[source]
        source: WireError,
    },
    /// Too many others wrote at the same time.
    #[error("failed to record the run: others kept writing to {place} until the time was up ({tries} tries)")]
    Contention {
        /// The store.
        place: String,
        /// How often it was tried.
        tries: u32,
    },
}

impl RecordError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.help.clone(),
            Self::File { source, .. } => Some(source.help().to_owned()),
            Self::Contention { .. } => {
                Some("run the job again; a run that was recorded is not recorded twice".to_owned())
            }
        }
    }
}

/// Records `entry`. Making it again is safe: a run has one line.
pub async fn record<S: Store>(store: &S, entry: &Entry, deadline: Instant) -> Result<Recorded, RecordError> {
    let (mut races, mut failures) = (0, 0);
    loop {
        let (change, recorded) = match plan(store, entry).await? {
            Plan::Nothing(written) => return Ok(Recorded { written, set_aside: Vec::new() }),
            Plan::Write(change, recorded) => (change, recorded),
        };
        let pause = match store.commit(&change).await? {
            Commit::Committed(_) => return Ok(recorded),
            Commit::Moved => {
                races += 1;
                let pause = pause(races);
                if Instant::now() + pause >= deadline {
                    return Err(RecordError::Contention { place: store.place(), tries: races + failures });
                }
                pause
            }
            Commit::Unsure(error) => {
                failures += 1;
                let pause = FAILURE_PAUSE.saturating_mul(1 << failures.min(3)) / 2 + pause(failures);
                if failures >= FAILURES_MAX || Instant::now() + pause >= deadline {
                    return Err(error.into());
                }
                pause
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Exponential with full jitter: writers that met once do not meet again.
fn pause(races: u32) -> Duration {
    let longest = FIRST_PAUSE.saturating_mul(1 << races.min(8)).min(LONGEST_PAUSE);
    let spread = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX).max(1);
    Duration::from_micros(random() % spread)
}

/// A random number: the standard library's hasher is seeded by the operating system.
fn random() -> u64 {
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};
    RandomState::new().build_hasher().finish()
}
