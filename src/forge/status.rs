//! The commit status: what a branch rule requires.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::Forge;
use super::http::call::{Call, Purpose};
use super::http::error::ApiError;
use super::http::retry::Created;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "set the commit status", needs: "statuses: write" };
/// GitHub refuses longer descriptions; a line is long enough everywhere.
const DESCRIPTION_MAX: usize = 140;

/// The states that every forge knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not decided yet.
    Pending,
    /// The gate passes.
    Success,
    /// The gate fails.
    Failure,
    /// Readiness itself failed.
    Error,
}

/// A status to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The state.
    pub state: State,
    /// `readiness` or `readiness/NAME`.
    pub context: String,
    /// One line.
    pub description: String,
    /// The run; only http and https are allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_url: Option<String>,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Error => "error",
        }
    }
}

/// A status as a forge lists it.
#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    /// Grows with time.
    #[serde(default)]
    pub id: u64,
    /// One of [`State`]'s names, or another that only this forge knows. Gitea lists it as `status`.
    #[serde(default, alias = "status")]
    pub state: Option<String>,
    /// `readiness`, or another tool's.
    #[serde(default)]
    pub context: Option<String>,
    /// One line.
    #[serde(default)]
    pub description: Option<String>,
    /// The run that said it.
    #[serde(default)]
    pub target_url: Option<String>,
}

/// What listing statuses is for.
pub(in crate::forge) const LISTING: Purpose =
    Purpose { doing: "read the commit status", needs: "statuses: read" };

/// Sets `status` on `commit`; when the answer is lost it looks whether it is there before it tries again.
pub(in crate::forge) async fn set<F: Forge>(
    forge: &F,
    commit: &Sha,
    status: &Status,
) -> Result<(), ApiError> {
    let status =
        Status { description: status.description.chars().take(DESCRIPTION_MAX).collect(), ..status.clone() };
    let remote = forge.remote();
    let call = Call::post(PURPOSE, remote.path(&format!("statuses/{commit}")), &status);
    let look = async || Ok(is_set(forge, commit, &status).await?.then_some(()));
    let _set: Created<IgnoredAny, ()> = remote.transport.create(&call, look).await?;
    Ok(())
}

/// Whether the newest status of the context is `wanted`.
async fn is_set<F: Forge>(forge: &F, commit: &Sha, wanted: &Status) -> Result<bool, ApiError> {
    let newest = of_context(forge, commit, &wanted.context).await?.into_iter().next();
    Ok(newest.is_some_and(|status| {
        status.state.as_deref() == Some(wanted.state.name())
            && status.description.as_deref() == Some(&wanted.description)
            && status.target_url.as_deref() == wanted.target_url.as_deref()
    }))
}

/// All statuses of a context, newest first.
async fn of_context<F: Forge>(forge: &F, commit: &Sha, context: &str) -> Result<Vec<Said>, ApiError> {
    let mut all = forge.statuses(commit).await?;
    all.retain(|status| status.context.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(context)));
    Ok(all)
}

/// The later run that speaks about `commit` in the context of `own`, if there is one.
pub(in crate::forge) async fn rival<F: Forge>(
    forge: &F,
    commit: &Sha,
    own: &Status,
) -> Result<Option<Rival>, ApiError> {
    let Some(this) = own.target_url.as_deref().and_then(run_of) else { return Ok(None) };
    let all = of_context(forge, commit, &own.context).await?;
    let is_later = |other: (&str, u64, u32)| other.0 == this.0 && (other.1, other.2) > (this.1, this.2);
    let Some(later) = all.iter().find(|status| run_behind(status).is_some_and(is_later)) else {
        return Ok(None);
    };
    let is_hidden = all.first().and_then(run_behind) == Some(this);
    Ok(Some(Rival { unsaid: is_hidden.then(|| last_word(later, own)).flatten() }))
}

/// A later run on the same commit: what it says holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Its last word, when an earlier run has spoken after it; it has to be said again.
    pub unsaid: Option<Status>,
}

/// What `later` said at its end; one that is at work has its last word still to say.
fn last_word(later: &Said, own: &Status) -> Option<Status> {
    let state = match later.state.as_deref()? {
        "success" => State::Success,
        "failure" => State::Failure,
        "error" => State::Error,
        _at_work => return None,
    };
    Some(Status {
        state,
        context: own.context.clone(),
        description: later.description.clone().unwrap_or_default(),
        target_url: later.target_url.clone(),
    })
}

fn run_behind(status: &Said) -> Option<(&str, u64, u32)> {
    status.target_url.as_deref().and_then(run_of)
}

/// Repository, run and attempt in the address of a run. Where a forge has no page for an attempt, ours stands in the
/// query.
fn run_of(url: &str) -> Option<(&str, u64, u32)> {
    let (repository, run) = url.split_once("/actions/runs/")?;
    let (id, rest) = run.split_once(['/', '?']).unwrap_or((run, ""));
    let attempt = rest.strip_prefix("attempts/").or_else(|| rest.strip_prefix("attempt="));
    let attempt = match attempt.and_then(|rest| rest.split('/').next()) {
        Some(attempt) => attempt.parse().ok()?,
        None => 1,
    };
    Some((repository, id.parse().ok()?, attempt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_from_its_address() {
        let at = |path: &str| format!("https://github.com/acme/widgets{path}");
        let of = |path: &str| run_of(&at(path)).map(|(_, id, attempt)| (id, attempt));
        assert_eq!(of("/actions/runs/12/attempts/3"), Some((12, 3)));
        assert_eq!(of("/actions/runs/12?attempt=3"), Some((12, 3)));
        assert_eq!(of("/actions/runs/12/jobs/0"), Some((12, 1)));
        assert_eq!(of("/actions/runs/12"), Some((12, 1)));
        assert_eq!(of("/actions/runs/x"), None);
        assert_eq!(of("/pull/7"), None);
    }
}
