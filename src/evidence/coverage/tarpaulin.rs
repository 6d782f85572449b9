//! cargo-tarpaulin's JSON (`tarpaulin-report.json`).
//!
//! <https://github.com/xd009642/tarpaulin/blob/develop/src/report/json.rs>: a file's `path` is a list of its parts, its
//! `traces` have a `line` and `stats` of a kind, of which only `Line` counts. The source text is passed over.

use std::io::BufRead;

use super::found::Found;
use super::pair::{Pair, read_files};
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["files", "[]", "path", "[]"]) || holds(head, &["files", "[]", "traces"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_files(text, Pair::named("covered", "coverable"), file)
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), Vec::new(), Records::default());
    json.object(|json, key| match key {
        "path" => json.list(|json| json.text().map(|part| path.extend(part))).map(drop),
        "traces" => json.list(|json| trace(json, found, &mut records)).map(drop),
        _ => json.skip(),
    })?;
    // The first part of an absolute path is its root.
    let path = path.join("/").replacen("//", "/", 1);
    found.add(&path, place, records);
    Ok(())
}

fn trace<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    let place = json.place();
    let trace = json.value()?;
    let stats = trace.get("stats");
    if !stats.has("Line") {
        return Ok(());
    }
    if let Some(line) = found.line_of(trace.get("line").text().unwrap_or_default(), place) {
        records.add_line(line, found.hits_of(stats.get("Line"), place));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    #[test]
    fn a_total_that_differs_is_said() {
        let text = r#"{"files": [{"path": ["C:\\", "a.rs"], "traces": [
            {"line": 1, "stats": {"Line": 1}}, {"line": 2, "stats": {"Branch": {"been_true": true}}},
            {"line": 0, "stats": {"Line": 1}}, {"line": 1, "stats": {"Line": -4}}]}], "covered": 2, "coverable": 4}"#;
        insta::assert_snapshot!(shown(&read(text.as_bytes())), @r"
        measured
        C:/a.rs [(1, 1)]
        warning 3:13 `0`: no line number from 1 to 4294967295; left out
        warning 3:48 `-4`: no hit count; taken as not run
        warning the report states 2 of 4 lines covered, its records hold 1 of 1 lines; the records count
        ");
    }
}
