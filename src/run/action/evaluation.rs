//! Evidence of the workspace and a policy in, a finished report out.

use super::base::Earlier;
use super::job::Job;
use crate::model::commit::Head;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::report::Report;
use crate::policy::Policy;
use crate::run::pipeline::{self, LoadedPolicy};
use crate::run::report::{indirect_of, patch_of};
use crate::score::{self, Situation};

/// A finished report, and what a snapshot needs of it.
pub(super) struct Evaluation {
    /// Finished.
    pub(super) report: Report,
    /// What it was made from.
    pub(super) evidence: Evidence,
    /// Without the job's stricter settings.
    pub(super) policy: Policy,
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
    pub(super) proposed: Option<Policy>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

/// Reads the evidence below the job's folder, on all cores and off the threads that talk to GitHub.
pub(super) async fn gather(job: &Job, policy: &Policy) -> anyhow::Result<Evidence> {
    let (workdir, files, policy) = (job.workdir(), job.inputs.files.clone(), policy.evidence.clone());
    tokio::task::spawn_blocking(move || pipeline::gather(&workdir, &files, &policy)).await?
}

/// Scores `material`.
pub(super) fn evaluate(job: &Job, material: Material) -> anyhow::Result<Evaluation> {
    let Material { loaded, head, mut evidence, diff, mut earlier, proposed, mut notes } = material;
    let (tightened, remarks) = loaded.policy.clone().tightened(&job.inputs.overrides)?;
    notes.extend(remarks);
    let baseline = earlier.baseline(&tightened, &mut notes);
    let today = pipeline::today();
    pipeline::carry_forward(&mut evidence, baseline.as_ref(), &tightened, (diff.as_ref(), today));
    let report = score::evaluate(&Situation {
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
        proposed: proposed.as_ref(),
    });
    Ok(Evaluation { report, evidence, policy: loaded.policy })
}
