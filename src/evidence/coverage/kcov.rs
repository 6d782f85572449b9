//! kcov's `coverage.json`: totals per file, written as strings; no lines.
//!
//! <https://github.com/SimonKagstrom/kcov/blob/master/src/writers/json-writer.cc>

use std::io::BufRead;

use super::found::{Found, count, of, read_json, text};
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
    read_json(text, |json, found| {
        let (mut covered, mut total) = (None, None);
        json.object(|json, key| {
            match key {
                "files" => drop(json.list(|json| file(json, found))?),
                "covered_lines" => covered = count(json)?,
                "total_lines" => total = count(json)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        found.claimed = of(covered, total);
        Ok(())
    })
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    let (mut covered, mut total) = (None, None);
    json.object(|json, key| {
        match key {
            "file" => path = text(json)?,
            "covered_lines" => covered = count(json)?,
            "total_lines" => total = count(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    records.stated.lines = of(covered, total);
    found.add(&path, place, records);
    Ok(())
}
