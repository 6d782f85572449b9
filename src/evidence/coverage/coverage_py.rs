//! coverage.py's JSON report (`coverage json`), and slipcover's, which has the same keys.
//!
//! <https://coverage.readthedocs.io/en/latest/commands/cmd_json.html>: `files.PATH` has `executed_lines`,
//! `missing_lines`, `executed_branches` and `missing_branches` as pairs of lines (a negative target is the exit), and
//! `functions` from version 7.6 on. Excluded lines, contexts and classes are passed over; the total is only compared. Versions before 7.3 list executed docstrings that are no statements, and differ from their own total.

use std::io::BufRead;

use super::found::{Found, read_json};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is such a report.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["meta", "show_contexts"]) || holds(head, &["files", "*", "executed_lines"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        json.object(|json, key| match key {
            "files" => json.object(|json, path| file(json, found, path)).map(drop),
            "totals" => totals(json, found),
            _ => json.skip(),
        })
        .map(drop)
    })
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, path: &str) -> Result<(), Stop> {
    let (place, mut records) = (json.place(), Records::default());
    json.object(|json, key| match key {
        "executed_lines" => lines(json, found, &mut records, 1),
        "missing_lines" => lines(json, found, &mut records, 0),
        "executed_branches" => branches(json, found, &mut records, true),
        "missing_branches" => branches(json, found, &mut records, false),
        "functions" => functions(json, &mut records),
        "summary" => summary(json, &mut records),
        _ => json.skip(),
    })?;
    found.add(path, place, records);
    Ok(())
}

fn lines<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
    hits: u32,
) -> Result<(), Stop> {
    json.list(|json| {
        if let Some(line) = found.line(json)? {
            records.add_line(line, hits);
        }
        Ok(())
    })
    .map(drop)
}

/// Pairs of the line that is left and the line that is reached; a function may be left at its first line, which is
/// written as the negative line it starts on.
fn branches<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
    taken: bool,
) -> Result<(), Stop> {
    json.list(|json| {
        let place = json.place();
        let pair = json.value()?;
        let mut ends = pair.list().iter().filter_map(|end| end.text());
        let (from, to) = (ends.next().unwrap_or_default(), ends.next().unwrap_or_default());
        if let Some(line) = found.line_of(from.trim_start_matches('-'), place) {
            records.add_branch(line, &format!("py\t{from}→{to}"), taken);
        }
        Ok(())
    })
    .map(drop)
}

/// By qualified name; what stands outside of any function has an empty one.
fn functions<R: BufRead>(json: &mut Cursor<R>, records: &mut Records) -> Result<(), Stop> {
    records.expect_functions();
    json.object(|json, name| {
        let mut ran = false;
        json.object(|json, key| match key {
            "executed_lines" => json
                .list(|json| {
                    ran = true;
                    json.skip()
                })
                .map(drop),
            _ => json.skip(),
        })?;
        if !name.is_empty() {
            records.add_function(name, ran);
        }
        Ok(())
    })
    .map(drop)
}

/// Before version 6.5 branches are only counted.
fn summary<R: BufRead>(json: &mut Cursor<R>, records: &mut Records) -> Result<(), Stop> {
    records.stated.branches = Pair::named("covered_branches", "num_branches").read(json)?;
    Ok(())
}

fn totals<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    found.claimed = Pair::named("covered_lines", "num_statements").read(json)?;
    Ok(())
}
