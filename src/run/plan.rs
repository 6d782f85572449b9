//! `readiness plan`: the way to the goal from local files; nothing is published.

use std::sync::LazyLock;

use super::exit::{Advice, Exit};
use super::report::{head, indirect_of, patch_of, tightened};
use super::{baseline, change, output, pipeline, targets, todos};
use crate::cli::{AssumptionArgs, Format, PlanArgs, TEXTS};
use crate::evidence::collect::Collector;
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::input::{Input, Inputs};
use crate::model::plan::PlanReport;
use crate::policy::{Policy, Selection};
use crate::render::terminal::Screen;
use crate::render::{json, markdown, terminal};
use crate::score::{self, Assumptions, Situation};

/// Runs the command. The gate decides nothing here: a plan is for those whose gate fails.
pub fn run(args: &PlanArgs) -> anyhow::Result<Exit> {
    let further = targets::shown("plan", &args.output, TEXTS)?;
    let plan = planned(args)?;
    output::deliver_forms(&args.output, &further, |format, screen| rendered(format, &plan, screen))?;
    Ok(Exit::Passed)
}

fn planned(args: &PlanArgs) -> anyhow::Result<PlanReport> {
    let paths = &args.evidence;
    let loaded =
        pipeline::load_policy_over(&paths.workdir, paths.policy.as_deref(), paths.policy_base.as_deref())?;
    let head = head(&args.head)?;
    let (policy, mut notes) = tightened(loaded.policy, &args.gate)?;
    output::detail(&args.output, &format!("policy: {}", loaded.origin.description));
    let tree = LazyLock::new(|| pipeline::tree(&paths.workdir));
    let repository = || &*tree;
    let collector = Collector::new(&policy.evidence, &repository);
    let drops = Drops::of(&args.assumptions.drop)?;
    // What is dropped must not be taken.
    let take = |input: Input| if drops.names(&input.path) { input } else { collector.take(input) };
    let inputs = pipeline::inputs(&paths.workdir, &paths.paths, &policy.evidence, take)?;
    let mut assumptions = assumed(&args.assumptions, &policy)?;
    let (inputs, dropped) = drops.without(inputs)?;
    let todos = todos::of_checkout(&paths.workdir, &policy);
    let evidence = Evidence { todos: todos.clone(), ..pipeline::understand(inputs, collector)? };
    output::sources(&args.output, &evidence);
    let earlier = baseline::load(&args.base, &policy)?;
    notes.extend(earlier.notes);
    let diff = change::since((paths, &args.output), &evidence, earlier.baseline.as_ref(), &mut notes)?;
    let whole =
        (!dropped.is_empty()).then(|| pipeline::gather(&paths.workdir, &paths.paths, &policy.evidence, None));
    let whole = whole.transpose()?.map(|whole| Evidence { todos, ..whole });
    let situation = |evidence, notes| Situation {
        policy: &policy,
        origin: loaded.origin.clone(),
        evidence,
        diff: diff.as_ref(),
        patch: patch_of(evidence, diff.as_ref()),
        indirect: indirect_of(evidence, earlier.baseline.as_ref(), diff.as_ref()),
        head: head.clone(),
        today: pipeline::today(),
        baseline: earlier.baseline.as_ref(),
        name: args.head.name.clone(),
        trend: earlier.trend.clone(),
        notes,
        proposed: None,
    };
    assumptions.measured = whole.as_ref().map(|whole| shown(&situation(whole, Vec::new())));
    assumptions.said.extend(dropped);
    Ok(score::plan(&situation(&evidence, notes), &assumptions))
}

fn shown(situation: &Situation<'_>) -> Tenths {
    score::evaluate(situation).score.shown
}

fn assumed(args: &AssumptionArgs, policy: &Policy) -> anyhow::Result<Assumptions> {
    let mut assumptions = Assumptions::default();
    for pair in &args.set {
        let set = policy.assumed(pair).map_err(|error| {
            Advice::error(format!("failed to assume `--set {pair}`: {error}"), error.help())
        })?;
        if assumptions.set.iter().any(|(check, _)| *check == set.0) {
            let help = "assume one value, and run the plan again for another";
            return Err(Advice::error(format!("`--set` names `{}` twice", set.0), help));
        }
        assumptions.set.push(set);
        assumptions.said.push(format!("{pair} is assumed"));
    }
    Ok(assumptions)
}

/// The values of `--drop`, each a path or a glob.
struct Drops<'a>(Vec<(&'a str, Selection)>);

impl<'a> Drops<'a> {
    fn of(patterns: &'a [String]) -> anyhow::Result<Self> {
        let drop = |pattern: &'a String| {
            let selection = Selection::of(pattern).map_err(|error| {
                Advice::error(format!("`--drop {pattern}` is no glob: {error}"), "write a path or a glob")
            })?;
            Ok((pattern.as_str(), selection))
        };
        patterns.iter().map(drop).collect::<anyhow::Result<_>>().map(Self)
    }

    fn names(&self, path: &str) -> bool {
        self.0.iter().any(|drop| is_named(drop, path))
    }

    /// The inputs that none of them names, and one sentence for each that one does.
    fn without(&self, mut inputs: Inputs) -> anyhow::Result<(Inputs, Vec<String>)> {
        let mut said = Vec::new();
        let kept = &mut inputs.read;
        for drop in &self.0 {
            let names: Vec<String> = kept.iter().map(|input| input.path.clone()).collect();
            let before = kept.len();
            let dropped = names.iter().filter(|path| is_named(drop, path));
            said.extend(dropped.map(|path| format!("{path} is left out")));
            kept.retain(|input| !is_named(drop, &input.path));
            if kept.len() == before {
                let some: Vec<String> = names.iter().take(10).map(|name| format!("`{name}`")).collect();
                return Err(Advice::error(
                    format!("`--drop {}` names no evidence", drop.0),
                    format!("what was read is {}", some.join(", ")),
                ));
            }
        }
        Ok((inputs, said))
    }
}

fn is_named((pattern, selection): &(&str, Selection), path: &str) -> bool {
    path == *pattern || selection.matches(path)
}

fn rendered(format: Format, plan: &PlanReport, screen: Screen) -> anyhow::Result<String> {
    match format {
        Format::Terminal => Ok(terminal::plan(plan, screen)),
        Format::Markdown => Ok(markdown::plan(plan)),
        Format::Json => Ok(json::v1::plan(plan)),
        other => Err(output::no_form("plan", &output::name_of(other), TEXTS)),
    }
}
