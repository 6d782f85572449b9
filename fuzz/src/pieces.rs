//! The same bytes, handed out in other pieces.

use std::io::{self, Read};

/// Hands out 1, 2, … `most` bytes at a time, and then from 1 on again.
pub(crate) struct Pieces {
    bytes: Vec<u8>,
    start: usize,
    next: usize,
    most: usize,
}

impl Pieces {
    /// `bytes` in pieces of at most `most`, at least 1.
    pub(crate) fn of(bytes: &[u8], most: usize) -> Self {
        Self { bytes: bytes.to_vec(), start: 0, next: 1, most: most.max(1) }
    }
}

impl Read for Pieces {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let rest = &self.bytes[self.start..];
        let count = self.next.min(rest.len()).min(room.len());
        room[..count].copy_from_slice(&rest[..count]);
        self.start += count;
        self.next = if self.next >= self.most { 1 } else { self.next + 1 };
        Ok(count)
    }
}
