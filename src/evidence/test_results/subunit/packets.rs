//! Version 2: packets of bytes, among whatever else was printed.
//!
//! The text that a stream is decoded to holds a character for each of its bytes, see [`crate::evidence::bytes`].

use std::io::{BufRead, Bytes};

use flate2::Crc;

use super::cases::Cases;
use crate::evidence::reading::{Reading, Stop};
use crate::model::input::Problem;
use crate::model::tests::{Outcome, TestReport};

/// The first byte of every packet.
const SIGNATURE: u8 = 0xB3;
/// The longest packet that the definition allows, in bytes.
const LONGEST: usize = 4 << 20;
const NANOS: u64 = 1_000_000_000;

/// Reads a stream of packets.
pub(super) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut stream = Stream { source: text.bytes(), packets: 0, outside: 0 };
    let mut cases = Cases::default();
    let ended = stream.read(&mut cases);
    let outside = (stream.outside > 0)
        .then(|| Problem::warning(format!("{} bytes stand between the packets; left out", stream.outside)));
    cases.finish(ended, outside.into_iter().collect())
}

struct Stream<R> {
    source: Bytes<R>,
    /// Packets so far.
    packets: u64,
    /// Bytes that belong to no packet.
    outside: u64,
}

impl<R: BufRead> Stream<R> {
    fn read(&mut self, cases: &mut Cases) -> Result<(), Stop> {
        let mut before = 0;
        while let Some(byte) = self.byte()? {
            // Behind another byte that is not ASCII it is part of a character of UTF-8.
            if byte != SIGNATURE || before >= 0x80 {
                self.outside += 1;
                before = byte;
                continue;
            }
            before = 0;
            let flags = self.more(1)?;
            if flags.first().is_none_or(|high| high >> 4 != 2) {
                self.outside += 2;
                continue;
            }
            self.packets += 1;
            let packet = self.packet(&flags)?;
            let event = Event::of(&packet).ok_or_else(|| self.broken("ends inside of a field"))?;
            event.tell(cases);
        }
        Ok(())
    }

    /// The whole packet, its checksum checked.
    fn packet(&mut self, flags: &[u8]) -> Result<Vec<u8>, Stop> {
        let mut packet = vec![SIGNATURE];
        packet.extend(flags);
        packet.extend(self.more(2)?);
        let more = packet.last().map_or(0, |first| usize::from(first >> 6));
        packet.extend(self.more(more)?);
        let length = Fields(packet.get(3..).unwrap_or_default()).number().unwrap_or_default();
        let left = length.checked_sub(packet.len()).filter(|left| (4..LONGEST).contains(left));
        let left = left.ok_or_else(|| self.broken(&format!("says that it is {length} bytes long")))?;
        packet.extend(self.more(left)?);
        let (data, sum) = packet.split_at(packet.len() - 4);
        let mut crc = Crc::new();
        crc.update(data);
        if sum != crc.sum().to_be_bytes() {
            return Err(self.broken("has another checksum than it says"));
        }
        packet.truncate(packet.len() - 4);
        Ok(packet)
    }

    /// The next `count` bytes of a packet.
    fn more(&mut self, count: usize) -> Result<Vec<u8>, Stop> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            let number = self.packets.max(1);
            let cut = || {
                Stop::incomplete(Problem::error(format!(
                    "the stream ends in packet {number}; it was cut short"
                )))
            };
            bytes.push(self.byte()?.ok_or_else(cut)?);
        }
        Ok(bytes)
    }

    /// The next byte of the stream: bytes from 0x80 on are characters of three bytes in a text.
    fn byte(&mut self) -> Result<Option<u8>, Stop> {
        let mut next = || self.source.next().transpose().map_err(|error| Stop::from_io(&error, 1, 1));
        match next()? {
            Some(first) if first >= 0x80 => {
                let (second, third) = (next()?.unwrap_or_default(), next()?.unwrap_or_default());
                Ok(Some(0x80 | ((second & 1) << 6) | (third & 0x3F)))
            }
            other => Ok(other),
        }
    }

    fn broken(&self, what: &str) -> Stop {
        Stop::invalid(Problem::error(format!("packet {} {what}; the stream is damaged", self.packets)))
    }
}

/// What one packet tells.
struct Event {
    status: u16,
    test: String,
    /// Nanoseconds since 1970.
    time: Option<u64>,
    /// Name and content of an attachment.
    file: Option<(String, String)>,
}

impl Event {
    /// Out of a packet without its checksum; `None` when it ends inside of a field.
    fn of(packet: &[u8]) -> Option<Self> {
        let flags = u16::from_be_bytes(packet.get(1..3)?.try_into().ok()?);
        let has = |flag: u16| flags & flag != 0;
        let mut fields = Fields(packet.get(3..)?);
        fields.number()?;
        let time = if has(0x0200) { Some(fields.time()?) } else { None };
        let test = if has(0x0800) { fields.text()? } else { String::new() };
        if has(0x0080) {
            for _ in 0..fields.number()? {
                fields.text()?;
            }
        }
        if has(0x0020) {
            fields.text()?;
        }
        let file = if has(0x0040) { Some((fields.text()?, fields.text()?)) } else { None };
        Some(Self { status: flags & 7, test, time, file })
    }

    fn tell(&self, cases: &mut Cases) {
        if self.test.is_empty() {
            return;
        }
        if let Some((name, content)) = &self.file
            && (name.contains("traceback") || name.contains("reason"))
        {
            cases.tell(&self.test, content);
        }
        let outcome = match self.status {
            2 => return cases.begin(&self.test, self.time),
            3 => Outcome::Passed,
            4 | 6 => Outcome::Failed,
            5 | 7 => Outcome::Skipped,
            // Of what exists, nothing is known.
            _ => return,
        };
        cases.end(&self.test, outcome, self.time);
    }
}

/// The fields of a packet that are still to come.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (field, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(field)
    }

    /// The first two bits say how many bytes follow the first one.
    fn number(&mut self) -> Option<usize> {
        let first = *self.0.first()?;
        let all = self.bytes(1 + usize::from(first >> 6))?;
        let value = all.iter().fold(0, |value, byte| (value << 8) | usize::from(*byte));
        Some(value & !(3 << (8 * all.len() - 2)))
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        self.bytes(length).map(|text| String::from_utf8_lossy(text).into_owned())
    }

    fn time(&mut self) -> Option<u64> {
        let seconds = u32::from_be_bytes(self.bytes(4)?.try_into().ok()?);
        let nanos = self.number()?;
        Some(u64::from(seconds) * NANOS + nanos as u64)
    }
}
