//! `cargo criterion --message-format=json`: one message a line, between those of cargo.
//!
//! <https://bheisler.github.io/criterion.rs/book/cargo_criterion/external_tools.html>. There is no standard deviation
//! in it; the median absolute deviation, which is scaled to be comparable with one, is the scatter.

use std::io::BufRead;

use super::criterion::STATISTICS;
use super::numbers::{Meaning, Numbers};
use super::unit;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

/// Whether this is such a stream.
pub(super) fn looks_like(shape: &Shape) -> bool {
    let is_one =
        |record: &Value| matches!(record.get("reason").text(), Some("benchmark-complete" | "group-complete"));
    shape.records().iter().any(is_one)
}

/// Reads one stream.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut lines = Lines::new(text);
    let mut numbers = Numbers::default();
    let ended = messages(&mut lines, &mut numbers);
    numbers.finish(ended, lines.problems())
}

fn messages<R: BufRead>(lines: &mut Lines<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    while let Some(line) = lines.next_line()? {
        if let Line::Record(message) = line
            && message.text_of("reason") == Some("benchmark-complete")
        {
            estimates(&message, Place { line: lines.line(), column: 1 }, numbers);
        }
    }
    Ok(())
}

fn estimates(message: &Value, place: Place, numbers: &mut Numbers) {
    let Some(name) = message.text_of("id") else {
        return numbers.error("a message without an `id`; left out".to_owned(), place);
    };
    for key in STATISTICS {
        let (estimate, id) = (message.get(key), format!("criterion.{name}.{key}"));
        let written = estimate.text_of("unit").unwrap_or("ns");
        let Some(unit) = unit::known_as(written) else {
            numbers.wrong(&id, &format!("in the unit `{written}`"), place);
            continue;
        };
        let meaning = Meaning::lower(unit);
        numbers.add(&id, estimate.get("estimate"), meaning, place);
        numbers.scatter(&id, message.get("median_abs_dev").get("estimate"), meaning);
    }
}
