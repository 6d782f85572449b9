//! Commits until it is done, however many others write.

use std::time::Duration;

use tokio::time::Instant;

use super::entry::{Entry, Recorded};
use super::error::RecordError;
use super::plan::{Plan, plan};
use crate::history::store::{Commit, Store};

/// The pause after the first lost race; doubled from then on, and varied.
const FIRST_PAUSE: Duration = Duration::from_millis(40);
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// Failures of the store after which a commit is given up: more tries are a burden for a server in trouble.
const FAILURES_MAX: u32 = 5;
/// The least pause after the first failure; doubled after the next two.
const FAILURE_PAUSE: Duration = Duration::from_millis(500);

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
