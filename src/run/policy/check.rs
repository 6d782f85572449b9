//! `readiness policy check`: whether the policy can be read, and what it means.

use crate::cli::PolicyCheckArgs;
use crate::render::escape;
use crate::run::exit::Exit;
use crate::run::{output, pipeline};

/// Runs the command; a policy that cannot be read ends it with line, column and a way out.
pub(super) fn run(args: &PolicyCheckArgs) -> anyhow::Result<Exit> {
    let loaded =
        pipeline::load_policy_over(&args.workdir, args.file.as_deref(), args.policy_base.as_deref())?;
    let meaning = loaded.policy.meaning(pipeline::today());
    let lines = std::iter::once(format!("{}: valid", loaded.origin.description));
    let lines = lines.chain(meaning.into_iter().map(|said| format!("  {said}")));
    let lines: Vec<String> = lines.map(|line| escape::terminal(&line)).collect();
    output::standard_output(&format!("{}\n", lines.join("\n")))?;
    Ok(Exit::Passed)
}
