//! A cursor that walks over one JSON document, value by value.

use std::io::{BufRead, ErrorKind};

use memchr::{memchr_iter, memrchr};

use super::fault::{Blemish, Blemishes, Fault, MAX_DEPTH};
use super::string::{Kept, Pieces};
use super::value::Value;
use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// Deepest nesting that callers walk, as they do by calling themselves.
pub(super) const WALKED_DEPTH: usize = 128;
/// Longest key that is kept, in bytes; paths and signatures stand as keys.
const KEY: usize = 64 << 10;
/// Longest string that a [`Value`] keeps, in bytes.
const STRING: usize = 16 << 10;
/// Most values that one record keeps.
const VALUES: usize = 1 << 16;
/// Deepest nesting that one record keeps.
const RECORD_DEPTH: usize = 24;
/// Longest number that is kept; longer ones have no use.
const NUMBER: usize = 64;

/// Walks over one JSON document of any size in the memory of one record.
#[derive(Debug)]
pub struct Cursor<R> {
    source: R,
    place: Place,
    depth: usize,
    blemishes: Blemishes,
    /// Whether `NaN` and infinities are values, as some writers have them.
    words: bool,
}

impl<R: BufRead> Cursor<R> {
    /// At the beginning of `source`, which is valid UTF-8.
    pub fn new(source: R) -> Self {
        Self::starting_at(source, Place::START)
    }

    /// At the beginning of `source`, which begins at `place` of the file.
    pub fn starting_at(source: R, place: Place) -> Self {
        Self { source, place, depth: 0, blemishes: Blemishes::default(), words: false }
    }

    /// Takes bare `NaN` and infinities, which are no JSON, for texts, so that they cost no more than themselves.
    #[must_use]
    pub fn allowing_words(self) -> Self {
        Self { words: true, ..self }
    }

    /// The place of the next byte.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Warnings so far, in order of place.
    pub fn problems(&self) -> Vec<Problem> {
        self.blemishes.problems()
    }

    pub(super) fn blemishes(&self) -> &Blemishes {
        &self.blemishes
    }

    /// Calls `each` with every key of the object that comes next; `each` takes exactly one value.
    /// Any other value is passed over, and the answer is false.
    pub fn object(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Result<(), Stop>,
    ) -> Result<bool, Stop> {
        if self.peek()? != b'{' {
            return self.skip().map(|()| false);
        }
        self.enter(WALKED_DEPTH)?;
        let mut first = true;
        while let Some(key) = self.next_key(&mut first)? {
            each(self, &key)?;
        }
        Ok(true)
    }

    /// Calls `each` before every element of the list that comes next; `each` takes exactly one value.
    /// Any other value is passed over, and the answer is false.
    pub fn list(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), Stop>) -> Result<bool, Stop> {
        if self.peek()? != b'[' {
            return self.skip().map(|()| false);
        }
        self.enter(WALKED_DEPTH)?;
        let mut first = true;
        while self.next_element(&mut first)? {
            each(self)?;
        }
        Ok(true)
    }

    /// The value that comes next, as a record: what is beyond the limits of a record is left out, with a warning.
    pub fn value(&mut self) -> Result<Value, Stop> {
        let mut budget = VALUES;
        Ok(self.build(RECORD_DEPTH, &mut budget)?.unwrap_or_default())
    }

    /// The string or number that comes next as text; any other value is passed over.
    pub fn text(&mut self) -> Result<Option<String>, Stop> {
        Ok(self.value()?.text().map(str::to_owned))
    }

    /// Passes over text before the document, such as what `npm` prints before a reporter does.
    pub fn find_document(&mut self) -> Result<(), Stop> {
        while !matches!(self.peek()?, b'{' | b'[') {
            let place = self.place;
            self.blemishes.add(Blemish::TextOutside, place);
            self.skip_line()?;
        }
        Ok(())
    }

    /// To be called behind the document: text that follows is left out with a warning, another document is refused.
    pub fn end(&mut self) -> Result<(), Stop> {
        while let Some(byte) = self.peek_or_end()? {
            let place = self.place;
            if matches!(byte, b'{' | b'[') {
                return Err(Fault::SecondDocument.at(place));
            }
            self.blemishes.add(Blemish::TextOutside, place);
            self.skip_line()?;
        }
        Ok(())
    }

    /// The next byte that is not white space, which stays.
    pub(super) fn peek(&mut self) -> Result<u8, Stop> {
        match self.peek_or_end()? {
            Some(byte) => Ok(byte),
            None => Err(Fault::Cut.at(self.place)),
        }
    }

    pub(super) fn peek_or_end(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            let buffer = self.buffer()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let found = buffer.iter().position(|byte| !byte.is_ascii_whitespace());
            let next = found.and_then(|at| buffer.get(at).copied());
            let count = found.unwrap_or(buffer.len());
            self.consume(count);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// The next key of an object, or `None` behind its end.
    pub(super) fn next_key(&mut self, first: &mut bool) -> Result<Option<String>, Stop> {
        if !self.next_member(first, b'}', "`,` or `}`")? {
            return Ok(None);
        }
        if self.peek()? != b'"' {
            return Err(self.unexpected("a key in quotes"));
        }
        let key = self.string(KEY)?;
        if self.peek()? != b':' {
            return Err(self.unexpected("`:`"));
        }
        self.consume(1);
        Ok(Some(key))
    }

    /// Whether the list goes on.
    pub(super) fn next_element(&mut self, first: &mut bool) -> Result<bool, Stop> {
        self.next_member(first, b']', "`,` or `]`")
    }

    fn next_member(&mut self, first: &mut bool, closing: u8, expected: &'static str) -> Result<bool, Stop> {
        let byte = self.peek()?;
        let begins = std::mem::replace(first, false);
        if byte == closing {
            self.leave();
            return Ok(false);
        }
        if begins {
            return Ok(true);
        }
        if byte != b',' {
            return Err(self.unexpected(expected));
        }
        self.consume(1);
        if self.peek()? == closing {
            return Err(self.unexpected("a value behind `,`"));
        }
        Ok(true)
    }

    /// Goes into the object or list that comes next, no deeper than `limit`.
    pub(super) fn enter(&mut self, limit: usize) -> Result<(), Stop> {
        if self.depth >= limit {
            return Err(Fault::Depth(limit).at(self.place));
        }
        self.depth += 1;
        self.consume(1);
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.consume(1);
    }

    /// The value that comes next; `None` when it is beyond the limits, and passed over.
    fn build(&mut self, depth: usize, budget: &mut usize) -> Result<Option<Value>, Stop> {
        let byte = self.peek()?;
        if *budget == 0 || (depth == 0 && matches!(byte, b'{' | b'[')) {
            let place = self.place;
            self.blemishes.add(Blemish::Shortened, place);
            return self.skip().map(|()| None);
        }
        *budget -= 1;
        let value = match byte {
            b'{' => self.build_object(depth, budget)?,
            b'[' => self.build_list(depth, budget)?,
            b'"' => Value::Text(self.string(STRING)?),
            _ => self.scalar()?,
        };
        Ok(Some(value))
    }

    fn build_object(&mut self, depth: usize, budget: &mut usize) -> Result<Value, Stop> {
        self.enter(MAX_DEPTH)?;
        let (mut first, mut members) = (true, Vec::new());
        while let Some(key) = self.next_key(&mut first)? {
            if let Some(value) = self.build(depth - 1, budget)? {
                members.push((key, value));
            }
        }
        Ok(Value::Object(members))
    }

    fn build_list(&mut self, depth: usize, budget: &mut usize) -> Result<Value, Stop> {
        self.enter(MAX_DEPTH)?;
        let (mut first, mut elements) = (true, Vec::new());
        while self.next_element(&mut first)? {
            elements.extend(self.build(depth - 1, budget)?);
        }
        Ok(Value::List(elements))
    }

    /// The string that comes next, its first `limit` bytes; the quote is peeked already.
    pub(super) fn string(&mut self, limit: usize) -> Result<String, Stop> {
        self.consume(1);
        let mut kept = Kept::new(limit);
        let mut pieces = Pieces::default();
        loop {
            let place = self.place;
            let buffer = self.buffer()?;
            if buffer.is_empty() {
                return Err(Fault::Cut.at(self.place));
            }
            let step = pieces.step(buffer, &mut kept);
            self.consume(step.consumed);
            if step.odd {
                self.blemishes.add(Blemish::Escape, place);
            }
            if step.ended {
                return Ok(kept.into_string());
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    pub(super) fn scalar(&mut self) -> Result<Value, Stop> {
        let mut word = String::new();
        while let Some(byte) = self.buffer()?.first().copied() {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')) {
                break;
            }
            if word.len() < NUMBER {
                word.push(char::from(byte));
            }
            self.consume(1);
        }
        let ended = self.buffer()?.is_empty();
        let loose = || (self.words && is_no_number(&word)).then(|| Value::Text(word.clone()));
        match Value::from_word(&word).or_else(loose) {
            Some(value) if !ended || self.depth == 0 => Ok(value),
            _ if ended => Err(Fault::Cut.at(self.place)),
            _ if word.is_empty() => Err(self.unexpected("a value")),
            _ => Err(Fault::Unexpected { expected: "a value", found: word.chars().next().unwrap_or(' ') }
                .at(self.place_before(word.len()))),
        }
    }

    fn place_before(&self, columns: usize) -> Place {
        Place { line: self.place.line, column: self.place.column.saturating_sub(columns as u64).max(1) }
    }

    /// The fault that something else than `expected` comes next.
    fn unexpected(&mut self, expected: &'static str) -> Stop {
        let place = self.place;
        match self.buffer() {
            Ok(buffer) => {
                let found = buffer.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
                Fault::Unexpected { expected, found: found.unwrap_or(char::REPLACEMENT_CHARACTER) }.at(place)
            }
            Err(stop) => stop,
        }
    }

    fn skip_line(&mut self) -> Result<(), Stop> {
        loop {
            let buffer = self.buffer()?;
            let end = memchr::memchr(b'\n', buffer);
            let count = end.map_or(buffer.len(), |at| at + 1);
            self.consume(count);
            if end.is_some() || count == 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn buffer(&mut self) -> Result<&[u8], Stop> {
        let place = self.place;
        loop {
            match self.source.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Stop::from_io(&error, place.line, place.column)),
            }
        }
        self.source.fill_buf().map_err(|error| Stop::from_io(&error, place.line, place.column))
    }

    pub(super) fn consume(&mut self, count: usize) {
        let Ok(buffer) = self.source.fill_buf() else { return };
        let passed = buffer.get(..count).unwrap_or(buffer);
        if let Some(last) = memrchr(b'\n', passed) {
            self.place.line += memchr_iter(b'\n', passed).count() as u64;
            self.place.column = 1 + characters(passed.get(last + 1..).unwrap_or_default());
        } else {
            self.place.column += characters(passed);
        }
        self.source.consume(count);
    }
}

/// How printers of floating-point numbers write what is none.
fn is_no_number(word: &str) -> bool {
    matches!(word.trim_start_matches(['-', '+']).to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity")
}

/// Characters of valid UTF-8: every byte that does not continue one.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<Value, String> {
        let mut cursor = Cursor::new(text.as_bytes());
        let value = cursor.value().and_then(|value| cursor.end().map(|()| value));
        value.map_err(|stop| {
            let place = stop.problem.line.zip(stop.problem.column).unwrap();
            format!("{} {}:{} {}", stop.state.name(), place.0, place.1, stop.problem.message)
        })
    }

    fn text(json: &str) -> String {
        value(json).unwrap().text().unwrap().to_owned()
    }

    #[test]
    fn strings_are_unescaped_and_halves_of_pairs_replaced() {
        assert_eq!(text(r#""a\"\\\/\b\f\n\r\t\u00e9""#), "a\"\\/\u{8}\u{c}\n\r\té");
        assert_eq!(text(r#""\ud83d\ude00""#), "😀");
        assert_eq!(text(r#""\ud83d""#), "\u{fffd}");
        assert_eq!(text(r#""\ude00x\ud83d\ud83d\ude00\n""#), "\u{fffd}x\u{fffd}😀\n");
        assert_eq!(text(r#""C:\Users\u12""#), "C:\\Users\u{fffd}");
    }

    #[test]
    fn what_is_no_number_is_a_text_where_it_is_allowed() {
        let mut cursor = Cursor::new(&b"[NaN, -Infinity, 1]"[..]).allowing_words();
        let texts: Vec<_> =
            cursor.value().unwrap().list().iter().map(|v| v.text().unwrap().to_owned()).collect();
        assert_eq!(texts, ["NaN", "-Infinity", "1"]);
        assert!(Cursor::new(&b"[nil]"[..]).allowing_words().value().is_err());
    }

    #[test]
    fn long_strings_are_cut_between_characters() {
        let long = text(&format!("\"{}\"", "é".repeat(10_000)));
        assert_eq!(long, "é".repeat(8 << 10));
        let odd = text(&format!("\"x{}\"", "é".repeat(10_000)));
        assert_eq!(odd.len(), (16 << 10) - 1);
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let broken = [
            ("{\"a\": 1,}", "invalid 1:9 expected a value behind `,` in JSON, found `}`"),
            ("[1\n 2]", "invalid 2:2 expected `,` or `]` in JSON, found `2`"),
            ("{\"é\" 1}", "invalid 1:6 expected `:` in JSON, found `1`"),
            ("{1: 2}", "invalid 1:2 expected a key in quotes in JSON, found `1`"),
            ("[NaN]", "invalid 1:2 expected a value in JSON, found `N`"),
            ("[1.2.3]", "invalid 1:2 expected a value in JSON, found `1`"),
            (
                "{} {",
                "invalid 1:4 another JSON document begins behind the first one; write one document per file",
            ),
            ("[\"a", "incomplete 1:4 the file ends inside of a JSON value; it was cut short"),
            ("{\"a\": tr", "incomplete 1:9 the file ends inside of a JSON value; it was cut short"),
            ("", "incomplete 1:1 the file ends inside of a JSON value; it was cut short"),
        ];
        for (json, expected) in broken {
            assert_eq!(value(json), Err(expected.to_owned()), "{json}");
        }
    }

    #[test]
    fn records_are_bounded_in_depth_and_in_size() {
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(500), "]".repeat(500));
        let wide = format!("[{}0]", "0,".repeat(100_000));
        for json in [deep, wide] {
            let mut cursor = Cursor::new(json.as_bytes());
            let record = cursor.value().unwrap();
            assert!(record.list().len() < VALUES);
            assert!(cursor.problems()[0].message.starts_with("a record is too large"));
            assert_eq!(cursor.peek_or_end(), Ok(None));
        }
    }

    #[test]
    fn walking_too_deep_is_a_fault() {
        let deep = "[".repeat(2000);
        assert_eq!(Cursor::new(deep.as_bytes()).skip().unwrap_err().problem.column, Some(1001));
    }
}
