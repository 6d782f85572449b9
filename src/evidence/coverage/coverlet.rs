//! coverlet's own JSON (`coverage.json`), which `AltCover` writes too.
//!
//! <https://github.com/coverlet-coverage/coverlet/blob/master/src/coverlet.core/CoverageResult.cs>: module, document,
//! class, method, and there `Lines` by number and `Branches`. Asynchronous methods and lambdas repeat lines.

use std::io::BufRead;

use super::found::{Found, read_json};
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["*", "*", "*", "*", "Lines"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        json.object(|json, _| json.object(|json, path| document(json, found, path)).map(drop)).map(drop)
    })
}

fn document<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, path: &str) -> Result<(), Stop> {
    let (place, mut records) = (json.place(), Records::default());
    json.object(|json, class| {
        json.object(|json, name| method(json, found, &mut records, &format!("coverlet\t{class}, {name}")))
            .map(drop)
    })?;
    found.add(path, place, records);
    Ok(())
}

/// A method ran when one of its lines did. One without lines says nothing.
fn method<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
    name: &str,
) -> Result<(), Stop> {
    json.object(|json, key| {
        match key {
            "Lines" => json.object(|json, line| {
                let place = json.place();
                let hits = found.hits(json)?.unwrap_or(0);
                if let Some(line) = found.line_of(line, place) {
                    records.add_line(line, hits);
                    records.add_function(name, hits > 0);
                }
                Ok(())
            }),
            "Branches" => json.list(|json| branch(json, found, records, name)),
            _ => json.skip().map(|()| false),
        }
        .map(drop)
    })
    .map(drop)
}

fn branch<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
    method: &str,
) -> Result<(), Stop> {
    let place = json.place();
    let branch = json.value()?;
    let part = |key| branch.get(key).text().unwrap_or_default();
    if let Some(line) = found.line_of(part("Line"), place) {
        let ids = ["Offset", "EndOffset", "Path", "Ordinal"].map(part).join(",");
        let taken = found.hits_of(branch.get("Hits"), place) > 0;
        records.add_branch(line, &format!("{method}, {ids}"), taken);
    }
    Ok(())
}
