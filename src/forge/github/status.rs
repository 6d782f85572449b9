//! The commit status: what a branch rule requires.

use serde::Serialize;
use serde::de::IgnoredAny;

use super::GitHub;
use super::call::{Call, Purpose};
use super::error::ApiError;
use super::retry::Created;
use super::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "set the commit status", needs: "statuses: write" };
/// GitHub refuses longer descriptions.
const DESCRIPTION_MAX: usize = 140;

/// The states that GitHub knows.
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

impl GitHub {
    /// Sets `status` on `commit`; when the answer is lost it looks whether it is there before it tries again.
    pub async fn set_status(&self, commit: &Sha, status: &Status) -> Result<(), ApiError> {
        let status = Status {
            description: status.description.chars().take(DESCRIPTION_MAX).collect(),
            ..status.clone()
        };
        let call = Call::post(PURPOSE, self.path(&format!("statuses/{commit}")), &status);
        let look = async || Ok(self.is_set(commit, &status).await?.then_some(()));
        let _set: Created<IgnoredAny, ()> = self.transport.create(&call, look).await?;
        Ok(())
    }

    /// Whether the newest status of the context is `wanted`.
    async fn is_set(&self, commit: &Sha, wanted: &Status) -> Result<bool, ApiError> {
        let newest = self.statuses(commit, &wanted.context).await?.into_iter().next();
        Ok(newest.is_some_and(|status| {
            status.state.as_deref() == Some(wanted.state.name())
                && status.description.as_deref() == Some(&wanted.description)
                && status.target_url.as_deref() == wanted.target_url.as_deref()
        }))
    }

    /// All statuses of a context, newest first.
    async fn statuses(&self, commit: &Sha, context: &str) -> Result<Vec<wire::Status>, ApiError> {
        let purpose = Purpose { doing: "read the commit status", needs: "statuses: read" };
        let call = Call::get(purpose, self.path(&format!("commits/{commit}/statuses?per_page=100")));
        let mut all: Vec<wire::Status> = self.transport.json(&call).await?;
        all.retain(|status| {
            status.context.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(context))
        });
        Ok(all)
    }

    /// The later run that speaks about `commit` in the context of `own`, if there is one.
    pub async fn rival(&self, commit: &Sha, own: &Status) -> Result<Option<Rival>, ApiError> {
        let Some(this) = own.target_url.as_deref().and_then(run_of) else { return Ok(None) };
        let all = self.statuses(commit, &own.context).await?;
        let is_later = |other: (&str, u64, u32)| other.0 == this.0 && (other.1, other.2) > (this.1, this.2);
        let Some(later) = all.iter().find(|status| run_behind(status).is_some_and(is_later)) else {
            return Ok(None);
        };
        let is_hidden = all.first().and_then(run_behind) == Some(this);
        Ok(Some(Rival { unsaid: is_hidden.then(|| last_word(later, own)).flatten() }))
    }
}

/// A later run on the same commit: what it says holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// Its last word, when an earlier run has spoken after it; it has to be said again.
    pub unsaid: Option<Status>,
}

/// What `later` said at its end; one that is at work has its last word still to say.
fn last_word(later: &wire::Status, own: &Status) -> Option<Status> {
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

fn run_behind(status: &wire::Status) -> Option<(&str, u64, u32)> {
    status.target_url.as_deref().and_then(run_of)
}

/// Repository, run and attempt in the address of a run.
fn run_of(url: &str) -> Option<(&str, u64, u32)> {
    let (repository, run) = url.split_once("/actions/runs/")?;
    let mut parts = run.split('/');
    let id = parts.next()?.parse().ok()?;
    let attempt = match (parts.next(), parts.next()) {
        (Some("attempts"), Some(attempt)) => attempt.parse().ok()?,
        _ => 1,
    };
    Some((repository, id, attempt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_from_its_address() {
        let at = |path: &str| format!("https://github.com/acme/widgets{path}");
        let of = |path: &str| run_of(&at(path)).map(|(_, id, attempt)| (id, attempt));
        assert_eq!(of("/actions/runs/12/attempts/3"), Some((12, 3)));
        assert_eq!(of("/actions/runs/12"), Some((12, 1)));
        assert_eq!(of("/actions/runs/x"), None);
        assert_eq!(of("/pull/7"), None);
    }
}
