//! One JSON document per line, as event streams are written, with other output between them.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use super::cursor::Cursor;
use super::fault::{Blemishes, Fault};
use super::value::Value;
use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::evidence::tally::Tally;
use crate::model::input::{InputState, Problem};

/// Longest line that is read; what is longer is passed over.
const LINE: u64 = 8 << 20;

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
    source: R,
    /// 1-based, of the line that was read last.
    line: u64,
    /// The stream is written as one list that is not closed yet.
    list: bool,
    waiting: VecDeque<Line>,
    broken: Tally,
    long: Tally,
    blemishes: Vec<Blemishes>,
}

impl<R: BufRead> Lines<R> {
    /// At the beginning of `source`, which is valid UTF-8.
    pub fn new(source: R) -> Self {
        let (waiting, blemishes) = (VecDeque::new(), Vec::new());
        Self {
            source,
            line: 0,
            list: false,
            waiting,
            broken: Tally::default(),
            long: Tally::default(),
            blemishes,
        }
    }

    /// The 1-based line of what was returned last.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next document or text, or `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<Line>, Stop> {
        loop {
            if let Some(line) = self.waiting.pop_front() {
                return Ok(Some(line));
            }
            let Some((text, whole)) = self.read()? else {
                let end = Place { line: self.line + 1, column: 1 };
                return if self.list { Err(Fault::Cut.at(end)) } else { Ok(None) };
            };
            if let Some(text) = text {
                self.take_apart(&text, whole)?;
            }
        }
    }

    /// Warnings so far, in order of place.
    pub fn problems(&self) -> Vec<Problem> {
        let broken = self
            .broken
            .warning(|count| format!("{count} lines are not readable as JSON, the first one here; left out"));
        let long = self.long.warning(|count| {
            format!("{count} lines are longer than {LINE} bytes, the first one here; left out")
        });
        let blemishes = self.blemishes.iter().flat_map(Blemishes::problems);
        let mut problems: Vec<Problem> = broken.into_iter().chain(long).chain(blemishes).collect();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    /// The next line and whether it has a line feed; no text when it is too long. `None` at the end.
    fn read(&mut self) -> Result<Option<(Option<String>, bool)>, Stop> {
        let mut bytes = Vec::new();
        let failed = |line: u64| move |error: std::io::Error| Stop::from_io(&error, line, 1);
        let at = self.line + 1;
        self.source.by_ref().take(LINE).read_until(b'\n', &mut bytes).map_err(failed(at))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.line = at;
        let whole = bytes.last() == Some(&b'\n');
        if !whole && bytes.len() as u64 == LINE {
            self.long.add(|| Place { line: at, column: 1 });
            self.source.skip_until(b'\n').map_err(failed(at))?;
            return Ok(Some((None, true)));
        }
        let text =
            String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        Ok(Some((Some(text), whole)))
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
        let mut cursor = Cursor::starting_at(content.as_bytes(), Place { line: self.line, column: 1 });
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
                        let (line, column) = (place.0.unwrap_or(self.line), place.1.unwrap_or(1));
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
