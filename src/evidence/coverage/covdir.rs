//! The folder tree of grcov's `covdir` output, which Mozilla's code-coverage tools read.
//!
//! <https://github.com/mozilla/grcov/blob/master/src/covdir.rs>: `children` by name; a file has `coverage`, whose first
//! element is line 1 and where -1 is not coverable. Percentages are passed over.

use std::io::BufRead;

use super::found::{Found, read_json};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::json::{Cursor, Value, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;
use crate::model::input::Problem;

/// Deepest tree that is read; folders of real projects nest a dozen levels.
const MAX_DEPTH: usize = 64;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["coveragePercent"])
        || ["children", "coverage", "coveragePercent"].iter().any(|key| holds(head, &["children", "*", key]))
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        let mut lines = Pair::named("linesCovered", "linesTotal");
        json.object(|json, key| match key {
            "children" => children(json, found, "", MAX_DEPTH),
            key => lines.take(json, key),
        })?;
        found.claimed = lines.finish();
        Ok(())
    })
}

fn children<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    folder: &str,
    depth: usize,
) -> Result<(), Stop> {
    if depth == 0 {
        let place = json.place();
        let problem = Problem::error(format!("folders are nested deeper than {MAX_DEPTH}"));
        return Err(Stop::invalid(problem.at(place.line, place.column)));
    }
    json.object(|json, name| {
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        json.object(|json, key| match key {
            "children" => children(json, found, &path, depth - 1),
            "coverage" => file(json, found, &path),
            _ => json.skip(),
        })
        .map(drop)
    })
    .map(drop)
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, path: &str) -> Result<(), Stop> {
    let (place, mut records, mut line) = (json.place(), Records::default(), 0_u32);
    json.list(|json| {
        line = line.saturating_add(1);
        let place = json.place();
        match json.plain_number()? {
            Some(hits) => records.add_line(line, super::found::saturated(hits)),
            None => match json.value()? {
                Value::Number(number) if number.starts_with('-') => {}
                other => records.add_line(line, found.hits_of(&other, place)),
            },
        }
        Ok(())
    })?;
    found.add(path, place, records);
    Ok(())
}
