//! What the readers of XML reports share: the way through a file, the report that it fills, the durations in it.

use super::assembly::Assembly;
use super::attributes::Durations;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::tests::TestReport;

/// A file on its way to a report.
pub(super) struct Walk<'t> {
    pub(super) cursor: Cursor<'t>,
    pub(super) report: Assembly,
    durations: Durations,
}

/// What comes next beside text.
#[derive(Debug)]
pub(super) enum Step<E> {
    /// A start tag.
    Start(E),
    /// An end tag.
    End,
}

impl<'t> Walk<'t> {
    /// At the beginning of a file.
    pub(super) fn new(cursor: Cursor<'t>, report: Assembly) -> Self {
        Self { cursor, report, durations: Durations::default() }
    }

    /// The next tag, `None` at the end of the file; `of` says what a start tag opens.
    pub(super) fn step<E>(&mut self, of: fn(&Tag<'_>) -> E) -> Result<Option<Step<E>>, Stop> {
        loop {
            match self.cursor.next()? {
                Event::Eof => return Ok(None),
                Event::End(_) => return Ok(Some(Step::End)),
                Event::Start(tag) => return Ok(Some(Step::Start(of(&tag)))),
                Event::Text(_) => {}
            }
        }
    }

    /// What the next start tag opens, at any depth; `None` at the end of the file.
    pub(super) fn start<E>(&mut self, of: fn(&Tag<'_>) -> E) -> Result<Option<E>, Stop> {
        while let Some(step) = self.step(of)? {
            if let Step::Start(element) = step {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// What the next element opens inside of the one that is open; `None` at its end.
    pub(super) fn child<E>(&mut self, of: fn(&Tag<'_>) -> E) -> Result<Option<E>, Stop> {
        match self.step(of)? {
            Some(Step::Start(element)) => Ok(Some(element)),
            Some(Step::End) | None => Ok(None),
        }
    }

    /// Nanoseconds, when `text` is a duration.
    pub(super) fn duration(&mut self, text: Option<&str>) -> Option<u64> {
        self.durations.nanoseconds(text, &mut self.cursor)
    }

    /// The finished report; `ended` says whether the file was read whole.
    pub(super) fn finish(mut self, ended: Result<(), Stop>) -> Reading<TestReport> {
        self.durations.report(&mut self.report);
        self.report.finish(ended, self.cursor.problems())
    }
}
