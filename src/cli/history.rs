//! Commands on the history: `trend`, `history record`, `history show`.

use clap::{Args, Subcommand};

use super::inputs::EvidenceArgs;
use super::output::{OutputArgs, SHORT, further, only};

/// Commands on the history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Evaluate local files and append the run to a branch's history
    Record(RecordArgs),
    /// Show the recorded runs of a branch
    Show(TrendArgs),
}

/// `readiness history record`.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Evidence and policy.
    #[command(flatten)]
    pub evidence: EvidenceArgs,
    /// A folder, or `branch:NAME` for a data branch on GitHub
    #[arg(long, value_name = "STORE")]
    pub history: String,
    /// The branch that the run belongs to
    #[arg(long, value_name = "NAME")]
    pub branch: String,
    /// The commit
    #[arg(long, value_name = "SHA")]
    pub sha: String,
    /// The run's id; the same id replaces its own line
    #[arg(long, value_name = "ID")]
    pub run: String,
    /// The run's attempt
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub attempt: u32,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `readiness trend` and `readiness history show`.
#[derive(Debug, Args)]
#[command(mut_arg("format", only(SHORT)), mut_arg("write", further))]
pub struct TrendArgs {
    /// A folder, or `branch:NAME` for a data branch on GitHub
    #[arg(long, value_name = "STORE")]
    pub history: String,
    /// The branch; all recorded branches when left out
    #[arg(long, value_name = "NAME")]
    pub branch: Option<String>,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}
