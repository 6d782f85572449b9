//! How results are written, the same for all commands.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Arg, Args, ValueEnum};

/// How results are written.
#[derive(Debug, Default, Args)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, at a terminal
    #[default]
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

/// What commands write that are for people and for programs.
pub const SHORT: &[Format] = &[Format::Terminal, Format::Json];
/// The same with what can be put into a comment.
pub const TEXTS: &[Format] = &[Format::Terminal, Format::Markdown, Format::Json];

/// `--format` of a command that has these `forms` alone.
pub(super) fn only(forms: &'static [Format]) -> impl Fn(Arg) -> Arg {
    let known = move || {
        forms.iter().filter_map(|form| match form {
            Format::Markdown => {
                form.to_possible_value().map(|value| value.help("For comments and documents"))
            }
            _ => form.to_possible_value(),
        })
    };
    let named = |name: String| Format::from_str(&name, false);
    move |format| format.value_parser(PossibleValuesParser::new(known()).try_map(named))
}

/// `--write` of a command that has the forms of its `--format` alone.
pub(super) fn further(write: Arg) -> Arg {
    write.help("Write a further form to a file: `json=FILE` or another FORMAT; may be repeated")
}
