//! Reading what was found, on all cores.

use std::fs::File;
use std::io::Read;

use jiff::Timestamp;
use rayon::prelude::*;

use super::archive;
use super::found::{Asked, Found, Place, not_read};
use crate::model::input::{Input, InputState, Inputs, Problem};
use crate::model::left_out::LeftOut;
use crate::model::origin::Origin;

/// Reads one file: its shown path, its size, its bytes.
pub type ReadOne = fn(String, u64, Box<dyn Read + Send>) -> Input;

/// Reads everything in `found` on all cores, in its order. Files that merely lie beside evidence and are none are
/// left out, and counted.
pub fn read_all(
    found: Vec<Found>,
    read: impl Fn(String, u64, Box<dyn Read + Send>) -> Input + Sync,
) -> Inputs {
    let all: Vec<Result<Input, LeftOut>> = found.into_par_iter().map(|one| read_one(one, &read)).collect();
    let mut inputs = Inputs::default();
    for one in all {
        match one {
            Ok(input) => inputs.read.push(input),
            Err(left_out) => inputs.left_out.add(left_out),
        }
    }
    inputs
}

fn read_one(
    found: Found,
    read: &(impl Fn(String, u64, Box<dyn Read + Send>) -> Input + Sync),
) -> Result<Input, LeftOut> {
    let origin = found.origin.unwrap_or_else(|| Origin::of_path(&found.path));
    let origin = Origin { written: written(&found.place), ..origin };
    let reader: std::io::Result<Box<dyn Read + Send>> = match &found.place {
        Place::File(path) => File::open(path).map(|file| Box::new(file) as Box<dyn Read + Send>),
        Place::Entry(path, entry) => archive::reader(path, entry),
        Place::Refused(reason) => return Ok(refused(found.path, found.bytes, reason.clone())),
        Place::LeftOut(left_out) => return Err(left_out.clone()),
    };
    match reader {
        Ok(reader) => {
            let input = Input { origin, ..read(found.path, found.bytes, reader) };
            let is_blank = input.bytes == 0 && is_nameless(&input.path);
            let is_none = input.state == InputState::Unrecognised || is_blank;
            if is_none && found.asked == Asked::AlongWith { Err(not_read(&input.path)) } else { Ok(input) }
        }
        Err(error) => Ok(refused(found.path, found.bytes, format!("failed to open the file: {error}"))),
    }
}

/// Whether the name of a file says nothing of what it holds: when it is empty, too, it is a lock or a marker.
fn is_nameless(path: &str) -> bool {
    !path.rsplit(['/', '\\']).next().unwrap_or(path).contains('.')
}

/// When a plain file was last written. What a zip says has no time zone, so it is not asked.
fn written(place: &Place) -> Option<Timestamp> {
    let Place::File(path) = place else { return None };
    let modified = path.metadata().ok()?.modified().ok()?;
    Timestamp::try_from(modified).ok()
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
        coverage: None,
        problems: vec![Problem::error(reason)],
    }
}
