//! Istanbul's coverage map (`coverage-final.json` of nyc, c8, Jest and Vitest), which Jest puts into its JSON report, too.
//!
//! <https://github.com/istanbuljs/istanbuljs/blob/main/packages/istanbul-lib-coverage/lib/file-coverage.js>: a file's
//! `s`, `f` and `b` count what `statementMap`, `fnMap` and `branchMap` place. A line is where a statement starts, and
//! has the largest count of them. Counts whose place is missing are no lines. Places, not numbers, tell branches and
//! functions apart, since bundlers number them differently.

use std::io::BufRead;

use super::found::{Found, count, read_json, text};
use super::numbered::{Id, Numbered};
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Span, Statements};

/// Whether the JSON that `head` begins is a coverage map. `{}` is what nyc writes when it saw no file.
pub(crate) fn looks_like(head: &str) -> bool {
    const MAPS: [&str; 3] = ["statementMap", "fnMap", "branchMap"];
    let holds_map = |before: &[&'static str]| MAPS.iter().any(|map| holds(head, &[before, &[*map]].concat()));
    head.split_whitespace().flat_map(str::chars).eq(['{', '}'])
        || holds_map(&["*"])
        || holds_map(&["*", "data"])
}

/// Reads a map.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| json.object(|json, path| file(json, found, path)).map(drop))
}

/// A map inside of another document.
#[derive(Default)]
pub(crate) struct Inner(Option<Found>);

impl Inner {
    /// Reads the map that comes next.
    pub(crate) fn read<R: BufRead>(&mut self, json: &mut Cursor<R>) -> Result<(), Stop> {
        let found = self.0.get_or_insert_default();
        if !json.object(|json, path| file(json, found, path))? {
            // `null`, when no coverage was asked for.
            self.0 = None;
        }
        Ok(())
    }

    /// The coverage as far as it was read; nothing when there was no map.
    pub(crate) fn finish(self) -> Option<Reading<CoverageReport>> {
        self.0.map(|found| found.reading(Vec::new(), Ok(())))
    }
}

/// Counts and places of one file, which come in any order.
#[derive(Default)]
struct File {
    path: Option<String>,
    statements: Numbered<Span>,
    functions: Numbered<String>,
    branches: Numbered<(u32, String)>,
    statement_hits: Vec<(Id, u32)>,
    function_hits: Vec<(Id, u32)>,
    branch_hits: Vec<(Id, Vec<u32>)>,
    /// What comes next in the document belongs to a coverage map and not to a report around it.
    is_map: bool,
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, written: &str) -> Result<(), Stop> {
    let (place, mut file) = (json.place(), File::default());
    json.object(|json, key| match key {
        // Old versions wrap each file once.
        "data" => json.object(|json, key| file.member(json, found, key)).map(drop),
        key => file.member(json, found, key),
    })?;
    if file.is_map {
        let path = file.path.take().filter(|path| !path.is_empty());
        found.add(path.as_deref().unwrap_or(written), place, file.records());
    }
    Ok(())
}

impl File {
    fn member<R: BufRead>(&mut self, json: &mut Cursor<R>, found: &mut Found, key: &str) -> Result<(), Stop> {
        match key {
            "path" => self.path = Some(text(json)?),
            "statementMap" => {
                self.is_map = true;
                each(json, span, |id, span| self.statements.insert(id, span))?;
            }
            "fnMap" => each(json, function, |id, name| self.functions.insert(id, name))?,
            "branchMap" => each(json, branch, |id, branch| self.branches.insert(id, branch))?,
            "s" => self.statement_hits = hits(json, found)?,
            "f" => self.function_hits = hits(json, found)?,
            "b" => {
                json.object(|json, id| {
                    let mut taken = Vec::new();
                    json.list(|json| {
                        taken.push(found.hits(json)?.unwrap_or(0));
                        Ok(())
                    })?;
                    self.branch_hits.push((Id::of(id), taken));
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    }

    fn records(self) -> Records {
        let mut records = Records::default();
        records.expect_functions();
        for (id, hits) in self.statement_hits {
            let Some(span) = self.statements.get(&id).filter(|span| span.line > 0) else { continue };
            records.add_line(span.line, hits);
            records.add_statements(*span, Statements { count: 1, ran: hits > 0 });
        }
        for (id, hits) in self.function_hits {
            let name = match self.functions.get(&id) {
                Some(name) => format!("istanbul\t{name}"),
                None => format!("istanbul\t{id}"),
            };
            records.add_further_function(&name, hits > 0);
        }
        for (id, paths) in self.branch_hits {
            let unknown = || (0, id.to_string());
            let (line, name) = self.branches.get(&id).cloned().unwrap_or_else(unknown);
            for (number, hits) in paths.into_iter().enumerate() {
                records.add_further_branch(line, &format!("istanbul\t{name}, {number}"), hits > 0);
            }
        }
        records
    }
}

/// Hands every entry of a map to `take`, as `read` reads it.
fn each<R: BufRead, T>(
    json: &mut Cursor<R>,
    read: fn(&mut Cursor<R>) -> Result<T, Stop>,
    mut take: impl FnMut(Id, T),
) -> Result<(), Stop> {
    json.object(|json, id| {
        let id = Id::of(id);
        take(id, read(json)?);
        Ok(())
    })
    .map(drop)
}

fn hits<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<Vec<(Id, u32)>, Stop> {
    let mut all = Vec::new();
    json.object(|json, id| {
        all.push((Id::of(id), found.hits(json)?.unwrap_or(0)));
        Ok(())
    })?;
    Ok(all)
}

/// The place that comes next; 0 stands for what is missing, as tools that map places back leave holes.
fn span<R: BufRead>(json: &mut Cursor<R>) -> Result<Span, Stop> {
    let mut span = Span::default();
    json.object(|json, key| {
        match key {
            "start" => (span.line, span.column) = next_point(json)?,
            "end" => (span.end_line, span.end_column) = next_point(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(span)
}

fn next_point<R: BufRead>(json: &mut Cursor<R>) -> Result<(u32, u32), Stop> {
    let (mut line, mut column) = (0, 0);
    json.object(|json, key| {
        match key {
            "line" => line = small(json)?,
            "column" => column = small(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok((line, column))
}

/// The number that comes next; 0 for any other value.
fn small<R: BufRead>(json: &mut Cursor<R>) -> Result<u32, Stop> {
    Ok(count(json)?.and_then(|number| u32::try_from(number).ok()).unwrap_or(0))
}

/// The name of the function that comes next, with its places.
fn function<R: BufRead>(json: &mut Cursor<R>) -> Result<String, Stop> {
    let (mut name, mut declared, mut body) = (String::new(), (0, 0), (0, 0));
    json.object(|json, key| {
        match key {
            "name" => name = text(json)?,
            "decl" => declared = start(json)?,
            "loc" => body = start(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let ((line, column), (body_line, body_column)) = (declared, body);
    Ok(format!("{name}, {line}:{column}, {body_line}:{body_column}"))
}

/// The line of the branching that comes next, 0 if there is none, and what tells it from others.
fn branch<R: BufRead>(json: &mut Cursor<R>) -> Result<(u32, String), Stop> {
    let (mut kind, mut place, mut own_line, mut first) = (String::new(), (0, 0), 0, None);
    json.object(|json, key| {
        match key {
            "type" => kind = text(json)?,
            "loc" => place = start(json)?,
            "line" => own_line = small(json)?,
            "locations" => {
                first = None;
                json.list(|json| {
                    if first.is_some() {
                        return json.skip();
                    }
                    start(json).map(|start| first = Some(start))
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let lines = [place.0, own_line, first.unwrap_or_default().0];
    let line = lines.into_iter().find(|line| *line > 0).unwrap_or(0);
    Ok((line, format!("{kind} {line}:{}", place.1)))
}

/// Where the range that comes next begins.
fn start<R: BufRead>(json: &mut Cursor<R>) -> Result<(u32, u32), Stop> {
    span(json).map(|span| (span.line, span.column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    #[test]
    fn counts_without_a_place_are_no_lines_and_lines_have_their_largest_count() {
        let text = r#"{"a.js": {"s": {"0": 0, "1": 3, "2": 0, "7": 5, "8": 1}, "f": {}, "b": {"0": [0, 0], "9": [2]},
            "statementMap": {"0": {"start": {"line": 1}}, "1": {"start": {"line": 1, "column": 9}},
                "2": {"start": {"line": 4, "column": null}, "end": {}}, "8": {"start": {}}},
            "branchMap": {"0": {"type": "if", "line": 4}}}}"#;
        assert_eq!(
            shown(&read(text.as_bytes())),
            "measured\na.js [(1, 3), (4, 0)] branches 1/3 functions 0/0 statements 1/3"
        );
    }

    #[test]
    fn wrapped_files_are_read() {
        let text = r#"{"a.js": {"data": {"statementMap": {"0": {"start": {"line": 2}}}, "s": {"0": 1}}}}"#;
        assert_eq!(shown(&read(text.as_bytes())), "measured\na.js [(2, 1)] functions 0/0 statements 1/1");
    }

    #[test]
    fn a_map_of_no_file_is_empty() {
        assert!(looks_like(" {\n}"));
        assert!(shown(&read(&b"{}"[..])).starts_with("empty\nwarning"));
    }
}
