//! Debt: markers in comments, and mutants that no test notices.

use crate::model::report::Report;
use crate::render::debt::{self, Debt, Entry, Group};
use crate::render::escape::markdown::{Place, prose};

use super::layout::{Extent, details, name, paragraphs};

/// One collapsed part for each tool.
pub(super) fn mutation(report: &Report, extent: Extent) -> String {
    paragraphs(&debt::mutation(report).iter().map(|debt| part(debt, extent)).collect::<Vec<_>>())
}

/// One collapsed part.
pub(super) fn todos(report: &Report, extent: Extent) -> String {
    debt::todos(report).map(|debt| part(&debt, extent)).unwrap_or_default()
}

fn part(debt: &Debt, extent: Extent) -> String {
    let said = |text: &str| prose(text, Place::Text);
    let groups: Vec<String> = debt.groups.iter().map(|group| listed(group, extent)).collect();
    let body = if groups.is_empty() { String::from("Nothing is left to do.") } else { paragraphs(&groups) };
    details(&format!("<b>{}</b>: {}", said(&debt.heading), said(&debt.summary)), &body)
}

fn listed(group: &Group, extent: Extent) -> String {
    let (entries, left) = group.first(extent.list());
    let line = |entry: &Entry| format!("- {}<br>{}{}", name(&entry.place), name(&entry.text), entry.note);
    let mut lines: Vec<String> = entries.iter().map(line).collect();
    if left > 0 {
        lines.push(format!("- and {left} more"));
    }
    format!("**{} {}**\n\n{}", group.len(), group.word, lines.join("\n"))
}
