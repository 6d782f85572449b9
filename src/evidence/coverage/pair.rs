//! Totals that JSON reports state as two members of an object.

use std::io::BufRead;

use super::found::{Found, count, of, read_json};
use crate::evidence::json::Cursor;
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Covered};

/// What is covered, and all; the members come in any order.
#[derive(Debug)]
pub(super) struct Pair {
    names: [&'static str; 2],
    covered: Option<u64>,
    total: Option<u64>,
}

impl Pair {
    /// A pair of the members `covered` and `total`.
    pub(super) fn named(covered: &'static str, total: &'static str) -> Self {
        Self { names: [covered, total], covered: None, total: None }
    }

    /// Takes in the value that comes next if `key` is one of the two, else passes over it.
    pub(super) fn take<R: BufRead>(&mut self, json: &mut Cursor<R>, key: &str) -> Result<(), Stop> {
        let [covered, total] = self.names;
        if key == covered {
            self.covered = count(json)?;
        } else if key == total {
            self.total = count(json)?;
        } else {
            json.skip()?;
        }
        Ok(())
    }

    /// Takes in all members of the object that comes next.
    pub(super) fn read<R: BufRead>(mut self, json: &mut Cursor<R>) -> Result<Option<Covered>, Stop> {
        json.object(|json, key| self.take(json, key))?;
        Ok(self.finish())
    }

    /// The totals, if all are told.
    pub(super) fn finish(self) -> Option<Covered> {
        of(self.covered, self.total)
    }
}

/// Reads one JSON document with a list of `files` beside the totals of all lines.
pub(super) fn read_files<R: BufRead>(
    text: R,
    mut totals: Pair,
    mut file: impl FnMut(&mut Cursor<R>, &mut Found) -> Result<(), Stop>,
) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        json.object(|json, key| match key {
            "files" => json.list(|json| file(json, found)).map(drop),
            key => totals.take(json, key),
        })?;
        found.claimed = totals.finish();
        Ok(())
    })
}
