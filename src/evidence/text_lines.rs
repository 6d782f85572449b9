//! Lines of a text, one at a time and none of them unbounded.

use std::io::{BufRead, Read};

use super::bytes::Place;
use super::reading::Stop;
use super::tally::Tally;
use crate::model::input::Problem;

/// Longest line that is read, in bytes; what is longer is left out.
const LONGEST: u64 = 8 << 20;

/// One line without its line feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// What stands on it.
    pub text: String,
    /// Whether a line feed ends it; only the last line of a file may lack it.
    pub whole: bool,
}

/// Reads lines in the memory of one.
#[derive(Debug)]
pub struct TextLines<R> {
    source: R,
    number: u64,
    long: Tally,
}

impl<R: BufRead> TextLines<R> {
    /// At the beginning of `source`, which is valid UTF-8.
    pub fn new(source: R) -> Self {
        Self { source, number: 0, long: Tally::default() }
    }

    /// The 1-based number of the line that was read last.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line, or `None` at the end.
    pub fn next_line(&mut self) -> Result<Option<TextLine>, Stop> {
        loop {
            let mut bytes = Vec::new();
            let at = self.number + 1;
            let failed = |error: std::io::Error| Stop::from_io(&error, at, 1);
            self.source.by_ref().take(LONGEST).read_until(b'\n', &mut bytes).map_err(failed)?;
            if bytes.is_empty() {
                return Ok(None);
            }
            self.number = at;
            let whole = bytes.last() == Some(&b'\n');
            if whole || (bytes.len() as u64) < LONGEST {
                return Ok(Some(TextLine { text: text_of(bytes), whole }));
            }
            self.long.add(|| Place { line: at, column: 1 });
            self.source.skip_until(b'\n').map_err(failed)?;
        }
    }

    /// Warnings so far.
    pub fn problems(&self) -> Vec<Problem> {
        let message =
            |count| format!("{count} lines are longer than {LONGEST} bytes, the first one here; left out");
        self.long.warning(message).into_iter().collect()
    }
}

fn text_of(mut bytes: Vec<u8>) -> String {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_without_their_ends_and_long_ones_are_told() {
        let long = "x".repeat(9 << 20);
        let text = format!("a\r\n{long}\n\nb");
        let mut lines = TextLines::new(text.as_bytes());
        let mut seen = Vec::new();
        while let Some(line) = lines.next_line().unwrap() {
            seen.push((lines.number(), line.text, line.whole));
        }
        assert_eq!(seen, [(1, "a".to_owned(), true), (3, String::new(), true), (4, "b".to_owned(), false)]);
        let problems = lines.problems();
        assert_eq!(problems[0].line, Some(2));
        assert_eq!(
            problems[0].message,
            "1 lines are longer than 8388608 bytes, the first one here; left out"
        );
    }
}
