//! `Done: 7, in progress: 3, open: 2 (12 items in total)`.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// States that an item has one of.
const STATES: [&str; 20] = [
    "done",
    "open",
    "in progress",
    "progress",
    "todo",
    "to do",
    "blocked",
    "closed",
    "planned",
    "met",
    "not met",
    "unmet",
    "missing",
    "partial",
    "complete",
    "incomplete",
    "pending",
    "not started",
    "started",
    "waived",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, quantities) in facts.texts() {
        if let Some((total, parts)) = quantities.split_last().filter(|(_, parts)| parts.len() >= 2) {
            let states = parts.iter().all(|part| is_count(part) && is_state(text, part));
            if states && is_count(total) && is_total(text, total) {
                compare(line, text, total, parts, findings);
            }
        }
    }
}

fn compare(line: u32, text: &str, total: &Quantity, parts: &[Quantity], findings: &mut Findings) {
    let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
    if sum != total.low && !findings.has(Rule::Sum, line) {
        let (said, computed) = (text.get(total.start..total.end).unwrap_or_default().to_owned(), shown(&sum));
        let terms: Vec<String> = parts.iter().map(|part| shown(&part.low)).collect();
        let message = format!("{} make {computed}, not {said}", terms.join(", "));
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.unit == Unit::None
        && quantity.over.is_none()
        && quantity.limit == Limit::Exactly
        && !quantity.signed
}

/// Right behind `Done:`, or right before `done`.
fn is_state(text: &str, part: &Quantity) -> bool {
    let before = text.get(..part.start).unwrap_or_default().trim_end().to_lowercase();
    let after = text.get(part.end..).unwrap_or_default().trim_start().to_lowercase();
    let ahead =
        before.strip_suffix(':').is_some_and(|label| STATES.iter().any(|state| label.ends_with(state)));
    let behind = after.split([',', ';', '|', '/', '(', '.', '–', '—']).next().unwrap_or_default().trim();
    ahead || STATES.contains(&behind)
}

/// `12 items in total`, `total: 12`, `12 total`.
fn is_total(text: &str, total: &Quantity) -> bool {
    let before = text.get(..total.start).unwrap_or_default().trim_end().to_lowercase();
    let after = text.get(total.end..).unwrap_or_default().to_lowercase();
    before.ends_with("total:")
        || before.ends_with("total")
        || mentions(&after, &["in total", "total", "overall", "in all"])
}
