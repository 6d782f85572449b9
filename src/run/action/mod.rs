//! `readiness run`: the Action. Everything comes from the environment; the report goes to the pull request, the commit
//! status, the job summary, the step's outputs, and on pushes to the history.
//!
//! [`inputs`] and [`job`] say what is asked for, [`review`] handles pull requests and merge groups, [`push`] branches,
//! [`follow`] runs of other workflows.
//! What cannot be written is a [`shortfall`]: said in the job summary, with the permission to grant.

mod access;
mod annotations;
mod artifacts;
mod base;
mod check;
mod comment;
mod diff;
mod evaluation;
mod follow;
mod inputs;
mod job;
mod outputs;
mod policy;
mod push;
mod repository;
mod review;
mod shortfall;
mod tree;
mod verdict;

use super::exit::{self, Advice, Exit};
use super::{last_words, output, store};
use crate::forge::Capability;
use crate::forge::event::Activity;
use crate::platform::environment::Environment;
pub use inputs::INPUTS;
pub use outputs::OUTPUTS;

use inputs::FailOn;
use job::Job;
use review::Subject;

/// Runs the command.
pub fn run() -> anyhow::Result<Exit> {
    let environment = Environment::from_process();
    last_words::on_signals();
    store::block_on(async {
        let mut job = Job::new(&environment).await?;
        job.tell_lacks();
        let result = match job.activity()? {
            Activity::Nothing(why) => {
                output::error_line(&format!("readiness: nothing to do: {why}"));
                return Ok(Exit::Passed);
            }
            Activity::Pull(pull) => review::run(&job, &Subject::from(pull)).await,
            Activity::Queue(queue) => review::run(&job, &Subject::from(queue)).await,
            Activity::Push(push) => push::run(&job, &push).await,
            Activity::Follow(_) if !job.forge.has(Capability::OtherRuns) => {
                let forge = job.forge.kind();
                output::error_line(&format!(
                    "readiness: nothing to do: {forge} lets no job look into runs of other workflows; run Readiness on pull_request"
                ));
                return Ok(Exit::Passed);
            }
            Activity::Follow(run) => follow::run(&mut job, run).await,
        };
        answer(job.inputs.fail_on, result)
    })
}

/// What the step's exit status says, as `fail-on` asks for it.
fn answer(fail_on: FailOn, result: anyhow::Result<Exit>) -> anyhow::Result<Exit> {
    match (fail_on, result) {
        (FailOn::Error, Ok(Exit::Failed)) | (FailOn::Never, Ok(_)) => Ok(Exit::Passed),
        (FailOn::Never, Err(error)) => {
            output::error_line(&format!("error: {}", exit::chain(&error)));
            Ok(Exit::Passed)
        }
        (FailOn::Gate | FailOn::Error, result) => result,
    }
}

/// An error of a lower layer with its way out.
fn advised(error: &crate::forge::http::error::ApiError) -> anyhow::Error {
    Advice::error(error, error.help())
}
