//! Trivy's `--format json`: vulnerabilities, misconfigurations, secrets and licences.
//!
//! <https://trivy.dev/latest/docs/configuration/reporting/#json>.

use std::io::BufRead;

use super::assembly::{Assembly, Draft};
use super::document::read_report;
use super::severity;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::{FindingsReport, Level, SecuritySeverity};

/// Whether this is the shape of a report of Trivy.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["SchemaVersion", "ArtifactName"])
        || shape.has_all(&["Results[].Target", "Results[].Class"])
}

/// Reads one report.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("Trivy", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut targets = 0_u64;
    json.find_document()?;
    json.object(|json, key| {
        if key != "Results" {
            return json.skip();
        }
        json.list(|json| {
            targets += 1;
            target(json, report)
        })?;
        Ok(())
    })?;
    json.end()?;
    match targets {
        0 => report.failed("scanned nothing: the report has no `Results`"),
        _ => report.ran(),
    }
    Ok(())
}

/// The lists of a target and how an entry of each is read.
const LISTS: [(&str, Entry); 5] = [
    ("Vulnerabilities", vulnerability),
    ("Misconfigurations", misconfiguration),
    ("Secrets", secret),
    ("Licenses", licence),
    ("ExperimentalModifiedFindings", modified),
];

type Entry = fn(&Value, Place, &mut Assembly) -> Result<(), Stop>;

fn target<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut target, first) = (None, report.len());
    json.object(|json, key| {
        if key == "Target" {
            target = json.text()?;
            return Ok(());
        }
        let Some((_, entry)) = LISTS.iter().find(|(name, _)| *name == key) else { return json.skip() };
        json.list(|json| {
            let place = json.place();
            let value = json.value()?;
            if value.is_object() {
                return entry(&value, place, report);
            }
            report.odd_record(place);
            Ok(())
        })?;
        Ok(())
    })?;
    let target = target.map(|target| report.path(&target));
    for finding in report.since(first).iter_mut().filter(|finding| finding.path.is_none()) {
        finding.path.clone_from(&target);
    }
    Ok(())
}

fn rated(entry: &Value, place: Place, report: &mut Assembly) -> Option<SecuritySeverity> {
    report.severity(severity::word(entry.text_of("Severity").unwrap_or_default()), place)
}

fn vulnerability(entry: &Value, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    vulnerable(entry, None, place, report)
}

fn vulnerable(
    entry: &Value,
    suppressed: Option<&str>,
    place: Place,
    report: &mut Assembly,
) -> Result<(), Stop> {
    let name = entry.text_of("PkgName").unwrap_or_default();
    let package = format!("{name}@{}", entry.text_of("InstalledVersion").unwrap_or_default());
    let message = format!("{package}: {}", entry.text_of("Title").unwrap_or("vulnerable"));
    let rule = entry.text_of("VulnerabilityID").unwrap_or_default();
    let draft = Draft {
        package: Some(&package),
        key: Some(name),
        suppressed,
        ..Draft::vulnerability(rule, rated(entry, place, report), &message)
    };
    report.add(&draft, place)
}

/// Checks that passed are listed, too.
fn misconfiguration(entry: &Value, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    if matches!(entry.text_of("Status"), Some("PASS" | "EXCEPTION")) {
        return Ok(());
    }
    let rule = entry.text_of("ID").or(entry.text_of("AVDID")).unwrap_or_default();
    let message = entry.text_of("Message").or(entry.text_of("Title")).unwrap_or_default();
    let line = entry.get("CauseMetadata").line_of("StartLine");
    let draft = Draft::vulnerability(rule, rated(entry, place, report), message);
    report.add(&Draft { line, ..draft }, place)
}

fn secret(entry: &Value, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    let rule = entry.text_of("RuleID").unwrap_or_default();
    let title = entry.text_of("Title").unwrap_or("a secret");
    let draft = Draft::vulnerability(rule, rated(entry, place, report), title);
    report.add(&Draft { line: entry.line_of("StartLine"), ..draft }, place)
}

fn licence(entry: &Value, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    let name = entry.text_of("PkgName").or(entry.text_of("FilePath")).unwrap_or_default();
    let rule = entry.text_of("Name").unwrap_or_default();
    let category = entry.text_of("Category").unwrap_or("licence");
    let level = rated(entry, place, report).map_or(Level::Warning, SecuritySeverity::level);
    let message = format!("{name} has the licence {rule} ({category})");
    report.add(&Draft { package: Some(name), key: Some(name), ..Draft::new(rule, level, &message) }, place)
}

/// What a VEX document or an ignore file took out.
fn modified(entry: &Value, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    let status = entry.text_of("Status").unwrap_or("ignored");
    let why = entry.text_of("Statement").or(entry.text_of("Source"));
    let reason = why.map_or_else(|| status.to_owned(), |why| format!("{status}: {why}"));
    vulnerable(entry.get("Finding"), Some(&reason), place, report)
}
