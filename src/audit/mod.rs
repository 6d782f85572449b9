//! The audit: what a hand-written document states, held against its own arithmetic and against evidence.
//!
//! [`Paper`] is a document as read; [`audit`] finds what is wrong with several of them. Text becomes an outline of lines,
//! sections and tables, the outline becomes facts (scores, weights, phases, gaps), and each rule looks at facts alone.
//! A rule speaks only where no fair reading of the document holds. Imports the model only. `docs/audit.md` has every rule
//! with an example.

mod facts;
mod findings;
#[cfg(test)]
mod forms;
mod german;
mod inline;
mod measured;
mod mojibake;
mod outline;
mod quantity;
mod rules;
mod spelled;
mod table;
mod words;

#[cfg(test)]
mod sum_forms;
#[cfg(test)]
mod tests;

pub use measured::{Counted, Measured, Part, Share};

use crate::model::audit::AuditedDocument;
use facts::Facts;
use findings::Findings;
use outline::Document;

/// A document with its path.
#[derive(Clone, Debug)]
pub struct Paper {
    /// As given.
    pub path: String,
    /// The text as read.
    pub text: String,
}

/// Audits `papers` in their order, each alone, against those before it, and against what was measured.
pub fn audit(papers: &[Paper], measured: Option<&Measured>) -> Vec<AuditedDocument> {
    let documents: Vec<Document> = papers
        .iter()
        .map(|paper| outline::read(&paper.path, &german::in_english(&mojibake::repaired(&paper.text))))
        .collect();
    let facts: Vec<Facts<'_>> = documents.iter().map(Facts::of).collect();
    facts
        .iter()
        .enumerate()
        .map(|(at, own)| {
            let mut findings = Findings::default();
            rules::apply(own, &mut findings);
            for before in facts.iter().take(at) {
                rules::drift_between(before, own, &mut findings);
            }
            if let Some(measured) = measured {
                rules::compare_with_evidence(own, measured, &mut findings);
            }
            AuditedDocument { path: own.document.path.clone(), findings: findings.sorted() }
        })
        .collect()
}
