//! Contradictions on screen: one per line, as compilers write them.

use crate::model::audit::AuditedDocument;
use crate::render::escape::terminal as safe;
use crate::render::wording;

use super::page::Page;
use super::style::{Screen, Tone};

/// Per document its findings in the order of lines, and a last line that counts them.
pub fn audit(documents: &[AuditedDocument], screen: Screen) -> String {
    let mut page = Page::new(screen);
    contradictions(&mut page, documents);
    let found: usize = documents.iter().map(|document| document.findings.len()).sum();
    let tone = if found == 0 { Tone::Good } else { Tone::Bad };
    let contradictions = wording::counted(found as u64, "contradiction");
    page.sentence(0, &format!("{contradictions} in {}", wording::listed(documents, "document")), tone);
    page.finish()
}

/// Contradictions in the documents that a policy names; nothing where there are none.
pub(super) fn section(page: &mut Page, documents: &[AuditedDocument]) {
    if documents.iter().any(|document| !document.findings.is_empty()) {
        page.heading("Contradictions in documents");
        contradictions(page, documents);
    }
}

fn contradictions(page: &mut Page, documents: &[AuditedDocument]) {
    for document in documents.iter().filter(|document| !document.findings.is_empty()) {
        page.heading(&safe(&document.path));
        for finding in &document.findings {
            let text = format!("{}: {}: {}", finding.line, finding.rule.name(), safe(&finding.message));
            page.sentence(2, &text, Tone::Normal);
        }
    }
}
