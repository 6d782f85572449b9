//! The gate's conditions and the cheapest way to green.

use crate::model::exact::Tenths;
use crate::model::gate::{Condition, ConditionOutcome, Gate};
use crate::model::report::Report;
use crate::render::escape::markdown::{Place, prose};
use crate::render::wording;

use super::layout::{Extent, list, name, paragraphs, signed, table};

/// What does not simply hold as a table, what holds in one sentence.
pub(super) fn conditions(gate: &Gate, extent: Extent) -> String {
    let told: Vec<&Condition> =
        gate.conditions.iter().filter(|c| c.outcome != ConditionOutcome::Pass).collect();
    let rows: Vec<Vec<String>> = told.iter().map(|condition| row(condition)).collect();
    let table =
        if rows.is_empty() { String::new() } else { table(&["", "condition", "answer", "way out"], &rows) };
    let names = told.iter().filter(|condition| has_list(condition)).map(|condition| {
        let names = list(condition.names.iter().map(|text| name(text)), extent);
        format!("{}:\n{names}", name(&condition.id))
    });
    let mut parts = vec![format!("#### Gate: {}", wording::mode(gate)), table];
    parts.extend(names);
    parts.push(holding(gate));
    paragraphs(&parts)
}

/// Whether the names behind a failing condition are worth a list: more than its way out has room for, and not the
/// failing cases, which stand in a section of their own.
fn has_list(condition: &Condition) -> bool {
    let told_elsewhere =
        matches!(condition.id.as_str(), "no-new-failures" | "max-failures" | "patch-coverage");
    condition.outcome == ConditionOutcome::Fail && condition.names.len() > 3 && !told_elsewhere
}

fn row(condition: &Condition) -> Vec<String> {
    let way_out = condition.way_out.as_deref().map(|text| prose(text, Place::Cell)).unwrap_or_default();
    let word = match condition.outcome {
        ConditionOutcome::Fail => "❌".to_owned(),
        other => format!("{} {}", icon(other), other.name()),
    };
    vec![word, prose(&condition.id, Place::Cell), prose(&condition.message, Place::Cell), way_out]
}

fn icon(outcome: ConditionOutcome) -> &'static str {
    match outcome {
        ConditionOutcome::Pass => "✅",
        ConditionOutcome::Fail => "❌",
        ConditionOutcome::Waived => "🩹",
        ConditionOutcome::NoBaseline | ConditionOutcome::NotGated => "⚪",
    }
}

fn holding(gate: &Gate) -> String {
    let holding = gate.conditions.iter().filter(|condition| condition.outcome == ConditionOutcome::Pass);
    let names: Vec<String> = holding.map(|condition| prose(&condition.id, Place::Text)).collect();
    match names.as_slice() {
        [] if gate.conditions.is_empty() => String::from("The policy sets no condition."),
        [] => String::new(),
        names => format!("✅ holds: {}", names.join(", ")),
    }
}

/// What to do, in order.
pub(super) fn way_to_green(report: &Report) -> String {
    let Some(way) = &report.way_to_green else { return String::new() };
    let steps = way.steps.iter().enumerate().map(|(index, (advice, points))| {
        let gain =
            if *points == Tenths::ZERO { String::new() } else { format!(" ({} points)", signed(*points)) };
        format!("{}. {}{gain}", index + 1, prose(advice, Place::Text))
    });
    let effort = way.effort_hours.as_ref().map(|hours| format!(" ({})", wording::effort(hours)));
    let title = format!("#### Cheapest way to green{}", effort.unwrap_or_default());
    paragraphs(&[title, steps.collect::<Vec<_>>().join("\n")])
}
