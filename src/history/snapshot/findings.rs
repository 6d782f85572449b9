//! Findings to and from the wire.

use crate::history::wire::values::named;
use crate::history::wire::{WireError, v1};
use crate::model::findings::{Finding, FindingsReport, Fingerprint, Level, SecuritySeverity, ToolRun};

/// Digits of a fingerprint.
const DIGITS: usize = 32;

/// Statements on vulnerabilities are not remembered: they have been applied.
pub(super) fn to_wire(report: &FindingsReport) -> v1::Findings {
    v1::Findings {
        runs: report.runs.iter().map(|run| (run.tool.clone(), run.failure.clone())).collect(),
        findings: report.findings.iter().map(finding_to_wire).collect(),
    }
}

fn finding_to_wire(finding: &Finding) -> v1::Finding {
    let Finding { tool, rule, path, message, package, suppressed, line, .. } = finding.clone();
    v1::Finding {
        fingerprint: format!("{:0DIGITS$x}", finding.fingerprint.0),
        level: finding.level.name().to_owned(),
        severity: finding.severity.map(|severity| severity.name().to_owned()),
        tool,
        rule,
        path,
        line,
        message,
        package,
        suppressed,
    }
}

pub(super) fn from_wire(wire: v1::Findings) -> Result<FindingsReport, WireError> {
    Ok(FindingsReport {
        runs: wire.runs.into_iter().map(|(tool, failure)| ToolRun { tool, failure }).collect(),
        findings: wire.findings.into_iter().map(finding_from_wire).collect::<Result<_, _>>()?,
        statements: Vec::new(),
    })
}

fn finding_from_wire(wire: v1::Finding) -> Result<Finding, WireError> {
    let v1::Finding { fingerprint, tool, rule, level, severity, path, line, message, package, suppressed } =
        wire;
    let severity = severity
        .map(|name| named(&SecuritySeverity::ALL, SecuritySeverity::name, "security severity", &name))
        .transpose()?;
    Ok(Finding {
        level: named(&Level::ALL, Level::name, "level", &level)?,
        fingerprint: print(&fingerprint)?,
        severity,
        tool,
        rule,
        path,
        line,
        message,
        package,
        suppressed,
    })
}

fn print(text: &str) -> Result<Fingerprint, WireError> {
    let number = if text.len() == DIGITS { u128::from_str_radix(text, 16).ok() } else { None };
    let value = || text.chars().take(40).collect();
    number.map(Fingerprint).ok_or_else(|| WireError::Value { what: "fingerprint", value: value() })
}
