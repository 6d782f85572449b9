//! Markup that carries nothing for a reader: comments, processing instructions, document types.

use memchr::memmem;

use super::cursor::Cursor;
use super::fault::{Blemish, Fault};
use crate::evidence::reading::Stop;

impl Cursor<'_> {
    pub(super) fn comment(&mut self) -> Result<(), Stop> {
        self.prolog = true;
        self.text.consume_bytes("<!--".len());
        loop {
            let rest = self.text.rest();
            match memmem::find(rest.as_bytes(), b"--") {
                Some(at) if rest.as_bytes().get(at + 2) == Some(&b'>') => {
                    self.text.consume_bytes(at + 3);
                    return Ok(());
                }
                Some(at) if rest.len() > at + 2 => return Err(self.fault(at, &Fault::Comment)),
                Some(at) => self.text.consume_bytes(at),
                None => {
                    let kept = usize::from(rest.ends_with('-'));
                    self.text.consume_bytes(rest.len() - kept);
                }
            }
            if !self.grow()? {
                return Err(self.cut("inside a comment"));
            }
        }
    }

    pub(super) fn instruction(&mut self) -> Result<(), Stop> {
        let declaration = self.text.rest().as_bytes().starts_with(b"<?xml ");
        if declaration && (self.names.depth() > 0 || (self.prolog && self.root.is_none())) {
            return Err(self.fault(0, &Fault::Declaration));
        }
        self.prolog = true;
        self.text.consume_bytes("<?".len());
        loop {
            let rest = self.text.rest();
            if let Some(at) = memmem::find(rest.as_bytes(), b"?>") {
                self.text.consume_bytes(at + 2);
                return Ok(());
            }
            let kept = usize::from(rest.ends_with('?'));
            self.text.consume_bytes(rest.len() - kept);
            if !self.grow()? {
                return Err(self.cut("inside a processing instruction"));
            }
        }
    }

    /// Skips a document type with its internal subset; nothing in it is ever applied.
    pub(super) fn document_type(&mut self) -> Result<(), Stop> {
        self.prolog = true;
        let mut skip = DocumentType::default();
        loop {
            let Self { text, blemishes, .. } = self;
            for (at, byte) in text.rest().bytes().enumerate() {
                match skip.step(byte) {
                    Seen::Nothing => {}
                    Seen::Declarations => blemishes.add(Blemish::Declarations, || text.place_ahead(at)),
                    Seen::End => {
                        text.consume_bytes(at + 1);
                        return Ok(());
                    }
                }
            }
            let length = text.rest().len();
            text.consume_bytes(length);
            if !self.grow()? {
                return Err(self.cut("inside the document type"));
            }
        }
    }
}

/// Where in a document type the cursor is: `>` and brackets mean nothing inside of quotes and comments.
#[derive(Debug, Default)]
struct DocumentType {
    quote: Option<u8>,
    comment: bool,
    brackets: u64,
    /// The last four bytes.
    last: u32,
}

/// What one byte of a document type is.
enum Seen {
    Nothing,
    /// The beginning of the internal subset.
    Declarations,
    End,
}

impl DocumentType {
    fn step(&mut self, byte: u8) -> Seen {
        self.last = self.last << 8 | u32::from(byte);
        if self.comment {
            self.comment = self.last & 0x00FF_FFFF != u32::from_be_bytes(*b"\0-->");
        } else if let Some(open) = self.quote {
            self.quote = Some(open).filter(|open| *open != byte);
        } else if self.last == u32::from_be_bytes(*b"<!--") {
            self.comment = true;
        } else {
            return self.markup(byte);
        }
        Seen::Nothing
    }

    fn markup(&mut self, byte: u8) -> Seen {
        match byte {
            b'"' | b'\'' => self.quote = Some(byte),
            b']' => self.brackets = self.brackets.saturating_sub(1),
            b'>' if self.brackets == 0 => return Seen::End,
            b'[' => {
                self.brackets += 1;
                return Seen::Declarations;
            }
            _ => {}
        }
        Seen::Nothing
    }
}
