//! The cursor: one event after another.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

use super::fault::{Blemish, Blemishes, Fault, MAX_TAG};
use super::names::{Names, local, shown};
use super::outlines::{Ahead, KnownTag, Outlines};
use super::reference;
use super::tag::{Outline, Span, Tag, Trouble, outline, short};
use crate::evidence::bytes::{Place, Text};
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// Text is handed out in pieces of at least this size, unless it ends before.
const PIECE: usize = 32 << 10;

/// What the cursor comes upon. An empty element is a start and an end.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// `<name …>`, or the first half of `<name …/>`.
    Start(Tag<'a>),
    /// `</name>`, or the second half of `<name …/>`; the name without its prefix.
    End(&'a str),
    /// A piece of text or CDATA with its references replaced; long text comes in several pieces.
    Text(Cow<'a, str>),
    /// The end of a well-formed file.
    Eof,
}

/// A pull parser; see the module's documentation for what it guarantees.
pub struct Cursor<'t> {
    pub(super) text: &'t mut Text,
    state: State,
    pub(super) names: Names,
    /// The attributes of a tag that was not found ahead.
    spans: Vec<Span>,
    ahead: Outlines,
    /// Bytes of the last event, consumed when the next one is asked for.
    pending: usize,
    /// Name of the first root element.
    pub(super) root: Option<String>,
    /// Any root may follow any other.
    fragments: bool,
    /// Markup other than text was seen before the root.
    pub(super) prolog: bool,
    pub(super) blemishes: Blemishes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Content,
    Cdata,
    /// Behind the start of `<a/>`, whose name without its prefix lies between these offsets.
    Empty {
        from: u32,
        to: u32,
    },
}

/// An event as offsets into the rest of the text.
#[derive(Clone, Debug)]
enum Token {
    /// `ahead` is where among those found ahead its attributes are, if it is one of these.
    Start {
        outline: Outline,
        foreign: bool,
        ahead: Option<Range<u32>>,
    },
    /// Where its name is, without its prefix.
    End {
        from: u32,
        to: u32,
    },
    Text {
        length: usize,
        raw: bool,
    },
    Eof,
}

impl<'t> Cursor<'t> {
    /// A cursor at the beginning of `text`.
    pub fn new(text: &'t mut Text) -> Self {
        text.prepare(Outlines::prepared);
        Self {
            text,
            state: State::Content,
            names: Names::default(),
            spans: Vec::new(),
            ahead: Outlines::default(),
            pending: 0,
            root: None,
            fragments: false,
            prolog: false,
            blemishes: Blemishes::default(),
        }
    }

    /// A cursor over a file that need not have one root around everything.
    pub fn of_fragments(text: &'t mut Text) -> Self {
        Self { fragments: true, ..Self::new(text) }
    }

    /// The next event.
    #[expect(
        clippy::should_implement_trait,
        reason = "the event borrows from the cursor, an iterator's item cannot"
    )]
    #[inline]
    pub fn next(&mut self) -> Result<Event<'_>, Stop> {
        let token = self.advance()?;
        Ok(match token {
            Token::Eof => Event::Eof,
            Token::End { from, to } => Event::End(self.text.slice(from as usize, to as usize)),
            Token::Text { length, raw: true } => Event::Text(Cow::Borrowed(self.text.slice(0, length))),
            Token::Text { length, raw: false } => {
                Event::Text(reference::replaced(self.text.slice(0, length)))
            }
            Token::Start { outline, foreign, ahead } => {
                let source = self.text.slice(0, outline.length as usize);
                let name = self.text.slice(outline.local as usize, outline.name as usize);
                let spans = match ahead {
                    Some(range) => self.ahead.spans(range),
                    None => &self.spans,
                };
                Event::Start(Tag { source, name, spans, foreign, empty: outline.empty })
            }
        })
    }

    /// Goes to the end of the element whose [`Event::Start`] came last; nothing of it is kept.
    pub fn skip_element(&mut self) -> Result<(), Stop> {
        let outside = self.names.depth().saturating_sub(1);
        while self.names.depth() > outside {
            if matches!(self.advance()?, Token::Eof) {
                break;
            }
        }
        Ok(())
    }

    /// Where the last event begins.
    pub fn place(&mut self) -> Place {
        self.text.place()
    }

    /// How many elements are open; 1 directly behind the root's start.
    pub fn depth(&self) -> usize {
        self.names.depth()
    }

    /// Warnings about what was repaired so far.
    pub fn problems(&self) -> Vec<Problem> {
        self.blemishes.problems()
    }

    #[inline]
    fn advance(&mut self) -> Result<Token, Stop> {
        if let State::Empty { from, to } = self.state {
            self.state = State::Content;
            self.names.pop();
            return Ok(Token::End { from, to });
        }
        self.text.consume_bytes(std::mem::take(&mut self.pending));
        if self.state == State::Content && self.ahead.go_on(self.text) {
            match self.ahead.at(self.text.offset()) {
                Some(Ahead::Tag(KnownTag::Start(outline), spans)) => return self.open(outline, Some(spans)),
                Some(Ahead::Tag(KnownTag::End(name, length), _)) => {
                    return self.close(name as usize, length as usize);
                }
                Some(Ahead::Text(length)) if self.names.depth() > 0 => {
                    self.pending = length;
                    return Ok(Token::Text { length, raw: true });
                }
                _ => {}
            }
        }
        self.look()
    }

    /// Finds out what is ahead.
    #[inline(never)]
    fn look(&mut self) -> Result<Token, Stop> {
        loop {
            let first = self.text.rest().as_bytes().first().copied();
            let step = match (self.state, first) {
                (_, None) if self.grow()? => None,
                (_, None) => return self.end_of_file(),
                (State::Cdata, Some(_)) => self.cdata()?,
                (_, Some(b'<')) => self.markup()?,
                (_, Some(_)) => self.characters()?,
            };
            if let Some(token) = step {
                return Ok(token);
            }
        }
    }

    pub(super) fn grow(&mut self) -> Result<bool, Stop> {
        self.text.grow().map_err(|error| {
            let place = self.text.place_ahead(usize::MAX);
            Stop::from_io(&error, place.line, place.column)
        })
    }

    /// Grows until the rest has at least `length` bytes; false when the file ends before.
    fn reach(&mut self, length: usize) -> Result<bool, Stop> {
        while self.text.rest().len() < length {
            if !self.grow()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn fault(&self, ahead: usize, fault: &Fault) -> Stop {
        let place = self.text.place_ahead(ahead);
        Stop::invalid(Problem::error(fault.to_string()).at(place.line, place.column))
    }

    /// The file ends where it must not.
    pub(super) fn cut(&self, inside: &str) -> Stop {
        let place = self.text.place_ahead(usize::MAX);
        let message = Fault::Cut(inside.to_owned()).to_string();
        Stop::incomplete(Problem::error(message).at(place.line, place.column))
    }

    fn end_of_file(&self) -> Result<Token, Stop> {
        match (self.names.innermost(), &self.root) {
            (_, _) if self.state == State::Cdata => Err(self.cut("inside a CDATA section")),
            (Some(open), _) => Err(self.cut(&format!("before `</{}>`", shown(open)))),
            (None, None) => Err(self.fault(0, &Fault::NoRoot)),
            (None, Some(_)) => Ok(Token::Eof),
        }
    }

    /// Takes the next `length` bytes as text.
    #[inline]
    fn piece(&mut self, length: usize, raw: bool) -> Option<Token> {
        self.pending = length;
        (length > 0).then_some(Token::Text { length, raw })
    }

    fn characters(&mut self) -> Result<Option<Token>, Stop> {
        let rest = self.text.rest();
        // Most text is white space between tags, and means what is written.
        let first = memchr3(b'<', b'&', b']', rest.as_bytes());
        let is_plain = first.is_none_or(|at| rest.as_bytes().get(at) == Some(&b'<'));
        let end = if is_plain { first } else { memchr(b'<', rest.as_bytes()) };
        let length = match end {
            Some(length) => length,
            None if rest.len() < PIECE && self.grow()? => return Ok(None),
            None => match reference::safe_cut(self.text.rest()) {
                0 if self.grow()? => return Ok(None),
                0 => self.text.rest().len(),
                cut => cut,
            },
        };
        if self.names.depth() == 0 {
            let blank = self.text.slice(0, length).trim_ascii().is_empty();
            self.outside(blank, length);
            return Ok(None);
        }
        if !is_plain {
            self.check(length)?;
        }
        Ok(self.piece(length, is_plain))
    }

    /// Checks the references and looks for `]]>` in the text ahead.
    fn check(&mut self, length: usize) -> Result<(), Stop> {
        let Self { text, blemishes, .. } = self;
        let ahead = text.slice(0, length);
        for at in memmem::find_iter(ahead.as_bytes(), b"]]>") {
            blemishes.add(Blemish::CdataEnd, || text.place_ahead(at));
        }
        let checked = reference::check(ahead, |what, at| blemishes.add(what, || text.place_ahead(at)));
        checked.map_err(|(at, fault)| self.fault(at, &fault))
    }

    /// Text before or behind the root element. Log lines may hold `<`, so a declaration further on goes first.
    fn outside(&mut self, blank: bool, length: usize) {
        let mut skipped = length;
        if !blank {
            self.blemishes.add(Blemish::TextOutside, || self.text.place_ahead(0));
            if self.root.is_none() {
                let declaration = memmem::find(self.text.rest().as_bytes(), b"<?xml");
                skipped = declaration.unwrap_or(length);
            }
        }
        self.text.consume_bytes(skipped);
    }

    fn cdata(&mut self) -> Result<Option<Token>, Stop> {
        const END: &[u8] = b"]]>";
        let rest = self.text.rest();
        if rest.as_bytes().starts_with(END) {
            self.text.consume_bytes(END.len());
            self.state = State::Content;
            return Ok(None);
        }
        let length = match memmem::find(rest.as_bytes(), END) {
            Some(length) => length,
            None if rest.len() >= PIECE => rest.floor_char_boundary(rest.len() - END.len()),
            None if self.grow()? => return Ok(None),
            None => return Err(self.cut("inside a CDATA section")),
        };
        Ok(self.piece(length, true))
    }

    fn markup(&mut self) -> Result<Option<Token>, Stop> {
        const LONGEST: usize = "<![CDATA[".len();
        self.reach(LONGEST)?;
        let rest = self.text.rest().as_bytes();
        match rest.get(1) {
            None => Err(self.cut("inside a tag")),
            Some(b'/') => self.end_tag().map(Some),
            Some(b'?') => self.instruction().map(|()| None),
            Some(b'!') if rest.starts_with(b"<!--") => self.comment().map(|()| None),
            Some(b'!') if rest.starts_with(b"<![CDATA[") && self.names.depth() > 0 => {
                self.text.consume_bytes(LONGEST);
                self.state = State::Cdata;
                Ok(None)
            }
            Some(b'!') if rest.starts_with(b"<!DOCTYPE") && self.root.is_none() => {
                self.document_type().map(|()| None)
            }
            Some(b'!') if rest.len() < LONGEST => Err(self.cut("inside markup")),
            Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..) => {
                let outline = self.outline()?;
                self.open(outline, None).map(Some)
            }
            Some(_) if self.names.depth() == 0 => {
                self.outside(false, 1);
                Ok(None)
            }
            Some(_) => {
                let next = self.text.slice(1, self.text.rest().len()).chars().next().unwrap_or(' ');
                Err(self.fault(0, &Fault::Markup(next)))
            }
        }
    }

    fn end_tag(&mut self) -> Result<Token, Stop> {
        let mut searched = 2;
        let end = loop {
            let rest = self.text.rest().as_bytes();
            match memchr::memchr2(b'>', b'<', rest.get(searched..).unwrap_or_default()) {
                Some(at) => break searched + at,
                None if rest.len() > MAX_TAG => return Err(self.fault(0, &Fault::TagSize)),
                None => searched = rest.len(),
            }
            if !self.grow()? {
                return Err(self.cut("inside an end tag"));
            }
        };
        let name = self.text.slice(2, end).trim_ascii_end();
        if self.text.slice(end, end + 1) == "<" {
            return Err(self.fault(end, &Fault::UnclosedTag(shown(&format!("/{name}")))));
        }
        self.close(2 + name.len(), end + 1)
    }

    /// Takes in the end tag ahead, whose name and whose whole end at these offsets.
    #[inline]
    fn close(&mut self, to: usize, length: usize) -> Result<Token, Stop> {
        let name = self.text.slice(2, to);
        let from = to - local(name).len();
        let closed = self.names.close(name);
        closed.map_err(|fault| self.fault(0, &fault))?;
        self.pending = length;
        Ok(Token::End { from: short(from), to: short(to) })
    }

    /// Takes in the start tag ahead, whose attributes are `ahead` among those found ahead, or else the last ones found.
    #[inline]
    fn open(&mut self, outline: Outline, ahead: Option<Range<u32>>) -> Result<Token, Stop> {
        let opened = self.names.open(self.text.slice(1, outline.name as usize));
        if outline.declares {
            self.declare(outline, ahead.clone());
        }
        let foreign = self.names.is_foreign(outline.local > 1);
        let rooted = if self.names.depth() == 1 { self.root_element(outline) } else { Ok(()) };
        opened.and(rooted).map_err(|fault| self.fault(0, &fault))?;
        if outline.empty {
            self.state = State::Empty { from: outline.local, to: outline.name };
        }
        self.pending = outline.length as usize;
        Ok(Token::Start { outline, foreign, ahead })
    }

    #[inline(never)]
    fn declare(&mut self, outline: Outline, ahead: Option<Range<u32>>) {
        let tag = self.text.slice(0, outline.length as usize);
        let spans = ahead.map_or(self.spans.as_slice(), |range| self.ahead.spans(range));
        for span in spans {
            self.names.declare(span.name(tag), span.value(tag));
        }
    }

    /// The outline of the tag ahead, growing as far as it needs.
    fn outline(&mut self) -> Result<Outline, Stop> {
        loop {
            let Self { text, spans, blemishes, .. } = self;
            spans.clear();
            let found = outline(text.rest(), spans, |what, at| blemishes.add(what, || text.place_ahead(at)));
            let length = match found {
                Ok(outline) => return Ok(outline),
                Err(Trouble::Fault(at, fault)) => return Err(self.fault(at, &fault)),
                Err(Trouble::More) => self.text.rest().len(),
            };
            if length > MAX_TAG {
                return Err(self.fault(0, &Fault::TagSize));
            }
            if !self.reach(2 * length)? && self.text.rest().len() == length {
                return Err(self.cut("inside a tag"));
            }
        }
    }

    /// The first root is remembered; another document may follow when its root has the same name.
    fn root_element(&mut self, outline: Outline) -> Result<(), Fault> {
        let name = self.text.slice(1, outline.name as usize);
        match &self.root {
            None => self.root = Some(shown(name)),
            Some(_) if self.fragments => {}
            Some(first) if *first == shown(name) => {
                self.blemishes.add(Blemish::SecondDocument, || self.text.place_ahead(0));
            }
            Some(first) => {
                return Err(Fault::OtherRoot { first: first.clone(), found: shown(name) });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
