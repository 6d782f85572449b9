//! `workflow_run`: a run of another workflow has ended, maybe one for a fork that could not write anything. It is judged
//! from its artifacts, with this workflow's token and without any checkout of its code.

use super::job::Job;
use super::review::{self, Subject};
use super::{advised, output, push};
use crate::forge::event::{Followed, Run, Source};
use crate::forge::github::pulls::Target;
use crate::run::exit::Exit;

/// Judges `run`.
pub(super) async fn run(job: &mut Job, run: Run) -> anyhow::Result<Exit> {
    if let Some(wanted) = job.inputs.workflow.as_deref().filter(|wanted| !is_file(&run.workflow, wanted)) {
        output::error_line(&format!(
            "readiness: nothing to do: the run is one of `{}`, and the input `workflow` asks for `{wanted}`",
            run.workflow
        ));
        return Ok(Exit::Passed);
    }
    job.follow(run.id);
    match run.about {
        Followed::Pull(source) => pull(job, source).await,
        Followed::Queue(queue) => review::run(job, &Subject::from(queue)).await,
        Followed::Push(branch) => push::run(job, &branch).await,
    }
}

/// Whether `path` is the file `wanted`, which is given with or without its folder.
fn is_file(path: &str, wanted: &str) -> bool {
    path == wanted || path.strip_prefix(".github/workflows/") == Some(wanted)
}

async fn pull(job: &Job, source: Source) -> anyhow::Result<Exit> {
    match job.forge.target(&source).await {
        Ok(target) => review::run(job, &Subject::followed(source, target)).await,
        Err(error) => {
            let target = Target::without_pull(&source);
            review::give_up(job, &Subject::followed(source, target), advised(&error)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_file;

    #[test]
    fn a_workflow_is_its_file() {
        let path = ".github/workflows/ci.yml";
        assert!(is_file(path, path) && is_file(path, "ci.yml"));
        assert!(
            !is_file(path, "CI") && !is_file(path, "yml") && !is_file(".github/workflows/x/ci.yml", "ci.yml")
        );
    }
}
