//! Pylint's `json2` (an object with statistics) and its older `json` (a bare list).
//!
//! <https://pylint.readthedocs.io/en/stable/user_guide/usage/output.html>. The bare list of a run without findings is
//! `[]`, which does not say whose it is; `json2` does.

use std::io::BufRead;

use super::assembly::{Assembly, Draft, without};
use super::document::read_report;
use crate::evidence::json::{Cursor, Kind, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::{FindingsReport, Level};

/// Whether this is the shape of a document of Pylint.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["[].message-id", "[].symbol"])
        || shape.has_all(&["messages[].messageId", "messages[].symbol"])
        || shape.has_all(&["messages", "statistics.messageTypeCount"])
}

/// Reads one document of Pylint.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("pylint", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut listed, mut modules) = (false, None);
    json.find_document()?;
    if json.kind()? == Kind::List {
        listed = json.list(|json| message(json, report))?;
    } else {
        json.object(|json, key| {
            match key {
                "messages" => listed |= json.list(|json| message(json, report))?,
                "statistics" => {
                    let statistics = json.value()?;
                    modules = statistics.get("modulesLinted").count();
                    let counts = statistics.get("messageTypeCount").members();
                    report.claim(
                        counts.iter().filter_map(|(_, count)| count.count()).reduce(u64::saturating_add),
                    );
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
    }
    json.end()?;
    if !listed {
        return Err(without("messages"));
    }
    match modules {
        Some(0) => report.failed("did not run: it looked at no module"),
        _ => report.ran(),
    }
    Ok(())
}

fn message<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let place = json.place();
    let message = json.value()?;
    if !message.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    let level = match message.text_of("type") {
        Some("fatal" | "error") => Level::Error,
        Some("refactor" | "convention" | "info") => Level::Note,
        _ => Level::Warning,
    };
    let text = message.text_of("message").unwrap_or_default();
    let path = message.text_of("path");
    report
        .add(&Draft { path, line: message.line_of("line"), ..Draft::new(rule(&message), level, text) }, place)
}

/// The symbol, which people write into their settings; else the number.
fn rule(message: &Value) -> &str {
    let keys = ["symbol", "message-id", "messageId"];
    keys.iter().find_map(|key| message.text_of(key)).unwrap_or_default()
}
