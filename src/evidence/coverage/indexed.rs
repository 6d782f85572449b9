//! Source files that a report names by a number, and whose paths may come behind their records.

use std::collections::BTreeMap;

use super::oddities::Oddity;
use super::ranges::{Range, Room};
use super::records::Records;
use super::walk::Out;
use crate::evidence::reading::Stop;

/// The source files of one module.
#[derive(Debug, Default)]
pub(super) struct Indexed {
    paths: BTreeMap<String, String>,
    sources: BTreeMap<String, Source>,
    room: Room,
}

/// What is known of one source file.
#[derive(Debug, Default)]
pub(super) struct Source {
    ranges: Vec<Range>,
    pub(super) records: Records,
}

impl Source {
    /// Lines that ran together; ranges that end before they begin are one line.
    pub(super) fn add_range(&mut self, first: u32, last: u32, hits: u32) {
        self.ranges.push(Range { first, last: last.max(first), hits });
    }
}

impl Indexed {
    /// The source file `id` is at `path`.
    pub(super) fn name(&mut self, id: &str, path: &str) {
        self.paths.insert(id.to_owned(), path.to_owned());
    }

    /// The source file `id`.
    pub(super) fn source(&mut self, id: &str) -> &mut Source {
        self.sources.entry(id.to_owned()).or_default()
    }

    /// Hands over all records so far; their numbers are known.
    pub(super) fn hand_over(&mut self, out: &mut Out) -> Result<(), Stop> {
        for (id, source) in std::mem::take(&mut self.sources) {
            let Source { ranges, mut records } = source;
            let Some(path) = self.paths.get(&id) else {
                out.note(Oddity::NoPath, &format!("source file {id}"));
                continue;
            };
            self.room.project(ranges, &mut records)?;
            out.add(path, records);
        }
        Ok(())
    }

    /// Forgets the numbers, which are given anew in each module.
    pub(super) fn forget(&mut self) {
        self.paths.clear();
        self.sources.clear();
    }
}
