//! Records of comma-separated values, one at a time: quotes, line ends in quotes, any one-character delimiter.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// Largest record, in bytes.
const LONGEST: usize = 1 << 20;

/// Reads records in the memory of one.
#[derive(Debug)]
pub(super) struct Records<R> {
    source: R,
    delimiter: u8,
    line: u64,
    next: u64,
    record: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    /// At the beginning of `source`, which is valid UTF-8.
    pub(super) fn new(source: R, delimiter: u8) -> Self {
        Self { source, delimiter, line: 1, next: 1, record: Vec::new() }
    }

    /// Where the last record begins.
    pub(super) fn place(&self) -> Place {
        Place { line: self.line, column: 1 }
    }

    /// Goes to the next record that is not blank; false at the end. A record that the end of the file cuts inside
    /// of quotes is an error, as is one that is too long.
    pub(super) fn advance(&mut self) -> Result<bool, Stop> {
        loop {
            self.record.clear();
            self.line = self.next;
            let mut quoted = false;
            loop {
                let before = self.record.len();
                let room = (LONGEST - before.min(LONGEST)) as u64 + 1;
                let read = self.source.by_ref().take(room).read_until(b'\n', &mut self.record);
                read.map_err(|error| Stop::from_io(&error, self.line, 1))?;
                let new = self.record.get(before..).unwrap_or_default();
                quoted ^= memchr::memchr_iter(b'"', new).count() % 2 == 1;
                self.next += u64::from(new.last() == Some(&b'\n'));
                if self.record.len() > LONGEST {
                    let message =
                        format!("a record longer than {LONGEST} bytes; is a quote left open before?");
                    return Err(Stop::invalid(Problem::error(message).at(self.line, 1)));
                }
                if new.is_empty() && quoted {
                    let message = "the file ends inside of quotes; it was cut short";
                    return Err(Stop::incomplete(Problem::error(message).at(self.line, 1)));
                }
                if new.is_empty() || !quoted {
                    break;
                }
            }
            if self.record.is_empty() {
                return Ok(false);
            }
            if !self.text().trim().is_empty() {
                return Ok(true);
            }
        }
    }

    /// Whether a line end stands behind the last record; only the last one of a cut file may lack it.
    pub(super) fn is_whole(&self) -> bool {
        self.record.last() == Some(&b'\n')
    }

    /// The fields of the last record.
    pub(super) fn fields(&self) -> Fields<'_> {
        Fields { rest: Some(self.text()), delimiter: char::from(self.delimiter) }
    }

    fn text(&self) -> &str {
        // The source is valid UTF-8 and lines end between characters.
        std::str::from_utf8(&self.record).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

/// The fields of one record, in order.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    rest: Option<&'a str>,
    delimiter: char,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let rest = self.rest?;
        let Some(quoted) = rest.strip_prefix('"') else {
            let (field, rest) = rest.split_once(self.delimiter).map_or((rest, None), |(f, r)| (f, Some(r)));
            self.rest = rest;
            return Some(Cow::Borrowed(field));
        };
        let mut from = 0;
        let end = loop {
            let ahead = quoted.get(from..).unwrap_or_default();
            let Some(at) = ahead.find('"') else { break quoted.len() };
            if !ahead.get(at + 1..).is_some_and(|behind| behind.starts_with('"')) {
                break from + at;
            }
            from += at + 2;
        };
        let field = quoted.get(..end).unwrap_or_default();
        let behind = quoted.get(end + 1..).unwrap_or_default();
        self.rest = behind.split_once(self.delimiter).map(|(_, rest)| rest);
        Some(if from == 0 { Cow::Borrowed(field) } else { Cow::Owned(field.replace("\"\"", "\"")) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_delimiters_quotes_and_line_ends_in_quotes() {
        let text = "a,\"b,\"\"c\"\"\n d\",,e\r\n\n1;2\n";
        let mut records = Records::new(text.as_bytes(), b',');
        assert!(records.advance().unwrap());
        assert_eq!(records.fields().collect::<Vec<_>>(), ["a", "b,\"c\"\n d", "", "e"]);
        assert!(records.advance().unwrap());
        assert_eq!((records.place().line, records.fields().count()), (4, 1));
        assert!(!records.advance().unwrap());
    }

    #[test]
    fn open_quotes_are_bounded() {
        let mut cut = Records::new(&b"a,\"b"[..], b',');
        assert!(cut.advance().unwrap_err().problem.message.contains("cut short"));
        let long = format!("\"{}", "x\n".repeat(1 << 20));
        let mut records = Records::new(long.as_bytes(), b',');
        assert!(records.advance().unwrap_err().problem.message.contains("longer than"));
    }
}
