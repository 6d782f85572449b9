//! `readiness report`: the whole evaluation from local files; nothing is published.

use anyhow::Context;

use super::exit::{Advice, Exit};
use super::targets::{Form, Target};
use super::{audit, baseline, change, forms, output, pipeline, targets, todos};
use crate::cli::{Format, GateArgs, HeadArgs, OutputArgs, ReportArgs};
use crate::evidence::coverage::{indirect, patch};
use crate::history::derived;
use crate::history::snapshot::{self, Snapshot};
use crate::model::commit::{Branch, Head, RunId, Sha};
use crate::model::coverage::PatchCoverage;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::gate::GateOutcome;
use crate::model::report::{IndirectChange, Report};
use crate::model::words::counted;
use crate::platform::{clock, environment::Environment};
use crate::policy::Policy;
use crate::policy::error::PolicyError;
use crate::policy::tighten::Overrides;
use crate::render::terminal;
use crate::render::terminal::Screen;
use crate::score::{self, Baseline, Situation};

/// An evaluation with what it rests on.
pub(super) struct Evaluation {
    pub(super) report: Report,
    pub(super) evidence: Evidence,
    pub(super) policy: Policy,
}

/// Runs the command.
pub fn run(args: &ReportArgs) -> anyhow::Result<Exit> {
    let targets = targets::parse(&args.output.write)?;
    let wants =
        |format| args.output.format == format || targets.iter().any(|t| t.form == Form::Shown(format));
    if wants(Format::InToto) && head(&args.head)?.sha.0.is_empty() {
        return Err(forms::no_commit());
    }
    let evaluation = evaluate(args)?;
    deliver(&args.output, &targets, &evaluation, rendered)?;
    Ok(conclude(args, &evaluation.report))
}

/// Writes each of `targets`, and the asked-for form where `--output` says.
pub(super) fn deliver(
    args: &OutputArgs,
    targets: &[Target],
    evaluation: &Evaluation,
    rendered: fn(Format, &Evaluation, Screen) -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    let (shown, outcome) = (evaluation.report.score.shown, evaluation.report.gate.outcome);
    for target in targets {
        let bytes = match target.form {
            Form::Shown(format) => rendered(format, evaluation, Screen::PLAIN)?.into_bytes(),
            Form::Snapshot => encoded_snapshot(target, evaluation)?,
            Form::Badge => derived::badge_svg(shown, outcome).into_bytes(),
            Form::BadgeJson => derived::badge_json(shown, outcome).into_bytes(),
        };
        output::write(&target.path, &bytes)?;
    }
    let screen = output::screen(args, &Environment::from_process());
    output::deliver(args, &rendered(args.format, evaluation, screen)?)
}

/// Evaluates local files.
pub(super) fn evaluate(args: &ReportArgs) -> anyhow::Result<Evaluation> {
    let paths = &args.evidence;
    let head = head(&args.head)?;
    let loaded =
        pipeline::load_policy_over(&paths.workdir, paths.policy.as_deref(), paths.policy_base.as_deref())?;
    let (policy, mut notes) = tightened(loaded.policy, &args.gate)?;
    output::detail(&args.output, &format!("policy: {}", loaded.origin.description));
    let mut evidence = pipeline::gather(&paths.workdir, &paths.paths, &policy.evidence, None)?;
    evidence.todos = todos::of_checkout(&paths.workdir, &policy);
    output::sources(&args.output, &evidence);
    let earlier = baseline::load(&args.base, &policy)?;
    notes.extend(earlier.notes);
    let diff = change::since((paths, &args.output), &evidence, earlier.baseline.as_ref(), &mut notes)?;
    let today = pipeline::today();
    pipeline::carry_forward(&mut evidence, earlier.baseline.as_ref(), &policy, (diff.as_ref(), today));
    let mut report = score::evaluate(&Situation {
        policy: &policy,
        origin: loaded.origin,
        evidence: &evidence,
        diff: diff.as_ref(),
        patch: patch_of(&evidence, diff.as_ref()),
        indirect: indirect_of(&evidence, earlier.baseline.as_ref(), diff.as_ref()),
        head,
        today,
        baseline: earlier.baseline.as_ref(),
        name: args.head.name.clone(),
        trend: earlier.trend,
        notes,
        proposed: None,
    });
    report.audit = audit::of_policy(&paths.workdir, &policy, &evidence);
    Ok(Evaluation { report, evidence, policy })
}

/// Coverage of the lines that `diff` adds, when there is a diff and coverage.
pub(super) fn patch_of(evidence: &Evidence, diff: Option<&Diff>) -> Option<PatchCoverage> {
    Some(patch::patch_coverage(evidence.coverage.as_ref()?, diff?))
}

/// Lines outside `diff` whose state flipped since the base.
pub(super) fn indirect_of(
    evidence: &Evidence,
    baseline: Option<&Baseline>,
    diff: Option<&Diff>,
) -> Vec<IndirectChange> {
    let base = baseline.and_then(|baseline| baseline.evidence.coverage.as_ref());
    match (base, evidence.coverage.as_ref(), diff) {
        (Some(base), Some(head), Some(diff)) => indirect::changes(base, head, diff),
        _ => Vec::new(),
    }
}

/// The policy with the stricter settings of the command line.
pub(super) fn tightened(policy: Policy, args: &GateArgs) -> anyhow::Result<(Policy, Vec<String>)> {
    let gate = args.clone();
    let overrides = Overrides {
        min_score: gate.min_score,
        max_drop: gate.max_drop,
        max_failures: gate.max_failures,
        patch_coverage: gate.patch_coverage,
    };
    let named = |error| PolicyError { origin: "the command line".to_owned(), ..error };
    Ok(policy.tightened(&overrides).map_err(named)?)
}

/// The commit that the arguments name.
pub(super) fn head(args: &HeadArgs) -> anyhow::Result<Head> {
    let sha = args.sha.as_deref().filter(|sha| !sha.is_empty()).map(commit).transpose()?;
    Ok(Head { sha: sha.unwrap_or_default(), branch: args.branch.clone().map(Branch) })
}

/// What `--sha` names.
pub(super) fn commit(text: &str) -> anyhow::Result<Sha> {
    Sha::named(text).ok_or_else(|| {
        Advice::error(
            format!("`--sha {text}` is no commit"),
            "write 7 to 40 hexadecimal digits, or 64, as `git rev-parse HEAD` gives them",
        )
    })
}

fn encoded_snapshot(target: &Target, evaluation: &Evaluation) -> anyhow::Result<Vec<u8>> {
    let run = RunId { id: "local".to_owned(), attempt: 1 };
    let recorded_at = clock::now();
    let snapshot =
        Snapshot::new(&evaluation.report, &evaluation.evidence, &evaluation.policy.text, run, recorded_at);
    snapshot::encode_for(&target.path, &snapshot)
        .with_context(|| format!("failed to encode the snapshot for `{}`", target.path.display()))
}

/// The evaluation in the form `format`.
pub(super) fn rendered(format: Format, evaluation: &Evaluation, screen: Screen) -> anyhow::Result<String> {
    let Evaluation { report, evidence, policy } = evaluation;
    match format {
        Format::Terminal => Ok(terminal::report(report, screen)),
        Format::Cyclonedx => {
            let explained =
                policy.checks().filter_map(|(_, check)| score::explain(policy, evidence, report, &check.id));
            forms::report(format, report, &explained.collect::<Vec<_>>())
        }
        other => forms::report(other, report, &[]),
    }
}

/// As many messages as fit on two lines or so, but one at least; the report has them all.
fn in_short(messages: &[&str]) -> String {
    const WIDTH: usize = 160;
    let mut said = String::new();
    for (number, message) in messages.iter().enumerate() {
        if number > 0 && said.len() + message.len() > WIDTH {
            let left = counted((messages.len() - number) as u64, "more condition");
            return format!("{said}; and {left}");
        }
        let separator = if number > 0 { "; " } else { "" };
        said = [&said, separator, message].concat();
    }
    said
}

fn conclude(args: &ReportArgs, report: &Report) -> Exit {
    if report.gate.outcome == GateOutcome::Pass {
        return Exit::Passed;
    }
    if !args.output.quiet {
        let failing: Vec<&str> = report.gate.failing().map(|c| c.message.as_str()).collect();
        output::error_line(&format!("readiness: the gate failed (exit 1): {}", in_short(&failing)));
    }
    Exit::Failed
}
