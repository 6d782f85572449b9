//! Numbers of findings.

use super::{absent, measured, unmeasured};
use crate::model::exact::whole;
use crate::model::findings::{Finding, FindingCounts, FindingsReport};
use crate::model::input::Kind;
use crate::model::metric::{Metric, MetricState, Unit};
use crate::policy::{FindingMetric, Selection};
use crate::score::facts::Facts;
use crate::score::findings_diff::{failed, lost_tools};
use crate::score::lost::Lost;
use crate::score::show::some;

/// Which findings count; one without a path is not selected by globs on it.
pub(super) struct Selected<'a> {
    pub(super) tools: &'a Selection,
    pub(super) rules: &'a Selection,
    pub(super) paths: &'a Selection,
}

impl Selected<'_> {
    fn has(&self, finding: &Finding) -> bool {
        let path = finding.path.as_deref();
        self.tools.matches(&finding.tool)
            && self.rules.matches(&finding.rule)
            && path.map_or(self.paths.patterns.is_empty(), |path| self.paths.matches(path))
    }
}

pub(super) fn measure(metric: FindingMetric, selected: &Selected<'_>, facts: &Facts<'_>) -> Metric {
    let unit = Unit::Count;
    let Some(report) = &facts.evidence.findings else {
        return absent(Kind::Findings, unit, "no report of a linter or scanner was read", facts);
    };
    if let Some(reason) = facts.shortfall(Kind::Findings).or_else(|| failure(report, selected.tools)) {
        return unmeasured(MetricState::Invalid, unit, reason);
    }
    if let Some(reason) = facts.lost.and_then(Lost::findings) {
        return unmeasured(MetricState::Invalid, unit, reason);
    }
    if let Some(reason) = missing(report, selected.tools, facts) {
        return unmeasured(MetricState::NoEvidence, unit, reason);
    }
    let counts = FindingCounts::of(report.findings.iter().filter(|finding| selected.has(finding)));
    let value = match metric {
        FindingMetric::Errors => counts.errors,
        FindingMetric::Warnings => counts.warnings,
        FindingMetric::Notes => counts.notes,
        FindingMetric::Critical => counts.critical,
        FindingMetric::High => counts.high,
        FindingMetric::Medium => counts.medium,
        FindingMetric::Low => counts.low,
    };
    measured(whole(value), unit)
}

/// Why the findings of the selected tools are not all there; a tool without a name could be any of them.
fn failure(report: &FindingsReport, tools: &Selection) -> Option<String> {
    let run = failed(report).find(|run| run.tool.is_empty() || tools.matches(&run.tool))?;
    let tool = if run.tool.is_empty() { "a tool" } else { &run.tool };
    Some(format!("{tool} {}", run.failure.as_deref().unwrap_or_default()))
}

/// Which of the selected tools did not look. Fewer tools find less, which must not count as better.
fn missing(report: &FindingsReport, tools: &Selection, facts: &Facts<'_>) -> Option<String> {
    if !report.tools().iter().any(|tool| tools.matches(tool)) {
        return Some(match tools.patterns.as_slice() {
            [] => "no linter or scanner ran".to_owned(),
            patterns => format!("no tool that ran is called {}", patterns.join(" or ")),
        });
    }
    let base = facts.base.and_then(|base| base.findings.as_ref())?;
    let lost: Vec<String> = lost_tools(report, base).into_iter().filter(|tool| tools.matches(tool)).collect();
    (!lost.is_empty()).then(|| format!("{} ran on the base and not here", some(&lost)))
}
