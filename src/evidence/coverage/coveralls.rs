//! Coveralls' job JSON (`coveralls.json`), as excoveralls, gcovr, grcov, covr and others write it.
//!
//! <https://docs.coveralls.io/api-introduction>: `source_files` with `name`, `coverage` (the first element is line 1)
//! and `branches` (line, block, branch, hits, over and over). Tokens and sources in it are passed over, never kept.

use std::io::BufRead;

use super::found::{Found, read_json, text};
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["source_files"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        json.object(|json, key| match key {
            "source_files" => json.list(|json| file(json, found)).map(drop),
            _ => json.skip(),
        })
        .map(drop)
    })
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    json.object(|json, key| match key {
        "name" => text(json).map(|name| path = name),
        "coverage" => found.line_list(json, &mut records, 1),
        "branches" => branches(json, found, &mut records),
        _ => json.skip(),
    })?;
    found.add(&path, place, records);
    Ok(())
}

fn branches<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    let mut quadruple = Vec::with_capacity(4);
    json.list(|json| {
        let place = json.place();
        quadruple.push(found.hits(json)?.unwrap_or(0));
        if let [line, block, branch, hits] = *quadruple.as_slice() {
            if let Some(line) = found.line_of(&line.to_string(), place) {
                records.add_branch(line, &format!("coveralls\t{block},{branch}"), hits > 0);
            }
            quadruple.clear();
        }
        Ok(())
    })
    .map(drop)
}
