//! `hyperfine --export-json`: seconds, one result for each command.
//!
//! <https://github.com/sharkdp/hyperfine/blob/master/src/benchmark/benchmark_result.rs>. With `-i` commands may fail; how fast
//! they fail is no evidence.

use std::io::BufRead;

use super::documents;
use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

const SECONDS: Meaning = Meaning::lower("s");

/// Whether these are hyperfine's results.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["results[].command", "results[].mean"])
}

/// Reads all results.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    let mut listed = false;
    json.object(|json, key| match key {
        "results" => {
            listed |= json.list(|json| {
                let (place, result) = (json.place(), json.value()?);
                timing(&result, place, numbers);
                Ok(())
            })?;
            Ok(())
        }
        _ => json.skip(),
    })?;
    json.end()?;
    if listed { Ok(()) } else { Err(not_a("no list at `results`", Place::START)) }
}

fn timing(result: &Value, place: Place, numbers: &mut Numbers) {
    let Some(command) = result.text_of("command") else {
        return numbers.error("a result without a `command`; left out".to_owned(), place);
    };
    let codes = result.get("exit_codes").list();
    let failures = codes.iter().filter(|code| code.count() != Some(0)).count();
    if failures > 0 {
        let message = format!("`{command}` failed in {failures} of {} runs; left out", codes.len());
        return numbers.warn(message, place);
    }
    for name in ["mean", "median"] {
        let id = format!("hyperfine.{command}.{name}");
        numbers.add(&id, result.get(name), SECONDS, place);
        numbers.scatter(&id, result.get("stddev"), SECONDS);
    }
}
