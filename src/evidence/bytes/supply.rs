//! Where a window of text gets more from: a long file is read, decoded and prepared for its reader on a thread of its
//! own, while the reader looks at what came before.

use std::any::Any;
use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder};

use memchr::memrchr;

use super::decoding::{CHUNK, Decoding};
use super::place::Place;
use super::repair::Found;

/// A file is read ahead once this much of it was read, in chunks: many files are read side by side anyway.
const LONG: usize = (1 << 20) / CHUNK;
/// Bytes of a piece, but of the last one: each costs the switch from one thread to the other.
const PIECE: usize = 4 * CHUNK;
/// Pieces that wait for the reader at most.
const WAITING: usize = 3;

/// Where more text comes from.
pub(super) enum Supply {
    /// From here, when it is asked for; so many chunks were taken.
    Here(Decoding, usize),
    /// From a thread of its own, which gets back what was used.
    Ahead(Receiver<Decoded>, Sender<Used>),
    /// There is no more.
    Ended,
}

/// What was found in a piece of text.
pub type Prepared = Box<dyn Any + Send>;

/// Finds in a piece of text what its reader will ask for; gets what it found in an earlier one, for the room in it.
pub type Prepare = fn(&str, Option<Prepared>) -> Prepared;

/// A piece of text, as it comes from a [`Supply`].
#[derive(Default)]
pub(super) struct Piece {
    pub(super) found: Found,
    /// What was found in it ahead of its reader, if somebody was.
    pub(super) prepared: Option<Prepared>,
    /// The place of its end if it began a text; known of a piece that stands alone.
    pub(super) extent: Option<Place>,
}

/// What is of no more use but for its room.
#[derive(Default)]
pub(super) struct Used {
    text: String,
    prepared: Option<Prepared>,
}

/// Text that was decoded ahead, or why there is none.
type Decoded = io::Result<(String, Piece)>;

impl Supply {
    /// Text that is read from `decoding`.
    pub(super) fn of(decoding: Decoding) -> Self {
        Self::Here(decoding, 0)
    }

    /// Appends more to `text`; appends nothing when there is no more. `used` is what was prepared for an earlier piece.
    pub(super) fn more(
        &mut self,
        text: &mut String,
        prepare: Option<Prepare>,
        used: Option<Prepared>,
    ) -> io::Result<Piece> {
        if matches!(self, Self::Here(_, LONG)) {
            *self = std::mem::replace(self, Self::Ended).ahead(prepare);
        }
        match self {
            Self::Here(decoding, taken) => {
                *taken += 1;
                decoding.more(text).map(|found| Piece { found, ..Piece::default() })
            }
            Self::Ahead(pieces, room) => {
                let Ok(decoded) = pieces.recv() else { return Ok(Piece::default()) };
                let (mut decoded, mut piece) = decoded?;
                if text.is_empty() {
                    std::mem::swap(text, &mut decoded);
                } else {
                    text.push_str(&decoded);
                    piece.extent = None;
                }
                // At the end nobody is left who wants it.
                drop(room.send(Used { text: decoded, prepared: used }));
                Ok(piece)
            }
            Self::Ended => Ok(Piece::default()),
        }
    }

    /// The same supply, from a thread of its own if one can be had.
    fn ahead(self, prepare: Option<Prepare>) -> Self {
        let Self::Here(decoding, taken) = self else { return self };
        if thread::available_parallelism().is_ok_and(|cores| cores.get() == 1) {
            return Self::Here(decoding, taken + 1);
        }
        let (sender, pieces) = sync_channel(WAITING);
        let (room, used) = channel();
        // Stays here when there is no thread to be had.
        let shared = Arc::new(Mutex::new(Some(decoding)));
        let theirs = Arc::clone(&shared);
        let begun = Builder::new().name("reads ahead".to_owned()).spawn(move || {
            let decoding = theirs.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(decoding) = decoding {
                read_ahead(decoding, prepare, &sender, &used);
            }
        });
        match begun {
            Ok(_) => Self::Ahead(pieces, room),
            Err(_) => match shared.lock().unwrap_or_else(PoisonError::into_inner).take() {
                Some(decoding) => Self::Here(decoding, taken + 1),
                None => Self::Ended,
            },
        }
    }
}

/// Sends piece after piece until the text ends, fails, or is not wanted any more.
fn read_ahead(
    mut decoding: Decoding,
    prepare: Option<Prepare>,
    sender: &SyncSender<Decoded>,
    used: &Receiver<Used>,
) {
    let mut tail = String::new();
    loop {
        let Used { mut text, prepared } = used.try_recv().unwrap_or_default();
        text.clear();
        text.push_str(&tail);
        tail.clear();
        let (found, error) = fill(&mut decoding, &mut text);
        if text.len() >= PIECE && found.is_empty() {
            cut(&mut text, &mut tail, if prepare.is_some() { b'>' } else { b'\n' });
        }
        let ends = text.is_empty() || error.is_some();
        let prepared = prepare.map(|prepare| prepare(&text, prepared));
        let extent = Some(Place::START.after(&text));
        let sent = sender.send(Ok((text, Piece { found, prepared, extent })));
        let told = error.map_or(Ok(()), |error| sender.send(Err(error)));
        if sent.is_err() || told.is_err() || ends {
            return;
        }
    }
}

/// Appends at least a piece to `text` unless it ends, or fails, before.
fn fill(decoding: &mut Decoding, text: &mut String) -> (Found, Option<io::Error>) {
    let mut found = Found::default();
    text.reserve(PIECE + CHUNK);
    while text.len() < PIECE {
        let before = text.len();
        match decoding.more(text) {
            Ok(more) => found.append(before, more),
            Err(error) => return (found, Some(error)),
        }
        if text.len() == before {
            break;
        }
    }
    (found, None)
}

/// Moves what follows the last `end`, with which markup or a line ends, to `tail`, so that a reader has nothing left when
/// it needs more.
fn cut(text: &mut String, tail: &mut String, end: u8) {
    const MOST: usize = 8 << 10;
    let from = text.len().saturating_sub(MOST);
    let last = memrchr(end, text.as_bytes().get(from..).unwrap_or_default());
    if let Some(end) = last.map(|last| from + last + 1) {
        tail.push_str(text.get(end..).unwrap_or_default());
        text.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::super::text::{Text, open};
    use super::*;

    const LINE: &str = "a line with 漢字\n";
    /// So many lines are longer than what is read before a thread of its own reads ahead.
    const LINES: usize = 3 * LONG * CHUNK / LINE.len();

    fn read(text: &mut Text) -> (String, Option<io::Error>) {
        let mut all = String::new();
        loop {
            all.push_str(text.rest());
            text.consume_bytes(text.rest().len());
            match text.grow() {
                Ok(true) => {}
                Ok(false) => return (all, None),
                Err(error) => return (all, Some(error)),
            }
        }
    }

    #[test]
    fn what_is_odd_far_into_a_long_text_has_its_place() {
        let mut bytes = LINE.repeat(LINES).into_bytes();
        bytes.extend(b"x\xFFy\n\x1B");
        let mut text = open(Box::new(Cursor::new(bytes))).unwrap();
        let (all, error) = read(&mut text);
        assert!(all == format!("{}x\u{fffd}y\n\u{1b}", LINE.repeat(LINES)) && error.is_none());
        let places: Vec<_> = text.problems().iter().map(|problem| (problem.line, problem.column)).collect();
        let last = LINES as u64 + 1;
        assert_eq!(places, [(Some(last), Some(2)), (Some(last + 1), Some(1))]);
    }

    #[test]
    fn an_error_far_into_a_long_text_comes_once_and_behind_all_that_was_read() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let source = Cursor::new(LINE.repeat(LINES)).chain(Broken);
        let mut text = open(Box::new(source)).unwrap();
        let (all, error) = read(&mut text);
        assert!(all == LINE.repeat(LINES));
        assert_eq!(error.unwrap().to_string(), "gone");
        assert!(!text.grow().unwrap());
    }

    #[test]
    fn each_piece_that_is_read_ahead_is_prepared_and_known_by_its_offset() {
        let mut text = open(Box::new(Cursor::new(LINE.repeat(LINES)))).unwrap();
        text.prepare(|piece, _| Box::new(piece.to_owned()));
        let mut compared = 0;
        let mut piece = (String::new(), 0..0);
        loop {
            let at = text.offset();
            if let Some((prepared, range)) = text.prepared() {
                piece = (*prepared.downcast::<String>().unwrap(), range);
            }
            if piece.1.contains(&at) {
                let rest = text.rest().get(..LINE.len()).unwrap_or_default();
                let from = at - piece.1.start;
                let shared = rest.len().min(piece.0.len() - from);
                assert_eq!(piece.0.get(from..from + shared), rest.get(..shared));
                compared += 1;
            }
            text.consume_bytes(LINE.len());
            if text.rest().len() < LINE.len() && !text.grow().unwrap() {
                break;
            }
        }
        assert!(compared > LINES / 2, "{compared} of {LINES}");
    }
}
