//! `--write FORMAT=FILE`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::exit::Advice;
use super::output;
use crate::cli::{Format, OutputArgs};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A form that `--format` knows, too.
    Shown(Format),
    /// What the history would record of this run.
    Snapshot,
    /// The score as a picture.
    Badge,
    /// The score as shields.io reads it.
    BadgeJson,
}

/// One `FORMAT=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// What.
    pub(super) form: Form,
    /// Where.
    pub(super) path: PathBuf,
}

/// Reads all `--write` values.
pub(super) fn parse(values: &[String]) -> anyhow::Result<Vec<Target>> {
    values.iter().map(|value| target(value)).collect()
}

/// Reads all `--write` values of `command`, which has these `forms` alone. Asked before its work, so that no work is lost.
pub(super) fn shown(
    command: &str,
    output: &OutputArgs,
    forms: &[Format],
) -> anyhow::Result<Vec<(Format, PathBuf)>> {
    let shown = |value: &String| {
        let (form, path) = split(value)?;
        match Format::from_str(form, false) {
            Ok(format) if forms.contains(&format) => Ok((format, PathBuf::from(path))),
            _ => Err(output::no_form(command, form, forms)),
        }
    };
    output.write.iter().map(shown).collect()
}

fn target(value: &str) -> anyhow::Result<Target> {
    let (form, path) = split(value)?;
    let form = match form {
        "snapshot" => Form::Snapshot,
        "badge" => Form::Badge,
        "badge-json" => Form::BadgeJson,
        other => Form::Shown(Format::from_str(other, false).map_err(|_unknown| {
            Advice::error(format!("`--write {value}`: unknown format `{other}`"), HELP)
        })?),
    };
    Ok(Target { form, path: PathBuf::from(path) })
}

const HELP: &str = "write `--write json=report.json`; formats are terminal, markdown, json, html, junit, sarif, \
                    cyclonedx, in-toto, snapshot, badge and badge-json";

/// Form and file.
fn split(value: &str) -> anyhow::Result<(&str, &str)> {
    match value.split_once('=') {
        Some((_, "-")) => {
            let help = "`--format` is for standard output; `--write` needs the name of a file";
            Err(Advice::error(format!("`--write {value}`: `-` is no file"), help))
        }
        Some((form, path)) if !path.is_empty() => Ok((form, path)),
        _ => Err(Advice::error(format!("`--write {value}` is not FORMAT=FILE"), HELP)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_names_form_and_file() {
        let parsed = parse(&["snapshot=a=b.json".to_owned(), "json=r.json".to_owned()]).unwrap();
        assert_eq!(parsed[0], Target { form: Form::Snapshot, path: "a=b.json".into() });
        assert_eq!(parsed[1], Target { form: Form::Shown(Format::Json), path: "r.json".into() });
    }

    #[test]
    fn a_form_that_a_command_does_not_have_is_refused() {
        for wrong in ["html=x", "snapshot=x", "pdf=x", "json", "json=-"] {
            let output = OutputArgs { write: vec![wrong.to_owned()], ..OutputArgs::default() };
            assert!(shown("inspect", &output, &[Format::Json]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_formats() {
        for wrong in ["json", "json=", "json=-", "pdf=x"] {
            assert!(parse(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
