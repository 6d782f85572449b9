//! A report in the forms that other programs and browsers read.

use anyhow::Context as _;

use super::exit::Advice;
use crate::cli::Format;
use crate::model::explanation::Explanation;
use crate::model::report::Report;
use crate::render::{self, json, markdown, terminal};

/// `report` in the form `format`; `checks` are those whose claims `CycloneDX` lists.
pub(super) fn report(format: Format, report: &Report, checks: &[Explanation]) -> anyhow::Result<String> {
    match format {
        Format::Terminal => Ok(terminal::report(report, terminal::Screen::PLAIN)),
        Format::Markdown => Ok(markdown::summary(report)),
        Format::Json => Ok(json::v1::report(report)),
        Format::Html => Ok(render::html(report)),
        Format::Junit => render::junit_report(report).context("failed to write the report as JUnit"),
        Format::Sarif => Ok(render::sarif(report)),
        Format::Cyclonedx => Ok(render::cyclonedx(report, checks)),
        Format::InToto if report.head.sha.0.is_empty() => Err(no_commit()),
        Format::InToto => Ok(render::in_toto(report)),
    }
}

/// A statement about nothing.
pub(super) fn no_commit() -> anyhow::Error {
    Advice::error("an in-toto statement is about a commit, and none is named", "name it with `--sha`")
}
