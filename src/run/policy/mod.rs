//! `readiness policy`: a policy looked at on its own, and tried on recorded runs.

mod check;
mod replay;

use super::exit::Exit;
use super::output;
use crate::cli::PolicyCommand;

/// The JSON schema of a policy file, for editors.
const SCHEMA: &str = include_str!("../../../docs/policy.schema.json");

/// Runs one of the commands.
pub fn run(command: &PolicyCommand) -> anyhow::Result<Exit> {
    match command {
        PolicyCommand::Check(args) => check::run(args),
        PolicyCommand::Schema(args) => {
            output::deliver_to(args.output.as_deref(), SCHEMA)?;
            Ok(Exit::Passed)
        }
        PolicyCommand::Replay(args) => replay::run(args),
    }
}
