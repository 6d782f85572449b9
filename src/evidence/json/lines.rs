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
use crate::model::order;

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
    source: TextLines<R>,
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
        Self { source: TextLines::new(source), list: false, waiting, broken: Tally::default(), blemishes }
    }

    /// The 1-based line of what was returned last.
    pub fn line(&self) -> u64 {
        self.source.number()
    }

    /// The next document or text, or `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<Line>, Stop> {
        loop {
            if let Some(line) = self.waiting.pop_front() {
                return Ok(Some(line));
            }
            let Some(line) = self.source.next_line()? else {
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
            broken.into_iter().chain(self.source.problems()).chain(blemishes).collect();
        order::sort_by_key(&mut problems, Problem::place);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> String {
        let mut lines = Lines::new(text.as_bytes());
        let mut out = Vec::new();
        loop {
            match lines.next_line() {
                Ok(None) => break,
                Ok(Some(Line::Text(text))) => out.push(format!("{} text {text}", lines.line())),
                Ok(Some(Line::Record(value))) => {
                    let name = value.text_of("a").unwrap_or_default();
                    out.push(format!("{} record {name}", lines.line()));
                }
                Err(stop) => {
                    out.push(format!("{} {}", stop.state.name(), stop.problem.line.unwrap()));
                    break;
                }
            }
        }
        out.extend(lines.problems().into_iter().map(|problem| problem.message));
        out.join("; ")
    }

    #[test]
    fn records_stand_between_other_output() {
        assert_eq!(
            view("go: x\n\n{\"a\":1}\r\n{\"a\":2}{\"a\":3}"),
            "1 text go: x; 3 record 1; 4 record 2; 4 record 3"
        );
    }

    #[test]
    fn a_list_of_records_is_a_stream_too() {
        assert_eq!(view("[{\"a\":1},\n{\"a\":2}\n,{\"a\":3}]\n"), "1 record 1; 2 record 2; 3 record 3");
        assert_eq!(view("[\n{\"a\":1}\n]"), "2 record 1");
        assert_eq!(view("[\n{\"a\":1},\n"), "2 record 1; incomplete 3");
    }

    #[test]
    fn only_the_last_line_can_be_cut() {
        assert_eq!(
            view("{\"a\":1\n{\"a\":2}\n{\"a\""),
            "2 record 2; incomplete 3; 1 lines are not readable as JSON, the first one here; left out"
        );
    }
}
