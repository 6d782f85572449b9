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
                text.push_str(&decoded);
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
            decoding.into_iter().for_each(|decoding| read_ahead(decoding, prepare, &sender));
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
