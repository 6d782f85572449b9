//! Commands on the policy: `init`, `policy check`, `policy schema`, `policy replay`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::output::{OutputArgs, SHORT, further, only};

/// `readiness init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub print: bool,
    /// Overwrite what is there
    #[arg(long, conflicts_with = "print")]
    pub force: bool,
}

/// Commands on a policy.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Read a policy and say what it means; a mistake is shown with line, column and a way out
    Check(PolicyCheckArgs),
    /// The JSON schema of a policy file, for editors
    Schema(SchemaArgs),
    /// What this gate would have done to the last recorded runs, before it is enforced
    Replay(ReplayArgs),
}

/// `readiness policy check`.
#[derive(Debug, Args)]
pub struct PolicyCheckArgs {
    /// The policy file; `readiness.yml` or `.github/readiness.yml` below the working directory when left out
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The file that `extends: OWNER/REPO/PATH@COMMIT` of the policy names
    #[arg(long, value_name = "FILE")]
    pub policy_base: Option<PathBuf>,
    /// The folder in which the policy is looked for
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
}

/// `readiness policy schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Write to this file, not to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `readiness policy replay`.
#[derive(Debug, Args)]
#[command(mut_arg("format", only(SHORT)), mut_arg("write", further))]
pub struct ReplayArgs {
    /// A folder, or `branch:NAME` for a data branch on GitHub
    #[arg(long, value_name = "STORE")]
    pub history: String,
    /// The branch whose runs are tried
    #[arg(long, value_name = "NAME", default_value = "main")]
    pub branch: String,
    /// How many of its newest runs
    #[arg(long, value_name = "N", default_value = "20")]
    pub last: NonZeroUsize,
    /// The policy to try; `readiness.yml` or `.github/readiness.yml` below the working directory when left out
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The file that `extends: OWNER/REPO/PATH@COMMIT` of the policy names
    #[arg(long, value_name = "FILE")]
    pub policy_base: Option<PathBuf>,
    /// The folder in which the policy is looked for
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}
