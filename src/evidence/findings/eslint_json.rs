//! ESLint's `json` formatter: a list of files with their messages.
//!
//! <https://eslint.org/docs/latest/use/formatters/#json>. A file that ESLint could not parse has a `fatal` message.

use std::io::BufRead;

use super::assembly::{Assembly, Draft};
use super::document::read_report;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::{FindingsReport, Level};

/// Whether this is the shape of a document of ESLint.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["[].filePath", "[].messages"])
}

/// Reads one document of ESLint.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("ESLint", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    json.find_document()?;
    let listed = json.list(|json| file(json, report))?;
    json.end()?;
    report.ran_over(listed, "[]")
}

fn file<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut path, first) = (None, report.len());
    json.object(|json, key| {
        match key {
            "filePath" => path = json.text()?,
            "messages" => {
                json.list(|json| message(json, report, false))?;
            }
            "suppressedMessages" => {
                json.list(|json| message(json, report, true))?;
            }
            "errorCount" | "warningCount" => report.claim(json.value()?.count()),
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let path = path.map(|path| report.path(&path));
    for finding in report.since(first) {
        finding.path.clone_from(&path);
    }
    Ok(())
}

fn message<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly, suppressed: bool) -> Result<(), Stop> {
    let place = json.place();
    let message = json.value()?;
    if !message.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    let level = if message.get("severity").count() == Some(1) { Level::Warning } else { Level::Error };
    let reason = message.get("suppressions").list().iter().find_map(|one| one.text_of("justification"));
    let draft = Draft {
        line: message.line_of("line"),
        suppressed: suppressed.then(|| reason.unwrap_or("suppressed in the source")),
        ..Draft::new(rule(&message), level, message.text_of("message").unwrap_or_default())
    };
    report.add(&draft, place)
}

fn rule(message: &Value) -> &str {
    let fatal = if message.get("fatal").is_true() { "fatal" } else { "" };
    message.text_of("ruleId").unwrap_or(fatal)
}
