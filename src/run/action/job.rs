//! The job that runs the Action: what the runner says about it.

use std::path::{Path, PathBuf};

use super::access;
use super::inputs::{Inputs, Part};
use crate::forge::event::{self, Activity, Trigger};
use crate::forge::{AnyForge, Capability, Kind};
use crate::model::commit::RunId;
use crate::platform::{environment::Environment, files};
use crate::run::exit::Advice;
use crate::run::output;
use crate::run::store::AnyStore;

/// One step of one job.
pub(super) struct Job {
    /// What the workflow asks for.
    pub(super) inputs: Inputs,
    /// The repository.
    pub(super) forge: AnyForge,
    /// The run and its attempt; of a followed run, that one's.
    pub(super) run: RunId,
    /// The run's page.
    pub(super) run_url: Option<String>,
    /// `GITHUB_WORKSPACE`.
    pub(super) workspace: PathBuf,
    environment: Environment,
    /// The workspace is not the judged commit: its run is another one, and this is it.
    followed: Option<RunId>,
    /// What is wrong with the inputs: message and help.
    refused: Option<(String, String)>,
}

impl Job {
    /// Reads inputs and environment. Must be called inside a tokio runtime. Wrong inputs are kept for [`Job::check`]:
    /// the commit status has to say that something is wrong, too.
    pub(super) async fn new(environment: &Environment) -> anyhow::Result<Self> {
        let (inputs, refused) = match Inputs::read(environment) {
            Ok(inputs) => (inputs, None),
            Err(error) => (Inputs::read(&Environment::default())?, Some(said(&error))),
        };
        let workspace = PathBuf::from(environment.get("GITHUB_WORKSPACE").unwrap_or("."));
        let run = run_id(environment)?;
        let (forge, unmet) = access::open(environment, &workspace, &inputs).await?;
        Ok(Self {
            run_url: run_url(environment, forge.kind(), &run),
            forge,
            run,
            environment: environment.clone(),
            followed: None,
            inputs,
            workspace,
            refused: refused.or(unmet.as_ref().map(said)),
        })
    }

    /// Refuses wrong inputs.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        match &self.refused {
            Some((message, help)) => Err(Advice::error(message, help)),
            None => Ok(()),
        }
    }

    /// What is to be done.
    pub(super) fn activity(&self) -> anyhow::Result<Activity> {
        let variable = |name: &str| self.environment.get(name).unwrap_or_default();
        let Some(path) = self.environment.get("GITHUB_EVENT_PATH").map(Path::new) else {
            return Err(not_in_ci("GITHUB_EVENT_PATH"));
        };
        let payload = files::read_text(path).map_err(|error| {
            Advice::error(
                format!("failed to read the event `{}` of `GITHUB_EVENT_PATH`: {error}", path.display()),
                "check that the step's container sees that file",
            )
        })?;
        let trigger = Trigger {
            forge: self.forge.kind(),
            name: variable("GITHUB_EVENT_NAME"),
            payload: &payload,
            sha: variable("GITHUB_SHA"),
            reference: variable("GITHUB_REF"),
            actor: variable("GITHUB_ACTOR"),
        };
        event::activity(&trigger).map_err(|error| {
            let help = error.help();
            Advice::error(error, help)
        })
    }

    /// Judges another run: its artifacts are the evidence, and its id and attempt are what is recorded.
    pub(super) fn follow(&mut self, run: RunId) {
        self.run = run.clone();
        self.followed = Some(run);
    }

    /// Whether another run is judged, whose code is not in the workspace.
    pub(super) fn is_following(&self) -> bool {
        self.followed.is_some()
    }

    /// Whether the workspace is the base branch, as a plain checkout is on `pull_request_target`.
    pub(super) fn has_base_checked_out(&self) -> bool {
        let variable = |name: &str| self.environment.get(name).unwrap_or_default();
        if variable("GITHUB_EVENT_NAME") != "pull_request_target" {
            return false;
        }
        let head = files::read_text(&self.workspace.join(".git/HEAD")).unwrap_or_default();
        is_at(&head, variable("GITHUB_SHA"), variable("GITHUB_REF"))
    }

    /// The artifacts that are asked for, if any: all of a followed run unless something else is said.
    pub(super) fn downloads(&self) -> Option<Downloads> {
        let mut patterns = self.inputs.artifacts.clone();
        if patterns.is_empty() && self.is_following() && self.inputs.files.is_empty() {
            patterns.push("*".to_owned());
        }
        (!patterns.is_empty() && self.forge.has(Capability::Artifacts))
            .then(|| Downloads { run: self.run.id.clone(), patterns })
    }

    /// Says once what the workflow asks for and the forge lacks; everything else goes on without it.
    pub(super) fn tell_lacks(&self) {
        let has = |wanted| self.forge.has(wanted);
        let mut lacks = Vec::new();
        if !has(Capability::CheckRuns) && self.inputs.wants(Part::CheckRun) {
            lacks.push("check runs (their details are in the comment and in this log)");
        }
        if !has(Capability::Artifacts) && !self.inputs.artifacts.is_empty() {
            lacks.push(
                "artifacts for a job to ask for (download them in a step before, and name them in `files`)",
            );
        }
        if !lacks.is_empty() {
            output::error_line(&format!(
                "readiness: {} has no {}",
                self.forge.kind(),
                lacks.join(", and no ")
            ));
        }
    }

    /// Where the runner wants files that are gone after the job.
    pub(super) fn temporary(&self) -> Option<PathBuf> {
        self.environment.get("RUNNER_TEMP").map(PathBuf::from)
    }

    /// Who is told what must not be shown.
    pub(super) fn masks(&self) -> output::Masks {
        access::masks(&self.environment)
    }

    /// The checkout that report paths are matched with.
    pub(super) fn workdir(&self) -> PathBuf {
        self.workspace.join(&self.inputs.workdir)
    }

    /// Where runs are recorded.
    pub(super) fn store(&self) -> AnyStore {
        self.inputs.history.within(&self.forge, &self.workspace)
    }

    /// A command file of the runner, when there is one.
    pub(super) fn command_file(&self, variable: &str) -> Option<PathBuf> {
        self.environment.get(variable).map(PathBuf::from)
    }

    /// `readiness`, or `readiness/NAME`.
    pub(super) fn context(&self) -> String {
        match &self.inputs.name {
            Some(name) => format!("readiness/{name}"),
            None => "readiness".to_owned(),
        }
    }
}

/// Whether git's `HEAD` is the commit `sha` or the branch `reference`.
fn is_at(head: &str, sha: &str, reference: &str) -> bool {
    let head = head.trim();
    head == sha || head.strip_prefix("ref: ") == Some(reference)
}

/// Artifacts of one run.
pub(super) struct Downloads {
    /// The run's id.
    pub(super) run: String,
    /// Names and globs.
    pub(super) patterns: Vec<String>,
}

fn said(error: &anyhow::Error) -> (String, String) {
    let help = error.downcast_ref::<Advice>().map(|advice| advice.help.clone());
    (error.to_string(), help.unwrap_or_default())
}

fn not_in_ci(variable: &str) -> anyhow::Error {
    Advice::error(
        format!("`{variable}` is not set"),
        "`readiness run` is for CI jobs; on a laptop use `readiness report`",
    )
}

fn run_id(environment: &Environment) -> anyhow::Result<RunId> {
    let id = environment.get("GITHUB_RUN_ID").ok_or_else(|| not_in_ci("GITHUB_RUN_ID"))?;
    let attempt = environment.get("GITHUB_RUN_ATTEMPT").and_then(|text| text.parse().ok());
    Ok(RunId { id: id.to_owned(), attempt: attempt.unwrap_or(1) })
}

/// Only http and https addresses may stand in a status. Gitea's pages of runs are numbered per repository and know no
/// attempts, which matter to us alone.
fn run_url(environment: &Environment, forge: Kind, run: &RunId) -> Option<String> {
    let server = environment.get("GITHUB_SERVER_URL").unwrap_or("https://github.com");
    let repository = environment.get("GITHUB_REPOSITORY")?;
    let (id, attempt) = (&run.id, run.attempt);
    let page = match forge {
        Kind::GitHub => format!("{id}/attempts/{attempt}"),
        Kind::Gitea | Kind::Forgejo => {
            format!("{}?attempt={attempt}", environment.get("GITHUB_RUN_NUMBER").unwrap_or(id))
        }
    };
    (server.starts_with("https://") || server.starts_with("http://"))
        .then(|| format!("{}/{repository}/actions/runs/{page}", server.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn a_checkout_of_the_base_is_told_by_its_head() {
        let (sha, branch) = ("3f2c9e1b0488aa113f2c9e1b0488aa113f2c9e1b", "refs/heads/main");
        assert!(is_at("ref: refs/heads/main\n", sha, branch) && is_at(sha, sha, branch));
        assert!(!is_at("ref: refs/heads/topic\n", sha, branch) && !is_at("", sha, branch));
    }
}
