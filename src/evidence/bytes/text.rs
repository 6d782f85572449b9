//! The window of decoded text that readers move over their input.

use std::io::{self, BufRead, Read};

use encoding_rs::Decoder;

use super::encoding;
use super::foreign;
use super::inflate::inflated;
use super::place::Place;
use super::repair::Oddities;
use crate::evidence::reading::Stop;
use crate::model::input::{InputState, Problem};

/// How much of the beginning [`Text::head`] shows at most, in bytes.
pub const HEAD: usize = 64 << 10;
/// Bytes read at once.
const CHUNK: usize = 64 << 10;
/// Room behind a file that fits into one chunk, in bytes.
const LITTLE: usize = 64;

/// Valid UTF-8 text, streamed: a window that grows at its end and is consumed at its beginning.
pub struct Text {
    source: Box<dyn Read + Send>,
    /// `None` for UTF-8, which is only checked.
    decoder: Option<Decoder>,
    /// Room for what is read at once; the first `held` bytes wait to be decoded.
    raw: Box<[u8]>,
    held: usize,
    window: String,
    /// Up to here the window is consumed.
    start: usize,
    /// `place` belongs to this offset of the window; counting is put off until someone asks.
    counted: usize,
    place: Place,
    ended: bool,
    /// Why nothing more can be read; told once what came before it is consumed.
    failed: Option<io::Error>,
    oddities: Oddities,
    warning: Option<Problem>,
    wanted: Wanted,
}

/// What of a text is of use to who asked for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// All that a report needs.
    #[default]
    Everything,
    /// What totals are made of: of cases that pass no more than their identity. Readers may give more.
    Totals,
}

/// Decompresses and decodes `source`, far enough to show its [`Text::head`].
pub fn open(source: Box<dyn Read + Send>) -> Result<Text, Stop> {
    let at_start = |error: &io::Error| Stop::from_io(error, 1, 1);
    let mut source = inflated(source).map_err(|error| at_start(&error))?;
    let mut raw = Vec::with_capacity(CHUNK);
    let failed = source.by_ref().take(CHUNK as u64).read_to_end(&mut raw).err();
    if let (Some(error), true) = (&failed, raw.is_empty()) {
        return Err(at_start(error));
    }
    if let Some(name) = foreign::name(&raw) {
        let message =
            format!("{name}; it is not opened: hand over the report itself, as it is, or packed once");
        return Err(Stop { state: InputState::Unrecognised, problem: Problem::error(message).at(1, 1) });
    }
    let sniffed =
        encoding::sniff(&raw).map_err(|error| Stop::invalid(Problem::error(error.to_string()).at(1, 1)))?;
    // Most files are small, and there may be many of them.
    let room = if raw.len() < CHUNK { raw.len() + LITTLE } else { CHUNK };
    raw.drain(..sniffed.marks);
    let held = raw.len();
    raw.resize(room, 0);
    let decoder =
        (sniffed.encoding != encoding_rs::UTF_8).then(|| sniffed.encoding.new_decoder_without_bom_handling());
    let mut text = Text::over(source, decoder, sniffed.warning);
    text.window.reserve(if room < CHUNK { room } else { 2 * CHUNK });
    text.raw = raw.into_boxed_slice();
    text.held = held;
    text.decode(false);
    text.failed = failed;
    while text.rest().len() < HEAD && text.failed.is_none() {
        match text.grow() {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => text.failed = Some(error),
        }
    }
    Ok(text)
}

impl Text {
    fn over(source: Box<dyn Read + Send>, decoder: Option<Decoder>, warning: Option<Problem>) -> Self {
        Self {
            source,
            decoder,
            raw: Box::default(),
            held: 0,
            window: String::new(),
            start: 0,
            counted: 0,
            place: Place::START,
            ended: false,
            failed: None,
            oddities: Oddities::default(),
            warning,
            wanted: Wanted::default(),
        }
    }

    /// The same text, of which only `wanted` is of use.
    #[must_use]
    pub fn wanted_for(self, wanted: Wanted) -> Self {
        Self { wanted, ..self }
    }

    /// What of the text is of use.
    pub fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// The beginning of the text, for detection; only before anything is consumed.
    pub fn head(&self) -> &str {
        let rest = self.rest();
        rest.get(..rest.floor_char_boundary(HEAD)).unwrap_or_default()
    }

    /// What is decoded and not consumed; empty at the end, and before the first [`Text::grow`].
    pub fn rest(&self) -> &str {
        self.window.get(self.start..).unwrap_or_default()
    }

    /// The part of the window from `from` to `to`, counted from the beginning of [`Text::rest`].
    pub fn slice(&self, from: usize, to: usize) -> &str {
        self.window.get(self.start + from..self.start + to).unwrap_or_default()
    }

    /// Moves forward by `count` bytes of [`Text::rest`]. What was consumed stays readable until [`Text::grow`].
    pub fn consume_bytes(&mut self, count: usize) {
        self.start = (self.start + count).min(self.window.len());
    }

    /// The place of the first byte of [`Text::rest`]. Counts only from where it was asked for last.
    pub fn place(&mut self) -> Place {
        self.place = self.place_at(self.start);
        self.counted = self.start;
        self.place
    }

    /// The place `ahead` bytes into [`Text::rest`].
    pub fn place_ahead(&self, ahead: usize) -> Place {
        self.place_at((self.start + ahead).min(self.window.len()))
    }

    /// Decodes more behind the rest; false when there is nothing more.
    pub fn grow(&mut self) -> io::Result<bool> {
        self.forget();
        if let Some(error) = self.failed.take() {
            self.ended = true;
            return Err(error);
        }
        if self.ended {
            return Ok(false);
        }
        let before = self.window.len();
        while self.window.len() == before && !self.ended {
            let room = self.raw.get_mut(self.held..).unwrap_or_default();
            match self.source.read(room) {
                Ok(count) => {
                    self.held += count;
                    self.ended = count == 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            self.decode(self.ended);
        }
        Ok(self.window.len() > before)
    }

    /// Why nothing is behind the head, when that is not because the text ends.
    pub fn failure(&mut self) -> Option<Stop> {
        let Place { line, column } = self.place_ahead(self.rest().len());
        self.failed.take().map(|error| Stop::from_io(&error, line, column))
    }

    /// What had to be put right in the bytes so far, in order of place.
    pub fn problems(&self) -> Vec<Problem> {
        self.warning.iter().cloned().chain(self.oddities.problems()).collect()
    }

    fn place_at(&self, offset: usize) -> Place {
        self.place.after(self.window.get(self.counted..offset).unwrap_or_default())
    }

    /// Drops the consumed part of the window.
    fn forget(&mut self) {
        self.place();
        self.window.drain(..self.start);
        self.start = 0;
        self.counted = 0;
    }

    /// Moves what can be decoded from `raw` to the window; the first bytes of a cut character stay.
    fn decode(&mut self, last: bool) {
        let before = self.window.len();
        let used = match &mut self.decoder {
            None => self.decode_utf8(last),
            Some(_) => self.decode_legacy(last),
        };
        self.raw.copy_within(used..self.held, 0);
        self.held -= used;
        if self.decoder.as_ref().is_some_and(|decoder| decoder.encoding() == encoding_rs::X_USER_DEFINED) {
            return;
        }
        let (place, counted) = (self.place, self.counted);
        let window = &self.window;
        let at = |offset| place.after(window.get(counted..before + offset).unwrap_or_default());
        self.oddities.scan(window.get(before..).unwrap_or_default(), at);
    }

    /// Gives the number of bytes used.
    fn decode_utf8(&mut self, last: bool) -> usize {
        let raw = self.raw.get(..self.held).unwrap_or_default();
        if let Ok(text) = std::str::from_utf8(raw) {
            self.window.push_str(text);
            return raw.len();
        }
        let used = if last { raw.len() } else { raw.len() - incomplete_tail(raw) };
        for chunk in raw.get(..used).unwrap_or_default().utf8_chunks() {
            self.window.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                let (place, window, counted) = (self.place, &self.window, self.counted);
                self.oddities.undecodable("UTF-8", || place.after(window.get(counted..).unwrap_or_default()));
                self.window.push(char::REPLACEMENT_CHARACTER);
            }
        }
        used
    }

    /// Gives the number of bytes used; the decoder itself keeps what is cut.
    fn decode_legacy(&mut self, last: bool) -> usize {
        let Some(decoder) = &mut self.decoder else { return 0 };
        let raw = self.raw.get(..self.held).unwrap_or_default();
        let before = self.window.len();
        self.window.reserve(decoder.max_utf8_buffer_length(raw.len()).unwrap_or(4 * raw.len()));
        let (_, read, replaced) = decoder.decode_to_string(raw, &mut self.window, last);
        if replaced {
            let (place, window, counted) = (self.place, &self.window, self.counted);
            let new = window.get(before..).unwrap_or_default();
            let first = before + new.find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
            self.oddities.undecodable(decoder.encoding().name(), || {
                place.after(window.get(counted..first).unwrap_or_default())
            });
        }
        read
    }
}

/// Length of a last character that is not complete.
fn incomplete_tail(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(3);
    let last = bytes.get(tail..).unwrap_or_default().utf8_chunks().last();
    let invalid = last.map_or(&[][..], |chunk| chunk.invalid());
    let cut = std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
    if cut { invalid.len() } else { 0 }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Text {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // Who reads bytes may stand inside of a character.
        if self.start == self.window.len() {
            self.grow()?;
        }
        Ok(self.window.as_bytes().get(self.start..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.consume_bytes(count);
    }
}

impl From<&'static str> for Text {
    /// Text that is in the program already.
    fn from(text: &'static str) -> Self {
        let mut window = Self::over(Box::new(io::empty()), None, None);
        window.window.push_str(text);
        window
    }
}
