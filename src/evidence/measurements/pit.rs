//! PIT's `mutations.xml`.
//!
//! <https://pitest.org>. The attribute `detected` is true for mutants that broke the run or were not viable, too, so
//! `status` decides.

use super::mutation::{Fate, Mutants, mutant};
use super::numbers::Numbers;
use crate::evidence::bytes::Text;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event};
use crate::model::input::{Content, Problem};
use crate::model::mutation::Mutant;

/// Longest text of an element that is kept.
const LONGEST: usize = 300;

/// Whether the root is PIT's.
pub(super) fn looks_like(root: Option<&str>) -> bool {
    root == Some("mutations")
}

/// Reads one report.
pub(super) fn read(text: &mut Text) -> Reading<Content> {
    let mut xml = Cursor::new(text);
    let (mut numbers, mut mutants) = (Numbers::default(), Mutants::default());
    let ended = elements(&mut xml, &mut numbers, &mut mutants);
    mutants.finish("pit", numbers, (ended, xml.problems()))
}

fn elements(xml: &mut Cursor<'_>, numbers: &mut Numbers, mutants: &mut Mutants) -> Result<(), Stop> {
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Event::Eof => break,
            Event::Start(tag) if depth == 1 && tag.name() == "mutation" => {
                let status = tag.attribute("status").unwrap_or_default().into_owned();
                let place = xml.place();
                let fate = fate(&status).unwrap_or_else(|| {
                    let message = format!("a mutant has the unknown status `{status}`; counted as survived");
                    numbers.error(message, place);
                    Fate::Survived
                });
                let told = told(xml)?;
                mutants.add(fate, || told.mutant());
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

/// What an element says about its mutant.
#[derive(Default)]
struct Told {
    file: String,
    class: String,
    method: String,
    line: String,
    mutator: String,
}

impl Told {
    fn mutant(&self) -> Mutant {
        let folder =
            self.class.rsplit_once('.').map(|(package, _)| format!("{}/", package.replace('.', "/")));
        let path = format!("{}{}", folder.unwrap_or_default(), self.file);
        let mutator = self.mutator.rsplit('.').next().unwrap_or_default();
        let line = self.line.trim().parse().ok().filter(|line| *line > 0);
        let path = (!self.file.is_empty()).then_some(path.as_str());
        mutant(path, line, &format!("{mutator} in {}", self.method))
    }
}

/// Reads the element whose start was read.
fn told(xml: &mut Cursor<'_>) -> Result<Told, Stop> {
    let (mut told, mut name, depth) = (Told::default(), String::new(), xml.depth());
    while xml.depth() >= depth {
        match xml.next()? {
            Event::Start(tag) => tag.name().clone_into(&mut name),
            Event::Text(text) => {
                let field = match name.as_str() {
                    "sourceFile" => &mut told.file,
                    "mutatedClass" => &mut told.class,
                    "mutatedMethod" => &mut told.method,
                    "lineNumber" => &mut told.line,
                    "mutator" => &mut told.mutator,
                    _ => continue,
                };
                let room = LONGEST.saturating_sub(field.len());
                field.extend(text.chars().take(room));
            }
            Event::End(_) => name.clear(),
            Event::Eof => break,
        }
    }
    Ok(told)
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
