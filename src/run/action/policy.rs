//! Under which policy a change is judged: the base's. One that the change brings along is only shown.

use super::advised;
use super::evaluation::Edited;
use super::job::Job;
use crate::forge::base::{BaseCommit, BaseFile};
use crate::forge::event::Push;
use crate::forge::{Forge as _, Repository};
use crate::model::commit::{Branch, Sha};
use crate::model::diff::{Diff, FileChange};
use crate::policy::extends::{self, Pinned};
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
pub(super) async fn of_base(
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
                return pipeline::parse_policy(&whole(job, text).await?, path, &description);
            }
        }
    }
    Ok(pipeline::default_policy())
}

/// The policy of a pushed commit: what is pushed is trusted, so its own policy holds.
pub(super) async fn of_push(job: &Job, push: &Push) -> anyhow::Result<LoadedPolicy> {
    if job.is_following() {
        let commit = read(job, &push.head).await?;
        return of_base(job, &commit, (&push.branch, &push.head)).await;
    }
    let explicit = job.inputs.policy.as_ref().map(|path| job.workspace.join(path));
    let Some((text, shown)) = pipeline::policy_text(&job.workspace, explicit.as_deref())? else {
        return Ok(pipeline::default_policy());
    };
    pipeline::parse_policy(&whole(job, &text).await?, &shown, &shown)
}

/// The policy that the change brings along, when it edits it; one that cannot be read is said. It is read from the
/// commit: the workspace may hold another one, or what a step made of it.
pub(super) async fn proposed(
    job: &Job,
    (diff, head): (&Diff, &Sha),
    base: &Policy,
    notes: &mut Vec<String>,
) -> Option<Edited> {
    let paths = paths(job);
    let touches = |file: &str| paths.contains(&file);
    let edited = |(path, file): (&String, &FileChange)| {
        touches(path) || file.renamed_from.as_deref().is_some_and(touches)
    };
    if !diff.files.iter().any(edited) {
        return None;
    }
    let commit = match job.forge.base_commit(head, &paths).await {
        Ok(commit) => commit,
        Err(error) => {
            notes.push(format!("the policy of this change could not be read: {error}"));
            return Some(Edited::Unreadable);
        }
    };
    let found = paths.into_iter().zip(commit.files).find_map(|(path, file)| match file {
        BaseFile::Text(text) => Some((path, text)),
        BaseFile::Absent | BaseFile::NoText => None,
    });
    let found = match found {
        Some((path, text)) => match whole(job, &text).await {
            Ok(text) => Some((path, text)),
            Err(error) => {
                notes.push(format!("the policy of this change could not be read: {error:#}"));
                return Some(Edited::Unreadable);
            }
        },
        None => None,
    };
    let parsed = match found {
        Some((path, text)) if text != base.text => policy::load::parse(&text, path),
        Some(_same) => return None,
        None => Ok(policy::defaults::policy()),
    };
    match parsed {
        Ok(policy) => Some(Edited::Valid(Box::new(policy))),
        Err(error) => {
            notes.push(format!(
                "the policy of this change cannot be read and would stop every run once merged: {error}"
            ));
            Some(Edited::Unreadable)
        }
    }
}

/// The text with the pinned policy that it extends, if it extends one; what it brought along itself is not believed.
async fn whole(job: &Job, text: &str) -> anyhow::Result<String> {
    let Some(pinned) = extends::wanted(text) else { return Ok(text.to_owned()) };
    let Pinned { repository, path, commit } = &pinned;
    let missing = |why: &str| {
        Advice::error(
            format!("the policy `{path}` of `{repository}` at {commit} {why}"),
            "`extends` in the policy names it; the job's token must be allowed to read that repository",
        )
    };
    let place = Repository::parse(repository).ok_or_else(|| missing("is at no repository"))?;
    let read = job.forge.elsewhere(place).base_commit(&Sha(commit.clone()), &[path]).await;
    let read = read.map_err(|error| missing(&format!("could not be read: {error}")))?;
    match read.files.into_iter().next() {
        Some(BaseFile::Text(base)) => Ok(extends::bundled(text, &base)),
        Some(BaseFile::NoText) => Err(missing("is no text or too large")),
        Some(BaseFile::Absent) | None => Err(missing("is not there")),
    }
}

/// Reads the base commit; without it nothing can be judged.
pub(super) async fn read(job: &Job, base: &Sha) -> anyhow::Result<BaseCommit> {
    job.forge.base_commit(base, &paths(job)).await.map_err(|error| advised(&error))
}
