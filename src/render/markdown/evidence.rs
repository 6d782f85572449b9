//! What the numbers rest on: measurements, sources, the trend, the base and the policy.

use crate::model::evidence::Source;
use crate::model::input::InputState;
use crate::model::order;
use crate::model::report::Report;
use crate::render::escape::markdown::{Place, prose};
use crate::render::wording;

use super::layout::{Extent, cell, details, paragraphs, table};

/// Named numbers beside the base's.
pub(super) fn measurements(report: &Report) -> String {
    let measurements = wording::measurements(report);
    if measurements.is_empty() {
        return String::new();
    }
    let rows = measurements.iter().map(|report| {
        let (value, unit) = (&report.measurement.value, report.measurement.unit);
        let better = report.measurement.better.map(|better| format!("{} is better", better.name()));
        let base = report.base.as_ref().map(|base| wording::amount(base, unit));
        let change = wording::change_of(report);
        vec![
            cell(&report.measurement.id),
            wording::amount(value, unit),
            base.map(|base| format!("{base} · {change}")).unwrap_or_default(),
            better.unwrap_or_default(),
        ]
    });
    let table = table(&["measurement", ">value", ">base", ""], &rows.collect::<Vec<_>>());
    details(&format!("<b>Measurements</b>: {}", measurements.len()), &table)
}

/// Every input with its state.
pub(super) fn sources(report: &Report, extent: Extent) -> String {
    if report.sources.is_empty() {
        return String::from("⚠️ No evidence was found.");
    }
    let mut ordered: Vec<&Source> = report.sources.iter().collect();
    order::sort_by_key(&mut ordered, |source| (source.state == InputState::Measured, &source.path));
    let rows: Vec<Vec<String>> = ordered.iter().take(extent.list()).map(|source| row(source)).collect();
    let left = ordered.len().saturating_sub(extent.list());
    let more =
        if left == 0 { String::new() } else { format!("and {}", wording::counted(left as u64, "more file")) };
    let measured = report.sources.iter().filter(|source| source.state == InputState::Measured).count();
    let summary =
        format!("<b>Evidence</b>: {measured} of {} measured", wording::listed(&report.sources, "file"));
    details(&summary, &paragraphs(&[table(&["state", "file", "format", "holds", "problem"], &rows), more]))
}

fn row(source: &Source) -> Vec<String> {
    let icon = match source.state {
        InputState::Measured => "✅",
        InputState::Incomplete | InputState::Invalid => "❌",
        InputState::Empty | InputState::Unrecognised => "⚪",
    };
    vec![
        format!("{icon} {}", source.state.name()),
        cell(&source.path),
        source.format.as_deref().map(cell).unwrap_or_default(),
        prose(&source.holds, Place::Cell),
        source.problem.as_deref().map(cell).unwrap_or_default(),
    ]
}

/// The base branch's scores and this one as bars.
pub(super) fn trend(report: &Report) -> String {
    wording::trend(report).map(|(bars, said)| format!("Trend `{bars}` {said}")).unwrap_or_default()
}

/// Base, policy and arithmetic, in small print.
pub(super) fn provenance(report: &Report) -> String {
    let said = wording::provenance(report);
    let lines: Vec<String> = said.iter().map(|line| prose(line, Place::Text)).collect();
    format!("<sub>{}</sub>", lines.join("<br>\n"))
}
