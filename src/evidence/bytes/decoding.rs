//! From bytes to text, chunk by chunk.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding};

use super::repair::Found;

/// Bytes read at once.
pub(super) const CHUNK: usize = 64 << 10;

/// Bytes that become text as they are read.
pub(super) struct Decoding {
    source: Box<dyn Read + Send>,
    encoding: &'static Encoding,
    /// `None` for UTF-8, which is only checked.
    decoder: Option<Decoder>,
    /// Room for what is read at once; the first `held` bytes wait to be decoded.
    raw: Box<[u8]>,
    held: usize,
    ended: bool,
}

impl Decoding {
    /// Over `begun`, which was read from `source` already, and all that follows it; reads into `room` bytes.
    pub(super) fn of(
        source: Box<dyn Read + Send>,
        encoding: &'static Encoding,
        begun: Vec<u8>,
        room: usize,
    ) -> Self {
        let (held, mut raw) = (begun.len(), begun);
        raw.resize(room, 0);
        let decoder = (encoding != encoding_rs::UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Self { source, encoding, decoder, raw: raw.into_boxed_slice(), held, ended: false }
    }

    /// Appends what is read next to `text`: at least one character, but at the end.
    pub(super) fn more(&mut self, text: &mut String) -> io::Result<Found> {
        let before = text.len();
        let mut found = Found::default();
        while text.len() == before && !self.ended {
            let room = self.raw.get_mut(self.held..).unwrap_or_default();
            match self.source.read(room) {
                Ok(count) => {
                    self.held += count;
                    self.ended = count == 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            found = self.decode(text);
        }
        Ok(found)
    }

    /// Appends what can be decoded of the bytes held to `text`; the first bytes of a cut character stay.
    pub(super) fn decode(&mut self, text: &mut String) -> Found {
        let before = text.len();
        let mut found = Found::default();
        let used = match &mut self.decoder {
            None => self.decode_utf8(text, &mut found),
            Some(_) => self.decode_legacy(text, &mut found),
        };
        self.raw.copy_within(used..self.held, 0);
        self.held -= used;
        if self.encoding != encoding_rs::X_USER_DEFINED {
            found.scan(text.get(before..).unwrap_or_default());
        }
        found
    }

    /// Gives the number of bytes used.
    fn decode_utf8(&self, text: &mut String, found: &mut Found) -> usize {
        let raw = self.raw.get(..self.held).unwrap_or_default();
        if let Ok(valid) = std::str::from_utf8(raw) {
            text.push_str(valid);
            return raw.len();
        }
        let before = text.len();
        let used = if self.ended { raw.len() } else { raw.len() - incomplete_tail(raw) };
        for chunk in raw.get(..used).unwrap_or_default().utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                found.undecodable("UTF-8", text.len() - before);
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        used
    }

    /// Gives the number of bytes used; the decoder itself keeps what is cut.
    fn decode_legacy(&mut self, text: &mut String, found: &mut Found) -> usize {
        let Some(decoder) = &mut self.decoder else { return 0 };
        let raw = self.raw.get(..self.held).unwrap_or_default();
        let before = text.len();
        text.reserve(decoder.max_utf8_buffer_length(raw.len()).unwrap_or(4 * raw.len()));
        let (_, read, replaced) = decoder.decode_to_string(raw, text, self.ended);
        if replaced {
            let new = text.get(before..).unwrap_or_default();
            found.undecodable(decoder.encoding().name(), new.find(char::REPLACEMENT_CHARACTER).unwrap_or(0));
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
