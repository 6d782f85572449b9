//! Walks a tracefile line by line.

use std::io::BufRead;

use super::super::lexical;
use super::super::lines::{self, Line, Take, Taken};
use super::super::merge::Files;
use super::super::oddities::{Oddities, Oddity, reconcile};
use super::entry::{Entry, note};
use super::record::{self, Ahead, Key};
use super::section::Section;
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::branches::SharedBranches;
use crate::model::coverage::{ClaimedTotals, CoverageReport, Covered};
use crate::model::input::Problem;

/// Whether a text that begins with `head` is an LCOV tracefile: one of its first lines opens a section.
pub fn looks_like(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let known = |line: &str| ["TN:", "SF:", "VER:"].iter().any(|key| line.starts_with(key));
    lines.next().is_some_and(known)
}

/// Reads a tracefile.
pub fn read(source: impl BufRead) -> Reading<CoverageReport> {
    let mut reader = Reader::default();
    match lines::take_all(source, &mut reader) {
        Ok(()) => reader.finish(),
        Err(stop) => Reading::stopped(None, reader.oddities.problems(), stop),
    }
}

#[derive(Default)]
struct Reader {
    files: Files,
    current: Option<Section>,
    /// The emptied last section, whose lists have room for the next one.
    spare: Section,
    shared: SharedBranches,
    stated: Stated,
    oddities: Oddities,
    last_line: u64,
    /// The last line has no end and makes no sense.
    is_cut: bool,
}

/// What the sections state, added up; nothing once a section says nothing or a file comes twice.
#[derive(Default)]
struct Stated {
    lines: Covered,
    is_partial: bool,
    /// What the sections hold, added up while they are at hand.
    held: Covered,
}

impl Take for Reader {
    fn ahead(&mut self, ahead: &[u8], number: u64) -> Taken {
        let Some(section) = &mut self.current else { return Taken::default() };
        let (mut rest, mut lines) = (ahead, 0);
        while let Some((record, after)) = record::ahead(rest) {
            match record {
                Ahead::Line(line, hits) => section.add_line(line, hits),
                Ahead::Branch(line, name, taken) => section.branches.add_number(line, name, taken),
            }
            (rest, lines) = (after, lines + 1);
        }
        if lines > 0 {
            self.last_line = number + lines - 1;
            self.put_away();
        }
        Taken { bytes: ahead.len() - rest.len(), lines }
    }

    fn line(&mut self, line: Line<'_>) {
        self.last_line = line.number;
        // By far the most frequent records come first.
        if self.is_plain(line.text) {
            return;
        }
        let text = line.text.trim_ascii();
        if text.starts_with(b"#") {
            return;
        }
        let (key, rest) = match memchr::memchr(b':', text).and_then(|at| text.split_at_checked(at)) {
            Some((key, rest)) => (key, rest.get(1..).unwrap_or_default()),
            None => (text, &[][..]),
        };
        let known = record::key(key).and_then(|key| self.record(key, rest, line));
        self.is_cut = line.is_open && known.is_none() && !text.is_empty();
    }
}

impl Reader {
    /// Takes in a plain `DA`, if `text` is one; most stand whole in the buffer and were taken in [`Take::ahead`].
    fn is_plain(&mut self, text: &[u8]) -> bool {
        let Some(section) = &mut self.current else { return false };
        match text {
            [b'D', b'A', b':', rest @ ..] => {
                let data = record::plain_data(rest.trim_ascii_end());
                data.map(|(line, hits)| section.add_line(line, hits)).is_some()
            }
            _ => false,
        }
    }

    /// Takes the records of the current section out of it when they are many.
    fn put_away(&mut self) {
        if let Some(section) = self.current.as_mut().filter(|section| section.is_full()) {
            let is_first = self.files.add(section.path.clone(), section.take(&mut self.shared));
            self.stated.is_partial |= !is_first && !section.is_begun;
            section.is_begun = true;
        }
    }

    /// Takes in one record; nothing when it is not one that counts or cannot be read.
    fn record(&mut self, key: Key, rest: &[u8], line: Line<'_>) -> Option<()> {
        match key {
            Key::Source => self.begin(rest, line.number),
            Key::End => self.end(),
            Key::Other => {}
            _ => {
                let Some(section) = &mut self.current else {
                    note(&mut self.oddities, Oddity::NoPath, line);
                    return Some(());
                };
                let read = Entry { section, oddities: &mut self.oddities, line }.add(key, rest);
                self.put_away();
                if read.is_none() {
                    note(&mut self.oddities, Oddity::Malformed, line);
                }
                return read;
            }
        }
        Some(())
    }

    fn begin(&mut self, path: &[u8], number: u64) {
        if self.current.is_some() {
            self.unterminated(number);
        }
        let written = record::text(path);
        let path = lexical::normalise(&written);
        let place = Place { line: number, column: 1 };
        if path.is_empty() {
            self.oddities.note(Oddity::NoPath, place, "SF:");
            return;
        }
        if path.starts_with("../") {
            self.oddities.note(Oddity::Outside, place, &written);
        }
        self.current = Some(std::mem::take(&mut self.spare).reused(path));
    }

    fn end(&mut self) {
        let Some(mut section) = self.current.take() else { return };
        match section.stated() {
            Some(lines) => {
                self.stated.lines.covered = self.stated.lines.covered.saturating_add(lines.covered);
                self.stated.lines.total = self.stated.lines.total.saturating_add(lines.total);
            }
            None => self.stated.is_partial = true,
        }
        let file = section.take(&mut self.shared);
        self.stated.held = self.stated.held + file.line_total();
        let is_first = self.files.add(std::mem::take(&mut section.path), file);
        self.stated.is_partial |= !is_first && !section.is_begun;
        self.spare = section;
    }

    /// Says that the current section was not ended, and ends it.
    fn unterminated(&mut self, number: u64) {
        let path = self.current.as_ref().map_or("", |section| section.path.as_str());
        let place = Place { line: number, column: 1 };
        self.oddities.note(Oddity::Unterminated, place, &format!("SF:{path}"));
        self.end();
    }

    fn finish(mut self) -> Reading<CoverageReport> {
        let cut = self.is_cut && self.current.is_some();
        if self.current.is_some() {
            self.unterminated(self.last_line);
        }
        let files = self.files.finish();
        let claimed = (!self.stated.is_partial && !files.is_empty()).then_some(self.stated.lines);
        let claimed = ClaimedTotals { lines: claimed, statements: None };
        let report = CoverageReport { files, roots: Vec::new(), claimed };
        let mut problems = self.oddities.problems();
        // Sections that came in parts are counted anew.
        if claimed.lines.is_some_and(|lines| lines != self.stated.held) {
            problems.extend(reconcile(&report));
        }
        if cut {
            let message = "the file ends in the middle of a record; what came before it is kept";
            let stop = Stop::incomplete(Problem::error(message).at(self.last_line, 1));
            return Reading::stopped(Some(report), problems, stop);
        }
        let has_lines = report.files.values().any(|file| !file.lines.is_empty());
        if !has_lines {
            problems.push(Problem::warning("the report names no coverable line, so it measures nothing"));
        }
        Reading::complete(has_lines.then_some(report), problems)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
