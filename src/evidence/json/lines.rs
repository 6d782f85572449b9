//! One JSON document per line, as event streams are written, with other output between them.

use std::collections::VecDeque;
use std::io::BufRead;

use super::cursor::Cursor;
use super::fault::{Blemishes, Fault};
use super::value::Value;
use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::evidence::tally::Tally;
use crate::evidence::text_lines::TextLines;
use crate::model::input::{InputState, Problem};

/// One line, or one of several documents on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A document.
    Record(Value),
    /// Anything else that is not blank.
    Text(String),
}

/// Reads a stream of lines in the memory of one line.
#[derive(Debug)]
pub struct Lines<R> {
    lines: TextLines<R>,
    /// The stream is written as one list that is not closed yet.
    list: bool,
    waiting: VecDeque<Line>,
    broken: Tally,
    blemishes: Vec<Blemishes>,
}

impl<R: BufRead> Lines<R> {
    /// At the beginning of `source`, which is valid UTF-8.
    pub fn new(source: R) -> Self {
        let (waiting, blemishes) = (VecDeque::new(), Vec::new());
        Self { lines: TextLines::new(source), list: false, waiting, broken: Tally::default(), blemishes }
    }

    /// The 1-based line of what was returned last.
    pub fn line(&self) -> u64 {
        self.lines.number()
    }

    /// The next document or text, or `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<Line>, Stop> {
        loop {
            if let Some(line) = self.waiting.pop_front() {
                return Ok(Some(line));
            }
            let Some(line) = self.lines.next_line()? else {
                let end = Place { line: self.line() + 1, column: 1 };
                return if self.list { Err(Fault::Cut.at(end)) } else { Ok(None) };
            };
            self.take_apart(&line.text, line.whole)?;
        }
    }

    /// Warnings so far, in order of place.
    pub fn problems(&self) -> Vec<Problem> {
        let broken = self
            .broken
            .warning(|count| format!("{count} lines are not readable as JSON, the first one here; left out"));
        let blemishes = self.blemishes.iter().flat_map(Blemishes::problems);
        let mut problems: Vec<Problem> =
            broken.into_iter().chain(self.lines.problems()).chain(blemishes).collect();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    /// Puts what stands on one line into `waiting`.
    fn take_apart(&mut self, text: &str, whole: bool) -> Result<(), Stop> {
        let content = text.trim();
        // Some tools write their stream as one list: `[` first, a comma behind every event, `]` last.
        let opened = content.strip_prefix('[').filter(|rest| rest.is_empty() || rest.starts_with('{'));
        self.list |= opened.is_some();
        let content = opened.unwrap_or(content).trim_start_matches(',').trim_start();
        if content.is_empty() || content == "]" {
            self.list &= content.is_empty();
            return Ok(());
        }
        if !content.starts_with('{') {
            self.waiting.push_back(Line::Text(content.to_owned()));
            return Ok(());
        }
        let mut cursor = Cursor::starting_at(content.as_bytes(), Place { line: self.line(), column: 1 });
        while let Some(byte) = cursor.peek_or_end()? {
            match byte {
                b',' => cursor.consume(1),
                b']' => {
                    self.list = false;
                    cursor.consume(1);
                }
                _ => match cursor.value() {
                    Ok(value) => self.waiting.push_back(Line::Record(value)),
                    Err(stop) if stop.state == InputState::Incomplete && !whole => return Err(stop),
                    Err(stop) => {
                        let place = (stop.problem.line, stop.problem.column);
                        let (line, column) = (place.0.unwrap_or(self.line()), place.1.unwrap_or(1));
                        self.broken.add(|| Place { line, column });
                        break;
                    }
                },
            }
        }
        self.keep_problems(&cursor);
        Ok(())
    }

    /// Only the first lines with blemishes are told; a stream may have millions.
    fn keep_problems<S: BufRead>(&mut self, cursor: &Cursor<S>) {
        if !cursor.problems().is_empty() && self.blemishes.len() < 3 {
            self.blemishes.push(cursor.blemishes().clone());
        }
    }
}
