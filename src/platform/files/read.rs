//! Reading what was found, on all cores.

use std::fs::File;
use std::io::Read;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use super::archive;
use super::found::{Asked, Found, Place};
use crate::model::input::{Input, InputState, Problem};
use crate::model::origin::Origin;

/// Reads one file: its shown path, its size, its bytes.
type ReadOne = fn(String, u64, Box<dyn Read + Send>) -> Input;

/// Reads everything in `found` on all cores, in its order. Files that merely lie beside evidence and are none are
/// left out.
pub fn read_all(found: Vec<Found>, read: ReadOne) -> Vec<Input> {
    found.into_par_iter().filter_map(|one| read_one(one, read)).collect()
}

/// Reads everything in `found` on all cores and hands it to `take` with its number, in any order. What is not taken yet
/// holds up the reading, so that not much more than what is being read is there at once.
pub fn read_each(found: Vec<Found>, read: ReadOne, mut take: impl FnMut(usize, Input)) {
    let (send, receive) = sync_channel(0);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            found.into_par_iter().enumerate().for_each_with(send, |send, (number, one)| {
                if let Some(input) = read_one(one, read) {
                    // Nobody receives any more when `take` panicked.
                    let _ = send.send((number, input));
                }
            });
        });
        for (number, input) in receive {
            take(number, input);
        }
    });
}

fn read_one(found: Found, read: ReadOne) -> Option<Input> {
    let origin = found.origin.unwrap_or_else(|| Origin::of_path(&found.path));
    let reader: std::io::Result<Box<dyn Read + Send>> = match &found.place {
        Place::File(path) => File::open(path).map(|file| Box::new(file) as Box<dyn Read + Send>),
        Place::Entry(path, entry) => archive::reader(path, entry),
        Place::Refused(reason) => return Some(refused(found.path, found.bytes, reason.clone())),
    };
    match reader {
        Ok(reader) => {
            let input = Input { origin, ..read(found.path, found.bytes, reader) };
            let along = found.asked == Asked::AlongWith && input.state == InputState::Unrecognised;
            (!along).then_some(input)
        }
        Err(error) => Some(refused(found.path, found.bytes, format!("failed to open the file: {error}"))),
    }
}

fn refused(path: String, bytes: u64, reason: String) -> Input {
    Input {
        path,
        origin: Origin::default(),
        bytes,
        format: None,
        kind: None,
        state: InputState::Invalid,
        content: None,
        problems: vec![Problem::error(reason)],
    }
}
