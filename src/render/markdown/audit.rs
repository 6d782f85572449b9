//! Contradictions in documents: a page of its own.

use crate::model::audit::AuditedDocument;
use crate::model::report::Report;
use crate::render::escape::markdown::{Place, prose};
use crate::render::wording;

use super::layout::{details, name, table};

/// The page for `documents`.
pub fn audit(documents: &[AuditedDocument]) -> String {
    let mut parts = vec![format!("## {}", headline(documents))];
    parts.extend(
        documents
            .iter()
            .filter(|d| !d.findings.is_empty())
            .map(|d| format!("### {}\n\n{}", name(&d.path), findings(d))),
    );
    parts.join("\n\n") + "\n"
}

/// Contradictions in the documents that the policy names, collapsed.
pub(super) fn section(report: &Report) -> String {
    let found: Vec<&AuditedDocument> = report.audit.iter().filter(|d| !d.findings.is_empty()).collect();
    if found.is_empty() {
        return String::new();
    }
    let parts: Vec<String> = found.iter().map(|d| format!("{}\n\n{}", name(&d.path), findings(d))).collect();
    details(&format!("<b>Documents</b>: {}", headline(&report.audit)), &parts.join("\n\n"))
}

fn headline(documents: &[AuditedDocument]) -> String {
    let found: usize = documents.iter().map(|document| document.findings.len()).sum();
    let found = wording::counted(found as u64, "contradiction");
    format!("{found} in {}", wording::listed(documents, "document"))
}

fn findings(document: &AuditedDocument) -> String {
    let rows: Vec<Vec<String>> = document
        .findings
        .iter()
        .map(|f| vec![f.line.to_string(), f.rule.name().to_owned(), prose(&f.message, Place::Cell)])
        .collect();
    table(&[">line", "rule", "finding"], &rows)
}
