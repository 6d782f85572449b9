//! Under which policy a change is judged: the base's. One that the change brings along is only shown.

use super::advised;
use super::job::Job;
use crate::forge::github::base::{BaseCommit, BaseFile};
use crate::forge::github::compare::Comparison;
use crate::model::commit::{Branch, Sha};
use crate::platform::files;
use crate::policy::{self, Policy};
use crate::run::exit::Advice;
use crate::run::pipeline::{self, LoadedPolicy};
use crate::run::places::POLICY_FILES;

/// The paths at which the job's policy may stand, first match first.
pub(super) fn paths(job: &Job) -> Vec<&str> {
    match &job.inputs.policy {
        Some(path) => vec![path.as_str()],
        None => POLICY_FILES.to_vec(),
    }
}

/// The policy of the base commit.
pub(super) fn of_base(
    job: &Job,
    commit: &BaseCommit,
    place: (&Branch, &Sha),
) -> anyhow::Result<LoadedPolicy> {
    for (path, file) in paths(job).into_iter().zip(&commit.files) {
        match file {
            BaseFile::Absent => {}
            BaseFile::NoText => {
                return Err(Advice::error(
                    format!("the policy `{path}` of the base `{}` is no text or too large", place.0),
                    "a policy is a YAML file of at most 500 KB",
                ));
            }
            BaseFile::Text(text) => {
                let description = format!("{path} at {} ({})", place.0, place.1.short());
                return pipeline::parse_policy(text, path, &description);
            }
        }
    }
    Ok(pipeline::default_policy())
}

/// The policy that the change brings along, when it edits it; one that cannot be read is said.
pub(super) fn proposed(
    job: &Job,
    comparison: &Comparison,
    base: &Policy,
    notes: &mut Vec<String>,
) -> Option<Policy> {
    let paths = paths(job);
    let touches = |file: &str| paths.contains(&file);
    let edited = comparison
        .files
        .iter()
        .any(|file| touches(&file.path) || file.renamed_from.as_deref().is_some_and(touches));
    if !edited {
        return None;
    }
    let found = paths
        .iter()
        .find_map(|path| files::read_text(&job.workspace.join(path)).ok().map(|text| (*path, text)));
    let parsed = match found {
        Some((path, text)) if text != base.text => policy::load::parse(&text, path),
        Some(_same) => return None,
        None => Ok(policy::defaults::policy()),
    };
    match parsed {
        Ok(policy) => Some(policy),
        Err(error) => {
            notes.push(format!(
                "the policy of this change cannot be read and would stop every run once merged: {error}"
            ));
            None
        }
    }
}

/// Reads the base commit; without it nothing can be judged.
pub(super) async fn read(job: &Job, base: &Sha) -> anyhow::Result<BaseCommit> {
    job.github.base_commit(base, &paths(job)).await.map_err(|error| advised(&error))
}
