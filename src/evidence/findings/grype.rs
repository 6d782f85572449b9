//! Grype's `-o json`: packages matched with vulnerabilities.
//!
//! <https://github.com/anchore/grype>. Ignored matches are listed apart, with the rules that ignore them.

use std::io::BufRead;

use super::assembly::{Assembly, Draft, installed};
use super::document::read_report;
use super::severity;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::FindingsReport;

/// Whether this is the shape of a report of Grype.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["matches[].vulnerability", "matches[].artifact"])
        || shape.has_all(&["matches", "descriptor.name"])
}

/// Reads one report.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("grype", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "matches" | "ignoredMatches" => {
                let is_list = json.list(|json| matched(json, report))?;
                listed |= key == "matches" && is_list;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.ran_over(listed, "matches")
}

fn matched<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let place = json.place();
    let found = json.value()?;
    if !found.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    let vulnerability = found.get("vulnerability");
    let artifact = found.get("artifact");
    let (name, package) = installed(artifact);
    let rated = report.severity(severity::word(vulnerability.text_of("severity").unwrap_or_default()), place);
    let described = vulnerability.text_of("description").unwrap_or("vulnerable");
    let message = format!("{package}: {described}");
    let ignored = found.get("appliedIgnoreRules").list();
    let reason = (!ignored.is_empty()).then(|| ignored.iter().find_map(reason));
    let path = artifact.get("locations").list().first().and_then(|location| location.text_of("path"));
    let draft = Draft {
        path,
        package: Some(&package),
        key: Some(name),
        suppressed: reason.as_ref().map(|reason| reason.as_deref().unwrap_or("ignored by a rule of grype")),
        ..Draft::vulnerability(vulnerability.text_of("id").unwrap_or_default(), rated, &message)
    };
    report.add(&draft, place)
}

fn reason(rule: &Value) -> Option<String> {
    let parts = ["vex-status", "vex-justification", "reason"].iter().filter_map(|key| rule.text_of(key));
    let reason = parts.collect::<Vec<_>>().join(": ");
    (!reason.is_empty()).then_some(reason)
}
