//! What the readers of JSON documents share.

use std::io::BufRead;

use super::numbers::Numbers;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

/// Reads one document piece by piece, as `document` does it.
pub(super) fn read<R: BufRead>(
    text: R,
    document: impl FnOnce(&mut Cursor<R>, &mut Numbers) -> Result<(), Stop>,
) -> Reading<Vec<Measurement>> {
    let mut json = Cursor::new(text).allowing_words();
    let mut numbers = Numbers::default();
    let ended = document(&mut json, &mut numbers);
    numbers.finish(ended, json.problems())
}

/// Reads one document that is small enough to be held whole; `report` gets it with its place.
pub(super) fn read_whole(
    text: impl BufRead,
    report: fn(&Value, Place, &mut Numbers),
) -> Reading<Vec<Measurement>> {
    read(text, |json, numbers| {
        let place = json.place();
        let root = json.value()?;
        json.end()?;
        report(&root, place, numbers);
        Ok(())
    })
}
