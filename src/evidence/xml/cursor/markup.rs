//! Tags, and what else begins with `<`.

use std::ops::Range;

use super::super::fault::{Blemish, Fault, MAX_TAG, Trouble};
use super::super::names::{local, shown};
use super::super::start_tag::{Outline, outline};
use super::super::tag::short;
use super::{Cursor, State, Token};
use crate::evidence::reading::Stop;

impl Cursor<'_> {
    pub(super) fn markup(&mut self) -> Result<Option<Token>, Stop> {
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
    pub(super) fn close(&mut self, to: usize, length: usize) -> Result<Token, Stop> {
        let name = self.text.slice(2, to);
        let from = to - local(name).len();
        let closed = self.names.close(name);
        closed.map_err(|fault| self.fault(0, &fault))?;
        self.pending = length;
        Ok(Token::End { from: short(from), to: short(to) })
    }

    /// Takes in the start tag ahead, whose attributes are `ahead` among those found ahead, or else the last ones found.
    #[inline]
    pub(super) fn open(&mut self, outline: Outline, ahead: Option<Range<u32>>) -> Result<Token, Stop> {
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
