//! OSV-Scanner's `--format json`: groups of advisories that mean the same vulnerability, by package.
//!
//! <https://google.github.io/osv-scanner/output/>.

use std::io::BufRead;
use std::sync::Arc;

use super::assembly::{Assembly, Draft, installed};
use super::document::read_report;
use super::severity;
use crate::evidence::bytes::Place;
use crate::evidence::format::Head;
use crate::evidence::json::{Cursor, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::FindingsReport;

/// Whether a file that begins like this was written by OSV-Scanner.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    let bare = || head.text.split_whitespace().collect::<String>() == "{\"results\":[]}";
    let shape = &head.shape;
    shape.has("results[].packages[].package")
        || shape.has_all(&["results[].source", "results[].packages"])
        || shape.has_all(&["results", "experimental_config"])
        || (shape.has("results") && head.text.len() < 100 && bare())
}

/// Reads one report.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("osv-scanner", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "results" => listed |= json.list(|json| source(json, report))?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    report.ran_over(listed, "results")
}

fn source<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut path, first): (Option<Arc<str>>, _) = (None, report.len());
    json.object(|json, key| {
        match key {
            "source" => path = json.value()?.text_of("path").map(|path| report.path(path)),
            "packages" => {
                json.list(|json| {
                    let place = json.place();
                    let package = json.value()?;
                    vulnerable(&package, place, report)
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    for finding in report.since(first) {
        finding.path.clone_from(&path);
    }
    Ok(())
}

/// One finding for each group: its ids are names of one vulnerability. A package without groups has one for each of
/// its advisories.
fn vulnerable(entry: &Value, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    if !entry.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    let package = entry.get("package");
    let (name, version) = installed(package);
    let advisories = entry.get("vulnerabilities").list();
    let groups = entry.get("groups").list();
    for one in if groups.is_empty() { advisories } else { groups } {
        let id = one.get("ids").list().iter().find_map(Value::text).or(one.text_of("id")).unwrap_or_default();
        let advisory = advisories.iter().find(|advisory| advisory.text_of("id") == Some(id));
        let summary = advisory.and_then(|advisory| advisory.text_of("summary")).unwrap_or("vulnerable");
        let scored = severity::score(one.text_of("max_severity").unwrap_or_default());
        let worded = advisory.and_then(|advisory| advisory.get("database_specific").text_of("severity"));
        let rated = match scored {
            severity::Rated::Unknown => severity::word(worded.unwrap_or_default()),
            scored => scored,
        };
        let message = format!("{version}: {summary}");
        let not_called = is_never_called(one);
        let draft = Draft {
            package: Some(&version),
            key: Some(name),
            suppressed: not_called.then_some("the vulnerable code is never called"),
            ..Draft::vulnerability(id, report.severity(rated, place), &message)
        };
        report.add(&draft, place)?;
    }
    Ok(())
}

/// Whether the scanner's call analysis looked at every id of the group and found no call.
fn is_never_called(group: &Value) -> bool {
    let analysis = group.get("experimental_analysis").members();
    let analysis = if analysis.is_empty() { group.get("experimentalAnalysis").members() } else { analysis };
    !analysis.is_empty() && analysis.iter().all(|(_, one)| matches!(one.get("called"), Value::Bool(false)))
}
