//! Findings in the documents.

use serde::Serialize;

use crate::model::findings::{Finding, FindingCounts, FindingsReport, ToolRun};
use crate::model::findings_change::FindingsSection;

#[derive(Serialize)]
struct Counts {
    total: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    critical: u64,
    high: u64,
    medium: u64,
    low: u64,
    suppressed: u64,
}

impl From<FindingCounts> for Counts {
    fn from(counts: FindingCounts) -> Self {
        let FindingCounts { total, errors, warnings, notes, critical, high, medium, low, suppressed } =
            counts;
        Self { total, errors, warnings, notes, critical, high, medium, low, suppressed }
    }
}

/// What one file holds.
#[derive(Serialize)]
pub(super) struct Held<'a> {
    #[serde(flatten)]
    counts: Counts,
    tools: Vec<&'a str>,
}

impl<'a> From<&'a FindingsReport> for Held<'a> {
    fn from(report: &'a FindingsReport) -> Self {
        Self { counts: report.counts().into(), tools: report.tools() }
    }
}

/// The report's section.
#[derive(Serialize)]
pub(super) struct Section<'a> {
    #[serde(flatten)]
    counts: Counts,
    base: Option<Counts>,
    tools: &'a [String],
    failed: Vec<Failed<'a>>,
    lost_tools: &'a [String],
    new: Vec<One<'a>>,
    unchanged: Vec<One<'a>>,
    fixed: Vec<One<'a>>,
    suppressed_findings: Vec<One<'a>>,
}

impl<'a> From<&'a FindingsSection> for Section<'a> {
    fn from(section: &'a FindingsSection) -> Self {
        let all = |list: &'a [Finding]| list.iter().map(One::from).collect();
        Self {
            counts: section.counts.into(),
            base: section.base_counts.map(Counts::from),
            tools: &section.tools,
            failed: section.failed.iter().map(Failed::from).collect(),
            lost_tools: &section.lost_tools,
            new: all(&section.new),
            unchanged: all(&section.unchanged),
            fixed: all(&section.fixed),
            suppressed_findings: all(&section.suppressed),
        }
    }
}

#[derive(Serialize)]
struct Failed<'a> {
    tool: &'a str,
    reason: Option<&'a str>,
}

impl<'a> From<&'a ToolRun> for Failed<'a> {
    fn from(run: &'a ToolRun) -> Self {
        Self { tool: &run.tool, reason: run.failure.as_deref() }
    }
}

/// One finding.
#[derive(Serialize)]
pub(super) struct One<'a> {
    tool: &'a str,
    rule: &'a str,
    level: &'static str,
    severity: Option<&'static str>,
    path: Option<&'a str>,
    line: Option<u32>,
    message: &'a str,
    package: Option<&'a str>,
    fingerprint: String,
    suppressed: Option<&'a str>,
}

impl<'a> From<&'a Finding> for One<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            tool: &finding.tool,
            rule: &finding.rule,
            level: finding.level.name(),
            severity: finding.severity.map(crate::model::findings::SecuritySeverity::name),
            path: finding.path.as_deref(),
            line: finding.line,
            message: &finding.message,
            package: finding.package.as_deref(),
            fingerprint: format!("{:032x}", finding.fingerprint.0),
            suppressed: finding.suppressed.as_deref(),
        }
    }
}
