//! The bytes ahead of a cursor, and the place in the file where they stand.

use std::io::BufRead;

use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;

/// Moves over a source. Places are counted only when someone asks, or when a buffer is used up.
#[derive(Debug)]
pub(super) struct Window<R> {
    source: R,
    /// Length of the source's buffer.
    length: usize,
    /// Up to here the buffer is consumed.
    used: usize,
    /// `place` belongs to this offset of the buffer.
    counted: usize,
    place: Place,
}

impl<R: BufRead> Window<R> {
    /// At the beginning of `source`, which begins at `place` of the file.
    pub(super) fn new(source: R, place: Place) -> Self {
        Self { source, length: 0, used: 0, counted: 0, place }
    }

    /// What is ahead; empty only at the end.
    #[inline]
    pub(super) fn buffer(&mut self) -> Result<&[u8], Stop> {
        if self.used == self.length {
            self.refill()?;
        }
        match self.source.fill_buf() {
            Ok(buffer) => Ok(buffer.get(self.used..).unwrap_or_default()),
            Err(error) => Err(Stop::from_io(&error, self.place.line, self.place.column)),
        }
    }

    /// Passes over `count` bytes of the buffer.
    #[inline]
    pub(super) fn consume(&mut self, count: usize) {
        self.used = (self.used + count).min(self.length);
    }

    /// The place of the next byte.
    pub(super) fn place(&mut self) -> Place {
        let passed = match self.source.fill_buf() {
            Ok(buffer) => buffer.get(self.counted..self.used).unwrap_or_default(),
            Err(_) => &[],
        };
        self.place = self.place.after_bytes(passed);
        self.counted = self.used;
        self.place
    }

    fn refill(&mut self) -> Result<(), Stop> {
        if self.length > 0 {
            self.place();
            self.source.consume(self.length);
        }
        (self.length, self.used, self.counted) = (0, 0, 0);
        match self.source.fill_buf() {
            Ok(buffer) => self.length = buffer.len(),
            Err(error) => return Err(Stop::from_io(&error, self.place.line, self.place.column)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn places_do_not_depend_on_buffers_nor_on_when_they_are_asked_for() {
        let text = "a\né\n\nbc";
        for capacity in 1..12 {
            for asked in 1..4 {
                let source = BufReader::with_capacity(capacity, text.as_bytes());
                let mut window = Window::new(source, Place::START);
                let mut passed = 0;
                while let Some(byte) = window.buffer().unwrap().first().copied() {
                    if passed % asked == 0 && byte & 0xC0 != 0x80 {
                        assert_eq!(
                            window.place(),
                            Place::START.after(text.get(..passed).unwrap()),
                            "{capacity} {asked} {passed}"
                        );
                    }
                    window.consume(1);
                    passed += 1;
                }
                assert_eq!(window.place(), Place { line: 4, column: 3 });
            }
        }
    }
}
