//! `readiness audit`: hand-written documents against their own arithmetic, and against evidence.

use std::path::Path;

use anyhow::Context;

use super::exit::{Advice, Exit};
use super::{output, pipeline};
use crate::audit::{self, Measured, Paper};
use crate::cli::{AuditArgs, Format};
use crate::model::audit::AuditedDocument;
use crate::model::coverage::{CoverageReport, Covered};
use crate::model::evidence::Evidence;
use crate::model::tests::TestReport;
use crate::platform::{environment::Environment, files};
use crate::render::{json, markdown, terminal};

/// Runs the command.
pub fn run(args: &AuditArgs) -> anyhow::Result<Exit> {
    let papers = args
        .documents
        .iter()
        .map(|path| read(&args.workdir, path))
        .collect::<anyhow::Result<Vec<Paper>>>()?;
    let measured = measured(args)?;
    let documents = audit::audit(&papers, measured.as_ref());
    let text = match args.output.format {
        Format::Json => json::v1::audit(&documents),
        Format::Terminal => {
            terminal::audit(&documents, output::color(&args.output, &Environment::from_process()))
        }
        Format::Markdown => markdown::audit(&documents),
        other => return Err(output::no_form("audit", other, "`terminal`, `markdown` or `json`")),
    };
    output::deliver(&args.output, &text)?;
    Ok(conclude(args, &documents))
}

fn conclude(args: &AuditArgs, documents: &[AuditedDocument]) -> Exit {
    let found: usize = documents.iter().map(|document| document.findings.len()).sum();
    if found == 0 {
        return Exit::Passed;
    }
    if !args.output.quiet {
        output::error_line(&format!(
            "readiness: the audit found {found} contradictions (exit 1); each line above says what would be right"
        ));
    }
    Exit::Failed
}

/// Reads a document below `workdir`; its path stays as given.
pub(super) fn read(workdir: &Path, path: &str) -> anyhow::Result<Paper> {
    let full = workdir.join(path);
    let text = files::read_text(&full).map_err(|error| {
        Advice::error(
            format!("failed to read the document `{path}`: {error}"),
            "name Markdown files that exist",
        )
    })?;
    Ok(Paper { path: path.to_owned(), text })
}

fn measured(args: &AuditArgs) -> anyhow::Result<Option<Measured>> {
    if args.evidence.is_empty() {
        return Ok(None);
    }
    let loaded = pipeline::load_policy(&args.workdir, args.policy.as_deref())?;
    let evidence = pipeline::gather(&args.workdir, &args.evidence, &loaded.policy.evidence, None)
        .context("failed to read the evidence for the audit")?;
    output::sources(&args.output, &evidence);
    Ok(Some(numbers(&evidence)))
}

/// The numbers that claims are held against.
pub(super) fn numbers(evidence: &Evidence) -> Measured {
    let totals = evidence.coverage.as_ref().map(CoverageReport::totals);
    let share = |covered: Covered| (covered.covered, covered.total);
    Measured {
        tests: evidence.tests.as_ref().map(TestReport::counts),
        lines: totals.map(|totals| share(totals.lines)).filter(|(_, total)| *total > 0),
        branches: totals.and_then(|totals| totals.branches).map(share),
        functions: totals.and_then(|totals| totals.functions).map(share),
        findings: None,
        measurements: evidence.measurements.clone(),
    }
}
