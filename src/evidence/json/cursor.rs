//! A cursor that walks over one JSON document, value by value.

use std::io::BufRead;

use super::fault::{Blemish, Blemishes, Fault};
use super::string::{Kept, Pieces};
use super::value::Value;
use super::window::Window;
use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// Deepest nesting that callers walk, as they do by calling themselves.
pub(super) const WALKED_DEPTH: usize = 128;
/// Longest key that is kept, in bytes; paths and signatures stand as keys.
const KEY: usize = 64 << 10;

/// Most room of a key that is kept for the next one, in bytes.
const SPARE: usize = 256;

/// Walks over one JSON document of any size in the memory of one record.
#[derive(Debug)]
pub struct Cursor<R> {
    window: Window<R>,
    pub(super) depth: usize,
    pub(super) blemishes: Blemishes,
    /// Whether `NaN` and infinities are values, as some writers have them.
    pub(super) words: bool,
    /// Room of keys that were read before, for others.
    spare: Vec<String>,
}

impl<R: BufRead> Cursor<R> {
    /// At the beginning of `source`, which is valid UTF-8.
    pub fn new(source: R) -> Self {
        Self::starting_at(source, Place::START)
    }

    /// At the beginning of `source`, which begins at `place` of the file.
    pub fn starting_at(source: R, place: Place) -> Self {
        let window = Window::new(source, place);
        Self { window, depth: 0, blemishes: Blemishes::default(), words: false, spare: Vec::new() }
    }

    /// Takes bare `NaN` and infinities, which are no JSON, for texts, so that they cost no more than themselves.
    #[must_use]
    pub fn allowing_words(self) -> Self {
        Self { words: true, ..self }
    }

    /// The place of the next byte.
    pub fn place(&mut self) -> Place {
        self.window.place()
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
        self.each_key(&mut each)
    }

    /// The same, compiled once for all who ask.
    fn each_key(&mut self, each: &mut dyn FnMut(&mut Self, &str) -> Result<(), Stop>) -> Result<bool, Stop> {
        if self.peek()? != b'{' {
            return self.skip().map(|()| false);
        }
        self.enter(WALKED_DEPTH)?;
        let mut first = true;
        let mut key = self.spare.pop().unwrap_or_default();
        while self.next_key(&mut first, &mut key)? {
            each(self, &key)?;
        }
        if key.capacity() <= SPARE {
            self.spare.push(key);
        }
        Ok(true)
    }

    /// Calls `each` before every element of the list that comes next; `each` takes exactly one value.
    /// Any other value is passed over, and the answer is false.
    pub fn list(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), Stop>) -> Result<bool, Stop> {
        self.each_element(&mut each)
    }

    /// The same, compiled once for all who ask.
    fn each_element(&mut self, each: &mut dyn FnMut(&mut Self) -> Result<(), Stop>) -> Result<bool, Stop> {
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

    /// The records of a list with their places, one at a time in memory; whether it is a list.
    pub fn records(&mut self, each: &mut dyn FnMut(&Value, Place)) -> Result<bool, Stop> {
        self.list(|json| {
            let place = json.place();
            each(&json.value()?, place);
            Ok(())
        })
    }

    /// Passes over text before the document, such as what `npm` prints before a reporter does.
    pub fn find_document(&mut self) -> Result<(), Stop> {
        while !matches!(self.peek()?, b'{' | b'[') {
            let place = self.place();
            self.blemishes.add(Blemish::TextOutside, place);
            self.skip_line()?;
        }
        Ok(())
    }

    /// To be called behind the document: text that follows is left out with a warning, another document is refused.
    pub fn end(&mut self) -> Result<(), Stop> {
        while let Some(byte) = self.peek_or_end()? {
            let place = self.place();
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
            None => Err(Fault::Cut.at(self.place())),
        }
    }

    pub(super) fn peek_or_end(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            let buffer = self.buffer()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            if let Some(byte @ b'!'..) = buffer.first() {
                return Ok(Some(*byte));
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

    /// Whether the object goes on; then with `key`.
    pub(super) fn next_key(&mut self, first: &mut bool, key: &mut String) -> Result<bool, Stop> {
        key.clear();
        self.next_key_within(first, key, KEY)
    }

    /// Whether the object goes on; its next key is passed over.
    pub(super) fn skip_key(&mut self, first: &mut bool) -> Result<bool, Stop> {
        self.next_key_within(first, &mut String::new(), 0)
    }

    fn next_key_within(&mut self, first: &mut bool, key: &mut String, limit: usize) -> Result<bool, Stop> {
        if self.plain_key(first, key, limit)? {
            return Ok(true);
        }
        if !self.next_member(first, b'}', "`,` or `}`")? {
            return Ok(false);
        }
        if self.peek()? != b'"' {
            return Err(self.unexpected("a key in quotes"));
        }
        self.string_into(key, limit)?;
        if self.peek()? != b':' {
            return Err(self.unexpected("`:`"));
        }
        self.consume(1);
        Ok(true)
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
            return Err(Fault::Depth(limit).at(self.place()));
        }
        self.depth += 1;
        self.consume(1);
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.consume(1);
    }

    /// Adds the string that comes next to the empty `text`, its first `limit` bytes; the quote is peeked already.
    pub(super) fn string_into(&mut self, text: &mut String, limit: usize) -> Result<(), Stop> {
        self.consume(1);
        // Nearly all strings lie whole in the buffer and are written as they are meant.
        let buffer = self.buffer()?;
        if let Some(end) = memchr::memchr2(b'"', b'\\', buffer)
            && buffer.get(end) == Some(&b'"')
            && let Some(plain) = buffer.get(..end).filter(|plain| plain.len() <= limit || limit == 0)
            && let Ok(plain) = str::from_utf8(if limit == 0 { &[] } else { plain })
        {
            text.push_str(plain);
            self.consume(end + 1);
            return Ok(());
        }
        *text = self.pieces(limit)?;
        Ok(())
    }

    /// The rest of a string, piece by piece.
    fn pieces(&mut self, limit: usize) -> Result<String, Stop> {
        let mut kept = Kept::new(limit);
        let mut pieces = Pieces::default();
        loop {
            let buffer = self.buffer()?;
            if buffer.is_empty() {
                return Err(Fault::Cut.at(self.place()));
            }
            let step = pieces.step(buffer, &mut kept);
            if step.odd {
                let place = self.place();
                self.blemishes.add(Blemish::Escape, place);
            }
            self.consume(step.consumed);
            if step.ended {
                return Ok(kept.into_string());
            }
        }
    }

    /// The fault that something else than `expected` comes next.
    pub(super) fn unexpected(&mut self, expected: &'static str) -> Stop {
        let place = self.place();
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

    /// What is ahead; empty only at the end.
    #[inline]
    pub(super) fn buffer(&mut self) -> Result<&[u8], Stop> {
        self.window.buffer()
    }

    /// Passes over `count` bytes of the buffer.
    #[inline]
    pub(super) fn consume(&mut self, count: usize) {
        self.window.consume(count);
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
