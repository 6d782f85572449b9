//! The mutation testing report schema, which Stryker (JavaScript, .NET, Scala) and others write.
//!
//! <https://github.com/stryker-mutator/mutation-testing-elements/blob/master/packages/report-schema/src/mutation-testing-report-schema.json>.

use std::io::BufRead;

use super::mutation::{self, Fate, Mutants};
use super::numbers::{Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape};
use crate::evidence::reading::{Reading, Stop};
use crate::model::input::{Content, Problem};

/// Whether this is such a report.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has("files") && shape.has("schemaVersion") && shape.has("thresholds")
        || shape.has_between("files.", ".mutants[].status")
}

/// Reads one report.
pub(super) fn read(text: impl BufRead) -> Reading<Content> {
    let mut json = Cursor::new(text);
    let (mut numbers, mut mutants) = (Numbers::default(), Mutants::default());
    let ended = document(&mut json, &mut numbers, &mut mutants);
    mutants.finish("stryker", numbers, (ended, json.problems()))
}

fn document<R: BufRead>(
    json: &mut Cursor<R>,
    numbers: &mut Numbers,
    mutants: &mut Mutants,
) -> Result<(), Stop> {
    let mut listed = false;
    json.object(|json, key| {
        if key != "files" {
            return json.skip();
        }
        listed |= json.object(|json, path| {
            let path = path.to_owned();
            json.object(|json, key| match key {
                "mutants" => json.list(|json| mutant(json, &path, (numbers, mutants))).map(drop),
                _ => json.skip(),
            })
            .map(drop)
        })?;
        Ok(())
    })?;
    json.end()?;
    if !listed {
        return Err(not_a("no object at `files`, where the mutants should be", Place::START));
    }
    if mutants.pending > 0 {
        let message = format!("{} mutants are pending; the run did not finish", mutants.pending);
        return Err(Stop::incomplete(Problem::error(message).at(1, 1)));
    }
    Ok(())
}

fn mutant<R: BufRead>(
    json: &mut Cursor<R>,
    path: &str,
    (numbers, mutants): (&mut Numbers, &mut Mutants),
) -> Result<(), Stop> {
    let (place, mutant) = (json.place(), json.value()?);
    let status = mutant.text_of("status").unwrap_or_default();
    let fate = match status {
        "Killed" => Fate::Killed,
        "Timeout" => Fate::TimedOut,
        "Survived" => Fate::Survived,
        "NoCoverage" => Fate::NotCovered,
        "CompileError" | "RuntimeError" | "Ignored" => Fate::LeftOut,
        "Pending" => Fate::Pending,
        _ => {
            numbers.error(format!("a mutant has the unknown status `{status}`; counted as survived"), place);
            Fate::Survived
        }
    };
    mutants.add(fate, || {
        let name = mutant.text_of("mutatorName").unwrap_or("mutant");
        let what =
            mutant.text_of("replacement").map_or_else(|| name.to_owned(), |by| format!("{name}: {by}"));
        mutation::mutant(Some(path), mutant.get("location").get("start").line_of("line"), &what)
    });
    Ok(())
}
