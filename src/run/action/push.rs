//! A branch: evaluate it, and record the run when the branch is tracked.

use tokio::time::Instant;

use super::artifacts;
use super::base::{self, Earlier};
use super::diff;
use super::evaluation::{self, Evaluation, Material};
use super::job::Job;
use super::outputs::{self, Told};
use super::policy;
use super::review;
use super::shortfall::Shortfall;
use crate::forge::Forge as _;
use crate::forge::compare::Change;
use crate::forge::event::Push;
use crate::history::record::{Entry, Pages, Recorded, Written, record};
use crate::history::snapshot::Snapshot;
use crate::model::commit::{Branch, Head};
use crate::model::diff::Diff;
use crate::platform::clock;
use crate::policy::Policy;
use crate::run::exit::Exit;
use crate::run::{forge, output};

/// Evaluates and records a branch's tip.
pub(super) async fn run(job: &Job, push: &Push) -> anyhow::Result<Exit> {
    let branch = job.inputs.branch.clone().map_or_else(|| push.branch.clone(), Branch);
    let evaluation = match evaluate(job, push, &branch).await {
        Ok(evaluation) => evaluation,
        Err(error) => {
            outputs::tell_error(job, &error, &[]);
            return Err(error);
        }
    };
    let mut shortfalls = Vec::new();
    if evaluation.policy.history.branches.matches(&branch.0) {
        remember(job, push, branch, &evaluation, &mut shortfalls).await;
    } else {
        shortfalls.push(Shortfall::remark(format!(
            "not recorded: `{branch}` is none of the branches under `history.branches` in the policy"
        )));
    }
    let report = &evaluation.report;
    outputs::tell(job, report, &Told { comment_url: None, shortfalls: &shortfalls })?;
    Ok(review::exit(job, report, &shortfalls))
}

async fn evaluate(job: &Job, push: &Push, branch: &Branch) -> anyhow::Result<Evaluation> {
    job.check()?;
    let (loaded, fetched) = tokio::join!(policy::of_push(job, push), artifacts::fetch(job));
    let (loaded, fetched) = (loaded?, fetched?);
    let (earlier, gathered) = tokio::join!(
        base::before(job, branch, &push.head),
        evaluation::gather(job, &loaded.policy, (&push.head, fetched))
    );
    let mut gathered = gathered?;
    let diff = since_base(job, push, &loaded.policy, &earlier, &mut gathered.notes).await;
    let material = Material {
        loaded,
        head: Head { sha: push.head.clone(), branch: Some(branch.clone()) },
        evidence: gathered.evidence,
        diff,
        earlier,
        proposed: None,
        notes: gathered.notes,
        repository: gathered.repository,
    };
    evaluation::evaluate(job, material)
}

/// The change since the recorded run before; asked for only where coverage may be carried forward, which takes knowing
/// what is unchanged.
async fn since_base(
    job: &Job,
    push: &Push,
    policy: &Policy,
    earlier: &Earlier,
    notes: &mut Vec<String>,
) -> Option<Diff> {
    let carries = policy.components.iter().any(|component| component.carry_forward_days.is_some());
    let base = &earlier.found.as_ref().filter(|_| carries)?.snapshot.head.sha;
    match job.forge.compare(Change { base, head: &push.head, pull: None }).await {
        Ok(comparison) if comparison.merge_base == *base => Some(diff::of(&comparison)),
        Ok(_) => {
            notes.push(
                "the branch was rewritten since the base, so no coverage is carried forward".to_owned(),
            );
            None
        }
        Err(error) => {
            notes.push(format!(
                "the change since the base is not known, so no coverage is carried forward: {error}"
            ));
            None
        }
    }
}

async fn remember(
    job: &Job,
    push: &Push,
    branch: Branch,
    evaluation: &Evaluation,
    shortfalls: &mut Vec<Shortfall>,
) {
    let policy = &evaluation.policy;
    let (report, run) = (&evaluation.report, job.run.clone());
    let is_default = push.default_branch.as_ref().is_none_or(|default| *default == branch);
    let entry = Entry {
        snapshot: Snapshot::new(report, &evaluation.evidence, &policy.text, run, clock::now()),
        policy_hash: policy.fingerprint(),
        pages: if is_default { Pages::Update } else { Pages::Leave },
        branch,
    };
    job.forge.extend(forge::WRITING);
    match record(&job.store(), &entry, Instant::now() + forge::WRITING).await {
        Ok(recorded) => tell(&entry, recorded, shortfalls),
        Err(error) => shortfalls.push(Shortfall::unrecorded(&error)),
    }
}

fn tell(entry: &Entry, recorded: Recorded, shortfalls: &mut Vec<Shortfall>) {
    shortfalls.extend(recorded.set_aside.into_iter().map(Shortfall::remark));
    let what = match recorded.written {
        Written::Added => "recorded",
        Written::Replaced => "recorded in the place of an earlier attempt",
        Written::AlreadyThere => "recorded already",
        Written::NewerAttempt => "not recorded: a later attempt is there",
    };
    output::error_line(&format!("readiness: this run of `{}` is {what}", entry.branch));
}
