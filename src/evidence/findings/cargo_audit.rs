//! `cargo audit --json`: vulnerable and otherwise remarkable packages of a `Cargo.lock`.
//!
//! <https://docs.rs/rustsec/latest/rustsec/report/struct.Report.html>.

use std::io::BufRead;

use super::assembly::{Assembly, Draft, installed};
use super::document::read_report;
use super::{cvss, severity};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::{FindingsReport, Level};
use crate::model::words::counted;

/// Ignored advisories that are listed by name.
const NAMED: usize = 5;

/// Whether this is the shape of a report of cargo-audit.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has("lockfile.dependency-count") || shape.has_all(&["database.advisory-count", "vulnerabilities"])
}

/// Reads one report of cargo-audit.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("cargo-audit", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "settings" => ignored(&json.value()?, report),
            "vulnerabilities" => {
                json.object(|json, key| {
                    match key {
                        "list" => listed |= json.list(|json| entry(json, report, None))?,
                        _ => json.skip()?,
                    }
                    Ok(())
                })?;
            }
            "warnings" => {
                json.object(|json, kind| {
                    json.list(|json| entry(json, report, Some(kind)))?;
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.ran_over(listed, "vulnerabilities.list")
}

/// Advisories that the tool was told to leave out; they have no owner and no end, so they are said.
fn ignored(settings: &Value, report: &mut Assembly) {
    let ids: Vec<&str> = settings.get("ignore").list().iter().filter_map(Value::text).collect();
    if !ids.is_empty() {
        let named = ids.get(..NAMED.min(ids.len())).unwrap_or_default().join("`, `");
        let count = counted(ids.len() as u64, "advisory");
        report.warn(format!("cargo-audit leaves out {count} by its settings: `{named}`"));
    }
}

/// A vulnerability, or a warning of `kind`.
fn entry<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly, kind: Option<&str>) -> Result<(), Stop> {
    let place = json.place();
    let entry = json.value()?;
    if !entry.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    let advisory = entry.get("advisory");
    let package = entry.get("package");
    let (name, version) = installed(package);
    let rule = advisory.text_of("id").or(kind).unwrap_or_default();
    let title = advisory.text_of("title").unwrap_or_default();
    let message = match kind {
        Some(kind) if title.is_empty() => format!("{version} is {kind}"),
        Some(kind) => format!("{version} is {kind}: {title}"),
        None => format!("{version}: {title}"),
    };
    let draft = match kind {
        None => {
            let rated = advisory.text_of("cvss").and_then(|vector| rated(vector, report, place));
            Draft::vulnerability(rule, rated, &message)
        }
        Some("notice") => Draft::new(rule, Level::Note, &message),
        Some(_) => Draft::new(rule, Level::Warning, &message),
    };
    report.add(&Draft { path: Some("Cargo.lock"), package: Some(&version), key: Some(name), ..draft }, place)
}

fn rated(
    vector: &str,
    report: &mut Assembly,
    place: Place,
) -> Option<crate::model::findings::SecuritySeverity> {
    let band = cvss::base_score(vector).as_ref().and_then(severity::band);
    // Version 4 has no formula, but a table of three hundred rows: its vectors count as unknown.
    let unknown = if vector.starts_with("CVSS:") { severity::Rated::Unknown } else { severity::Rated::Odd };
    report.severity(band.map_or(unknown, severity::Rated::As), place)
}
