//! `readiness trend` and `readiness history show`: recorded runs in order.

use super::exit::Exit;
use super::{output, store, targets};
use crate::cli::{Format, SHORT, TrendArgs};
use crate::history::trend::{self, Loaded};
use crate::model::commit::Branch;
use crate::model::trend::BranchTrend;
use crate::platform::environment::Environment;
use crate::render::{json, terminal};

/// Runs either command.
pub fn run(args: &TrendArgs) -> anyhow::Result<Exit> {
    let further = targets::shown("trend", &args.output, SHORT)?;
    let environment = Environment::from_process();
    let loaded = store::block_on(load(args, &environment))?;
    if let Some(missing) = loaded.missing.filter(|_| !args.output.quiet) {
        output::error_line(&format!("warning: {missing}"));
    }
    let loaded = loaded.branches;
    for problem in loaded.iter().flat_map(|loaded| &loaded.problems) {
        output::error_line(&format!("warning: {problem}"));
    }
    for loaded in &loaded {
        let (branch, runs) = (&loaded.trend.branch, loaded.trend.runs.len());
        output::detail(&args.output, &format!("`{branch}` in {}: {runs} runs", args.history));
    }
    let branches: Vec<BranchTrend> = loaded.into_iter().map(|loaded| loaded.trend).collect();
    output::deliver_forms(&args.output, &further, |format, screen| match format {
        Format::Json => Ok(json::v1::trend(&branches)),
        Format::Terminal => Ok(terminal::trend(&branches, screen)),
        other => Err(output::no_form("trend", &output::name_of(other), SHORT)),
    })?;
    Ok(Exit::Passed)
}

/// What the store holds of what was asked for.
struct Found {
    branches: Vec<Loaded>,
    /// Why there may be less than was hoped for.
    missing: Option<String>,
}

async fn load(args: &TrendArgs, environment: &Environment) -> anyhow::Result<Found> {
    let store = store::open(&args.history, environment).await?;
    let recorded = trend::branches(&store).await?;
    let branches = match &args.branch {
        Some(name) => vec![Branch(name.clone())],
        None => recorded.clone(),
    };
    let missing = branches.iter().find(|branch| !recorded.contains(branch)).map(|branch| {
        let names: Vec<String> = recorded.iter().map(|branch| format!("`{branch}`")).collect();
        let there = if names.is_empty() {
            "nothing is recorded there".to_owned()
        } else {
            format!("recorded are {}", names.join(", "))
        };
        format!("`{}` holds no recorded run of `{branch}`: {there}", args.history)
    });
    let mut all = Vec::new();
    for branch in &branches {
        all.push(trend::load(&store, branch).await?);
    }
    Ok(Found { branches: all, missing })
}
