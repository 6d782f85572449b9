//! `readiness policy replay`: what a gate would have done to recorded runs, before it is enforced.

use crate::cli::{Format, ReplayArgs, SHORT};
use crate::history::baseline::{self as recorded};
use crate::history::recent::Recent;
use crate::history::snapshot::Snapshot;
use crate::model::commit::Branch;
use crate::model::replay::{Answer, Replay, Replayed};
use crate::model::trend::TrendPoint;
use crate::platform::environment::Environment;
use crate::policy::Policy;
use crate::render::{json, terminal};
use crate::run::exit::Exit;
use crate::run::pipeline::LoadedPolicy;
use crate::run::{baseline, output, pipeline, store, targets};
use crate::score::{self, Baseline, Situation};

/// Runs the command.
pub(super) fn run(args: &ReplayArgs) -> anyhow::Result<Exit> {
    let further = targets::shown("policy replay", &args.output, SHORT)?;
    let loaded =
        pipeline::load_policy_over(&args.workdir, args.policy.as_deref(), args.policy_base.as_deref())?;
    let environment = Environment::from_process();
    let replay = store::block_on(replayed(args, &loaded, &environment))?;
    output::deliver_forms(&args.output, &further, |format, screen| match format {
        Format::Json => Ok(json::v1::replay(&replay)),
        Format::Terminal => Ok(terminal::replay(&replay, screen)),
        other => Err(output::no_form("policy replay", &output::name_of(other), SHORT)),
    })?;
    Ok(Exit::Passed)
}

/// The last runs, one after the other: two of them are in memory at a time.
async fn replayed(
    args: &ReplayArgs,
    loaded: &LoadedPolicy,
    environment: &Environment,
) -> anyhow::Result<Replay> {
    let store = store::open(&args.history, environment).await?;
    let tip = recorded::tip(&store, &Branch(args.branch.clone())).await?;
    let wanted = args.last.get() - 1;
    let start = tip.recent.len().saturating_sub(wanted);
    let mut before = match start.checked_sub(1).and_then(|index| tip.recent.get(index)) {
        Some(recent) => recorded::in_full(&store, recent).await.ok(),
        None => None,
    };
    let mut runs = Vec::new();
    for recent in tip.recent.iter().skip(start) {
        let found = recorded::in_full(&store, recent).await;
        let found = found.map_err(|error| error.to_string());
        before = decide(loaded, recent.point.clone(), (found, before), &mut runs);
    }
    let last = Recent::of(&tip, None).point;
    decide(loaded, last, (Ok(tip), before), &mut runs);
    Ok(Replay { branch: args.branch.clone(), policy: loaded.origin.description.clone(), runs })
}

/// Decides one run against the one before it, and hands it on as the next one's base.
fn decide(
    loaded: &LoadedPolicy,
    run: TrendPoint,
    (found, before): (Result<Snapshot, String>, Option<Snapshot>),
    runs: &mut Vec<Replayed>,
) -> Option<Snapshot> {
    let (snapshot, answer) = match found {
        Ok(snapshot) => {
            let base = before.map(|before| base(before, &loaded.policy));
            let answer = answer(loaded, &snapshot, base.as_ref());
            (Some(snapshot), Ok(answer))
        }
        Err(reason) => (None, Err(reason)),
    };
    runs.push(Replayed { run, answer });
    snapshot
}

/// The run before, under the policy that is tried: its own policy is not what is asked about.
fn base(before: Snapshot, policy: &Policy) -> Baseline {
    let mut unused = Vec::new();
    let base = baseline::from_snapshot(before, None, policy, &mut unused);
    Baseline { policy: policy.clone(), ..base }
}

fn answer(loaded: &LoadedPolicy, snapshot: &Snapshot, base: Option<&Baseline>) -> Answer {
    let report = score::evaluate(&Situation {
        policy: &loaded.policy,
        origin: loaded.origin.clone(),
        evidence: &snapshot.evidence,
        diff: None,
        patch: None,
        indirect: Vec::new(),
        head: snapshot.head.clone(),
        today: snapshot.recorded_on(),
        baseline: base,
        name: None,
        trend: Vec::new(),
        notes: Vec::new(),
        proposed: None,
    });
    let failing = report.gate.failing().map(|condition| (condition.id.clone(), condition.message.clone()));
    Answer { score: report.score.shown, failing: failing.collect() }
}
