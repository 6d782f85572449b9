//! How cases and places are named in text outputs. The result is not escaped yet.

use crate::model::findings::Finding;
use crate::model::tests::{CaseDetail, CaseId};

use super::wording;

/// Class and name, or suite path and name where there is no class; without what a later part repeats; the
/// cell, where several have the case.
pub(super) fn case(id: &CaseId) -> String {
    let owner = id.class.as_deref().unwrap_or(&id.suite);
    let mut parts: Vec<&str> = Vec::new();
    for part in owner.split('/').chain([&*id.name]) {
        let repeated = parts.last().is_some_and(|last| part.starts_with(*last));
        if repeated {
            parts.pop();
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    let name = if parts.is_empty() { String::from("(no name)") } else { parts.join(" › ") };
    match &id.cell {
        Some(cell) => format!("{name} [{cell}]"),
        None => name,
    }
}

/// `file:line`.
pub(super) fn place(detail: &CaseDetail) -> Option<String> {
    let file = detail.file.as_ref()?;
    Some(detail.line.map_or_else(|| file.to_string(), |line| format!("{file}:{line}")))
}

/// `bandit B301`.
pub(super) fn rule(finding: &Finding) -> String {
    let Finding { tool, rule, .. } = finding;
    if rule.is_empty() { tool.to_string() } else { format!("{tool} {rule}") }
}

/// `file:line`, where the finding has a file.
pub(super) fn found_at(finding: &Finding) -> Option<String> {
    let path = finding.path.as_ref()?;
    Some(finding.line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}")))
}

/// `1.2 s, was 300 ms`.
pub(super) fn slower((base, head): (u64, u64)) -> String {
    format!("{}, was {}", wording::duration(head), wording::duration(base))
}
