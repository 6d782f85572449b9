//! kcov's `coverage.json`: totals per file, written as strings; no lines.
//!
//! <https://github.com/SimonKagstrom/kcov/blob/master/src/writers/json-writer.cc>

use std::io::BufRead;

use super::found::{Found, text};
use super::pair::{Pair, read_files};
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["files", "[]", "percent_covered"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_files(text, Pair::named("covered_lines", "total_lines"), file)
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    let mut lines = Pair::named("covered_lines", "total_lines");
    json.object(|json, key| match key {
        "file" => text(json).map(|name| path = name),
        key => lines.take(json, key),
    })?;
    records.stated.lines = lines.finish();
    found.add(&path, place, records);
    Ok(())
}
