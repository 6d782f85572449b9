//! The `readiness` binary: arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    readiness::run::main(&readiness::cli::Cli::parse())
}
