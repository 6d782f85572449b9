//! `readiness history`: what is remembered of earlier runs.

use super::exit::{Advice, Exit};
use super::report::{self, Evaluation};
use super::{baseline, change, forge, output, pipeline, store, targets, todos, trend};
use crate::cli::{HistoryCommand, RecordArgs};
use crate::history::baseline::{self as recorded, BaselineError};
use crate::history::record::{Entry, Pages, RecordError, Recorded, Written, record};
use crate::history::snapshot::Snapshot;
use crate::model::commit::{Branch, Head, RunId};
use crate::platform::{clock, environment::Environment};
use crate::score::{self, Situation};
use tokio::time::Instant;

/// Runs one of the commands.
pub fn run(command: &HistoryCommand) -> anyhow::Result<Exit> {
    match command {
        HistoryCommand::Record(args) => store::block_on(append(args)),
        HistoryCommand::Show(args) => trend::run(args),
    }
}

async fn append(args: &RecordArgs) -> anyhow::Result<Exit> {
    let targets = targets::parse(&args.output.write)?;
    let store = store::open(&args.history, &Environment::from_process()).await?;
    let branch = Branch(args.branch.clone());
    let previous = match recorded::tip(&store, &branch).await {
        Ok(snapshot) => Some(snapshot).filter(|tip| tip.run.id != args.run),
        Err(BaselineError::Nothing(_) | BaselineError::Unreadable { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let (entry, evaluation) = evaluated(args, branch, previous)?;
    let done = record(&store, &entry, Instant::now() + forge::WRITING).await.map_err(advised)?;
    report::deliver(&args.output, &targets, &evaluation, report::rendered)?;
    tell(args, &done);
    Ok(Exit::Passed)
}

fn evaluated(
    args: &RecordArgs,
    branch: Branch,
    previous: Option<Snapshot>,
) -> anyhow::Result<(Entry, Evaluation)> {
    let paths = &args.evidence;
    let loaded =
        pipeline::load_policy_over(&paths.workdir, paths.policy.as_deref(), paths.policy_base.as_deref())?;
    output::detail(&args.output, &format!("policy: {}", loaded.origin.description));
    let mut evidence = pipeline::gather(&paths.workdir, &paths.paths, &loaded.policy.evidence, None)?;
    evidence.todos = todos::of_checkout(&paths.workdir, &loaded.policy);
    output::sources(&args.output, &evidence);
    let diff = change::named(paths, &evidence)?;
    let mut notes = Vec::new();
    let baseline =
        previous.map(|snapshot| baseline::from_snapshot(snapshot, None, &loaded.policy, &mut notes));
    let today = pipeline::today();
    pipeline::carry_forward(&mut evidence, baseline.as_ref(), &loaded.policy, (diff.as_ref(), today));
    let report = score::evaluate(&Situation {
        policy: &loaded.policy,
        origin: loaded.origin,
        evidence: &evidence,
        diff: diff.as_ref(),
        patch: report::patch_of(&evidence, diff.as_ref()),
        indirect: Vec::new(),
        head: Head { sha: report::commit(&args.sha)?, branch: Some(branch.clone()) },
        today,
        baseline: baseline.as_ref(),
        name: None,
        trend: Vec::new(),
        notes,
        proposed: None,
    });
    let run = RunId { id: args.run.clone(), attempt: args.attempt };
    let policy = loaded.policy;
    let entry = Entry {
        branch,
        policy_hash: policy.fingerprint(),
        snapshot: Snapshot::new(&report, &evidence, &policy.text, run, clock::now()),
        pages: Pages::Update,
    };
    Ok((entry, Evaluation { report, evidence, policy }))
}

/// The error with its way out.
pub(super) fn advised(error: RecordError) -> anyhow::Error {
    match error.help() {
        Some(help) => Advice::error(error, help),
        None => error.into(),
    }
}

fn tell(args: &RecordArgs, done: &Recorded) {
    for file in &done.set_aside {
        output::error_line(&format!("warning: {file}"));
    }
    let what = match done.written {
        Written::Added => "recorded",
        Written::Replaced => "recorded in the place of an earlier attempt",
        Written::AlreadyThere => "recorded already",
        Written::NewerAttempt => "not recorded: a later attempt of it is there",
    };
    if !args.output.quiet {
        output::error_line(&format!("run {} of `{}` is {what}", args.run, args.branch));
    }
}
