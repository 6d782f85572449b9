//! PIT's `mutations.xml`.
//!
//! <https://pitest.org>. The attribute `detected` is true for mutants that broke the run or were not viable, too, so
//! `status` decides.

use super::mutation::{Fate, Mutants};
use super::numbers::Numbers;
use crate::evidence::bytes::Text;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event};
use crate::model::input::Problem;
use crate::model::metric::Measurement;

/// Whether the root is PIT's.
pub(super) fn looks_like(root: Option<&str>) -> bool {
    root == Some("mutations")
}

/// Reads one report.
pub(super) fn read(text: &mut Text) -> Reading<Vec<Measurement>> {
    let mut xml = Cursor::new(text);
    let (mut numbers, mut mutants) = (Numbers::default(), Mutants::default());
    let ended = elements(&mut xml, &mut numbers, &mut mutants);
    mutants.put(&mut numbers);
    numbers.finish(ended, xml.problems())
}

fn elements(xml: &mut Cursor<'_>, numbers: &mut Numbers, mutants: &mut Mutants) -> Result<(), Stop> {
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Event::Eof => break,
            Event::Start(tag) if depth == 1 && tag.name() == "mutation" => {
                let status = tag.attribute("status").unwrap_or_default().into_owned();
                let place = xml.place();
                mutants.add(fate(&status).unwrap_or_else(|| {
                    let message = format!("a mutant has the unknown status `{status}`; counted as survived");
                    numbers.error(message, place);
                    Fate::Survived
                }));
                xml.skip_element()?;
            }
            _ => {}
        }
    }
    if mutants.pending > 0 {
        let message = format!("{} mutants were not tried; the run did not finish", mutants.pending);
        return Err(Stop::incomplete(Problem::error(message).at(1, 1)));
    }
    Ok(())
}

fn fate(status: &str) -> Option<Fate> {
    Some(match status {
        "KILLED" => Fate::Killed,
        "TIMED_OUT" => Fate::TimedOut,
        "SURVIVED" => Fate::Survived,
        "NO_COVERAGE" => Fate::NotCovered,
        "RUN_ERROR" | "MEMORY_ERROR" | "NON_VIABLE" | "EQUIVALENT" => Fate::LeftOut,
        "NOT_STARTED" | "STARTED" => Fate::Pending,
        _ => return None,
    })
}
