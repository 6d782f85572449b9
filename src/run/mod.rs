//! The commands, one file each, and what they share: the only layer that sees all others.

mod baseline;
pub mod demo;
pub mod exit;
pub mod inspect;
mod output;
pub mod pipeline;
mod places;
pub mod report;
mod store;
mod targets;

use std::process::ExitCode;

use crate::cli::{Cli, Command};
use exit::Exit;

/// Runs one command and says on standard error, last, why the exit status is not 0.
pub fn main(cli: &Cli) -> ExitCode {
    let result = match &cli.command {
        Command::Inspect(args) => inspect::run(args),
        Command::Report(args) => report::run(args),
        Command::Demo(args) => demo::run(args),
        _ => Ok(Exit::Unable),
    };
    exit::conclude(result)
}
