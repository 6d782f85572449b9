//! The command line: arguments only, no logic. Flags have the names of the action's inputs.

use clap::{Parser, Subcommand};

mod files;
mod history;
mod inputs;
mod output;
mod policy;
mod report;

pub use files::{AuditArgs, ConvertArgs, InspectArgs, TestReportForm};
pub use history::{HistoryCommand, RecordArgs, TrendArgs};
pub use inputs::{BaseArgs, EvidenceArgs, GateArgs, HeadArgs};
pub use output::{Format, OutputArgs, SHORT, TEXTS};
pub use policy::{InitArgs, PolicyCheckArgs, PolicyCommand, ReplayArgs, SchemaArgs};
pub use report::{AssumptionArgs, DemoArgs, ExplainArgs, PlanArgs, ReportArgs};

/// Tells whether a commit is ready to ship, from what its CI run measured, and says what changed.
#[derive(Debug, Parser)]
#[command(name = "readiness", version, max_term_width = 110)]
#[command(after_help = "Exit status: 0 the gate passed, 1 the gate failed, 2 no evaluation was possible.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The Action: collect, read, score, compare, publish and record, with everything from the environment
    Run,
    /// The same evaluation from local files; nothing is published
    Report(ReportArgs),
    /// One check, from file and line to points
    Explain(ExplainArgs),
    /// Look at the repository, write `readiness.yml` and a workflow
    Init(InitArgs),
    /// What Readiness sees in these files
    Inspect(InspectArgs),
    /// The arithmetic and the claims of hand-written readiness documents
    Audit(AuditArgs),
    /// One normalised test report of many
    Convert(ConvertArgs),
    /// The way to the goal: gaps by points and by points per hour, phases, scenarios, cheapest way to green
    Plan(PlanArgs),
    /// A policy looked at on its own, and tried on recorded runs
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Score, dimensions and key metrics of a branch over time
    Trend(TrendArgs),
    /// What is remembered of earlier runs
    #[command(subcommand)]
    History(HistoryCommand),
    /// The main job on built-in real evidence, with a baseline; needs nothing
    Demo(DemoArgs),
}
