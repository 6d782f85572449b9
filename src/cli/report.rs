//! Commands that evaluate: `report`, `explain`, `plan`, `demo`.

use clap::Args;

use super::inputs::{BaseArgs, EvidenceArgs, GateArgs, HeadArgs};
use super::output::{OutputArgs, TEXTS, further, only};

/// `readiness report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Evidence and policy.
    #[command(flatten)]
    pub evidence: EvidenceArgs,
    /// Stricter gate settings.
    #[command(flatten)]
    pub gate: GateArgs,
    /// Head commit.
    #[command(flatten)]
    pub head: HeadArgs,
    /// Baseline.
    #[command(flatten)]
    pub base: BaseArgs,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `readiness explain`.
#[derive(Debug, Args)]
#[command(mut_arg("format", only(TEXTS)), mut_arg("write", further))]
pub struct ExplainArgs {
    /// The check as reports call it: `coverage.lines`
    #[arg(value_name = "CHECK")]
    pub check: String,
    /// As for `readiness report`.
    #[command(flatten)]
    pub report: ReportArgs,
}

/// `readiness plan`.
#[derive(Debug, Args)]
#[command(mut_arg("format", only(TEXTS)), mut_arg("write", further))]
pub struct PlanArgs {
    /// Evidence and policy.
    #[command(flatten)]
    pub evidence: EvidenceArgs,
    /// What if.
    #[command(flatten)]
    pub assumptions: AssumptionArgs,
    /// Stricter gate settings.
    #[command(flatten)]
    pub gate: GateArgs,
    /// Head commit.
    #[command(flatten)]
    pub head: HeadArgs,
    /// Baseline.
    #[command(flatten)]
    pub base: BaseArgs,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// "What if": nothing of it is published or recorded.
#[derive(Debug, Args)]
#[command(next_help_heading = "What if")]
pub struct AssumptionArgs {
    /// Assume a value of a check, in its unit: `coverage.lines=85%`, `performance.p99=120ms`; may be repeated
    #[arg(long, value_name = "CHECK=VALUE")]
    pub set: Vec<String>,
    /// Leave out the evidence of this file, or of all files that match a glob; may be repeated
    #[arg(long, value_name = "SOURCE")]
    pub drop: Vec<String>,
}

/// `readiness demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}
