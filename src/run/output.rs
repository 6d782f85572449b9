//! The one writer to standard output and standard error.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum as _;

use super::exit::Advice;
use crate::cli::{Format, OutputArgs};
use crate::model::evidence::Evidence;
use crate::platform::{environment::Environment, files};
use crate::render::escape;
use crate::render::terminal::{Color, Screen};

/// Writes `text` where `--output` says; a closed pipe is no error.
pub(super) fn deliver(args: &OutputArgs, text: &str) -> anyhow::Result<()> {
    deliver_to(args.output.as_deref(), text)
}

/// Writes each of the `further` forms to its file, and the asked-for one where `--output` says.
pub(super) fn deliver_forms(
    args: &OutputArgs,
    further: &[(Format, PathBuf)],
    rendered: impl Fn(Format, Screen) -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    for (format, path) in further {
        deliver_to(Some(path), &rendered(*format, Screen::PLAIN)?)?;
    }
    deliver(args, &rendered(args.format, screen(args, &Environment::from_process()))?)
}

/// Writes `text` to the file `output`, else to standard output, which is `-`, too; a closed pipe is no error.
pub(super) fn deliver_to(output: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match output {
        Some(path) if path.as_os_str() != "-" => write(path, text.as_bytes()),
        _ => standard_output(text),
    }
}

/// Writes `bytes` to the file `path`.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    files::write_atomic(path, bytes).map_err(|error| {
        Advice::error(
            format!("failed to write `{}`: {error}", path.display()),
            "name a file in a folder that can be written to",
        )
    })
}

/// Writes `text` to standard output.
pub(super) fn standard_output(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("failed to write to standard output"),
    }
}

/// Writes one line to standard error; nothing can be done when that fails.
pub(super) fn error_line(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", escape::terminal(line));
}

/// Who keeps secrets out of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Masks {
    /// The runner, which reads commands from standard output and shows those that carry secrets to nobody.
    Runner,
    /// There is no runner, and so nobody who would take a command for one.
    Nobody,
}

impl Masks {
    /// Has every later mention of `secret` replaced by `***`. Nothing here mentions it; this is for whatever else does.
    pub(super) fn hide(self, secret: &str) {
        if self == Self::Runner && !secret.is_empty() {
            // A closed log shows nothing at all.
            let _closed = standard_output(&format!("::add-mask::{}\n", escape::command::data(secret)));
        }
    }
}

/// A command that has these `forms`, and not the one called `name`.
pub(super) fn no_form(command: &str, name: &str, forms: &[Format]) -> anyhow::Error {
    let names: Vec<String> = forms.iter().map(|form| format!("`{}`", name_of(*form))).collect();
    Advice::error(format!("`{command}` has no form `{name}`"), format!("its forms are {}", names.join(", ")))
}

/// What `--format` calls it.
pub(super) fn name_of(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// What is written to: colours only for a person at a terminal who did not turn them off, and lines as long as it is
/// wide.
pub(super) fn screen(args: &OutputArgs, environment: &Environment) -> Screen {
    const MOST: usize = 120;
    const LEAST: usize = 40;
    if args.output.is_some() || !std::io::stdout().is_terminal() {
        return Screen::PLAIN;
    }
    let wanted = !args.no_color && environment.get("NO_COLOR").is_none();
    let columns = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    Screen {
        color: if wanted { Color::Ansi } else { Color::Plain },
        columns: columns.map_or(Screen::PLAIN.columns, |columns| columns.clamp(LEAST, MOST)),
    }
}

/// One line on standard error for those who asked what is looked at.
pub(super) fn detail(args: &OutputArgs, line: &str) {
    if args.verbose {
        error_line(line);
    }
}

/// What became of each file, for those who asked.
pub(super) fn sources(args: &OutputArgs, evidence: &Evidence) {
    for source in &evidence.sources {
        detail(args, format!("{}: {} {}", source.path, source.state.name(), source.holds).trim_end());
    }
    if let Some(line) = evidence.left_out.remark() {
        detail(args, &line);
    }
}
