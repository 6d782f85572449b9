//! `readiness audit`: hand-written documents against their own arithmetic, and against evidence.

use std::path::Path;

use anyhow::Context;

use super::exit::{Advice, Exit};
use super::{output, parts, pipeline, targets};
use crate::audit::{self, Measured, Paper};
use crate::cli::{AuditArgs, Format, TEXTS};
use crate::evidence::coverage::mapping::Tree;
use crate::evidence::detect::detect;
use crate::model::audit::AuditedDocument;
use crate::model::coverage::{CoverageReport, Covered};
use crate::model::evidence::Evidence;
use crate::model::findings::FindingsReport;
use crate::model::tests::TestReport;
use crate::model::words::counted;
use crate::platform::files;
use crate::policy::Policy;
use crate::render::{json, markdown, terminal};

/// Runs the command.
pub fn run(args: &AuditArgs) -> anyhow::Result<Exit> {
    let further = targets::shown("audit", &args.output, TEXTS)?;
    let (documents, evidence) = told_apart(args)?;
    let papers =
        documents.iter().map(|path| read(&args.workdir, path)).collect::<anyhow::Result<Vec<Paper>>>()?;
    let measured = measured(args, &evidence)?;
    let documents = audit::audit(&papers, measured.as_ref());
    output::deliver_forms(&args.output, &further, |format, screen| match format {
        Format::Json => Ok(json::v1::audit(&documents)),
        Format::Terminal => Ok(terminal::audit(&documents, screen)),
        Format::Markdown => Ok(markdown::audit(&documents)),
        other => Err(output::no_form("audit", &output::name_of(other), TEXTS)),
    })?;
    Ok(conclude(args, &documents))
}

fn conclude(args: &AuditArgs, documents: &[AuditedDocument]) -> Exit {
    let found: usize = documents.iter().map(|document| document.findings.len()).sum();
    if found == 0 {
        return Exit::Passed;
    }
    if !args.output.quiet {
        let found = counted(found as u64, "contradiction");
        output::error_line(&format!(
            "readiness: the audit found {found} (exit 1); each line above says what would be right"
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
    if let Some(other) = no_document(&text) {
        return Err(Advice::error(
            format!("failed to read the document `{path}`: it is {other}, not a text for people"),
            "name Markdown documents; reports go behind `--evidence`",
        ));
    }
    Ok(Paper { path: path.to_owned(), text })
}

/// What `text` is instead of a document.
fn no_document(text: &str) -> Option<&'static str> {
    let undecodable = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let begin = text.trim_start();
    if text.contains('\0') || undecodable > text.len() / UNDECODABLE_IN {
        return Some("binary, or in an encoding other than UTF-8");
    }
    let is_known = || detect(begin).is_some();
    if begin.starts_with("<?xml") || (begin.starts_with('<') && is_known()) {
        return Some("XML");
    }
    let is_value = || serde_json::from_str::<serde::de::IgnoredAny>(begin).is_ok();
    (begin.starts_with(['{', '[']) && (is_known() || is_value())).then_some("JSON")
}

/// Documents and evidence; a Markdown file behind `--evidence` is a document, as no report is one.
fn told_apart(args: &AuditArgs) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let is_document = |path: &String| {
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        extension
            .is_some_and(|extension| ["md", "markdown"].iter().any(|e| extension.eq_ignore_ascii_case(e)))
    };
    let (behind, evidence): (Vec<String>, Vec<String>) = args.evidence.iter().cloned().partition(is_document);
    let documents: Vec<String> = args.documents.iter().cloned().chain(behind).collect();
    if documents.is_empty() {
        return Err(Advice::error(
            "no document to audit: every path behind `--evidence` is evidence".to_owned(),
            "name the documents before `--evidence`",
        ));
    }
    Ok((documents, evidence))
}

fn measured(args: &AuditArgs, paths: &[String]) -> anyhow::Result<Option<Measured>> {
    if paths.is_empty() {
        return Ok(None);
    }
    let loaded = pipeline::load_policy(&args.workdir, args.policy.as_deref())?;
    let gather = |tree| {
        pipeline::gather(&args.workdir, paths, &loaded.policy.evidence, tree)
            .context("failed to read the evidence for the audit")
    };
    let evidence = gather(None)?;
    output::sources(&args.output, &evidence);
    let mut numbers = numbers(&evidence);
    if numbers.lines.is_none() && evidence.coverage.is_some() {
        // None of the files is in this checkout: the totals of the reports are what a claim can be held against.
        let own = self::numbers(&gather(Some(Tree::new(Vec::new())))?);
        (numbers.lines, numbers.branches, numbers.functions) = (own.lines, own.branches, own.functions);
        numbers.parts = own.parts;
    }
    Ok(Some(numbers))
}

/// One byte in so many may be in another encoding than the rest, as in texts that went through several hands.
const UNDECODABLE_IN: usize = 20;
/// Largest document that a policy's `audit` reads, in bytes.
const LARGEST: u64 = 1 << 20;
/// Most documents that a policy's `audit` reads.
const MOST: usize = 100;

/// Audits the documents below `workdir` that the policy names, against each other and against `evidence`.
pub(crate) fn of_policy(workdir: &Path, policy: &Policy, evidence: &Evidence) -> Vec<AuditedDocument> {
    if policy.audit.patterns.is_empty() {
        return Vec::new();
    }
    let named = files::tree(workdir).into_iter().filter(|path| policy.audit.matches(path));
    let read = |path: String| {
        let text = files::read_text_within(&workdir.join(&path), LARGEST).ok()?;
        Some(Paper { path, text })
    };
    let papers: Vec<Paper> = named.take(MOST).filter_map(read).collect();
    audit::audit(&papers, Some(&numbers(evidence)))
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
        findings: evidence.findings.as_ref().map(FindingsReport::counts),
        measurements: evidence.measurements.clone(),
        parts: parts::of(evidence),
    }
}
