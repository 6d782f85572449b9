//! cargo-mutants' `mutants.out/outcomes.json`.
//!
//! <https://mutants.rs/mutants-out.html>. When the tests fail without any mutation, nothing can be told of mutants.

use std::io::BufRead;

use super::mutation::{Fate, Mutants, mutant};
use super::numbers::{Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::input::{Content, Problem};
use crate::model::mutation::Mutant;

/// Whether this is such a file.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["outcomes[].scenario", "outcomes[].summary"])
        || shape.has_all(&["outcomes", "total_mutants"])
}

/// Reads one file.
pub(super) fn read(text: impl BufRead) -> Reading<Content> {
    let mut json = Cursor::new(text);
    let (mut numbers, mut mutants) = (Numbers::default(), Mutants::default());
    let ended = document(&mut json, &mut numbers, &mut mutants);
    if ended.as_ref().is_err_and(|stop| stop.problem.message == BASELINE) {
        mutants = Mutants::default();
    }
    mutants.finish("cargo-mutants", numbers, (ended, json.problems()))
}

const BASELINE: &str = "the tests fail without any mutation, so nothing can be told of the mutants";

fn document<R: BufRead>(
    json: &mut Cursor<R>,
    numbers: &mut Numbers,
    mutants: &mut Mutants,
) -> Result<(), Stop> {
    let (mut listed, mut unfinished, mut broken) = (false, false, false);
    json.object(|json, key| {
        match key {
            "outcomes" => {
                listed |= json.list(|json| {
                    let (place, outcome) = (json.place(), json.value()?);
                    broken |= fate(&outcome, place, numbers, mutants).is_none();
                    Ok(())
                })?;
            }
            "end_time" => unfinished = json.value()? == Value::Null,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    let start = Place::START;
    match (listed, broken, unfinished) {
        (false, ..) => Err(not_a("no list at `outcomes`", start)),
        (_, true, _) => Err(not_a(BASELINE, start)),
        (_, _, true) => {
            let message = "the run has no end; it was interrupted";
            Err(Stop::incomplete(Problem::error(message).at(1, 1)))
        }
        _ => Ok(()),
    }
}

/// Counts the mutant of `outcome`; `None` when it is the run without mutations, and failed.
fn fate(outcome: &Value, place: Place, numbers: &mut Numbers, mutants: &mut Mutants) -> Option<()> {
    let summary = outcome.text_of("summary").unwrap_or_default();
    if outcome.get("scenario").text() == Some("Baseline") {
        return (summary == "Success").then_some(());
    }
    let fate = match summary {
        "CaughtMutant" => Fate::Killed,
        "Timeout" => Fate::TimedOut,
        "MissedMutant" => Fate::Survived,
        "Unviable" => Fate::LeftOut,
        // Only checked or built, not tested.
        "Success" => Fate::Pending,
        _ => {
            numbers.error(format!("a mutant has the outcome `{summary}`; counted as survived"), place);
            Fate::Survived
        }
    };
    mutants.add(fate, || survivor(outcome.get("scenario").get("Mutant")));
    Some(())
}

/// Its name begins with its place, `src/lib.rs:5:5: replace add -> i32 with 0`.
fn survivor(scenario: &Value) -> Mutant {
    let (name, path) = (scenario.text_of("name").unwrap_or_default(), scenario.text_of("file"));
    let line = scenario.get("span").get("start").line_of("line");
    let what = path.and_then(|path| name.strip_prefix(path)).unwrap_or(name);
    mutant(path, line, what.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'))
}
