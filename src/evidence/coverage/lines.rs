//! Lines of a text, as bytes and without copying those that lie whole in the buffer.

use std::io::{self, BufRead};

use memchr::memchr;

use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// The longest line that is read. Names of C++ template instances reach hundreds of kilobytes.
pub(super) const MAX_LINE: usize = 16 << 20;

/// One line without its line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a [u8],
    /// 1-based.
    pub(super) number: u64,
    /// Nothing follows, not even a line end.
    pub(super) is_open: bool,
}

/// Who takes lines in.
pub(super) trait Take {
    /// Takes the lines in that `ahead` begins with, as long as it can tell where they end faster than a search for their
    /// ends would. `number` is the 1-based number of the first one.
    fn ahead(&mut self, _ahead: &[u8], _number: u64) -> Taken {
        Taken::default()
    }

    /// Takes in a line.
    fn line(&mut self, line: Line<'_>);
}

/// How much was taken in ahead.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    /// With the line ends.
    pub(super) bytes: usize,
    pub(super) lines: u64,
}

impl<F: FnMut(Line<'_>)> Take for F {
    fn line(&mut self, line: Line<'_>) {
        self(line);
    }
}

/// Hands every line of `source` to `each`.
pub(super) fn for_each(source: impl BufRead, each: impl FnMut(Line<'_>)) -> Result<(), Stop> {
    let mut each = each;
    take_all(source, &mut each)
}

/// Hands every line of `source` to `taker`.
pub(super) fn take_all(source: impl BufRead, taker: &mut impl Take) -> Result<(), Stop> {
    let mut lines = Lines { source, number: 0, carried: Vec::new() };
    while lines.next_buffer(taker)? {}
    if !lines.carried.is_empty() {
        taker.line(Line { text: &lines.carried, number: lines.number + 1, is_open: true });
    }
    Ok(())
}

struct Lines<R> {
    source: R,
    /// Of the last whole line.
    number: u64,
    /// The beginning of a line whose end is in a later buffer.
    carried: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// Goes through one buffer; false at the end of the source.
    fn next_buffer(&mut self, taker: &mut impl Take) -> Result<bool, Stop> {
        let buffer = match self.source.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(true),
            Err(error) => return Err(Stop::from_io(&error, self.number + 1, 1)),
        };
        let (length, mut rest) = (buffer.len(), buffer);
        loop {
            if self.carried.is_empty() {
                let Taken { bytes, lines } = taker.ahead(rest, self.number + 1);
                self.number += lines;
                rest = rest.get(bytes..).unwrap_or_default();
            }
            let line = memchr(b'\n', rest).and_then(|end| rest.split_at_checked(end));
            let Some((text, after)) = line else { break };
            self.number += 1;
            if self.carried.is_empty() {
                taker.line(Line { text, number: self.number, is_open: false });
            } else {
                self.carried.extend_from_slice(text);
                taker.line(Line { text: &self.carried, number: self.number, is_open: false });
                self.carried.clear();
            }
            rest = after.get(1..).unwrap_or_default();
        }
        if self.carried.len() + rest.len() > MAX_LINE {
            return Err(too_long(self.number + 1));
        }
        self.carried.extend_from_slice(rest);
        self.source.consume(length);
        Ok(length > 0)
    }
}

fn too_long(number: u64) -> Stop {
    let megabytes = MAX_LINE >> 20;
    let message = format!("this line is longer than {megabytes} MiB, which no line of a coverage report is");
    Stop::invalid(Problem::error(message).at(number, 1))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn collected(text: &str, buffer: usize) -> Vec<(u64, String, bool)> {
        let mut all = Vec::new();
        let source = BufReader::with_capacity(buffer, text.as_bytes());
        for_each(source, |line| {
            all.push((line.number, String::from_utf8(line.text.to_vec()).unwrap(), line.is_open));
        })
        .unwrap();
        all
    }

    #[test]
    fn the_size_of_buffers_does_not_matter() {
        let text = "one\n\nthree is longer\nfour";
        let whole = collected(text, 1000);
        assert_eq!(whole.len(), 4);
        assert_eq!(whole[2], (3, "three is longer".to_owned(), false));
        assert_eq!(whole[3], (4, "four".to_owned(), true));
        for buffer in 1..30 {
            assert_eq!(collected(text, buffer), whole, "{buffer}");
        }
        assert!(collected("", 4).is_empty());
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let endless = "x".repeat(MAX_LINE + 1);
        let stop = for_each(endless.as_bytes(), |_| {}).unwrap_err();
        assert_eq!(stop.problem.line, Some(1));
        assert!(stop.problem.message.contains("longer than 16 MiB"));
    }
}
