//! `no-new-findings`: no tool finds what it did not find on the base. Without a base every finding is new.

use super::{Condition, ConditionOutcome, Context, GateNumber, condition, outcome, unless};
use crate::model::findings::{Finding, Threshold};
use crate::model::findings_change::FindingsSection;
use crate::score::show::{count, some};

const ID: &str = "no-new-findings";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(threshold) = context.gate().no_new_findings else { return Vec::new() };
    let Some(findings) = context.findings else { return vec![without_findings(context)] };
    if let Some(condition) = unsure(findings, context) {
        return vec![condition];
    }
    let new = findings.new.iter().filter(|finding| threshold.is_reached(finding));
    let names: Vec<String> = new.map(title).collect();
    let holds = names.is_empty();
    let number = names.len() as u64;
    let base =
        if context.situation.baseline.is_some() { "" } else { "; without a baseline every finding is new" };
    let which = kind(threshold);
    let message = match number {
        0 => format!("no {which}finding is new"),
        _ => format!("{}{base}", count(number, &format!("new {which}finding"))),
    };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit: Some(GateNumber::Count(0)),
        way_out: unless(holds, || format!("fix {}", some(&names))),
        names,
        ..condition(ID, outcome(holds), message)
    }]
}

/// "error-level " in "no error-level finding"; nothing for all.
fn kind(threshold: Threshold) -> String {
    match threshold {
        Threshold::Any => String::new(),
        Threshold::Level(level) => format!("{}-level ", level.name()),
        Threshold::Severity(severity) => format!("{}-severity ", severity.name()),
    }
}

/// A tool that did not look found nothing, which must not look like nothing to be found.
fn unsure(findings: &FindingsSection, context: &Context<'_>) -> Option<Condition> {
    let failed = findings.failed.first().map(|run| {
        let tool = if run.tool.is_empty() { "a tool" } else { &run.tool };
        format!("{tool} {}", run.failure.as_deref().unwrap_or_default())
    });
    let lost = || {
        let tools = &findings.lost_tools;
        (!tools.is_empty()).then(|| format!("{} ran on the base and not here", some(tools)))
    };
    let message = failed.or_else(lost).or_else(|| context.lost.findings())?;
    let way_out = Some("let the tool run to its end and hand in its report".to_owned());
    Some(Condition { way_out, ..condition(ID, ConditionOutcome::Fail, message) })
}

/// `bandit B301 at src/a.py:3`.
fn title(finding: &Finding) -> String {
    let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    let place = finding.path.as_ref().map(|path| format!(" at {path}{line}")).unwrap_or_default();
    let rule = if finding.rule.is_empty() { &finding.message } else { &finding.rule };
    format!("{} {rule}{place}", finding.tool)
}

fn without_findings(context: &Context<'_>) -> Condition {
    let had = context.base().is_some_and(|base| base.findings.is_some());
    if had {
        let message = "no report of a linter or scanner was read, and the base has one";
        let way_out = Some("hand in the reports of this run".to_owned());
        return Condition { way_out, ..condition(ID, ConditionOutcome::Fail, message) };
    }
    condition(ID, ConditionOutcome::NotGated, "no report of a linter or scanner was read")
}
