//! What a step leaves behind in the runner: job summary, outputs, the report as a file.

use std::io;
use std::path::PathBuf;

use anyhow::Context as _;

use super::inputs::Part;
use super::job::Job;
use super::shortfall::Shortfall;
use crate::model::report::Report;
use crate::platform::{files, runner};
use crate::render::escape::markdown::{Place, prose};
use crate::render::{self, json, markdown};
use crate::run::{exit, output};

/// Every output of `action.yml`.
pub const OUTPUTS: [&str; 8] =
    ["score", "delta", "outcome", "verdict", "grade", "report", "comment-url", "html"];

/// What became of the publication.
pub(super) struct Told<'a> {
    /// The comment's address.
    pub(super) comment_url: Option<&'a str>,
    /// What could not be written.
    pub(super) shortfalls: &'a [Shortfall],
}

/// Writes summary, outputs and report file.
pub(super) fn tell(job: &Job, report: &Report, told: &Told<'_>) -> anyhow::Result<()> {
    told.shortfalls.iter().for_each(Shortfall::tell);
    let remarks: String = told.shortfalls.iter().map(Shortfall::markdown).collect();
    summary(job, &format!("{}\n\n{remarks}", markdown::summary(report)));
    let file = report_file(job, "json", &json::v1::report(report))?;
    let page = report_file(job, "html", &render::html(report))?;
    let shown = |number: Option<String>| number.unwrap_or_default();
    let outputs = [
        ("score", report.score.shown.to_string()),
        ("delta", shown(report.delta.map(|delta| delta.total.signed()))),
        ("outcome", report.gate.outcome.name().to_owned()),
        ("verdict", report.verdict.band.clone()),
        ("grade", report.verdict.grade.clone().unwrap_or_default()),
        ("report", file),
        ("html", page),
        ("comment-url", shown(told.comment_url.map(str::to_owned))),
    ];
    for (name, value) in &outputs {
        add_output(job, name, value);
    }
    Ok(())
}

/// Says that there is no evaluation, and why.
pub(super) fn tell_error(job: &Job, error: &anyhow::Error, shortfalls: &[Shortfall]) {
    shortfalls.iter().for_each(Shortfall::tell);
    let remarks: String = shortfalls.iter().map(Shortfall::markdown).collect();
    let help = error.downcast_ref::<exit::Advice>().map(|advice| advice.help.as_str());
    let words = format!("{}{}", exit::chain(error), help.map(|help| format!("; {help}")).unwrap_or_default());
    summary(job, &format!("## Readiness: no evaluation\n\n{}\n\n{remarks}", prose(&words, Place::Text)));
    add_output(job, "outcome", "error");
}

fn summary(job: &Job, text: &str) {
    if !job.inputs.wants(Part::Summary) {
        return;
    }
    if let Some(file) = job.command_file("GITHUB_STEP_SUMMARY") {
        warn("the job summary", runner::add_summary(&file, text));
    }
}

fn add_output(job: &Job, name: &str, value: &str) {
    debug_assert!(OUTPUTS.contains(&name), "`{name}` is missing in the list of outputs");
    if let Some(file) = job.command_file("GITHUB_OUTPUT") {
        warn("a step output", runner::add_output(&file, name, value));
    }
}

/// The runner's files are a service to later steps; the gate does not depend on them.
fn warn(what: &str, result: io::Result<()>) {
    if let Err(error) = result {
        output::error_line(&format!("warning: failed to write {what}: {error}"));
    }
}

/// Writes a form of the report beside the checkout's files. The path is relative to the workspace: inside a container the
/// absolute one is another than for the steps around it.
fn report_file(job: &Job, extension: &str, text: &str) -> anyhow::Result<String> {
    let slug = |name: &str| name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let suffix = job.inputs.name.as_deref().map(|name| format!("-{}", slug(name))).unwrap_or_default();
    let name = format!("readiness-report{suffix}.{extension}");
    let path: PathBuf = job.workspace.join(&name);
    files::replace(&path, text.as_bytes())
        .with_context(|| format!("failed to write `{}`", path.display()))?;
    Ok(name)
}
