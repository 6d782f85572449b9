//! Xcode's coverage as JSON: `xcrun xccov view --report --json` (totals per file) and `xccov view --archive --json`
//! (lines).
//!
//! <https://developer.apple.com/documentation/xcode/determining-how-much-code-your-tests-cover>; the keys are not
//! documented. A file that belongs to several targets comes several times and counts once, with its best numbers.

use std::io::BufRead;

use super::found::{Found, read_json, text};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::json::{Cursor, Kind, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is one of the two.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["lineCoverage"])
        || holds(head, &["targets", "[]", "lineCoverage"])
        || holds(head, &["[]", "lineCoverage"])
        || holds(head, &["*", "[]", "isExecutable"])
}

/// Reads either.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        if json.kind()? == Kind::List {
            // `--files-for-target` lists targets alone.
            return json.list(|json| target(json, found)).map(drop);
        }
        json.object(|json, key| match (key, json.kind()?) {
            ("targets", Kind::List) => json.list(|json| target(json, found)).map(drop),
            (path, Kind::List) => archived(json, found, path),
            _ => json.skip(),
        })
        .map(drop)
    })
}

fn target<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    json.object(|json, key| match key {
        "files" => json.list(|json| file(json, found)).map(drop),
        _ => json.skip(),
    })
    .map(drop)
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    let mut lines = Pair::named("coveredLines", "executableLines");
    json.object(|json, key| match key {
        "path" => text(json).map(|name| path = name),
        "functions" => json.list(|json| function(json, &mut records)).map(drop),
        key => lines.take(json, key),
    })?;
    records.stated.lines = lines.finish();
    found.add(&path, place, records);
    Ok(())
}

fn function<R: BufRead>(json: &mut Cursor<R>, records: &mut Records) -> Result<(), Stop> {
    let function = json.value()?;
    let line = function.get("lineNumber").text().unwrap_or("-");
    let name = format!("xccov\t{}, {line}", function.get("name").text().unwrap_or_default());
    records.add_function(&name, function.get("executionCount").count() > Some(0));
    Ok(())
}

/// The lines of one file in an archive. Other lists, such as the errors of a report, have no executable lines.
fn archived<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, path: &str) -> Result<(), Stop> {
    let (place, mut records, mut is_file) = (json.place(), Records::default(), false);
    json.list(|json| {
        let place = json.place();
        let line = json.value()?;
        is_file |= line.has("isExecutable");
        if line.get("isExecutable").is_true()
            && let Some(number) = found.line_of(line.get("line").text().unwrap_or_default(), place)
        {
            records.add_line(number, found.hits_of(line.get("executionCount"), place));
        }
        Ok(())
    })?;
    if is_file {
        found.add(path, place, records);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    #[test]
    fn a_file_of_two_targets_counts_once() {
        let file = |covered| {
            format!(r#"{{"files": [{{"path": "a.m", "coveredLines": {covered}, "executableLines": 9}}]}}"#)
        };
        let text = format!(r#"{{"targets": [{}, {}], "errors": [{{"code": 0}}]}}"#, file(3), file(5));
        assert_eq!(shown(&read(text.as_bytes())), "measured\na.m 5/9");
    }

    #[test]
    fn a_list_of_targets_is_read_as_a_report_is() {
        let text =
            r#"[{"lineCoverage": 0.5, "files": [{"path": "a.m", "coveredLines": 1, "executableLines": 2}]}]"#;
        assert!(looks_like(text));
        assert_eq!(shown(&read(text.as_bytes())), "measured\na.m 1/2");
    }

    #[test]
    fn an_archive_has_lines() {
        let text = r#"{"/a.swift": [{"line": 1, "isExecutable": false}, {"line": 2, "isExecutable": true, "executionCount": 3,
            "subranges": [{"column": 1}]}, {"line": 3, "isExecutable": true, "executionCount": 0}]}"#;
        assert!(looks_like(text));
        assert_eq!(shown(&read(text.as_bytes())), "measured\n/a.swift [(2, 3), (3, 0)]");
    }
}
