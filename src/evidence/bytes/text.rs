//! The window of decoded text that readers move over their input.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::ops::Range;

use super::decoding::{CHUNK, Decoding};
use super::encoding;
use super::foreign;
use super::inflate::inflated;
use super::place::Place;
use super::repair::{Found, Oddities};
use super::supply::{Prepare, Prepared, Supply};
use crate::evidence::reading::Stop;
use crate::model::input::{InputState, Problem};

/// How much of the beginning [`Text::head`] shows at most, in bytes.
pub const HEAD: usize = 64 << 10;
/// Room behind a file that fits into one chunk, in bytes.
const LITTLE: usize = 64;

/// Valid UTF-8 text, streamed: a window that grows at its end and is consumed at its beginning.
pub struct Text {
    supply: Supply,
    window: String,
    /// Up to here the window is consumed.
    start: usize,
    /// `place` belongs to this offset of the window; counting is put off until someone asks.
    counted: usize,
    place: Place,
    /// Bytes of the text that the window has left behind.
    behind: usize,
    /// The place of the window's end if it began a text, when that is known.
    extent: Option<Place>,
    prepare: Option<Prepare>,
    /// What was found in pieces that nobody asked for yet, and where in the text they are.
    prepared: VecDeque<(Prepared, Range<usize>)>,
    /// What was prepared and is of no more use.
    used: Option<Prepared>,
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
    let mut decoding = Decoding::of(source, sniffed.encoding, raw, room);
    let mut window = String::with_capacity(if room < CHUNK { room } else { 2 * CHUNK });
    let found = decoding.decode(&mut window);
    let mut text = Text::over(Supply::of(decoding), window);
    text.warning = sniffed.warning;
    text.note(0, found);
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
    fn over(supply: Supply, window: String) -> Self {
        Self {
            supply,
            window,
            start: 0,
            counted: 0,
            place: Place::START,
            behind: 0,
            extent: None,
            prepare: None,
            prepared: VecDeque::new(),
            used: None,
            failed: None,
            oddities: Oddities::default(),
            warning: None,
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
    #[inline]
    pub fn rest(&self) -> &str {
        self.window.get(self.start..).unwrap_or_default()
    }

    /// The part of the window from `from` to `to`, counted from the beginning of [`Text::rest`].
    #[inline]
    pub fn slice(&self, from: usize, to: usize) -> &str {
        self.window.get(self.start + from..self.start + to).unwrap_or_default()
    }

    /// Moves forward by `count` bytes of [`Text::rest`]. What was consumed stays readable until [`Text::grow`].
    #[inline]
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
            self.supply = Supply::Ended;
            return Err(error);
        }
        let before = self.window.len();
        let piece = self.supply.more(&mut self.window, self.prepare, self.used.take())?;
        self.extent = piece.extent;
        self.note(before, piece.found);
        if let Some(found) = piece.prepared {
            self.prepared.push_back((found, self.behind + before..self.behind + self.window.len()));
        }
        Ok(self.window.len() > before)
    }

    /// Notes what is odd in the text from offset `from` of the window on.
    fn note(&mut self, from: usize, found: Found) {
        let Self { place, counted, window, .. } = self;
        let at = |offset| place.after(window.get(*counted..from + offset).unwrap_or_default());
        self.oddities.add(found, at);
    }

    /// Lets `prepare` look at each piece that is read ahead, as those of a long text are; from the next such one on.
    pub fn prepare(&mut self, prepare: Prepare) {
        self.prepare = Some(prepare);
    }

    /// What was found in the piece that [`Text::rest`] begins in, and the offsets of that piece; once for each piece.
    pub fn prepared(&mut self) -> Option<(Prepared, Range<usize>)> {
        let at = self.offset();
        self.pass(at);
        if self.prepared.front().is_some_and(|(_, piece)| piece.start <= at) {
            return self.prepared.pop_front();
        }
        None
    }

    /// Takes back what was prepared, for the room in it.
    pub fn give_back(&mut self, used: Prepared) {
        self.used = Some(used);
    }

    /// Bytes of the text before [`Text::rest`].
    #[inline]
    pub fn offset(&self) -> usize {
        self.behind + self.start
    }

    /// Forgets what was found in pieces that end before `at`.
    fn pass(&mut self, at: usize) {
        while self.prepared.front().is_some_and(|(_, piece)| piece.end <= at) {
            self.prepared.pop_front();
        }
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
        let is_whole = self.counted == 0 && self.start == self.window.len();
        match self.extent.take().filter(|_| is_whole) {
            Some(end) => self.place = self.place.moved(end),
            None => self.place = self.place_at(self.start),
        }
        self.window.drain(..self.start);
        self.behind += self.start;
        self.pass(self.behind);
        self.start = 0;
        self.counted = 0;
    }
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
        Self::over(Supply::Ended, text.to_owned())
    }
}
