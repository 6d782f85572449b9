//! A pull request or a merge group: compare with the base, set the status, comment.

use super::artifacts;
use super::base::{self, Start};
use super::check;
use super::comment;
use super::diff;
use super::evaluation::{self, Evaluation, Gathered, Material};
use super::inputs::FailOn;
use super::job::Job;
use super::outputs::{self, Told};
use super::policy;
use super::shortfall::Shortfall;
use super::verdict::Verdict;
use crate::forge::comment::Published;
use crate::forge::compare::Change;
use crate::forge::event::{Origin, Pull, Queue, Rights, Source};
use crate::forge::github::pulls::Target;
use crate::forge::http::error::ApiError;
use crate::forge::status::{Rival, State};
use crate::forge::{Forge as _, Kind};
use crate::history::baseline;
use crate::model::commit::{Branch, Head, Sha};
use crate::model::gate::GateOutcome;
use crate::model::report::Report;
use crate::render::status;
use crate::run::exit::Exit;
use crate::run::{forge, output};

/// What is reviewed.
pub(super) struct Subject {
    head: Sha,
    head_branch: Option<Branch>,
    base: Sha,
    base_branch: Branch,
    rights: Rights,
    /// The pull request to comment on.
    pull: Option<u64>,
    /// Why there is none, where one is expected.
    unheard: Option<&'static str>,
    /// What a reader must know about it.
    note: Option<&'static str>,
}

impl From<Pull> for Subject {
    fn from(pull: Pull) -> Self {
        Self {
            head: pull.head,
            head_branch: Some(pull.head_branch),
            base: pull.base,
            base_branch: pull.base_branch,
            rights: pull.rights,
            pull: Some(pull.number),
            unheard: None,
            note: None,
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
            rights: Rights::Granted,
            pull: None,
            unheard: None,
            note: None,
        }
    }
}

impl Subject {
    /// The commit of another workflow's run, whose pull request was looked up.
    pub(super) fn followed(source: Source, target: Target) -> Self {
        let origin = source.origin();
        let unheard = "no comment: no open pull request has this commit as its newest one";
        let note = "the reports come from a run of a fork, whose code wrote them; nobody has verified them";
        Self {
            head: source.head,
            head_branch: source.branch.map(|branch| branch.name),
            base: target.base,
            base_branch: target.base_branch,
            rights: Rights::Granted,
            pull: target.number,
            unheard: target.number.is_none().then_some(unheard),
            note: (origin == Origin::Fork).then_some(note),
        }
    }
}

/// Reviews `subject`. The status never stays pending: it ends in `error` when no evaluation is possible.
pub(super) async fn run(job: &Job, subject: &Subject) -> anyhow::Result<Exit> {
    let verdict = verdict(job, subject);
    let (pending, evaluated) = tokio::join!(verdict.announce(), Box::pin(evaluate(job, subject)));
    match evaluated {
        Ok(evaluation) if is_mute(subject, &pending) => tell_only(job, &evaluation),
        Ok(evaluation) => Box::pin(publish(job, subject, &verdict, &evaluation)).await,
        Err(error) => give_up(job, subject, error).await,
    }
}

fn verdict(job: &Job, subject: &Subject) -> Verdict {
    let verdict = Verdict::of(job, &subject.head);
    if subject.rights == Rights::ReadOnly { verdict.mute() } else { verdict }
}

/// Says everywhere that there is no evaluation.
pub(super) async fn give_up(job: &Job, subject: &Subject, error: anyhow::Error) -> anyhow::Result<Exit> {
    let verdict = verdict(job, subject);
    // The words are for the status' one line; the whole error is in the log and in the job summary.
    let set = match verdict.rival().await {
        Some(rival) => verdict.step_aside(&rival).await,
        None => verdict.conclude(State::Error, format!("no evaluation: {error}")).await,
    };
    let unset = set.err().iter().map(Shortfall::heavy).collect::<Vec<_>>();
    outputs::tell_error(job, &error, &unset);
    Err(error)
}

/// Leaves comment and status to the later run that has judged the same commit.
async fn step_aside(
    job: &Job,
    verdict: &Verdict,
    rival: &Rival,
    evaluation: &Evaluation,
) -> anyhow::Result<Exit> {
    let set = verdict.step_aside(rival).await;
    let mut shortfalls =
        vec![Shortfall::remark("no comment and no status: a later run speaks for this commit")];
    shortfalls.extend(set.err().iter().map(Shortfall::heavy));
    outputs::tell(job, &evaluation.report, &Told { comment_url: None, shortfalls: &shortfalls })?;
    Ok(exit(job, &evaluation.report, &shortfalls))
}

/// Whether nothing can be written: by the event, or because the first try was refused where that is to be expected.
fn is_mute(subject: &Subject, pending: &Result<(), ApiError>) -> bool {
    match subject.rights {
        Rights::Granted => false,
        Rights::Doubtful => pending.as_ref().is_err_and(ApiError::is_forbidden),
        Rights::ReadOnly => true,
    }
}

/// What is left with a token that reads: job summary, annotations, the step's own result.
fn tell_only(job: &Job, evaluation: &Evaluation) -> anyhow::Result<Exit> {
    check::log(job, evaluation);
    let shortfalls = [Shortfall::remark(match job.forge.kind() {
        Kind::GitHub => {
            "no comment and no status: runs for forks and of Dependabot get a token that only reads; a second workflow \
             on `workflow_run` can write them, as the page Workflows shows under Forks"
        }
        Kind::Gitea | Kind::Forgejo => {
            "no comment and no status: runs for forks get a token that only reads; the gate decides all the same"
        }
    })];
    outputs::tell(job, &evaluation.report, &Told { comment_url: None, shortfalls: &shortfalls })?;
    Ok(exit(job, &evaluation.report, &shortfalls))
}

async fn evaluate(job: &Job, subject: &Subject) -> anyhow::Result<Evaluation> {
    job.check()?;
    let store = job.store();
    let change = Change { base: &subject.base, head: &subject.head, pull: subject.pull };
    let (commit, comparison, tip, fetched) = tokio::join!(
        policy::read(job, &subject.base),
        job.forge.compare(change),
        baseline::tip(&store, &subject.base_branch),
        artifacts::fetch(job),
    );
    let (commit, fetched) = (commit?, fetched?);
    let loaded = policy::of_base(job, &commit, (&subject.base_branch, &subject.base)).await?;
    let mut notes: Vec<String> = subject.note.map(str::to_owned).into_iter().collect();
    let comparison = comparison.map_err(|error| notes.push(without_diff(&error))).ok();
    let merge_base = comparison.as_ref().map_or(&subject.base, |comparison| &comparison.merge_base);
    let start = Start { branch: &subject.base_branch, merge_base, ancestry: &commit.ancestry };
    let (earlier, evidence) = tokio::join!(
        base::nearest(job, tip, start),
        evaluation::gather(job, &loaded.policy, (&subject.head, fetched))
    );
    let Gathered { evidence, repository, notes: remarks } = evidence?;
    notes.extend(remarks);
    let diff = comparison.as_ref().map(diff::of);
    let proposed = match &diff {
        Some(diff) => policy::proposed(job, (diff, &subject.head), &loaded.policy, &mut notes).await,
        None => None,
    };
    let head = Head { sha: subject.head.clone(), branch: subject.head_branch.clone() };
    evaluation::evaluate(job, Material { loaded, head, evidence, diff, earlier, proposed, notes, repository })
}

fn without_diff(error: &ApiError) -> String {
    format!("the change could not be compared with its base, so there is no patch coverage: {error}")
}

/// Says everywhere what the evaluation is, unless a later run does. Whoever begins the pull request's comment has no later
/// run before it, and need not ask for one.
async fn publish(
    job: &Job,
    subject: &Subject,
    verdict: &Verdict,
    evaluation: &Evaluation,
) -> anyhow::Result<Exit> {
    job.forge.extend(forge::WRITING);
    let (report, mut shortfalls) = (&evaluation.report, Vec::new());
    shortfalls.extend(subject.unheard.map(Shortfall::remark));
    let prepared = match subject.pull {
        Some(number) => comment::prepare(job, (number, &subject.head), report, &mut shortfalls).await,
        None => None,
    };
    let mut comment = match &prepared {
        Some(first) if first.is_first() => first.publish(job, &mut shortfalls).await,
        _ => None,
    };
    if !matches!(comment, Some(Published::Written(_)))
        && let Some(rival) = verdict.rival().await
    {
        return step_aside(job, verdict, &rival, evaluation).await;
    }
    if let Some(further) = prepared.filter(|prepared| !prepared.is_first()) {
        comment = further.publish(job, &mut shortfalls).await;
    }
    check::publish(job, &subject.head, evaluation, &mut shortfalls).await;
    // Last, so that whoever waits for it finds everything else in its place.
    let set = verdict.conclude(state(report), status::description(report)).await;
    shortfalls.extend(set.err().iter().map(Shortfall::heavy));
    let url = comment.as_ref().and_then(Published::url);
    outputs::tell(job, report, &Told { comment_url: url, shortfalls: &shortfalls })?;
    Ok(exit(job, report, &shortfalls))
}

fn state(report: &Report) -> State {
    match report.gate.outcome {
        GateOutcome::Pass => State::Success,
        GateOutcome::Fail => State::Failure,
    }
}

/// The gate's answer, unless what others wait for could not be written.
pub(super) fn exit(job: &Job, report: &Report, shortfalls: &[Shortfall]) -> Exit {
    let failing: Vec<&str> = shortfalls.iter().filter_map(Shortfall::failing).collect();
    if !failing.is_empty() {
        if job.inputs.fail_on != FailOn::Never {
            let gate = match report.gate.outcome {
                GateOutcome::Pass => "passed",
                GateOutcome::Fail => "failed",
            };
            output::error_line(&format!(
                "readiness: the gate {gate}, but not all of it was written (exit 2): {}; run the job again",
                failing.join("; ")
            ));
        }
        return Exit::Unable;
    }
    match report.gate.outcome {
        GateOutcome::Pass => Exit::Passed,
        GateOutcome::Fail => Exit::Failed,
    }
}
