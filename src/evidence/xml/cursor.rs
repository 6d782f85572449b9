//! The cursor: one event after another.

mod characters;
mod markup;

use std::borrow::Cow;
use std::ops::Range;

use super::fault::{Blemishes, Fault};
use super::names::{Names, shown};
use super::outlines::{Ahead, KnownTag, Outlines};
use super::reference;
use super::start_tag::Outline;
use super::tag::{Span, Tag};
use crate::evidence::bytes::{Place, Text};
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

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
}

#[cfg(test)]
mod tests;
