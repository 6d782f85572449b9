//! XML reports walked element by element: what the readers of such formats share.

use std::borrow::Cow;

use super::found::Found;
use super::number;
use super::oddities::Oddity;
use super::records::Records;
use crate::evidence::bytes::{self, Text};
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::coverage::{CoverageReport, Covered};
use crate::model::input::{InputState, Problem};

/// Longer than any name or path in an element's text.
const MAX_TEXT: usize = 64 << 10;

/// What one format makes of the elements of a report.
pub(super) trait Walk {
    /// An element begins.
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop>;

    /// The element `name` ends.
    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop>;

    /// A piece of the text of an element.
    fn text(&mut self, _piece: &str) {}

    /// The report ends, perhaps before it should.
    fn finish(&mut self, _out: &mut Out) {}
}

/// What a step finds. Places are known only behind it, because a tag borrows the text it stands in.
#[derive(Debug, Default)]
pub(super) struct Out {
    /// How many elements are open; 1 for the root.
    pub(super) depth: usize,
    roots: u32,
    /// What the report states of all its lines.
    pub(super) claimed: Option<Covered>,
    /// What it states of all its statements.
    pub(super) claimed_statements: Option<Covered>,
    files: Vec<(String, Records)>,
    odd: Vec<(Oddity, String)>,
}

impl Out {
    /// Takes in a source file; the same one may come again.
    pub(super) fn add(&mut self, path: &str, records: Records) {
        self.files.push((path.to_owned(), records));
    }

    /// Notes what is odd in the current element.
    pub(super) fn note(&mut self, kind: Oddity, found: &str) {
        self.odd.push((kind, found.to_owned()));
    }

    /// The line number in the attribute `name`.
    pub(super) fn line(&mut self, tag: Tag<'_>, name: &str) -> Option<u32> {
        let text = tag.attribute(name);
        let line = text.as_deref().and_then(number::line);
        if line.is_none() {
            self.note(Oddity::LineNumber, &quoted(name, text.as_deref()));
        }
        line
    }

    /// The hit count in the attribute `name`; 0, and noted as odd, when there is none.
    pub(super) fn hits(&mut self, tag: Tag<'_>, name: &str) -> u32 {
        let text = tag.attribute(name);
        text.as_deref().and_then(number::hits).unwrap_or_else(|| {
            self.note(Oddity::Hits, &quoted(name, text.as_deref()));
            0
        })
    }

    fn hand_over(&mut self, cursor: &mut Cursor<'_>, found: &mut Found) {
        if self.files.is_empty() && self.odd.is_empty() {
            return;
        }
        let place = cursor.place();
        for (kind, text) in self.odd.drain(..) {
            found.oddities.note(kind, place, &text);
        }
        for (path, records) in self.files.drain(..) {
            found.add(&path, place, records);
        }
    }
}

/// Reads one XML document with `walk`.
pub(super) fn read_xml(text: &mut Text, mut walk: impl Walk) -> Reading<CoverageReport> {
    let (mut cursor, mut found, mut out) = (Cursor::new(text), Found::default(), Out::default());
    let outcome = loop {
        let more = step(&mut cursor, &mut walk, &mut out);
        out.hand_over(&mut cursor, &mut found);
        match more {
            Ok(true) if out.roots > 1 => break Err(second_report(&mut cursor)),
            Ok(true) => {}
            Ok(false) => break Ok(()),
            Err(stop) => break Err(stop),
        }
    };
    if !matches!(&outcome, Err(stop) if stop.state == InputState::Invalid) {
        walk.finish(&mut out);
        out.hand_over(&mut cursor, &mut found);
    }
    (found.claimed, found.claimed_statements) = (out.claimed, out.claimed_statements);
    found.reading(cursor.problems(), outcome)
}

/// Walks one event further; false at the end.
fn step(cursor: &mut Cursor<'_>, walk: &mut impl Walk, out: &mut Out) -> Result<bool, Stop> {
    match cursor.next()? {
        Event::Start(tag) => {
            out.roots += u32::from(out.depth == 0);
            out.depth += 1;
            walk.start(tag, out)?;
        }
        Event::End(name) => {
            walk.end(name, out)?;
            out.depth = out.depth.saturating_sub(1);
        }
        Event::Text(piece) => walk.text(&piece),
        Event::Eof => return Ok(false),
    }
    Ok(true)
}

fn second_report(cursor: &mut Cursor<'_>) -> Stop {
    let place = cursor.place();
    let message = "a second report begins in the same file; keep each report in a file of its own";
    Stop::invalid(Problem::error(message).at(place.line, place.column))
}

/// The attribute `name`, empty when it is not there.
pub(super) fn attribute<'a>(tag: Tag<'a>, name: &str) -> Cow<'a, str> {
    tag.attribute(name).unwrap_or_default()
}

/// The whole number in the attribute `name`.
pub(super) fn count(tag: Tag<'_>, name: &str) -> Option<u64> {
    whole(&tag.attribute(name)?)
}

/// The whole number that `text` is, saturating.
pub(super) fn whole(text: &str) -> Option<u64> {
    text.parse().ok().or_else(|| {
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(u64::MAX))
    })
}

/// A number that only tells records apart.
pub(super) fn small(tag: Tag<'_>, name: &str) -> u32 {
    tag.attribute(name).and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}

/// `missed` and `covered` as covered of all.
pub(super) fn missed_and_covered(missed: u64, covered: u64) -> Covered {
    Covered { covered, total: covered.saturating_add(missed) }
}

/// Adds a piece of text, unless there is far too much already.
pub(super) fn extend(text: &mut String, piece: &str) {
    if text.len() < MAX_TEXT {
        text.push_str(piece);
    }
}

fn quoted(name: &str, value: Option<&str>) -> String {
    value.map_or_else(|| format!("no `{name}`"), |value| format!("{name}=\"{value}\""))
}

/// How an XML file begins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// Names of the attributes of the root element.
    pub(super) attributes: Vec<String>,
    /// Name of the first element in it; nothing when it has none.
    pub(super) child: Option<String>,
}

impl Opening {
    /// The beginning of `head` if its root element is `root`.
    pub(super) fn of(head: &Head<'_>, root: &str) -> Option<Self> {
        if head.root != Some(root) {
            return None;
        }
        let mut text = bytes::open(Box::new(std::io::Cursor::new(head.text.to_owned()))).ok()?;
        let (mut cursor, mut opening) = (Cursor::new(&mut text), None::<Self>);
        loop {
            match cursor.next() {
                Ok(Event::Start(tag)) => {
                    let Some(opening) = &mut opening else {
                        let attributes = tag.attributes().map(|(name, _)| name.to_owned()).collect();
                        opening = Some(Self { attributes, child: None });
                        continue;
                    };
                    opening.child = Some(tag.name().to_owned());
                    break;
                }
                Ok(Event::Text(_)) => {}
                Ok(Event::End(_) | Event::Eof) | Err(_) => break,
            }
        }
        opening
    }

    /// Whether the root has the attribute `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|known| known == name)
    }

    /// Whether the first element is one of `names`.
    pub(super) fn leads_to(&self, names: &[&str]) -> bool {
        self.child.as_deref().is_some_and(|child| names.contains(&child))
    }
}

#[cfg(test)]
pub(super) fn shown(read: fn(&mut Text) -> Reading<CoverageReport>, xml: &str) -> String {
    let mut text = bytes::open(Box::new(std::io::Cursor::new(xml.to_owned()))).unwrap();
    super::shown::shown(&read(&mut text))
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
