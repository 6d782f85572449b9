//! Findings and vulnerabilities.

use super::claim::{Claim, holds};
use super::verdict::Verdict;
use crate::audit::measured::Measured;
use crate::audit::quantity::Unit;
use crate::audit::words::mentions;
use crate::model::exact::whole;
use crate::model::findings::FindingCounts;

pub(super) fn compare(claim: &Claim<'_>, measured: &Measured, verdicts: &mut Vec<Verdict>) {
    let Some(counts) = measured.findings else { return };
    for quantity in claim
        .quantities
        .iter()
        .filter(|q| q.is_point() && q.unit == Unit::None && q.over.is_none() && !q.signed)
    {
        let after = claim.text.get(quantity.end..).unwrap_or_default().to_lowercase();
        let noun = after
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(3)
            .any(|w| matches!(w, "vulnerabilities" | "vulnerability" | "findings" | "alerts"));
        let level = after.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or_default();
        let scanned = mentions(
            &claim.about,
            &[
                "static analysis",
                "scanner",
                "scan",
                "linter",
                "lint",
                "sarif",
                "clippy",
                "eslint",
                "code scanning",
            ],
        );
        let of_level = match level {
            "warning" | "warnings" => Some((counts.warnings, "warnings")),
            "error" | "errors" => Some((counts.errors, "errors")),
            _ => None,
        };
        if let Some((found, kind)) = of_level.filter(|_| scanned) {
            let fits = holds(quantity, &whole(found));
            let measured = (kind, whole(found), format!("{found} {kind}"));
            verdicts.push(Verdict::new(claim, quantity, measured).holding(fits));
            continue;
        }
        let labelled = claim.about.split(':').next().is_some_and(|label| {
            mentions(label, &["vulnerabilities", "security findings", "scanner findings", "open findings"])
        }) && claim.about.contains(':');
        // What was found in all is no longer what a scan finds.
        let told = mentions(&claim.about, &["closed", "fixed", "resolved", "of which", "found so far"]);
        if !noun && !labelled || told && level != "open" {
            continue;
        }
        let words = format!("{} {after}", if noun { "" } else { claim.about.as_str() });
        let next = words.split([',', ';', '(']).next().unwrap_or_default();
        let Some((found, kind)) = counted(&counts, next) else { continue };
        let fits = holds(quantity, &whole(found));
        let measured = (kind, whole(found), format!("{found} {kind}"));
        verdicts.push(Verdict::new(claim, quantity, measured).holding(fits));
    }
}

/// The number that a claim is about: of one severity where it names one, of vulnerabilities, or of all findings.
fn counted(counts: &FindingCounts, words: &str) -> Option<(u64, &'static str)> {
    let severe = counts.critical + counts.high + counts.medium + counts.low;
    let named = [
        ("critical", counts.critical, "critical findings"),
        ("high", counts.high, "high findings"),
        ("medium", counts.medium, "medium findings"),
        ("low", counts.low, "low findings"),
    ];
    let mut named = named.into_iter().filter(|(word, ..)| mentions(words, &[word]));
    match (named.next(), named.next()) {
        (Some((_, count, kind)), None) => Some((count, kind)),
        (Some(_), Some(_)) => None,
        _ if mentions(words, &["vulnerabilities", "vulnerability"]) && severe > 0 => {
            Some((severe, "vulnerabilities"))
        }
        // Without severities nobody knows which findings are vulnerabilities; errors are, warnings may be style.
        _ if mentions(words, &["vulnerabilities", "vulnerability"]) => {
            Some((counts.errors, "findings of level error"))
        }
        _ => Some((counts.total, "findings")),
    }
}
