//! `npm audit --json`, of npm 6 (`advisories`) and of npm 7 and later (`vulnerabilities`).
//!
//! <https://docs.npmjs.com/cli/commands/npm-audit>. When the registry cannot be asked, npm writes an object with
//! `error` to the same file.

use std::io::BufRead;

use super::assembly::{Assembly, Draft};
use super::document::read_report;
use super::severity;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::FindingsReport;

/// Whether this is the shape of an audit of npm, or of its failure.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has("auditReportVersion")
        || shape.has_all(&["advisories", "metadata.vulnerabilities"])
        || shape.has_all(&["advisories", "actions"])
        || shape.has_all(&["error.summary", "error.detail"])
}

/// Reads one audit.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("npm audit", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut listed, mut error, mut message) = (false, None, None);
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "vulnerabilities" => listed |= json.object(|json, name| package(json, name, report))?,
            "advisories" => listed |= json.object(|json, _| advisory(json, report))?,
            "error" => error = Some(json.value()?),
            "message" => message = json.text()?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    if let Some(error) = error {
        let said = error.text_of("summary").or(message.as_deref()).or(error.text_of("code"));
        report.failed(format!("did not run: {}", said.unwrap_or("it wrote an error")));
        return Ok(());
    }
    report.ran_over(listed, "vulnerabilities")
}

/// A package of npm 7 and later. Advisories stand in `via` as objects; names in it are packages that only depend on
/// one with an advisory, which is counted there.
fn package<R: BufRead>(json: &mut Cursor<R>, name: &str, report: &mut Assembly) -> Result<(), Stop> {
    let place = json.place();
    let package = json.value()?;
    if !package.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    for advisory in package.get("via").list().iter().filter(|via| via.is_object()) {
        let written = advisory.text_of("severity").or(package.text_of("severity")).unwrap_or_default();
        let rated = report.severity(severity::word(written), place);
        let message = format!("{name}: {}", advisory.text_of("title").unwrap_or("vulnerable"));
        let rule = ghsa(advisory).or(advisory.text_of("source")).unwrap_or_default();
        let draft = Draft {
            path: Some("package-lock.json"),
            package: Some(name),
            key: Some(name),
            ..Draft::vulnerability(rule, rated, &message)
        };
        report.add(&draft, place)?;
    }
    Ok(())
}

/// An advisory of npm 6.
fn advisory<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let place = json.place();
    let advisory = json.value()?;
    if !advisory.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    let name = advisory.text_of("module_name").unwrap_or_default();
    let rated = report.severity(severity::word(advisory.text_of("severity").unwrap_or_default()), place);
    let message = format!("{name}: {}", advisory.text_of("title").unwrap_or("vulnerable"));
    let rule = ghsa(&advisory).or(advisory.text_of("id")).unwrap_or_default();
    let draft = Draft {
        path: Some("package-lock.json"),
        package: Some(name),
        key: Some(name),
        ..Draft::vulnerability(rule, rated, &message)
    };
    report.add(&draft, place)
}

/// The id at the end of the advisory's address, which other tools know, too.
fn ghsa(advisory: &Value) -> Option<&str> {
    let last = advisory.text_of("url")?.rsplit('/').next()?;
    last.starts_with("GHSA-").then_some(last)
}
