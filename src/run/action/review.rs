//! A pull request or a merge group: compare with the base, set the status, comment.

use super::base::{self, Start};
use super::check;
use super::diff;
use super::evaluation::{self, Evaluation, Material};
use super::inputs::{Comment, Part};
use super::job::Job;
use super::outputs::{self, Told};
use super::policy;
use super::shortfall::{Shortfall, Weight};
use crate::forge::github::comment::{Draft, LIMIT, Published, Update};
use crate::forge::github::compare::Comparison;
use crate::forge::github::error::ApiError;
use crate::forge::github::event::{Origin, Pull, Queue};
use crate::forge::github::marker::Marker;
use crate::forge::github::status::{State, Status};
use crate::history::baseline;
use crate::model::commit::{Branch, Head, Sha};
use crate::model::gate::GateOutcome;
use crate::model::report::Report;
use crate::render::{markdown, status};
use crate::run::exit::Exit;

/// What is reviewed.
pub(super) struct Subject {
    head: Sha,
    head_branch: Option<Branch>,
    base: Sha,
    base_branch: Branch,
    /// Number and origin; none for a merge group.
    pull: Option<(u64, Origin)>,
}

impl From<Pull> for Subject {
    fn from(pull: Pull) -> Self {
        Self {
            head: pull.head,
            head_branch: Some(pull.head_branch),
            base: pull.base,
            base_branch: pull.base_branch,
            pull: Some((pull.number, pull.origin)),
        }
    }
}

impl From<Queue> for Subject {
    fn from(queue: Queue) -> Self {
        Self {
            head: queue.head,
            head_branch: None,
            base: queue.base,
            base_branch: queue.base_branch,
            pull: None,
        }
    }
}

/// Reviews `subject`. The status never stays pending: it ends in `error` when no evaluation is possible.
pub(super) async fn run(job: &Job, subject: &Subject) -> anyhow::Result<Exit> {
    let waiting = set_status(job, subject, State::Pending, "reading the evidence".to_owned());
    let (pending, evaluated) = tokio::join!(waiting, evaluate(job, subject));
    let shortfalls: Vec<_> = pending.err().iter().map(Shortfall::heavy).collect();
    match evaluated {
        Ok(evaluation) => publish(job, subject, &evaluation, shortfalls).await,
        Err(error) => {
            // The words are for the status' one line; the whole error is in the log and in the job summary.
            let set = set_status(job, subject, State::Error, format!("no evaluation: {error}")).await;
            let unset = set.err().iter().map(Shortfall::heavy).collect::<Vec<_>>();
            outputs::tell_error(job, &error, &unset);
            Err(error)
        }
    }
}

async fn set_status(job: &Job, subject: &Subject, state: State, description: String) -> Result<(), ApiError> {
    if !job.inputs.wants(Part::Status) {
        return Ok(());
    }
    let status = Status { state, context: job.context(), description, target_url: job.run_url.clone() };
    job.github.set_status(&subject.head, &status).await
}

async fn evaluate(job: &Job, subject: &Subject) -> anyhow::Result<Evaluation> {
    job.check()?;
    let store = job.store();
    let (commit, comparison, tip) = tokio::join!(
        policy::read(job, &subject.base),
        job.github.compare(&subject.base, &subject.head),
        baseline::tip(&store, &subject.base_branch),
    );
    let commit = commit?;
    let loaded = policy::of_base(job, &commit, (&subject.base_branch, &subject.base))?;
    let mut notes = Vec::new();
    let comparison = comparison.map_err(|error| notes.push(without_diff(&error))).ok();
    let merge_base = comparison.as_ref().map_or(&subject.base, |comparison| &comparison.merge_base);
    let start = Start { branch: &subject.base_branch, merge_base, ancestry: &commit.ancestry };
    let (earlier, evidence) =
        tokio::join!(base::nearest(job, tip, start), evaluation::gather(job, &loaded.policy, &subject.head));
    let gathered = evidence?;
    notes.extend(gathered.notes);
    let evidence = gathered.evidence;
    let proposed = |comparison: &Comparison| policy::proposed(job, comparison, &loaded.policy, &mut notes);
    let proposed = comparison.as_ref().and_then(proposed);
    let head = Head { sha: subject.head.clone(), branch: subject.head_branch.clone() };
    let diff = comparison.as_ref().map(diff::of);
    evaluation::evaluate(job, Material { loaded, head, evidence, diff, earlier, proposed, notes })
}

fn without_diff(error: &ApiError) -> String {
    format!("the change could not be compared with its base, so there is no patch coverage: {error}")
}

async fn publish(
    job: &Job,
    subject: &Subject,
    evaluation: &Evaluation,
    mut shortfalls: Vec<Shortfall>,
) -> anyhow::Result<Exit> {
    let report = &evaluation.report;
    let comment = comment(job, subject, report, &mut shortfalls).await;
    check::publish(job, &subject.head, report, &mut shortfalls).await;
    // Last, so that whoever waits for it finds everything else in its place.
    let set = set_status(job, subject, state(report), status::description(report)).await;
    shortfalls.extend(set.err().iter().map(Shortfall::heavy));
    let url = comment.as_ref().and_then(Published::url);
    outputs::tell(job, report, &Told { comment_url: url, shortfalls: &shortfalls })?;
    Ok(exit(report, &shortfalls))
}

fn state(report: &Report) -> State {
    match report.gate.outcome {
        GateOutcome::Pass => State::Success,
        GateOutcome::Fail => State::Failure,
    }
}

/// The gate's answer, unless what others wait for could not be written.
pub(super) fn exit(report: &Report, shortfalls: &[Shortfall]) -> Exit {
    if shortfalls.iter().any(|shortfall| shortfall.weight == Weight::Heavy) {
        return Exit::Unable;
    }
    match report.gate.outcome {
        GateOutcome::Pass => Exit::Passed,
        GateOutcome::Fail => Exit::Failed,
    }
}

/// Writes the comment, if there is somebody to read it.
async fn comment(
    job: &Job,
    subject: &Subject,
    report: &Report,
    shortfalls: &mut Vec<Shortfall>,
) -> Option<Published> {
    let ((number, origin), Comment::Write(update)) = (subject.pull?, job.inputs.comment) else { return None };
    match write_comment(job, subject, &draft(job, (number, &subject.head), report, update)).await {
        Ok(Some(published)) => Some(published),
        Ok(None) => {
            let sha = subject.head.short();
            shortfalls.push(Shortfall::remark(format!(
                "no comment: the pull request is closed or has commits after `{sha}`, whose own run speaks for it"
            )));
            None
        }
        Err(error) => {
            if origin == Origin::Fork && error.is_forbidden() {
                shortfalls.push(Shortfall::remark(
                    "no comment: runs for pull requests from forks get a read-only token; this summary is the report",
                ));
            } else {
                shortfalls.push(Shortfall::light(&error));
            }
            None
        }
    }
}

fn draft(job: &Job, (number, head): (u64, &Sha), report: &Report, update: Update) -> Draft {
    let marker =
        Marker { name: job.inputs.name.clone().unwrap_or_default(), run: job.run.clone(), sha: head.clone() };
    let room = LIMIT.saturating_sub(marker.line().chars().count() + 2);
    Draft { number, text: markdown::comment(report, room), marker, update }
}

/// Nothing when the pull request moved on: an older run never overwrites what a newer one says.
async fn write_comment(job: &Job, subject: &Subject, draft: &Draft) -> Result<Option<Published>, ApiError> {
    let seen = job.github.conversation(draft.number, &draft.marker.name).await?;
    if !seen.open || seen.head != subject.head {
        return Ok(None);
    }
    job.github.comment(draft, &seen).await.map(Some)
}
