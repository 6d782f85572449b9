//! Where a window of text gets more from: a long file is read, decoded and prepared for its reader on a thread of its
//! own, while the reader looks at what came before.

use std::any::Any;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder};

use super::decoding::{CHUNK, Decoding};
use super::repair::Found;

/// A file is read ahead once this much of it was read, in chunks: many files are read side by side anyway.
const LONG: usize = (1 << 20) / CHUNK;
/// Pieces that wait for the reader at most.
const WAITING: usize = 8;

/// Where more text comes from.
pub(super) enum Supply {
    /// From here, when it is asked for; so many chunks were taken.
    Here(Decoding, usize),
    /// From a thread of its own.
    Ahead(Receiver<Decoded>),
    /// There is no more.
    Ended,
}

/// Finds in a piece of text what its reader will ask for.
pub type Prepare = fn(&str) -> Box<dyn Any + Send>;

/// A piece of text, as it comes from a [`Supply`].
#[derive(Default)]
pub(super) struct Piece {
    pub(super) found: Found,
    /// What was found in it ahead of its reader, if somebody was.
    pub(super) prepared: Option<Box<dyn Any + Send>>,
}

/// Text that was decoded ahead, or why there is none.
type Decoded = io::Result<(String, Piece)>;

impl Supply {
    /// Text that is read from `decoding`.
    pub(super) fn of(decoding: Decoding) -> Self {
        Self::Here(decoding, 0)
    }

    /// Appends more to `text`; appends nothing when there is no more.
    pub(super) fn more(&mut self, text: &mut String, prepare: Option<Prepare>) -> io::Result<Piece> {
        if matches!(self, Self::Here(_, LONG)) {
            *self = std::mem::replace(self, Self::Ended).ahead(prepare);
        }
        match self {
            Self::Here(decoding, taken) => {
                *taken += 1;
                decoding.more(text).map(|found| Piece { found, prepared: None })
            }
            Self::Ahead(pieces) => {
                let Ok(decoded) = pieces.recv() else { return Ok(Piece::default()) };
                let (decoded, piece) = decoded?;
                if text.is_empty() {
                    *text = decoded;
                } else {
                    text.push_str(&decoded);
                }
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
        // Stays here when there is no thread to be had.
        let shared = Arc::new(Mutex::new(Some(decoding)));
        let theirs = Arc::clone(&shared);
        let begun = Builder::new().name("reads ahead".to_owned()).spawn(move || {
            let decoding = theirs.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(decoding) = decoding {
                read_ahead(decoding, prepare, &sender);
            }
        });
        match begun {
            Ok(_) => Self::Ahead(pieces),
            Err(_) => match shared.lock().unwrap_or_else(PoisonError::into_inner).take() {
                Some(decoding) => Self::Here(decoding, taken + 1),
                None => Self::Ended,
            },
        }
    }
}

/// Sends piece after piece until the text ends, fails, or is not wanted any more.
fn read_ahead(mut decoding: Decoding, prepare: Option<Prepare>, sender: &SyncSender<Decoded>) {
    loop {
        let mut text = String::with_capacity(CHUNK);
        let decoded = decoding.more(&mut text).map(|found| {
            let prepared = prepare.map(|prepare| prepare(&text));
            (text, Piece { found, prepared })
        });
        let ends = !matches!(&decoded, Ok((text, _)) if !text.is_empty());
        if sender.send(decoded).is_err() || ends {
            return;
        }
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
        text.prepare(|piece| Box::new(piece.to_owned()));
        let mut compared = 0;
        loop {
            let rest = text.rest().get(..LINE.len()).unwrap_or_default().to_owned();
            if let Some((piece, at)) = text.prepared() {
                let piece = piece.downcast_ref::<String>().unwrap();
                let shared = rest.len().min(piece.len() - at);
                assert_eq!(piece.get(at..at + shared), rest.get(..shared));
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
