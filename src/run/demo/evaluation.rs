//! Every commit of the sample evaluated in order, as its CI run would: each is recorded, the next is compared with it.

use jiff::civil::Date;

use super::commits::{Artifact, Commit, DIFF, FILES, MAIN, POLICY, PULL_REQUEST};
use crate::evidence::collect::collect;
use crate::evidence::coverage::mapping::Tree;
use crate::evidence::coverage::unified_diff;
use crate::evidence::read::read_input;
use crate::history::snapshot::{self, Snapshot};
use crate::model::commit::RunId;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::report::Report;
use crate::model::trend::TrendPoint;
use crate::policy::Policy;
use crate::run::baseline;
use crate::run::pipeline::{LoadedPolicy, parse_policy};
use crate::run::report::{self, Evaluation};
use crate::score::{self, Situation};

/// The pull request.
pub(super) fn pull_request() -> anyhow::Result<Evaluation> {
    let sample = Sample::new()?;
    let mut history: Vec<Snapshot> = Vec::new();
    for commit in &MAIN {
        let (report, evidence) = sample.evaluate(commit, None, &history)?;
        let run = RunId { id: (history.len() + 1).to_string(), attempt: 1 };
        let snapshot = Snapshot::new(&report, &evidence, POLICY, run, commit.time()?);
        history.push(snapshot::decode(&snapshot::encode(&snapshot)?)?);
    }
    let diff = unified_diff::parse(DIFF)?;
    let (report, evidence) = sample.evaluate(&PULL_REQUEST, Some(&diff), &history)?;
    Ok(Evaluation { report, evidence, policy: sample.loaded.policy })
}

/// What all commits of the sample share.
struct Sample {
    loaded: LoadedPolicy,
    tree: Tree,
}

impl Sample {
    fn new() -> anyhow::Result<Self> {
        let loaded =
            parse_policy(POLICY, "demo/project/readiness.yml", "`readiness.yml` of the sample's `main`")?;
        Ok(Self { loaded, tree: Tree::new(FILES.lines().map(str::to_owned).collect()) })
    }

    fn evaluate(
        &self,
        commit: &Commit,
        diff: Option<&Diff>,
        history: &[Snapshot],
    ) -> anyhow::Result<(Report, Evidence)> {
        let policy = &self.loaded.policy;
        let evidence = self.read(commit.artifacts, policy);
        let mut notes = Vec::new();
        let earlier = history.last().cloned();
        let baseline = earlier.map(|snapshot| baseline::from_snapshot(snapshot, Some(0), policy, &mut notes));
        let report = score::evaluate(&Situation {
            policy,
            origin: self.loaded.origin.clone(),
            evidence: &evidence,
            diff,
            patch: report::patch_of(&evidence, diff),
            indirect: report::indirect_of(&evidence, baseline.as_ref(), diff),
            head: commit.head()?,
            today: day(commit)?,
            baseline: baseline.as_ref(),
            name: None,
            trend: history.iter().map(Snapshot::point).collect::<Vec<TrendPoint>>(),
            notes,
            proposed: None,
        });
        Ok((report, evidence))
    }

    fn read(&self, artifacts: &'static [Artifact], policy: &Policy) -> Evidence {
        let inputs = artifacts
            .iter()
            .map(|(path, bytes)| read_input((*path).to_owned(), bytes.len() as u64, Box::new(*bytes)));
        collect(inputs.collect(), &policy.evidence, Some(&self.tree))
    }
}

/// Claims and waivers are looked at as of the day of the commit, so that the demo never changes.
fn day(commit: &Commit) -> anyhow::Result<Date> {
    Ok(commit.time()?.to_zoned(jiff::tz::TimeZone::UTC).date())
}
