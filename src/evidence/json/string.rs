//! Strings of JSON, unescaped tolerantly and kept up to a limit.

use memchr::memchr2;

/// The beginning of a string, up to a limit.
#[derive(Debug)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    limit: usize,
    /// The first half of a surrogate pair.
    high: Option<u16>,
}

impl Kept {
    pub(super) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, high: None }
    }

    fn push(&mut self, bytes: &[u8]) {
        if self.high.take().is_some() {
            self.append("\u{FFFD}".as_bytes());
        }
        self.append(bytes);
    }

    fn append(&mut self, bytes: &[u8]) {
        let free = self.limit.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(bytes.get(..free).unwrap_or(bytes));
    }

    /// One unit of UTF-16; halves of pairs that stand alone become U+FFFD, as JavaScript cuts strings anywhere.
    fn push_unit(&mut self, unit: u16) {
        let units = [self.high.take(), Some(unit)];
        let is_high = (0xD800..0xDC00).contains(&unit);
        let complete =
            units.into_iter().flatten().take(if is_high { usize::from(units[0].is_some()) } else { 2 });
        let text: String =
            char::decode_utf16(complete).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.append(text.as_bytes());
        self.high = is_high.then_some(unit);
    }

    /// The text; a character that the limit cut is dropped.
    pub(super) fn into_string(mut self) -> String {
        self.push(&[]);
        match String::from_utf8(self.bytes) {
            Ok(text) => text,
            Err(error) => {
                let end = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(end);
                String::from_utf8_lossy(&bytes).into_owned()
            }
        }
    }
}

/// Where in an escape a string stands between two buffers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Plain,
    Backslash,
    /// Digits seen and their value.
    Unicode(u8, u16),
}

/// What one step over a buffer did.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) consumed: usize,
    /// The closing quote was met.
    pub(super) ended: bool,
    /// An escape that JSON does not know.
    pub(super) odd: bool,
}

/// Takes a string apart, whatever pieces it comes in.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    state: State,
}

impl Pieces {
    /// Takes what it can from the beginning of `buffer`, which is not empty.
    pub(super) fn step(&mut self, buffer: &[u8], kept: &mut Kept) -> Step {
        let Some(byte) = buffer.first().copied() else {
            return Step { consumed: 0, ended: false, odd: false };
        };
        match self.state {
            State::Plain => self.plain(buffer, kept),
            State::Backslash => self.escape(byte, kept),
            State::Unicode(digits, value) => self.unicode(byte, digits, value, kept),
        }
    }

    fn plain(&mut self, buffer: &[u8], kept: &mut Kept) -> Step {
        let Some(at) = memchr2(b'"', b'\\', buffer) else {
            kept.push(buffer);
            return Step { consumed: buffer.len(), ended: false, odd: false };
        };
        let (text, rest) = buffer.split_at(at);
        if !text.is_empty() {
            kept.push(text);
        }
        let ended = rest.first() == Some(&b'"');
        if !ended {
            self.state = State::Backslash;
        }
        Step { consumed: at + 1, ended, odd: false }
    }

    fn escape(&mut self, byte: u8, kept: &mut Kept) -> Step {
        self.state = State::Plain;
        let meant: &[u8] = match byte {
            b'"' => b"\"",
            b'\\' => b"\\",
            b'/' => b"/",
            b'b' => b"\x08",
            b'f' => b"\x0C",
            b'n' => b"\n",
            b'r' => b"\r",
            b't' => b"\t",
            b'u' => {
                self.state = State::Unicode(0, 0);
                return Step { consumed: 1, ended: false, odd: false };
            }
            // Old versions of rustc wrote Windows paths without escaping them.
            _ => {
                kept.push(b"\\");
                return Step { consumed: 0, ended: false, odd: true };
            }
        };
        kept.push(meant);
        Step { consumed: 1, ended: false, odd: false }
    }

    fn unicode(&mut self, byte: u8, digits: u8, value: u16, kept: &mut Kept) -> Step {
        let digit = char::from(byte).to_digit(16).and_then(|digit| u16::try_from(digit).ok());
        let Some(digit) = digit else {
            self.state = State::Plain;
            kept.push("\u{FFFD}".as_bytes());
            return Step { consumed: 0, ended: false, odd: true };
        };
        let value = (value << 4) | digit;
        self.state = State::Unicode(digits + 1, value);
        if digits == 3 {
            self.state = State::Plain;
            kept.push_unit(value);
        }
        Step { consumed: 1, ended: false, odd: false }
    }
}
