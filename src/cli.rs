//! The command line: arguments only, no logic. Flags have the names of the action's inputs.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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

/// Commands on the history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Evaluate local files and append the run to a branch's history
    Record(RecordArgs),
    /// Show the recorded runs of a branch
    Show(TrendArgs),
}

/// Where evidence is, and under which policy it is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub struct EvidenceArgs {
    /// Files, folders, globs or zips; the policy's `evidence.include` or the well-known places when left out
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// The checkout whose files the report paths are matched with
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
    /// The policy file; `readiness.yml` or `.github/readiness.yml` below the working directory when left out
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The file that `extends: OWNER/REPO/PATH@COMMIT` of the policy names
    #[arg(long, value_name = "FILE")]
    pub policy_base: Option<PathBuf>,
    /// A unified diff of the change, for patch coverage
    #[arg(long, value_name = "FILE")]
    pub diff: Option<PathBuf>,
}

/// Settings that make the policy's gate stricter; a looser value has no effect and is said.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Gate")]
pub struct GateArgs {
    /// Least score, 0 to 100 in steps of 0.1
    #[arg(long, value_name = "SCORE")]
    pub min_score: Option<String>,
    /// Largest drop of the score against the base, in points
    #[arg(long, value_name = "POINTS")]
    pub max_drop: Option<String>,
    /// Most failing test cases
    #[arg(long, value_name = "COUNT")]
    pub max_failures: Option<String>,
    /// Least share of added coverable lines that ran
    #[arg(long, value_name = "PERCENT")]
    pub patch_coverage: Option<String>,
}

/// What the evidence is about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Commit")]
pub struct HeadArgs {
    /// The commit that the evidence is from
    #[arg(long, value_name = "SHA")]
    pub sha: Option<String>,
    /// The branch that the evidence is from
    #[arg(long, value_name = "NAME")]
    pub branch: Option<String>,
    /// A name, when several reports stand side by side
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// What the head is compared with.
#[derive(Debug, Args)]
#[command(next_help_heading = "Baseline")]
pub struct BaseArgs {
    /// A snapshot file, or a store whose newest run is taken
    #[arg(long, value_name = "FILE|STORE")]
    pub base: Option<String>,
    /// A store with earlier runs: the trend, and the baseline when `--base` is left out
    #[arg(long, value_name = "STORE")]
    pub history: Option<String>,
    /// The branch in the store
    #[arg(long, value_name = "NAME", default_value = "main")]
    pub base_branch: String,
}

/// How results are written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// The form on standard output
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    pub format: Format,
    /// Write to this file, not to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write a further form: any FORMAT, or `snapshot=base.json`, `badge=badge.svg`, `badge-json=badge.json`; may be
    /// repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    pub write: Vec<String>,
    /// No colours; also when `NO_COLOR` is set or the output is no terminal
    #[arg(long)]
    pub no_color: bool,
    /// Only the asked-for output, nothing on standard error but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what is looked at
    #[arg(short, long)]
    pub verbose: bool,
}

/// Forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, at a terminal
    Terminal,
    /// What the pull request comment says
    Markdown,
    /// For programs
    Json,
    /// One page that needs nothing else
    Html,
    /// Gate conditions and checks as test cases
    Junit,
    /// Failures of the gate and new failures, for code scanning
    Sarif,
    /// Claims as `CycloneDX` declarations
    Cyclonedx,
    /// The gate's answer as an unsigned in-toto statement
    InToto,
}

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
pub struct ExplainArgs {
    /// The check as reports call it: `coverage.lines`
    #[arg(value_name = "CHECK")]
    pub check: String,
    /// As for `readiness report`.
    #[command(flatten)]
    pub report: ReportArgs,
}

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

/// `readiness plan`.
#[derive(Debug, Args)]
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
pub struct ReplayArgs {
    /// A folder, or `branch:NAME` for a data branch on GitHub
    #[arg(long, value_name = "STORE")]
    pub history: String,
    /// The branch whose runs are tried
    #[arg(long, value_name = "NAME", default_value = "main")]
    pub branch: String,
    /// How many of its newest runs
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub last: usize,
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

/// `readiness inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Files, folders, globs or zips
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<String>,
    /// The folder that relative paths and globs start from
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
    /// Every case and every source file, too
    #[arg(long)]
    pub detail: bool,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `readiness audit`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 no contradiction, 1 contradictions, 2 a document or evidence could not be read."
)]
pub struct AuditArgs {
    /// Markdown documents; several are compared with each other, too
    #[arg(value_name = "DOC", required = true)]
    pub documents: Vec<String>,
    /// Evidence that claims are compared with: files, folders, globs or zips; may be repeated
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub evidence: Vec<String>,
    /// The policy that evidence is read under
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The folder that relative paths start from
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `readiness convert`.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Test reports of any format, read as one run: files, folders, globs or zips
    #[arg(value_name = "IN", required = true)]
    pub paths: Vec<String>,
    /// The form to write
    #[arg(long, value_enum, value_name = "FORM")]
    pub to: TestReportForm,
    /// Write to this file, not to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The folder that relative paths and globs start from
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub workdir: PathBuf,
}

/// Forms that a run of tests is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TestReportForm {
    /// JUnit XML
    Junit,
    /// Common Test Report Format, JSON
    Ctrf,
}

/// `readiness trend` and `readiness history show`.
#[derive(Debug, Args)]
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

/// `readiness demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Output.
    #[command(flatten)]
    pub output: OutputArgs,
}
