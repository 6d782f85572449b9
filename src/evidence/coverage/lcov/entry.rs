//! From a record to its section, whatever it looks like.

use super::super::lines::Line;
use super::super::number;
use super::super::oddities::{Oddities, Oddity};
use super::record::{self, Key, Taken};
use super::section::Section;
use crate::evidence::bytes::Place;

/// One record on its way into its section.
pub(super) struct Entry<'a> {
    pub(super) section: &'a mut Section,
    pub(super) oddities: &'a mut Oddities,
    pub(super) line: Line<'a>,
}

impl Entry<'_> {
    /// Nothing when the record lacks a field.
    pub(super) fn add(mut self, key: Key, rest: &[u8]) -> Option<()> {
        match key {
            Key::Line => self.data(rest),
            Key::Branch => self.branch(rest),
            Key::Function => {
                self.section.functions.add(&record::text(record::function_name(rest)?), false);
                Some(())
            }
            Key::FunctionData => {
                let (hits, name) = record::split(rest)?;
                let ran = self.ran(hits);
                self.section.functions.add(&record::text(name), ran);
                Some(())
            }
            Key::FunctionLine => {
                let (index, place) = record::split(rest)?;
                let start = record::split(place).map_or(place, |(start, _)| start);
                self.section.functions.add_group(record::branch_line(index)?, record::branch_line(start)?);
                Some(())
            }
            Key::FunctionAlias => {
                let (index, rest) = record::split(rest)?;
                let (hits, alias) = record::split(rest)?;
                let ran = self.ran(hits);
                self.section.functions.add_alias(record::branch_line(index)?, &record::text(alias), ran);
                Some(())
            }
            Key::LinesFound => stated(rest).map(|total| self.section.stated_total = Some(total)),
            Key::LinesHit => stated(rest).map(|covered| self.section.stated_covered = Some(covered)),
            Key::Source | Key::End | Key::Other => None,
        }
    }

    fn data(&mut self, rest: &[u8]) -> Option<()> {
        let (line, rest) = record::split(rest)?;
        let hits = record::split(rest).map_or(rest, |(hits, _)| hits);
        match number::line(&record::text(line)) {
            Some(line) => {
                let hits = self.hits(hits);
                self.section.add_line(line, hits);
            }
            None => note(self.oddities, Oddity::LineNumber, self.line),
        }
        Some(())
    }

    fn branch(&mut self, rest: &[u8]) -> Option<()> {
        let branch = record::branch(rest)?;
        if branch.is_unreachable {
            return Some(());
        }
        let Some(line) = record::branch_line(branch.line) else {
            note(self.oddities, Oddity::LineNumber, self.line);
            return Some(());
        };
        if branch.taken == Taken::Unknown {
            note(self.oddities, Oddity::Hits, self.line);
        }
        self.section.branches.add(line, &record::text(branch.name), branch.taken == Taken::Yes);
        Some(())
    }

    fn ran(&mut self, hits: &[u8]) -> bool {
        self.hits(hits) > 0
    }

    fn hits(&mut self, field: &[u8]) -> u32 {
        number::hits(&record::text(field)).unwrap_or_else(|| {
            note(self.oddities, Oddity::Hits, self.line);
            0
        })
    }
}

fn stated(field: &[u8]) -> Option<u64> {
    record::text(field).trim().parse().ok()
}

pub(super) fn note(oddities: &mut Oddities, kind: Oddity, line: Line<'_>) {
    oddities.note(kind, Place { line: line.number, column: 1 }, &record::text(line.text.trim_ascii()));
}
