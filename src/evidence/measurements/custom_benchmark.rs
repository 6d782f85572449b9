//! The custom JSON of github-action-benchmark: a list of `{name, value, unit}`.
//!
//! <https://github.com/benchmark-action/github-action-benchmark#examples>. Which way is better is not in the file but in
//! the name of the tool that its user gives (`customBiggerIsBetter`, `customSmallerIsBetter`), so it is told from the
//! unit where that says so: times and bytes should be small, rates large.

use std::io::BufRead;

use super::documents;
use super::numbers::{Meaning, Numbers, not_a};
use super::unit;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::{Measurement, Unit};

/// Whether this is such a list.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["[].name", "[].value", "[].unit"])
}

/// Reads one list.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    let listed = json.list(|json| {
        let (place, entry) = (json.place(), json.value()?);
        number(&entry, place, numbers);
        Ok(())
    })?;
    json.end()?;
    if listed { Ok(()) } else { Err(not_a("no list of benchmarks", Place::START)) }
}

fn number(entry: &Value, place: Place, numbers: &mut Numbers) {
    let Some(name) = entry.text_of("name") else {
        return numbers.error("an entry without a `name`; left out".to_owned(), place);
    };
    let id = format!("custom-benchmark.{name}");
    if !entry.get("value").is_something() {
        return numbers.wrong(&id, "missing", place);
    }
    let meaning = meaning(entry.text_of("unit").unwrap_or_default());
    numbers.add(&id, entry.get("value"), meaning, place);
    let range = entry.text_of("range").unwrap_or_default();
    let range = range.trim_start_matches(['±', '+', '/', '-', ' ']).trim();
    numbers.scatter(&id, &Value::Text(range.to_owned()), meaning);
}

/// `ns/iter` is a time, `ops/sec` a rate; an unknown unit makes a plain number.
fn meaning(written: &str) -> Meaning {
    let bare = ["/iter", "/op", "/call"].iter().find_map(|per| written.strip_suffix(per)).unwrap_or(written);
    let bare = match bare {
        "ops/sec" | "iter/sec" | "req/sec" | "iter/s" => "/s",
        other => other,
    };
    let known = unit::known_as(bare).unwrap_or_default();
    match unit::base(known) {
        Some((Unit::Milliseconds | Unit::Bytes, _)) => Meaning::lower(known),
        Some((Unit::PerSecond, _)) => Meaning::higher(known),
        _ => Meaning::neutral(known),
    }
}
