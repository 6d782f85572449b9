//! Checkstyle XML, which many linters write.
//!
//! <https://checkstyle.org/config_reporting.html>. `<file name>` holds `<error line severity message source>`.

use super::assembly::{Assembly, Draft};
use crate::evidence::bytes::{Place, Text};
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::findings::{FindingsReport, Level};

/// What the rules of Checkstyle itself begin with.
const OWN_RULES: &str = "com.puppycrawl.tools.checkstyle.checks.";

/// Whether a file that begins like this is in the format.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("checkstyle")
}

/// Reads one file. No file says which tool wrote it, so the tool is always called as the format is.
pub(crate) fn read(text: &mut Text) -> Reading<FindingsReport> {
    let mut cursor = Cursor::new(text);
    let mut report = Assembly::by("Checkstyle");
    let ended = walk(&mut cursor, &mut report);
    if ended.is_ok() {
        report.ran();
    }
    report.finish(ended, cursor.problems())
}

fn walk(cursor: &mut Cursor<'_>, report: &mut Assembly) -> Result<(), Stop> {
    let mut path: Option<String> = None;
    loop {
        let place = cursor.place();
        match cursor.next()? {
            Event::Eof => return Ok(()),
            Event::Start(tag) => match tag.name() {
                "file" => path = tag.attribute("name").map(std::borrow::Cow::into_owned),
                "error" => add(&tag, path.as_deref(), place, report)?,
                // A check that threw: the file was not looked at.
                "exception" => {
                    report.warn("a check ended with an exception; some of the file was not looked at");
                }
                _ => {}
            },
            Event::Text(_) | Event::End(_) => {}
        }
    }
}

fn add(tag: &Tag<'_>, path: Option<&str>, place: Place, report: &mut Assembly) -> Result<(), Stop> {
    let level = match tag.attribute("severity").as_deref() {
        Some("error") => Level::Error,
        Some("info" | "ignore") => Level::Note,
        _ => Level::Warning,
    };
    let source = tag.attribute("source").unwrap_or_default();
    let rule = source.strip_prefix(OWN_RULES).unwrap_or(&source);
    let message = tag.attribute("message").unwrap_or_default();
    let line = tag.attribute("line").and_then(|line| line.trim().parse().ok()).filter(|line| *line > 0);
    report.add(&Draft { path, line, ..Draft::new(rule, level, &message) }, place)
}
