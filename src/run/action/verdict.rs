//! The commit status of one run: pending at its start, its answer at the end, `error` when it is stopped in between. A later
//! run on the same commit always has the last word.

use super::inputs::Part;
use super::job::Job;
use crate::forge::http::error::ApiError;
use crate::forge::status::{Rival, State, Status};
use crate::forge::{AnyForge, Forge as _};
use crate::model::commit::Sha;
use crate::run::forge::{LAST, WRITING};
use crate::run::{last_words, output, store};

/// What one run says about one commit.
pub(super) struct Verdict {
    forge: AnyForge,
    head: Sha,
    /// Without state and words; nothing when no status is wanted.
    status: Option<Status>,
}

impl Verdict {
    /// The verdict of `job` on `head`.
    pub(super) fn of(job: &Job, head: &Sha) -> Self {
        let status = job.inputs.wants(Part::Status).then(|| Status {
            state: State::Pending,
            context: job.context(),
            description: "reading the evidence".to_owned(),
            target_url: job.run_url.clone(),
        });
        Self { forge: job.forge.clone(), head: head.clone(), status }
    }

    /// The same without a status.
    pub(super) fn mute(self) -> Self {
        Self { status: None, ..self }
    }

    /// Says that an answer will come, and sees to it that one comes.
    pub(super) async fn announce(&self) -> Result<(), ApiError> {
        let Some(status) = &self.status else { return Ok(()) };
        let (forge, head, status) = (self.forge.clone(), self.head.clone(), status.clone());
        let pending = status.clone();
        last_words::owe(move |why| {
            if let Err(error) =
                store::block_on(break_off(forge, head, Status { state: State::Error, ..status }, why))
            {
                output::error_line(&format!("warning: the commit status stays pending: {error:#}"));
            }
        });
        self.forge.set_status(&self.head, &pending).await
    }

    /// The later run that speaks about the commit. When nobody says so, there is none: a status must not be missing.
    pub(super) async fn rival(&self) -> Option<Rival> {
        self.forge.extend(WRITING);
        self.forge.rival(&self.head, self.status.as_ref()?).await.ok().flatten()
    }

    /// Leaves the last word to `rival`.
    pub(super) async fn step_aside(&self, rival: &Rival) -> Result<(), ApiError> {
        last_words::take_over();
        match &rival.unsaid {
            Some(status) => self.forge.set_status(&self.head, status).await,
            None => Ok(()),
        }
    }

    /// Says the answer. Whatever used up the time before, there is some left for it.
    pub(super) async fn conclude(&self, state: State, description: String) -> Result<(), ApiError> {
        last_words::take_over();
        self.forge.extend(LAST);
        let Some(status) = &self.status else { return Ok(()) };
        let status = Status { state, description, ..status.clone() };
        self.forge.set_status(&self.head, &status).await
    }
}

/// The run ends before it could answer.
async fn break_off(forge: AnyForge, head: Sha, status: Status, why: &str) -> anyhow::Result<()> {
    let forge = forge.again(last_words::TIME_LIMIT)?;
    if let Ok(Some(_later)) = forge.rival(&head, &status).await {
        return Ok(());
    }
    let status = Status { description: format!("no evaluation: {why}"), ..status };
    Ok(forge.set_status(&head, &status).await?)
}
