//! What the head is compared with, from a snapshot file or a store.

use std::path::Path;

use super::exit::{self, Advice};
use super::store;
use crate::cli::BaseArgs;
use crate::history::snapshot::{self, Snapshot};
use crate::model::report::Base;
use crate::model::trend::TrendPoint;
use crate::platform::files;
use crate::policy::{self, Policy};
use crate::score::Baseline;

/// What earlier runs give to an evaluation.
#[derive(Default)]
pub(super) struct Earlier {
    /// The run to compare with.
    pub(super) baseline: Option<Baseline>,
    /// Recorded runs, oldest first.
    pub(super) trend: Vec<TrendPoint>,
    /// Why there is none, or what is odd about it.
    pub(super) notes: Vec<String>,
}

/// Reads the baseline and the trend that the arguments name. What cannot be read is said and treated as none; a `--base`
/// that is not there is a slip, which must not turn a gate green. A store of `--history` need not exist before a first run.
pub(super) fn load(args: &BaseArgs, policy: &Policy) -> anyhow::Result<Earlier> {
    args.base.as_deref().map_or(Ok(()), must_be_there)?;
    let mut earlier = Earlier::default();
    if let Some(place) = args.base.as_ref().or(args.history.as_ref())
        && let Some(snapshot) = read_or_say(place, &args.base_branch, &mut earlier.notes)
    {
        earlier.trend = snapshot.trend();
        earlier.baseline = Some(from_snapshot(snapshot, None, policy, &mut earlier.notes));
    }
    if let (Some(_other), Some(history)) = (&args.base, &args.history)
        && let Some(newest) = read_or_say(history, &args.base_branch, &mut earlier.notes)
    {
        earlier.trend = newest.trend();
    }
    Ok(earlier)
}

fn must_be_there(base: &str) -> anyhow::Result<()> {
    if base.starts_with("branch:") || Path::new(base).exists() {
        return Ok(());
    }
    Err(Advice::error(
        format!("failed to read the baseline `{base}` of `--base`: there is no such file or folder"),
        "name a snapshot or a store that exists, or leave `--base` out to compare with nothing",
    ))
}

fn read_or_say(place: &str, branch: &str, notes: &mut Vec<String>) -> Option<Snapshot> {
    match read(place, branch) {
        Ok(Some(snapshot)) => return Some(snapshot),
        Ok(None) => {
            notes.push(format!("`{place}` holds no recorded run of `{branch}`: compared with nothing"));
        }
        Err(error) => {
            notes.push(format!(
                "the baseline `{place}` cannot be read and is treated as none: {}",
                exit::chain(&error)
            ));
        }
    }
    None
}

fn read(place: &str, branch: &str) -> anyhow::Result<Option<Snapshot>> {
    let path = Path::new(place);
    if path.is_file() {
        return Ok(Some(snapshot::decode(&files::read_bytes(path)?)?));
    }
    store::tip(place, branch)
}

/// A snapshot as a baseline. Its policy is the one that it was scored with; the head's when that cannot be read any more.
pub(super) fn from_snapshot(
    snapshot: Snapshot,
    distance: Option<u32>,
    head_policy: &Policy,
    notes: &mut Vec<String>,
) -> Baseline {
    let policy = policy::load::parse(&snapshot.policy_text, "the base's policy").unwrap_or_else(|error| {
        notes.push(format!(
            "the base's policy cannot be read any more, its evidence is scored under the head's: {error}"
        ));
        head_policy.clone()
    });
    let base = Base {
        sha: snapshot.head.sha.clone(),
        branch: snapshot.head.branch.clone(),
        distance,
        recorded_at: Some(snapshot.recorded_at.clone()),
    };
    Baseline {
        base,
        recorded_on: snapshot.recorded_on(),
        score: snapshot.score,
        evidence: snapshot.evidence,
        policy,
    }
}
