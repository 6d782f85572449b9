//! Walks an export.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::super::found::{Found, count, read_json, saturated, text};
use super::super::oddities::Oddity;
use super::super::pair::Pair;
use super::super::ranges::Room;
use super::super::records::Records;
use super::segments::{self, Segment};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Covered, StatedTotals};
use crate::model::order;

/// Whether the JSON that `head` begins is an export.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["data", "[]", "files"])
}

/// Reads an export.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        let mut export = Export::default();
        let outcome = json.object(|json, key| match key {
            "data" => json.list(|json| export.part(json, found)).map(drop),
            _ => json.skip(),
        });
        export.add_functions(found);
        outcome.map(drop)
    })
}

#[derive(Default)]
struct Export {
    room: Room,
    files: BTreeMap<String, Functions>,
}

/// Functions of a file by the line and column on which they start; instances of a template start at one place.
#[derive(Default)]
struct Functions {
    stated: Option<Covered>,
    ran: BTreeMap<[u32; 2], bool>,
}

impl Export {
    fn part<R: BufRead>(&mut self, json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
        json.object(|json, key| match key {
            "files" => json.list(|json| self.file(json, found)).map(drop),
            "functions" => json.list(|json| self.function(json)).map(drop),
            "totals" => {
                found.claimed = summary(json)?.lines;
                Ok(())
            }
            _ => json.skip(),
        })
        .map(drop)
    }

    fn file<R: BufRead>(&mut self, json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
        let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
        let (mut all, mut branches) = (Vec::new(), BTreeMap::new());
        json.object(|json, key| match key {
            "filename" => text(json).map(|name| path = name),
            "segments" => json.list(|json| segment(json, found, &mut all)).map(drop),
            "branches" => json.list(|json| branch(json, &mut branches)).map(drop),
            "summary" => summary(json).map(|summary| records.stated = summary),
            _ => json.skip(),
        })?;
        if !all.is_sorted_by_key(|segment: &Segment| segment.line) {
            order::sort_by_key(&mut all, |segment| segment.line);
        }
        self.room.project(segments::ranges(&all), &mut records)?;
        add_branches(branches, &mut records);
        self.files.entry(path.clone()).or_default().stated = records.stated.functions;
        found.add(&path, place, records);
        Ok(())
    }

    fn function<R: BufRead>(&mut self, json: &mut Cursor<R>) -> Result<(), Stop> {
        let (mut path, mut hits, mut start) = (None, 0, None);
        json.object(|json, key| {
            match key {
                "count" => hits = count(json)?.unwrap_or(0),
                "filenames" => drop(json.list(|json| {
                    if path.is_none() { json.text().map(|name| path = name) } else { json.skip() }
                })?),
                "regions" => drop(json.list(|json| {
                    if start.is_some() {
                        return json.skip();
                    }
                    let mut place = [0; 2];
                    row(json, &mut place)?;
                    start = Some(place.map(saturated));
                    Ok(())
                })?),
                _ => json.skip()?,
            }
            Ok(())
        })?;
        if let (Some(functions), Some(start)) = (path.and_then(|path| self.files.get_mut(&path)), start) {
            *functions.ran.entry(start).or_default() |= hits > 0;
        }
        Ok(())
    }

    fn add_functions(self, found: &mut Found) {
        for (path, functions) in self.files {
            let covered = functions.ran.values().filter(|ran| **ran).count() as u64;
            let counted = Covered { covered, total: functions.ran.len() as u64 };
            if counted.total == 0 || functions.stated.is_some_and(|stated| stated != counted) {
                continue;
            }
            let mut records = Records::default();
            for ([line, column], ran) in functions.ran {
                records.add_function(&format!("llvm\t{line}:{column}"), ran);
            }
            found.add(&path, Place::START, records);
        }
    }
}

/// `[line, column, count, has count, starts a region, is a gap]`; the last one is missing in old versions.
fn segment<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, all: &mut Vec<Segment>) -> Result<(), Stop> {
    let mut numbers = [0; 6];
    let length = row(json, &mut numbers)?;
    match Segment::of(length, numbers) {
        Some(segment) => all.push(segment),
        None => found.oddities.note(Oddity::Malformed, json.place(), "segment"),
    }
    json.following_rows(|length, numbers| {
        let segment = Segment::of(length, numbers);
        all.extend(segment);
        segment.is_some()
    })
}

impl Segment {
    /// Of a row of `length` numbers.
    fn of(length: usize, numbers: [u64; 6]) -> Option<Self> {
        let [line, _, hits, has_count, starts_region, is_gap] = numbers;
        (line > 0 && length >= 5).then(|| Self {
            line: saturated(line),
            hits: saturated(hits),
            has_count: has_count > 0,
            starts_region: starts_region > 0,
            is_gap: is_gap > 0,
        })
    }
}

/// Reads a list of numbers and of `true` and `false`; what is neither is 0. The answer is how many there are.
fn row<R: BufRead>(json: &mut Cursor<R>, row: &mut [u64]) -> Result<usize, Stop> {
    if let Some(length) = json.row(row)? {
        return Ok(length);
    }
    let mut length = 0;
    json.list(|json| {
        let value = json.value()?;
        if let Some(place) = row.get_mut(length) {
            *place = value.count().unwrap_or_else(|| value.is_true().into());
        }
        length += 1;
        Ok(())
    })?;
    Ok(length)
}

/// Where a condition stands: line, column, end line, end column.
type Condition = [u32; 4];

/// A condition comes once per instance of its template: `[…place, times true, times false, …]`.
fn branch<R: BufRead>(json: &mut Cursor<R>, all: &mut BTreeMap<Condition, [bool; 2]>) -> Result<(), Stop> {
    let mut numbers = [0; 6];
    if row(json, &mut numbers)? >= numbers.len() {
        let [line, column, end_line, end_column, when_true, when_false] = numbers.map(saturated);
        let known = all.entry([line, column, end_line, end_column]).or_default();
        *known = [known[0] || when_true > 0, known[1] || when_false > 0];
    }
    Ok(())
}

fn add_branches(branches: BTreeMap<Condition, [bool; 2]>, records: &mut Records) {
    let covered = branches.values().flatten().filter(|taken| **taken).count() as u64;
    let counted = Covered { covered, total: 2 * branches.len() as u64 };
    if counted.total == 0 || records.stated.branches.is_some_and(|stated| stated != counted) {
        return;
    }
    for ([line, column, end_line, end_column], [when_true, when_false]) in branches {
        let name = format!("llvm\t{column}-{end_line}:{end_column}");
        records.add_branch(line, &format!("{name} true"), when_true);
        records.add_branch(line, &format!("{name} false"), when_false);
    }
}

fn summary<R: BufRead>(json: &mut Cursor<R>) -> Result<StatedTotals, Stop> {
    let mut stated = StatedTotals::default();
    json.object(|json, key| {
        match key {
            "lines" => stated.lines = totals(json)?,
            "branches" => stated.branches = totals(json)?,
            "functions" => stated.functions = totals(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(stated)
}

fn totals<R: BufRead>(json: &mut Cursor<R>) -> Result<Option<Covered>, Stop> {
    Pair::named("covered", "count").read(json)
}
