//! Findings: new ones in sight, everything else collapsed.

use crate::model::findings::Finding;
use crate::model::findings_change::FindingsSection;
use crate::model::report::Report;
use crate::render::escape::markdown::{Place, prose};
use crate::render::{names, wording};

use super::layout::{Extent, details, list, name, paragraphs};

/// New findings with their places.
pub(super) fn new(report: &Report, extent: Extent) -> String {
    let Some(findings) = report.findings.as_ref().filter(|findings| !findings.new.is_empty()) else {
        return String::new();
    };
    let count = wording::listed(&findings.new, "new finding");
    format!("#### {count}\n\n{}", all(&findings.new, extent))
}

fn all(findings: &[Finding], extent: Extent) -> String {
    list(findings.iter().map(one), extent)
}

fn one(finding: &Finding) -> String {
    let place = names::found_at(finding).map(|place| format!(" at {}", name(&place))).unwrap_or_default();
    let said = [Some(&*finding.message), finding.suppressed.as_deref()].into_iter().flatten();
    let title = format!("{} {}{place}", wording::grade(finding), name(&names::rule(finding)));
    let said = said.filter(|text| !text.is_empty()).map(name);
    std::iter::once(title).chain(said).collect::<Vec<_>>().join("<br>")
}

/// Counts in the summary line, the other lists inside.
pub(super) fn others(report: &Report, extent: Extent) -> String {
    let Some(findings) = &report.findings else { return String::new() };
    let lists = lists(findings);
    let told = lists.iter().filter(|(_, list)| !list.is_empty());
    let words = told.clone().map(|(word, list)| format!("{} {word}", list.len()));
    let summary: Vec<String> =
        std::iter::once(format!("<b>Findings</b>: {}", wording::findings(&findings.counts)))
            .chain(words)
            .collect();
    let mut bodies: Vec<String> =
        wording::looked(findings).iter().map(|line| prose(line, Place::Text)).collect();
    bodies.extend(told.map(|(word, list)| format!("**{} {word}**\n\n{}", list.len(), all(list, extent))));
    details(&summary.join(" · "), &paragraphs(&bodies))
}

/// In the order of their weight for a reader.
fn lists(findings: &FindingsSection) -> [(&'static str, &[Finding]); 3] {
    [("unchanged", &findings.unchanged), ("fixed", &findings.fixed), ("suppressed", &findings.suppressed)]
}
