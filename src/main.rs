//! The `readiness` binary: arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    readiness::run::main(&readiness::cli::Cli::parse())
}
