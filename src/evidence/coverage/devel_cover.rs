//! The JSON of Perl's `Devel::Cover` (`cover -report json`): totals per file of statements, branches and subroutines; no lines.
//!
//! <https://metacpan.org/pod/Devel::Cover::Report::Json>. Zeros are left out by the producer. Conditions, pod and the
//! runs are passed over.

use std::io::BufRead;

use super::found::{Found, read_json};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Covered, StatedTotals};

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["runs", "[]", "perl"]) || holds(head, &["summary", "*", "statement"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        json.object(|json, key| match key {
            "summary" => json.object(|json, path| file(json, found, path)).map(drop),
            _ => json.skip(),
        })
        .map(drop)
    })
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, path: &str) -> Result<(), Stop> {
    let (place, mut stated) = (json.place(), StatedTotals::default());
    json.object(|json, key| {
        match key {
            "statement" => stated.statements = totals(json)?,
            "branch" => stated.branches = totals(json)?,
            "subroutine" => stated.functions = totals(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    if path != "Total" {
        found.add(path, place, Records::stating(stated));
    }
    Ok(())
}

fn totals<R: BufRead>(json: &mut Cursor<R>) -> Result<Option<Covered>, Stop> {
    Pair::named("covered", "total").read(json)
}
