//! `readiness trend` and `readiness history show`: recorded runs in order.

use super::exit::Exit;
use super::{output, store};
use crate::cli::{Format, TrendArgs};
use crate::history::trend::{self, Loaded};
use crate::model::commit::Branch;
use crate::model::trend::BranchTrend;
use crate::platform::environment::Environment;
use crate::render::{json, terminal};

/// Runs either command.
pub fn run(args: &TrendArgs) -> anyhow::Result<Exit> {
    let environment = Environment::from_process();
    let loaded = store::block_on(load(args, &environment))?;
    for problem in loaded.iter().flat_map(|loaded| &loaded.problems) {
        output::error_line(&format!("warning: {problem}"));
    }
    for loaded in &loaded {
        let (branch, runs) = (&loaded.trend.branch, loaded.trend.runs.len());
        output::detail(&args.output, &format!("`{branch}` in {}: {runs} runs", args.history));
    }
    let branches: Vec<BranchTrend> = loaded.into_iter().map(|loaded| loaded.trend).collect();
    let text = match args.output.format {
        Format::Json => json::v1::trend(&branches),
        Format::Terminal => terminal::trend(&branches, output::color(&args.output, &environment)),
        other => return Err(output::no_form("trend", other, "`terminal` or `json`")),
    };
    output::deliver(&args.output, &text)?;
    Ok(Exit::Passed)
}

async fn load(args: &TrendArgs, environment: &Environment) -> anyhow::Result<Vec<Loaded>> {
    let store = store::open(&args.history, environment).await?;
    let branches = match &args.branch {
        Some(name) => vec![Branch(name.clone())],
        None => trend::branches(&store).await?,
    };
    let mut all = Vec::new();
    for branch in &branches {
        all.push(trend::load(&store, branch).await?);
    }
    Ok(all)
}
