//! `readiness/audit/v1`: findings by document.

use serde::Serialize;

use crate::model::audit::AuditedDocument;
use crate::render::json::writer::pretty;

/// The document for `documents`.
pub fn audit(documents: &[AuditedDocument]) -> String {
    pretty(&Audit { schema: "readiness/audit/v1", documents: documents.iter().map(Document::from).collect() })
}

#[derive(Serialize)]
struct Audit<'a> {
    schema: &'static str,
    documents: Vec<Document<'a>>,
}

/// One document; also an element of the report's `audit`.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    path: &'a str,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    line: u32,
    message: &'a str,
    stated: &'a str,
    computed: Option<&'a str>,
}

impl<'a> From<&'a AuditedDocument> for Document<'a> {
    fn from(document: &'a AuditedDocument) -> Self {
        let findings = document.findings.iter().map(|finding| Finding {
            rule: finding.rule.name(),
            line: finding.line,
            message: &finding.message,
            stated: &finding.stated,
            computed: finding.computed.as_deref(),
        });
        Self { path: &document.path, findings: findings.collect() }
    }
}
