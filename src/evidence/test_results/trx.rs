//! TRX, the results of Visual Studio and `dotnet test`.
//!
//! Schema: `vstst.xsd` of Visual Studio. The rules:
//!
//! * A data-driven result holds its rows in `<InnerResults>`; the rows are what ran, so they are the cases.
//! * A result without `outcome` has the schema's default, an error. Timeouts and aborts are errors.
//! * Classes stand in the definitions, before or behind the results.
//! * Errors of the run itself are suite errors.

use std::collections::HashMap;
use std::sync::Arc;

use super::assembly::{Assembly, Draft, SuiteId};
use super::names::Names;
use super::story::Story;
use super::walk::{Step, Walk};
use crate::evidence::bytes::{Place, Text};
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Cursor;
use crate::model::tests::{Outcome, TestReport};

use element::{Element, Started};
use run::Run;

mod element;
mod run;

/// Whether a file that begins like this is a TRX file. `CppUnit` has the same root and other elements.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("TestRun") && (head.text.contains("TeamTest") || !head.text.contains("<FailedTests"))
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader {
        walk: Walk::new(Cursor::new(text), Assembly::default()),
        open: Vec::new(),
        ids: Vec::new(),
        definition: None,
        classes: HashMap::new(),
        names: Names::default(),
        run: Run::default(),
    };
    let ended = reader.walk();
    reader.classify();
    reader.run.conclude(&mut reader.walk.report, ended.is_ok());
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    /// Results that are open, outermost first.
    open: Vec<Open>,
    /// The definition of each case.
    ids: Vec<(usize, Arc<str>)>,
    /// The definition that is open.
    definition: Option<String>,
    /// Classes by definition.
    classes: HashMap<String, Arc<str>>,
    names: Names,
    run: Run,
}

/// A result that is open.
struct Open {
    started: Started,
    depth: usize,
    place: Place,
    duration: Option<u64>,
    story: Story,
    has_rows: bool,
    /// Failing cases when it was opened.
    before: u64,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        while let Some(step) = self.walk.step(Element::of)? {
            let Step::Start(element) = step else {
                self.close();
                continue;
            };
            match element {
                Element::Result(started) => self.open(*started),
                Element::Definition(id) => self.definition = id,
                Element::Method(class) => self.define(class),
                Element::ErrorInfo => self.explain()?,
                Element::Summary(outcome) => self.run.outcome = outcome,
                Element::Counters(claimed) => self.run.claimed = claimed,
                Element::RunInfo(is_error) => {
                    let message = Story::read(&mut self.walk.cursor)?.message;
                    self.run.infos.extend(message.filter(|_| is_error));
                }
                Element::Through => {}
                Element::Other => self.walk.cursor.skip_element()?,
            }
        }
        Ok(())
    }

    fn open(&mut self, started: Started) {
        if let Some(parent) = self.open.last_mut() {
            parent.has_rows = true;
            self.run.has_rows = true;
        }
        let duration = self.walk.duration(started.duration.as_deref());
        self.open.push(Open {
            started,
            depth: self.walk.cursor.depth(),
            place: self.walk.cursor.place(),
            duration,
            story: Story::default(),
            has_rows: false,
            before: self.walk.report.counts_failing(),
        });
    }

    fn close(&mut self) {
        let depth = self.walk.cursor.depth();
        let Some(open) = self.open.pop_if(|open| open.depth > depth) else { return };
        let outcome = match element::outcome(&open.started.outcome) {
            Some(outcome) => outcome,
            None => self.walk.report.unknown_outcome(&open.started.outcome, open.place),
        };
        if !open.has_rows {
            self.add(&open, outcome);
        } else if outcome.is_failing() && open.before == self.walk.report.counts_failing() {
            let message = open.story.message.as_deref().unwrap_or("failed, though none of its rows did");
            self.walk.report.suite_error(SuiteId::ROOT, &format!("{}: {message}", open.started.name));
        }
    }

    fn add(&mut self, open: &Open, outcome: Outcome) {
        let position = self.walk.report.add(&Draft {
            outcome,
            duration: open.duration,
            message: open.story.message.as_deref(),
            trace: Some(&open.story.trace),
            file: open.story.place.as_ref().map(|(file, _)| file.as_str()),
            line: open.story.place.as_ref().map(|(_, line)| *line),
            ..Draft::named(&open.started.name)
        });
        if let Some(id) = &open.started.id {
            self.ids.push((position, self.names.share(id)));
        }
    }

    fn explain(&mut self) -> Result<(), Stop> {
        let story = Story::read(&mut self.walk.cursor)?;
        if let Some(open) = self.open.last_mut() {
            open.story = story;
        }
        Ok(())
    }

    fn define(&mut self, class: Option<String>) {
        let (Some(id), Some(class)) = (&self.definition, class) else { return };
        let class = self.names.share(element::class_name(&class));
        self.classes.insert(id.clone(), class);
    }

    fn classify(&mut self) {
        for (position, id) in &self.ids {
            if let Some(class) = self.classes.get(&**id).filter(|class| !class.is_empty()) {
                self.walk.report.classify(*position, class);
            }
        }
    }
}

#[cfg(test)]
mod tests;
