//! `--write FORMAT=FILE`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::exit::Advice;
use crate::cli::Format;

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

fn target(value: &str) -> anyhow::Result<Target> {
    let help = "write `--write json=report.json`; formats are terminal, markdown, json, html, junit, sarif, \
                cyclonedx, in-toto, snapshot, badge and badge-json";
    let Some((form, path)) = value.split_once('=').filter(|(_, path)| !path.is_empty()) else {
        return Err(Advice::error(format!("`--write {value}` is not FORMAT=FILE"), help));
    };
    if path == "-" {
        let help = "`--format` is for standard output; `--write` needs the name of a file";
        return Err(Advice::error(format!("`--write {value}`: `-` is no file"), help));
    }
    let form = match form {
        "snapshot" => Form::Snapshot,
        "badge" => Form::Badge,
        "badge-json" => Form::BadgeJson,
        other => Form::Shown(Format::from_str(other, false).map_err(|_unknown| {
            Advice::error(format!("`--write {value}`: unknown format `{other}`"), help)
        })?),
    };
    Ok(Target { form, path: PathBuf::from(path) })
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
    fn anything_else_is_refused_with_the_formats() {
        for wrong in ["json", "json=", "json=-", "pdf=x"] {
            assert!(parse(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
