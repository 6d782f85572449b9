//! Codecov's own JSON, and what R's `covr` writes for it.
//!
//! <https://docs.codecov.com/docs/codecov-custom-coverage-format>: `coverage.PATH` is an object by line number, or a
//! list whose index is the line number (index 0 is no line). `"1/2"` is a partly covered line, `true` too, and `null`
//! is not coverable. The parts of `"1/2"` are branches for some producers and regions for others, so they are no
//! branches here.

use std::io::BufRead;

use super::found::{Found, read_json, text};
use super::oddities::Oddity;
use super::records::Records;
use crate::evidence::json::{Cursor, Kind, Value, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["coverage", "*", "[]"])
        || holds(head, &["coverage", "*", "#"])
        || (holds(head, &["files", "[]", "coverage", "[]"]) && holds(head, &["files", "[]", "name"]))
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        json.object(|json, key| {
            match key {
                "coverage" => json.object(|json, path| {
                    let (place, mut records) = (json.place(), Records::default());
                    lines(json, found, &mut records)?;
                    found.add(path, place, records);
                    Ok(())
                }),
                "files" => json.list(|json| file(json, found)),
                _ => json.skip().map(|()| false),
            }
            .map(drop)
        })
        .map(drop)
    })
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    json.object(|json, key| match key {
        "name" => text(json).map(|name| path = name),
        "coverage" => lines(json, found, &mut records),
        _ => json.skip(),
    })?;
    found.add(&path, place, records);
    Ok(())
}

fn lines<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    let mut index = 0_u32;
    match json.kind()? {
        Kind::List => json.list(|json| {
            let hits = hits(json, found)?;
            if let (Some(hits), true) = (hits, index > 0) {
                records.add_line(index, hits);
            }
            index = index.saturating_add(1);
            Ok(())
        }),
        _ => json.object(|json, line| {
            let place = json.place();
            let hits = hits(json, found)?;
            if let (Some(line), Some(hits)) = (found.line_of(line, place), hits) {
                records.add_line(line, hits);
            }
            Ok(())
        }),
    }
    .map(drop)
}

/// A count, or the covered part of `"covered/total"`.
fn hits<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<Option<u32>, Stop> {
    if json.kind()? != Kind::Text {
        return found.hits(json);
    }
    let place = json.place();
    let Value::Text(text) = json.value()? else { return Ok(None) };
    let covered = text.split_once('/').map_or(text.as_str(), |(covered, _)| covered);
    let hits = super::number::hits(covered);
    if hits.is_none() {
        found.oddities.note(Oddity::Hits, place, &text);
    }
    Ok(Some(hits.unwrap_or(0)))
}
