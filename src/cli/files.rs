//! Commands that look at files without an evaluation: `inspect`, `audit`, `convert`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::{OutputArgs, SHORT, TEXTS, further, only};

/// `readiness inspect`.
#[derive(Debug, Args)]
#[command(mut_arg("format", only(SHORT)), mut_arg("write", further))]
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
    after_help = "Exit status: 0 no contradiction, 1 contradictions, 2 a document or evidence could not be read.",
    mut_arg("format", only(TEXTS)),
    mut_arg("write", further)
)]
pub struct AuditArgs {
    /// Markdown documents; several are compared with each other, too
    #[arg(value_name = "DOC", required_unless_present = "evidence")]
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
