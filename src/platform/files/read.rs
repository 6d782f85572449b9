//! Reading what was found, on all cores.

use std::fs::File;
use std::io::Read;

use rayon::prelude::*;

use super::archive;
use super::found::{Asked, Found, Place};
use crate::model::input::{Input, InputState, Problem};
use crate::model::origin::Origin;

/// Reads everything in `found` on all cores, in its order. Files that merely lie beside evidence and are none are
/// left out.
///
/// `read` gets a file's shown path, its size in bytes and its bytes.
pub fn read_all(
    found: Vec<Found>,
    read: impl Fn(String, u64, Box<dyn Read + Send>) -> Input + Sync,
) -> Vec<Input> {
    found.into_par_iter().filter_map(|one| read_one(one, &read)).collect()
}

fn read_one(
    found: Found,
    read: &(impl Fn(String, u64, Box<dyn Read + Send>) -> Input + Sync),
) -> Option<Input> {
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
