//! Values that are kept: records of limited size.

use std::io::BufRead;

use super::cursor::Cursor;
use super::fault::{Blemish, Fault, MAX_DEPTH};
use super::value::Value;
use crate::evidence::reading::Stop;

/// Longest string that a [`Value`] keeps, in bytes.
const STRING: usize = 16 << 10;
/// Most values that one record keeps.
pub(super) const VALUES: usize = 1 << 16;
/// Deepest nesting that one record keeps.
const RECORD_DEPTH: usize = 24;
/// Longest number that is kept; longer ones have no use.
const NUMBER: usize = 64;

impl<R: BufRead> Cursor<R> {
    /// The value that comes next, as a record: what is beyond the limits of a record is left out, with a warning.
    pub fn value(&mut self) -> Result<Value, Stop> {
        let mut budget = VALUES;
        Ok(self.build(RECORD_DEPTH, &mut budget)?.unwrap_or_default())
    }

    /// The string or number that comes next as text; any other value is passed over.
    pub fn text(&mut self) -> Result<Option<String>, Stop> {
        Ok(match self.value()? {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        })
    }

    /// The value that comes next; `None` when it is beyond the limits, and passed over.
    fn build(&mut self, depth: usize, budget: &mut usize) -> Result<Option<Value>, Stop> {
        let byte = self.peek()?;
        if *budget == 0 || (depth == 0 && matches!(byte, b'{' | b'[')) {
            let place = self.place();
            self.blemishes.add(Blemish::Shortened, place);
            return self.skip().map(|()| None);
        }
        *budget -= 1;
        let value = match byte {
            b'{' => self.build_object(depth, budget)?,
            b'[' => self.build_list(depth, budget)?,
            b'"' => {
                let mut text = String::new();
                self.string_into(&mut text, STRING)?;
                Value::Text(text)
            }
            _ => self.scalar()?,
        };
        Ok(Some(value))
    }

    fn build_object(&mut self, depth: usize, budget: &mut usize) -> Result<Value, Stop> {
        self.enter(MAX_DEPTH)?;
        let (mut first, mut members, mut key) = (true, Vec::new(), String::new());
        while self.next_key(&mut first, &mut key)? {
            if let Some(value) = self.build(depth - 1, budget)? {
                members.push((std::mem::take(&mut key), value));
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

    /// A number, `true`, `false` or `null`.
    pub(super) fn scalar(&mut self) -> Result<Value, Stop> {
        // Nearly all words lie whole in the buffer.
        let buffer = self.buffer()?;
        if let Some(end) = buffer.iter().take(NUMBER + 1).position(|byte| !is_in_word(*byte))
            && let Ok(word) = str::from_utf8(buffer.get(..end).unwrap_or_default())
            && let Some(value) = Value::from_word(word)
        {
            self.consume(end);
            return Ok(value);
        }
        self.long_scalar()
    }

    /// Like [`Cursor::scalar`], for words of any length that may lie in several buffers.
    fn long_scalar(&mut self) -> Result<Value, Stop> {
        let place = self.place();
        let mut word = String::new();
        while let Some(byte) = self.buffer()?.first().copied().filter(|byte| is_in_word(*byte)) {
            if word.len() < NUMBER {
                word.push(char::from(byte));
            }
            self.consume(1);
        }
        let ended = self.buffer()?.is_empty();
        let loose = || (self.words && is_no_number(&word)).then(|| Value::Text(word.clone()));
        match Value::from_word(&word).or_else(loose) {
            Some(value) if !ended || self.depth == 0 => Ok(value),
            _ if ended => Err(Fault::Cut.at(self.place())),
            _ if word.is_empty() => Err(self.unexpected("a value")),
            _ => {
                let found = word.chars().next().unwrap_or(' ');
                Err(Fault::Unexpected { expected: "a value", found }.at(place))
            }
        }
    }
}

/// What numbers and names of values are made of.
fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// How printers of floating-point numbers write what is none.
fn is_no_number(word: &str) -> bool {
    matches!(word.trim_start_matches(['-', '+']).to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity")
}
