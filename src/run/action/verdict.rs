//! The commit status of one run: pending at its start, its answer at the end, `error` when it is stopped in between. A later
//! run on the same commit always has the last word.

use super::inputs::Part;
use super::job::Job;
use crate::forge::github::GitHub;
use crate::forge::github::error::ApiError;
use crate::forge::github::status::{Rival, State, Status};
use crate::model::commit::Sha;
use crate::run::{github, last_words, output, store};

/// What one run says about one commit.
pub(super) struct Verdict {
    github: GitHub,
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
        Self { github: job.github.clone(), head: head.clone(), status }
    }

    /// The same without a status.
    pub(super) fn mute(self) -> Self {
        Self { status: None, ..self }
    }

    /// Says that an answer will come, and sees to it that one comes.
    pub(super) async fn announce(&self) -> Result<(), ApiError> {
        let Some(status) = &self.status else { return Ok(()) };
        let (github, head, status) = (self.github.clone(), self.head.clone(), status.clone());
        let pending = status.clone();
        last_words::owe(move |why| {
            if let Err(error) =
                store::block_on(break_off(github, head, Status { state: State::Error, ..status }, why))
            {
                output::error_line(&format!("warning: the commit status stays pending: {error:#}"));
            }
        });
        self.github.set_status(&self.head, &pending).await
    }

    /// The later run that speaks about the commit. When nobody says so, there is none: a status must not be missing.
    pub(super) async fn rival(&self) -> Option<Rival> {
        self.github.extend(github::WRITING);
        self.github.rival(&self.head, self.status.as_ref()?).await.ok().flatten()
    }

    /// Leaves the last word to `rival`.
    pub(super) async fn step_aside(&self, rival: &Rival) -> Result<(), ApiError> {
        last_words::take_over();
        match &rival.unsaid {
            Some(status) => self.github.set_status(&self.head, status).await,
            None => Ok(()),
        }
    }

    /// Says the answer. Whatever used up the time before, there is some left for it.
    pub(super) async fn conclude(&self, state: State, description: String) -> Result<(), ApiError> {
        last_words::take_over();
        self.github.extend(github::LAST);
        let Some(status) = &self.status else { return Ok(()) };
        let status = Status { state, description, ..status.clone() };
        self.github.set_status(&self.head, &status).await
    }
}

/// The run ends before it could answer.
async fn break_off(github: GitHub, head: Sha, status: Status, why: &str) -> anyhow::Result<()> {
    let github = github.again(last_words::TIME_LIMIT)?;
    if let Ok(Some(_later)) = github.rival(&head, &status).await {
        return Ok(());
    }
    let status = Status { description: format!("no evaluation: {why}"), ..status };
    Ok(github.set_status(&head, &status).await?)
}
