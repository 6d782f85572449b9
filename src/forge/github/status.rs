//! The commit status: what a branch rule requires.

use serde::Serialize;
use serde::de::IgnoredAny;

use super::GitHub;
use super::call::{Call, Purpose};
use super::error::ApiError;
use super::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "set the commit status", needs: "statuses: write" };
const TRIES_MAX: usize = 3;
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
        let mut tries = 0;
        loop {
            tries += 1;
            match self.transport.json::<IgnoredAny>(&call).await {
                Ok(_set) => return Ok(()),
                Err(error) if !error.is_uncertain() || tries >= TRIES_MAX => return Err(error),
                Err(_lost) if self.is_set(commit, &status).await? => return Ok(()),
                Err(_did_not_happen) => {}
            }
        }
    }

    /// Whether the newest status of the context is `wanted`.
    async fn is_set(&self, commit: &Sha, wanted: &Status) -> Result<bool, ApiError> {
        let purpose = Purpose { needs: "statuses: read", ..PURPOSE };
        let call = Call::get(purpose, self.path(&format!("commits/{commit}/statuses?per_page=100")));
        let all: Vec<wire::Status> = self.transport.json(&call).await?;
        let newest = all.iter().find(|status| {
            status.context.as_deref().is_some_and(|context| context.eq_ignore_ascii_case(&wanted.context))
        });
        Ok(newest.is_some_and(|status| {
            status.state.as_deref() == Some(wanted.state.name())
                && status.description.as_deref() == Some(&wanted.description)
                && status.target_url.as_deref() == wanted.target_url.as_deref()
        }))
    }
}
