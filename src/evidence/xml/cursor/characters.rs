//! Text between tags, and CDATA.

use memchr::{memchr, memchr3, memmem};

use super::super::fault::Blemish;
use super::super::reference;
use super::{Cursor, State, Token};
use crate::evidence::reading::Stop;

/// Text is handed out in pieces of at least this size, unless it ends before.
pub(super) const PIECE: usize = 32 << 10;

impl Cursor<'_> {
    /// Takes the next `length` bytes as text.
    #[inline]
    fn piece(&mut self, length: usize, raw: bool) -> Option<Token> {
        self.pending = length;
        (length > 0).then_some(Token::Text { length, raw })
    }

    pub(super) fn characters(&mut self) -> Result<Option<Token>, Stop> {
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
    pub(super) fn outside(&mut self, blank: bool, length: usize) {
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

    pub(super) fn cdata(&mut self) -> Result<Option<Token>, Stop> {
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
}
