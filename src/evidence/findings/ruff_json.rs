//! Ruff's `--output-format=json`: a list of findings.
//!
//! <https://docs.astral.sh/ruff/settings/#output-format>. A run without findings writes `[]`, which does not say whose
//! it is; SARIF does.

use std::io::BufRead;

use super::assembly::{Assembly, Draft};
use super::document::read_report;
use crate::evidence::json::{Cursor, Shape};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::{FindingsReport, Level};

/// Whether this is the shape of a document of Ruff.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["[].code", "[].filename", "[].location.row"])
}

/// Reads one document of Ruff.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_report("ruff", text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    json.find_document()?;
    let listed = json.list(|json| finding(json, report))?;
    json.end()?;
    report.ran_over(listed, "[]")
}

fn finding<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let place = json.place();
    let found = json.value()?;
    if !found.is_object() {
        report.odd_record(place);
        return Ok(());
    }
    // Older versions give no severity; all that Ruff says fails its run.
    let level = match found.text_of("severity") {
        Some("warning") => Level::Warning,
        Some("info" | "help" | "note") => Level::Note,
        _ => Level::Error,
    };
    // A file that does not parse had no code in older versions.
    let rule = found.text_of("code").unwrap_or("invalid-syntax");
    let draft = Draft {
        path: found.text_of("filename"),
        line: found.get("location").line_of("row"),
        ..Draft::new(rule, level, found.text_of("message").unwrap_or_default())
    };
    report.add(&draft, place)
}
