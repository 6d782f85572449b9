//! Whichever forge it is: the one type that callers hold, so that nothing above is written twice.

use std::time::Duration;

use tokio::time::Instant;

use super::base::{Ancestry, BaseCommit};
use super::compare::{Change, Comparison};
use super::conversation::Conversation;
use super::event::Source;
use super::gitea::Gitea;
use super::github::GitHub;
use super::github::app::{App, AppError};
use super::github::artifacts::Artifact;
use super::github::check_run::CheckRun;
use super::github::download::{DownloadError, Landing};
use super::github::pulls::Target;
use super::http::error::ApiError;
use super::http::settings::SetupError;
use super::status::Said;
use super::tree::Files;
use super::{Capability, Forge, Kind, Remote, Repository};
use crate::model::commit::Sha;

/// One repository on any of the forges.
#[derive(Clone)]
pub enum AnyForge {
    /// On GitHub.
    GitHub(GitHub),
    /// On Gitea or Forgejo.
    Gitea(Gitea),
}

/// Calls the same method of whichever forge it is.
macro_rules! each {
    ($self:ident, $forge:ident => $call:expr) => {
        match $self {
            Self::GitHub($forge) => $call,
            Self::Gitea($forge) => $call,
        }
    };
}

impl AnyForge {
    /// What is at `remote`.
    pub fn new(remote: Remote) -> Self {
        match remote.kind() {
            Kind::GitHub => Self::GitHub(GitHub::new(remote)),
            Kind::Gitea | Kind::Forgejo => Self::Gitea(Gitea::new(remote)),
        }
    }

    /// Its name.
    pub fn kind(&self) -> Kind {
        self.remote().kind()
    }

    /// Whether it has what not every forge has.
    pub fn has(&self, wanted: Capability) -> bool {
        self.kind().capabilities().contains(&wanted)
    }

    /// The same server and token, another repository.
    #[must_use]
    pub fn elsewhere(&self, repository: Repository) -> Self {
        Self::new(self.remote().elsewhere(repository))
    }

    /// Grants all further requests together at least `time` from now.
    pub fn extend(&self, time: Duration) {
        self.remote().extend(time);
    }

    /// The same repository with connections of its own, for requests that take `time` together. Must be called inside a
    /// tokio runtime.
    pub fn again(&self, time: Duration) -> Result<Self, SetupError> {
        self.remote().again(time).map(Self::new)
    }

    fn github(&self, doing: &'static str) -> Result<&GitHub, ApiError> {
        match self {
            Self::GitHub(github) => Ok(github),
            Self::Gitea(_) => Err(ApiError::Lacking { doing, forge: self.kind() }),
        }
    }

    /// The same repository, as `app`; see [`Capability::Apps`] and [`GitHub::as_app`].
    pub async fn as_app(&self, app: &App, now: i64) -> Result<(Self, String), AppError> {
        let (github, token) = self.github("act as a GitHub App")?.as_app(app, now).await?;
        Ok((Self::GitHub(github), token))
    }

    /// All artifacts of a run, over all its attempts; see [`Capability::Artifacts`].
    pub async fn artifacts(&self, run: &str) -> Result<Vec<Artifact>, ApiError> {
        self.github("list the artifacts of the run")?.artifacts(run).await
    }

    /// Downloads `artifact` whole, until `until` at the latest; see [`Capability::Artifacts`].
    pub async fn download(
        &self,
        artifact: &Artifact,
        landing: &mut impl Landing,
        until: Instant,
    ) -> Result<(), DownloadError> {
        let github = self.github("download an artifact").map_err(DownloadError::Refused)?;
        github.download(artifact, landing, until).await
    }

    /// Finds the pull request of another run; see [`Capability::OtherRuns`].
    pub async fn target(&self, source: &Source) -> Result<Target, ApiError> {
        self.github("look for the pull request of the run")?.target(source).await
    }

    /// Creates a check run; see [`Capability::CheckRuns`].
    pub async fn create_check_run(&self, check: &CheckRun) -> Result<(), ApiError> {
        self.github("create the check run")?.create_check_run(check).await
    }
}

impl Forge for AnyForge {
    fn remote(&self) -> &Remote {
        each!(self, forge => forge.remote())
    }

    async fn conversation(&self, number: u64, name: &str) -> Result<Conversation, ApiError> {
        each!(self, forge => forge.conversation(number, name).await)
    }

    async fn statuses(&self, commit: &Sha) -> Result<Vec<Said>, ApiError> {
        each!(self, forge => forge.statuses(commit).await)
    }

    async fn compare(&self, change: Change<'_>) -> Result<Comparison, ApiError> {
        each!(self, forge => forge.compare(change).await)
    }

    async fn base_commit(&self, base: &Sha, paths: &[&str]) -> Result<BaseCommit, ApiError> {
        each!(self, forge => forge.base_commit(base, paths).await)
    }

    async fn ancestry(&self, commit: &Sha) -> Result<Ancestry, ApiError> {
        each!(self, forge => forge.ancestry(commit).await)
    }

    async fn files_of(&self, commit: &Sha) -> Result<Files, ApiError> {
        each!(self, forge => forge.files_of(commit).await)
    }
}
