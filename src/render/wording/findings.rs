//! Findings by level and severity, and who looked for them.

use super::amounts::counted;
use crate::model::findings::{Finding, FindingCounts, SecuritySeverity};
use crate::model::findings_change::FindingsSection;

/// `7 findings: 5 errors, 2 warnings; 1 critical`; suppressed ones are named beside.
pub(crate) fn findings(counts: &FindingCounts) -> String {
    let parts = |all: &[(u64, &str)]| -> Vec<String> {
        all.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| format!("{count} {noun}")).collect()
    };
    let levels = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
    let levels: Vec<String> =
        levels.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    let severities = parts(&[
        (counts.critical, "critical"),
        (counts.high, "high"),
        (counts.medium, "medium"),
        (counts.low, "low"),
    ]);
    let suppressed = parts(&[(counts.suppressed, "suppressed")]);
    let said = [levels.join(", "), severities.join(", "), suppressed.join("")];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let total = if counts.total == 0 { "no findings".to_owned() } else { counted(counts.total, "finding") };
    if said.is_empty() { total } else { format!("{total}: {}", said.join("; ")) }
}

/// All findings by what became of them, in the order of their weight for a reader. Without findings of a baseline
/// nobody knows which are new.
pub(crate) fn lists(findings: &FindingsSection) -> [(&'static str, &[Finding]); 4] {
    let here = if findings.base_counts.is_some() { "new" } else { "found" };
    [
        (here, &findings.new),
        ("unchanged", &findings.unchanged),
        ("fixed", &findings.fixed),
        ("suppressed", &findings.suppressed),
    ]
}

/// `critical`, else `error`.
pub(crate) fn grade(finding: &Finding) -> &'static str {
    finding.severity.map_or(finding.level.name(), SecuritySeverity::name)
}

/// Which tools looked, which did not look to the end, and which did not look at all any more.
pub(crate) fn looked(findings: &FindingsSection) -> Vec<String> {
    let mut said = Vec::new();
    if !findings.tools.is_empty() {
        said.push(format!("looked for by {}", findings.tools.join(", ")));
    }
    for run in &findings.failed {
        let tool = if run.tool.is_empty() { "a tool" } else { &run.tool };
        said.push(format!("{tool} {}", run.failure.as_deref().unwrap_or_default()));
    }
    for tool in &findings.lost_tools {
        said.push(format!("{tool} ran on the base and not here"));
    }
    said
}
