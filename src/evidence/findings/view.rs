//! A reading as text, for snapshots: the state and the tools, then one line for each finding and problem.

use std::fmt::Write as _;

use crate::evidence::reading::Reading;
use crate::model::findings::{Finding, FindingsReport};

/// `state, tools`, then the lines.
pub(super) fn view(reading: &Reading<FindingsReport>) -> String {
    let mut out = String::from(reading.state.name());
    if let Some(report) = &reading.value {
        for run in &report.runs {
            write!(out, ", {}{}", run.tool, if run.failure.is_some() { " (failed)" } else { "" }).unwrap();
        }
        for finding in &report.findings {
            write!(out, "\n{}", line(finding)).unwrap();
        }
        for statement in &report.statements {
            let said = statement.exempt.as_deref().unwrap_or("counts");
            write!(out, "\nstatement {:?} {:?} {said}", statement.ids, statement.packages).unwrap();
        }
    }
    for problem in &reading.problems {
        let place = problem.line.zip(problem.column).map(|(line, column)| format!(" {line}:{column}"));
        write!(out, "\n{}{} {}", problem.severity.name(), place.unwrap_or_default(), problem.message)
            .unwrap();
    }
    out
}

fn line(finding: &Finding) -> String {
    let mut out = finding.level.name().to_owned();
    if let Some(severity) = finding.severity {
        write!(out, "/{}", severity.name()).unwrap();
    }
    write!(out, " [{}] {}", finding.rule, finding.path.as_deref().unwrap_or("-")).unwrap();
    if let Some(line) = finding.line {
        write!(out, ":{line}").unwrap();
    }
    if !finding.message.is_empty() {
        write!(out, " {}", finding.message).unwrap();
    }
    if let Some(package) = &finding.package {
        write!(out, " <{package}>").unwrap();
    }
    if let Some(reason) = &finding.suppressed {
        write!(out, " (suppressed: {reason})").unwrap();
    }
    out
}
