//! Arguments that several commands share: evidence, gate, commit, baseline.

use std::path::PathBuf;

use clap::Args;

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
    /// A unified diff of the change, for patch coverage; a checkout needs none with `--base` or `--since`
    #[arg(long, value_name = "FILE")]
    pub diff: Option<PathBuf>,
    /// A commit, branch or tag (`origin/main`, `HEAD~2`): what changed in the checkout's files since `HEAD` left it
    #[arg(long, value_name = "REV", conflicts_with = "diff")]
    pub since: Option<String>,
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
