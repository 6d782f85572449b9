//! What stands inside a `<testcase>`, and the outcome that follows from it.

use crate::evidence::reading::Stop;
use crate::evidence::test_results::ctest;
use crate::evidence::test_results::message::{FirstLine, first_line};
use crate::evidence::test_results::trace::Frames;
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::tests::Outcome;

/// A result element: its message and place.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub(super) message: Option<String>,
    class: Option<String>,
    pub(super) file: Option<String>,
    pub(super) line: Option<u32>,
    /// Of a failure: the places that its text names.
    pub(super) frames: Option<Frames>,
}

/// The results of one case: the first of each kind, and how many tell of a failure.
#[derive(Debug, Default)]
pub(super) struct Results {
    skipped: Option<Note>,
    error: Option<Note>,
    failure: Option<Note>,
    rerun: Option<(Outcome, Note)>,
    flaky: Option<Note>,
    /// Failures, errors and failed attempts listed; what a suite's claims are compared with.
    pub(super) signals: u64,
    /// Cases and suites inside this one.
    pub(super) nested: u64,
}

/// What a case comes to.
#[derive(Debug)]
pub(super) struct Conclusion {
    pub(super) outcome: Outcome,
    pub(super) flaky: bool,
    pub(super) note: Option<Note>,
}

/// Elements of a case that say how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Skipped,
    Error,
    Failure,
    Flaky,
    Rerun(Outcome),
}

impl Kind {
    fn of(tag: &Tag<'_>) -> Option<Self> {
        if tag.is_foreign() {
            return None;
        }
        Some(match tag.name() {
            "skipped" | "skip" | "ignored" => Self::Skipped,
            "error" => Self::Error,
            "failure" => Self::Failure,
            "flakyFailure" | "flakyError" => Self::Flaky,
            "rerunFailure" => Self::Rerun(Outcome::Failed),
            "rerunError" => Self::Rerun(Outcome::Errored),
            _ => return None,
        })
    }
}

impl Kind {
    /// What the element's attributes say. Only of failures the trace is of interest.
    fn note(self, tag: &Tag<'_>) -> Note {
        match self {
            Self::Skipped | Self::Flaky => Note::of(tag),
            Self::Error | Self::Failure | Self::Rerun(_) => Note::traced(tag),
        }
    }
}

impl Results {
    /// Reads on to the end of the case.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        let mut results = Self::default();
        loop {
            let found = match cursor.next()? {
                Event::End(_) | Event::Eof => return Ok(results),
                Event::Text(_) => continue,
                Event::Start(tag) => {
                    let nests = matches!(tag.name(), "testcase" | "testsuite") && !tag.is_foreign();
                    results.nested += u64::from(nests);
                    Kind::of(&tag).map(|kind| (kind, kind.note(&tag)))
                }
            };
            match found {
                Some((kind, note)) => {
                    let note = note.with_body(cursor)?;
                    results.add(kind, note);
                }
                None => cursor.skip_element()?,
            }
        }
    }

    fn add(&mut self, kind: Kind, note: Note) {
        self.signals += u64::from(kind != Kind::Skipped);
        match kind {
            Kind::Skipped => self.skipped.get_or_insert(note),
            Kind::Error => self.error.get_or_insert(note),
            Kind::Failure => self.failure.get_or_insert(note),
            Kind::Flaky => self.flaky.get_or_insert(note),
            Kind::Rerun(outcome) => &mut self.rerun.get_or_insert((outcome, note)).1,
        };
    }

    /// Whether a failure stands beside `<skipped>`.
    pub(super) fn is_tolerated(&self) -> bool {
        self.skipped.is_some() && (self.error.is_some() || self.failure.is_some())
    }

    /// The outcome, when the case's own attributes say `status`.
    pub(super) fn conclude(self, status: Option<Outcome>) -> Conclusion {
        let flaky = self.flaky.is_some();
        let ended = |outcome, note| Conclusion { outcome, flaky: false, note };
        match (self.skipped, self.error, self.failure, self.rerun, status) {
            (Some(note), error, failure, _, _) => {
                let message = note.message.is_none().then(|| error.or(failure)).flatten();
                ended(Outcome::Skipped, Some(message.unwrap_or(note)))
            }
            (_, Some(note), ..) => ended(Outcome::Errored, Some(note)),
            (_, _, Some(note), ..) => ended(Outcome::Failed, Some(note)),
            (_, _, _, Some((outcome, note)), _) if !flaky => ended(outcome, Some(note)),
            (.., Some(outcome)) if !flaky => ended(outcome, None),
            _ => Conclusion { outcome: Outcome::Passed, flaky, note: self.flaky },
        }
    }
}

impl Conclusion {
    /// Why the case did not run, when that fails `CTest`: it writes such cases as skipped ones, with a `status`.
    pub(super) fn never_started(&self, status: Option<Outcome>) -> Option<&str> {
        let message = self.note.as_ref().and_then(|note| note.message.as_deref());
        let skipped = self.outcome == Outcome::Skipped && status == Some(Outcome::Skipped);
        message.filter(|message| skipped && ctest::NEVER_STARTED.contains(message))
    }
}

impl Note {
    /// What the element's attributes say.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let mut note = Self::default();
        for (name, value) in tag.attributes() {
            match name {
                "message" => note.message = first_line(&value.decoded()),
                "type" => note.class = first_line(&value.decoded()),
                "file" | "filename" => note.file = Some(value.decoded().into_owned()),
                "line" => note.line = value.raw().trim().parse().ok(),
                _ => {}
            }
        }
        note
    }

    /// The same, with the places that the message and the text name.
    fn traced(tag: &Tag<'_>) -> Self {
        let mut frames = Frames::default();
        frames.push(&tag.attribute("message").unwrap_or_default());
        frames.end_line();
        Self { frames: Some(frames), ..Self::of(tag) }
    }

    /// Reads on to the end of the element; its text stands in for a missing message, its type for missing text.
    pub(super) fn with_body(mut self, cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        if self.message.is_some() && self.frames.is_none() {
            cursor.skip_element()?;
            return Ok(self);
        }
        let outside = cursor.depth().saturating_sub(1);
        let mut line = FirstLine::default();
        while cursor.depth() > outside {
            match cursor.next()? {
                Event::Text(text) => {
                    line.push(&text);
                    if let Some(frames) = &mut self.frames {
                        frames.push(&text);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        self.message = self.message.or(line.finish()).or(self.class.take());
        Ok(self)
    }
}
