//! Which keys stand where at the beginning of a JSON document; the beginning may be cut anywhere.

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

/// The paths of keys in the beginning of a document: `results.tests[].name`.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    paths: Vec<String>,
}

impl Shape {
    /// The shape of one document, or `None` when `head` does not begin like one.
    pub fn of(head: &str) -> Option<Self> {
        let begins = |line: &str| line.trim_start().starts_with(['{', '[']);
        // Reporters that write to standard output often have lines of other tools before them.
        let at: usize =
            head.split_inclusive('\n').take(LINES).take_while(|line| !begins(line)).map(str::len).sum();
        let document = head.get(at..).filter(|rest| begins(rest))?;
        let mut shape = Self::default();
        let mut cursor = Cursor::new(document.as_bytes());
        // A fault is no matter: the shape up to it counts.
        let _ = shape.walk(&mut cursor, "", DEPTH);
        Some(shape)
    }

    /// Whether the document holds a value at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.paths.iter().any(|known| known == path)
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
                    self.paths.push(path.clone());
                }
                self.walk(cursor, &path, depth - 1)
            })?,
            b'[' => cursor.list(|cursor| self.walk(cursor, &format!("{path}[]"), depth - 1))?,
            _ => cursor.skip().map(|()| false)?,
        };
        Ok(())
    }
}

/// The first records of a stream of events in `head`; empty when it is none.
pub fn first_records(head: &str) -> Vec<Value> {
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
