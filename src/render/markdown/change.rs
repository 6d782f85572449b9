//! The delta, check by check, each with its cause.

use crate::model::report::{Cause, CheckReport, Report};
use crate::render::escape::markdown::{Place, prose};
use crate::render::wording;

use super::layout::{Extent, cell, delta, open_details, paragraphs, signed, table};

/// Evidence apart from policy; checks that changed as a table.
pub(super) fn checks(report: &Report, extent: Extent) -> String {
    let Some(total) = report.delta else { return String::new() };
    let all: Vec<&CheckReport> = report.dimensions.iter().flat_map(|dimension| &dimension.checks).collect();
    let changed: Vec<&CheckReport> = all.iter().copied().filter(|c| c.cause != Cause::Unchanged).collect();
    let same = all.len() - changed.len();
    let parts = format!(
        "{} since the base: evidence {}, policy {}",
        signed(total.total),
        signed(total.evidence),
        signed(total.policy)
    );
    let unchanged = if same == 0 {
        String::new()
    } else {
        format!("; {} unchanged", wording::counted(same as u64, "check"))
    };
    if changed.is_empty() {
        return format!("{parts}{unchanged}.");
    }
    let rows: Vec<Vec<String>> = changed.iter().take(extent.list()).map(|check| row(check)).collect();
    let left = changed.len().saturating_sub(extent.list());
    let more = if left == 0 { String::new() } else { format!("and {left} more") };
    let table = table(&[">delta", "check", "cause", "base → head"], &rows);
    open_details(&format!("What changed: {parts}{unchanged}"), &paragraphs(&[table, more]))
}

fn row(check: &CheckReport) -> Vec<String> {
    let reason = check.reason.as_deref().filter(|_| check.value.is_none());
    let reason = reason.map(|reason| format!(": {}", prose(reason, Place::Cell))).unwrap_or_default();
    let change = wording::change(check).replace("->", "→");
    vec![delta(check.delta), cell(&check.id), format!("{}{reason}", check.cause.name()), change]
}
