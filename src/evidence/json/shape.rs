//! Which keys stand where at the beginning of a JSON document; the beginning may be cut anywhere.

use std::collections::HashSet;
use std::io::BufRead;

use super::cursor::Cursor;
use super::lines::{Line, Lines};
use super::value::Value;
use crate::evidence::reading::Stop;

/// Deepest path that is noted.
const DEPTH: usize = 8;
/// Most paths that are noted.
const PATHS: usize = 4000;
/// Lines that are looked at in a stream of events.
const LINES: usize = 200;

/// What the beginning of a JSON document, or of a stream of them, holds. Empty for any other text.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Paths of keys: `results.tests[].name`.
    paths: HashSet<String>,
    records: Vec<Value>,
}

impl Shape {
    /// The shape of what begins with `head`.
    pub fn of(head: &str) -> Self {
        let mut shape = Self::default();
        if head.trim_start().starts_with('<') {
            return shape;
        }
        let begins = |line: &str| line.trim_start().starts_with(['{', '[']);
        // Reporters that write to standard output often have lines of other tools before them.
        let before = head.split_inclusive('\n').take(LINES).take_while(|line| !begins(line));
        let at = before.map(str::len).sum();
        let Some(document) = head.get(at..).filter(|rest| begins(rest)) else { return shape };
        let mut cursor = Cursor::new(document.as_bytes());
        // A fault is no matter: the shape up to it counts.
        let _ = shape.walk(&mut cursor, "", DEPTH);
        shape.records = first_records(document);
        shape
    }

    /// The first documents of a stream with one document per line.
    pub fn records(&self) -> &[Value] {
        &self.records
    }

    /// Whether the document holds a value at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether the document holds a value at a path that begins and ends like this, with a key between.
    pub fn has_between(&self, start: &str, end: &str) -> bool {
        let is_between = |path: &String| {
            path.len() > start.len() + end.len() && path.starts_with(start) && path.ends_with(end)
        };
        self.paths.iter().any(is_between)
    }

    /// Whether the document holds values at all of `paths`.
    pub fn has_all(&self, paths: &[&str]) -> bool {
        paths.iter().all(|path| self.has(path))
    }

    fn walk<R: BufRead>(&mut self, cursor: &mut Cursor<R>, path: &str, depth: usize) -> Result<(), Stop> {
        if depth == 0 || self.paths.len() > PATHS {
            return cursor.skip();
        }
        match cursor.peek()? {
            b'{' => cursor.object(|cursor, key| {
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                if !self.has(&path) {
                    self.paths.insert(path.clone());
                }
                self.walk(cursor, &path, depth - 1)
            })?,
            b'[' => cursor.list(|cursor| self.walk(cursor, &format!("{path}[]"), depth - 1))?,
            _ => cursor.skip().map(|()| false)?,
        };
        Ok(())
    }
}

/// The first documents that stand on lines of their own.
fn first_records(head: &str) -> Vec<Value> {
    let mut lines = Lines::new(head.as_bytes());
    let mut records = Vec::new();
    for _ in 0..LINES {
        match lines.next_line() {
            Ok(Some(Line::Record(record))) => records.push(record),
            Ok(Some(Line::Text(_))) => {}
            Ok(None) | Err(_) => break,
        }
    }
    records
}
