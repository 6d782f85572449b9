//! SimpleCov's `.resultset.json`, its JSON formatter's `coverage.json`, and the older `simplecov-json` gem's.
//!
//! <https://github.com/simplecov-ruby/simplecov>: a resultset has one `coverage` per command; a file in it is a list
//! with one entry per line, or an object with `lines`, `branches` and `methods`. `null` and texts (`"ignored"`) are not
//! coverable. Commands are united as SimpleCov does: `null` and 0 together are `null`, because a file that was only
//! tracked and never loaded has zeros on blank lines.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::found::{Found, read_json, text};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Kind, Value, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is one of the three.
pub(crate) fn looks_like(head: &str) -> bool {
    let is_resultset = holds(head, &["*", "coverage", "*", "lines"])
        || holds(head, &["*", "coverage", "*", "[]"])
        || (holds(head, &["*", "coverage"]) && holds(head, &["*", "timestamp"]));
    // A tree of folders may hold one that is called `coverage`.
    (is_resultset && !holds(head, &["children"]))
        || holds(head, &["coverage", "*", "lines"])
        || (holds(head, &["files", "[]", "filename"]) && holds(head, &["files", "[]", "coverage"]))
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        let mut sources = Sources::default();
        let outcome = json.object(|json, key| match key {
            "coverage" => sources.all(json, found),
            "files" => json.list(|json| sources.listed(json, found)).map(drop),
            "total" => total(json, found),
            _ => sources.command(json, found),
        });
        sources.add_to(found);
        outcome.map(drop)
    })
}

/// What all commands say about each source file.
#[derive(Default)]
struct Sources(BTreeMap<String, Source>);

struct Source {
    place: Place,
    lines: Vec<Option<u32>>,
    records: Records,
}

impl Sources {
    fn command<R: BufRead>(&mut self, json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
        json.object(|json, key| match key {
            "coverage" => self.all(json, found),
            _ => json.skip(),
        })
        .map(drop)
    }

    fn all<R: BufRead>(&mut self, json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
        json.object(|json, path| {
            let place = json.place();
            let (mut lines, mut records) = (Vec::new(), Records::default());
            source(json, found, &mut lines, &mut records)?;
            self.add(path, Source { place, lines, records });
            Ok(())
        })
        .map(drop)
    }

    /// A file as the older gem writes it.
    fn listed<R: BufRead>(&mut self, json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
        let (place, mut path) = (json.place(), String::new());
        let (mut lines, mut records) = (Vec::new(), Records::default());
        json.object(|json, key| match key {
            "filename" => text(json).map(|name| path = name),
            "coverage" => source(json, found, &mut lines, &mut records),
            _ => json.skip(),
        })?;
        self.add(&path, Source { place, lines, records });
        Ok(())
    }

    fn add(&mut self, path: &str, source: Source) {
        match self.0.get_mut(path) {
            Some(known) => known.unite(source),
            None => drop(self.0.insert(path.to_owned(), source)),
        }
    }

    fn add_to(self, found: &mut Found) {
        for (path, mut source) in self.0 {
            for (line, hits) in (1_u32..).zip(source.lines) {
                if let Some(hits) = hits {
                    source.records.add_line(line, hits);
                }
            }
            found.add(&path, source.place, source.records);
        }
    }
}

impl Source {
    fn unite(&mut self, other: Self) {
        if self.lines.len() < other.lines.len() {
            self.lines.resize(other.lines.len(), None);
        }
        let others = other.lines.into_iter().chain(std::iter::repeat(None));
        for (line, other) in self.lines.iter_mut().zip(others) {
            *line = match (*line, other) {
                (Some(left), Some(right)) => Some(left.saturating_add(right)),
                (left, right) => left.or(right).filter(|hits| *hits > 0),
            };
        }
        self.records.absorb(other.records);
    }
}

/// A list of lines, or an object that holds one.
fn source<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    all: &mut Vec<Option<u32>>,
    records: &mut Records,
) -> Result<(), Stop> {
    if json.kind()? == Kind::List {
        return lines(json, found, all);
    }
    json.object(|json, key| match key {
        "lines" => lines(json, found, all),
        "branches" => branches(json, found, records),
        "methods" => methods(json, found, records),
        _ => json.skip(),
    })
    .map(drop)
}

fn lines<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    all: &mut Vec<Option<u32>>,
) -> Result<(), Stop> {
    json.list(|json| {
        let hits = match json.kind()? {
            Kind::Text => json.skip().map(|()| None)?,
            _ => found.hits(json)?,
        };
        all.push(hits);
        Ok(())
    })
    .map(drop)
}

/// In a resultset by condition (`[:if, 0, 3, 4, 3, 20]`) and branch, where the third part is the line; in the JSON
/// formatter's file a list.
fn branches<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    if json.kind()? == Kind::List {
        return json.list(|json| listed_branch(json, found, records)).map(drop);
    }
    json.object(|json, condition| {
        let place = json.place();
        let line = condition.split(',').nth(2).unwrap_or_default();
        let Some(line) = found.line_of(line, place) else { return json.skip() };
        json.object(|json, branch| {
            let hits = found.hits(json)?.unwrap_or(0);
            records.add_branch(line, &format!("simplecov\t{condition}→{branch}"), hits > 0);
            Ok(())
        })
        .map(drop)
    })
    .map(drop)
}

fn listed_branch<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
) -> Result<(), Stop> {
    let place = json.place();
    let branch = json.value()?;
    let part = |key| branch.get(key).text().unwrap_or_default();
    if matches!(branch.get("coverage"), Value::Text(_) | Value::Null) {
        return Ok(());
    }
    if let Some(line) = found.line_of(part("start_line"), place) {
        let taken = found.hits_of(branch.get("coverage"), place) > 0;
        records.add_further_branch(
            line,
            &format!("simplecov-json\t{} to {}", part("type"), part("end_line")),
            taken,
        );
    }
    Ok(())
}

/// By `["Class", :name, line, column, end line, end column]`; in the JSON formatter's file a list.
fn methods<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    if json.kind()? == Kind::List {
        return json.list(|json| listed_method(json, found, records)).map(drop);
    }
    json.object(|json, name| {
        let hits = found.hits(json)?.unwrap_or(0);
        records.add_function(&format!("simplecov\t{name}"), hits > 0);
        Ok(())
    })
    .map(drop)
}

fn listed_method<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
) -> Result<(), Stop> {
    let place = json.place();
    let method = json.value()?;
    let part = |key| method.get(key).text().unwrap_or_default();
    if matches!(method.get("coverage"), Value::Text(_) | Value::Null) {
        return Ok(());
    }
    let name = format!("simplecov-json\t{}, {}", part("name"), part("start_line"));
    let ran = found.hits_of(method.get("coverage"), place) > 0;
    records.add_function(&name, ran);
    Ok(())
}

fn total<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    json.object(|json, key| {
        if key != "lines" {
            return json.skip();
        }
        found.claimed = Pair::named("covered", "total").read(json)?;
        Ok(())
    })
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    #[test]
    fn commands_are_united_as_simplecov_does() {
        let text = r#"{"unit": {"coverage": {"a.rb": [1, null, 0, 0, null, 0]}, "timestamp": 1.5},
            "rspec": {"coverage": {"a.rb": {"lines": [2, 0, 0, null, "ignored", 3, 1]}}}}"#;
        assert_eq!(shown(&read(text.as_bytes())), "measured\na.rb [(1, 3), (3, 0), (6, 3), (7, 1)]");
    }

    #[test]
    fn ignored_branches_and_methods_are_none() {
        let text = r#"{"coverage": {"a.rb": {"lines": [1], "branches": [
            {"type": "then", "start_line": 1, "end_line": 2, "coverage": "ignored"},
            {"type": "then", "start_line": 1, "end_line": 1, "coverage": 0},
            {"type": "then", "start_line": 1, "end_line": 1, "coverage": 4}],
            "methods": [{"name": "A#f", "start_line": 1, "coverage": 2}, {"name": "A#g", "coverage": "ignored"}]}},
            "total": {"lines": {"covered": 1, "total": 9}}}"#;
        insta::assert_snapshot!(shown(&read(text.as_bytes())), @r"
        measured
        a.rb [(1, 1)] branches 1/2 functions 1/1
        warning the report states 1 of 9 lines covered, its records hold 1 of 1 lines; the records count
        ");
    }
}
