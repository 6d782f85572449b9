//! Evidence of the workspace and a policy in, a finished report out.

use std::sync::LazyLock;

use super::artifacts::Fetched;
use super::base::Earlier;
use super::job::Job;
use super::repository::Repository;
use super::tree;
use crate::evidence::collect::Collector;
use crate::evidence::coverage::mapping::Tree;
use crate::evidence::read::read_input;
use crate::model::commit::{Head, Sha};
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::report::Report;
use crate::policy::Policy;
use crate::run::audit;
use crate::run::pipeline::{self, LoadedPolicy};
use crate::run::report::{indirect_of, patch_of};
use crate::run::todos;
use crate::score::{self, Proposed, Situation};

/// A finished report, and what a snapshot needs of it.
pub(super) struct Evaluation {
    /// Finished.
    pub(super) report: Report,
    /// What it was made from.
    pub(super) evidence: Evidence,
    /// Without the job's stricter settings.
    pub(super) policy: Policy,
    /// The files of the commit.
    pub(super) repository: Repository,
}

/// A policy that the change brings along.
pub(super) enum Edited {
    /// It can be read.
    Valid(Box<Policy>),
    /// It cannot.
    Unreadable,
}

impl Edited {
    fn as_proposed(&self) -> Proposed<'_> {
        match self {
            Self::Valid(policy) => Proposed::Valid(policy),
            Self::Unreadable => Proposed::Unreadable,
        }
    }
}

/// Everything that an evaluation is made from.
pub(super) struct Material {
    /// Under which rules.
    pub(super) loaded: LoadedPolicy,
    /// The commit.
    pub(super) head: Head,
    /// What was read.
    pub(super) evidence: Evidence,
    /// What changed.
    pub(super) diff: Option<Diff>,
    /// What came before.
    pub(super) earlier: Earlier,
    /// The policy that the change brings along.
    pub(super) proposed: Option<Edited>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
    /// The files of the commit.
    pub(super) repository: Repository,
}

/// Reads the evidence about `head`, on all cores and off the threads that talk to GitHub: what was fetched together with
/// the files that the job names, else what lies below the job's folder.
pub(super) async fn gather(
    job: &Job,
    policy: &Policy,
    (head, mut fetched): (&Sha, Fetched),
) -> anyhow::Result<Gathered> {
    let mut notes = std::mem::take(&mut fetched.notes);
    let (workdir, named, policy) = (job.workdir(), job.inputs.files.clone(), policy.clone());
    let paths = tree::without_checkout(job, head, &mut notes).await;
    let tree = paths.clone().map(Tree::new);
    let has_checkout = paths.is_none() && !job.has_base_checked_out();
    let read = move || {
        let rules = &policy.evidence;
        let todos = if has_checkout { todos::of_checkout(&workdir, &policy) } else { None };
        if !fetched.is_asked_for() {
            let evidence = pipeline::gather(&workdir, &named, rules, tree)?;
            return Ok(Evidence { todos, ..evidence });
        }
        let extracted = pipeline::extracted(&workdir, rules, &fetched.found)?;
        let tree = LazyLock::new(|| tree.unwrap_or_else(|| pipeline::tree(&workdir)));
        let repository = || &*tree;
        let collector = Collector::new(rules, &repository);
        let take = |input| collector.take(input);
        let mut inputs = pipeline::read_found(std::mem::take(&mut fetched.found), take);
        let read = |path, bytes, reader| take(read_input(path, bytes, reader));
        inputs.add(pipeline::read_by(read, &workdir, &named, &rules.exclude)?);
        inputs.add(extracted);
        anyhow::Ok(Evidence { todos, ..pipeline::understand(inputs, collector)? })
    };
    let evidence = tokio::task::spawn_blocking(read).await??;
    let repository = match paths {
        Some(paths) => Repository::Listed(paths.into_iter().collect()),
        None => Repository::Checkout(job.workdir()),
    };
    Ok(Gathered { evidence, repository, notes })
}

/// Evidence, and what must be known about it.
pub(super) struct Gathered {
    /// What was read.
    pub(super) evidence: Evidence,
    /// The files of the commit.
    pub(super) repository: Repository,
    /// For the report.
    pub(super) notes: Vec<String>,
}

/// Scores `material`.
pub(super) fn evaluate(job: &Job, material: Material) -> anyhow::Result<Evaluation> {
    let Material { loaded, head, mut evidence, diff, mut earlier, proposed, mut notes, repository } =
        material;
    let (tightened, remarks) = loaded.policy.clone().tightened(&job.inputs.overrides)?;
    notes.extend(remarks);
    let baseline = earlier.baseline(&tightened, &mut notes);
    let today = pipeline::today();
    pipeline::carry_forward(&mut evidence, baseline.as_ref(), &tightened, (diff.as_ref(), today));
    let mut report = score::evaluate(&Situation {
        policy: &tightened,
        origin: loaded.origin,
        evidence: &evidence,
        diff: diff.as_ref(),
        patch: patch_of(&evidence, diff.as_ref()),
        indirect: indirect_of(&evidence, baseline.as_ref(), diff.as_ref()),
        head,
        today,
        baseline: baseline.as_ref(),
        name: job.inputs.name.clone(),
        trend: earlier.trend,
        notes,
        proposed: proposed.as_ref().map(Edited::as_proposed),
    });
    report.audit = audit::of_policy(&job.workdir(), &tightened, &evidence);
    Ok(Evaluation { report, evidence, policy: loaded.policy, repository })
}
