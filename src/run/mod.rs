//! The commands, one file each, and what they share: the only layer that sees all others.

pub mod action;
pub mod audit;
mod baseline;
mod change;
pub mod convert;
pub mod demo;
mod ending;
pub mod exit;
pub mod explain;
mod forge;
mod forms;
pub mod history;
pub mod init;
pub mod inspect;
mod last_words;
mod output;
mod parts;
pub mod pipeline;
mod places;
pub mod plan;
pub mod policy;
pub mod report;
mod store;
mod targets;
mod todos;
pub mod trend;

use std::process::ExitCode;

use crate::cli::{Cli, Command, HistoryCommand, PolicyCommand};
use exit::{Advice, Exit};

/// Runs one command and says on standard error, last, why the exit status is not 0.
pub fn main(cli: &Cli) -> ExitCode {
    ending::guard_against_panics();
    ending::conclude(workdir_is_there(&cli.command).and_then(|()| run(&cli.command)))
}

fn run(command: &Command) -> anyhow::Result<Exit> {
    match command {
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
    }
}

/// A folder that is named and not there is a slip: looking into nothing would find nothing wrong.
fn workdir_is_there(command: &Command) -> anyhow::Result<()> {
    let workdir = match command {
        Command::Report(args) => &args.evidence.workdir,
        Command::Explain(args) => &args.report.evidence.workdir,
        Command::Plan(args) => &args.evidence.workdir,
        Command::History(HistoryCommand::Record(args)) => &args.evidence.workdir,
        Command::Init(args) => &args.workdir,
        Command::Inspect(args) => &args.workdir,
        Command::Audit(args) => &args.workdir,
        Command::Convert(args) => &args.workdir,
        Command::Policy(PolicyCommand::Check(args)) => &args.workdir,
        Command::Policy(PolicyCommand::Replay(args)) => &args.workdir,
        Command::Run
        | Command::Trend(_)
        | Command::Demo(_)
        | Command::History(HistoryCommand::Show(_))
        | Command::Policy(PolicyCommand::Schema(_)) => return Ok(()),
    };
    if workdir.is_dir() {
        return Ok(());
    }
    let message = format!("`--workdir {}` is no folder", workdir.display());
    Err(Advice::error(message, "name a folder that exists"))
}
