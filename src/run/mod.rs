//! The commands, one file each, and what they share: the only layer that sees all others.

pub mod action;
pub mod audit;
mod baseline;
pub mod convert;
pub mod demo;
pub mod exit;
pub mod explain;
mod forge;
mod forms;
pub mod history;
pub mod init;
pub mod inspect;
mod last_words;
mod output;
pub mod pipeline;
mod places;
pub mod plan;
pub mod policy;
pub mod report;
mod store;
mod targets;
pub mod trend;

use std::process::ExitCode;

use crate::cli::{Cli, Command};

/// Runs one command and says on standard error, last, why the exit status is not 0.
pub fn main(cli: &Cli) -> ExitCode {
    exit::guard_against_panics();
    let result = match &cli.command {
        Command::Run => action::run(),
        Command::Report(args) => report::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Init(args) => init::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Audit(args) => audit::run(args),
        Command::Convert(args) => convert::run(args),
        Command::Policy(command) => policy::run(command),
        Command::Plan(args) => plan::run(args),
        Command::Trend(args) => trend::run(args),
        Command::History(command) => history::run(command),
        Command::Demo(args) => demo::run(args),
    };
    exit::conclude(result)
}
