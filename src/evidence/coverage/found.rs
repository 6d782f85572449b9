//! What a reader has found so far, and the reading that becomes of it.

use std::io::BufRead;

use super::oddities::{Oddities, Oddity, reconcile};
use super::records::Records;
use super::{lexical, merge, number};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{ClaimedTotals, CoverageReport, Covered, FileCoverage};
use crate::model::input::{InputState, Problem};

/// The files of a report as far as it is read, and what is odd in it.
#[derive(Debug, Default)]
pub(super) struct Found {
    files: merge::Files,
    /// What the report states of all its lines.
    pub(super) claimed: Option<Covered>,
    /// What it states of all its statements.
    pub(super) claimed_statements: Option<Covered>,
    pub(super) oddities: Oddities,
}

/// Reads one JSON document with `report`.
pub(super) fn read_json<R: BufRead>(
    text: R,
    report: impl FnOnce(&mut Cursor<R>, &mut Found) -> Result<(), Stop>,
) -> Reading<CoverageReport> {
    let mut json = Cursor::new(text);
    let mut found = Found::default();
    let outcome = report(&mut json, &mut found).and_then(|()| json.end());
    found.reading(json.problems(), outcome)
}

impl Found {
    /// Takes in a file; the same one may come again. `place` is where its path stands.
    pub(super) fn add(&mut self, written: &str, place: Place, records: Records) {
        let path = lexical::normalise(written);
        if path.is_empty() {
            return self.oddities.note(Oddity::NoPath, place, written);
        }
        if path.starts_with("../") {
            self.oddities.note(Oddity::Outside, place, written);
        }
        self.files.add(path, records.finish());
    }

    /// Takes `lines`, which are in order, of the file `written` back.
    pub(super) fn leave_out(&mut self, written: &str, lines: &[u32]) {
        self.files.leave_out(&lexical::normalise(written), lines);
    }

    /// The hit count that comes next; nothing for `null`, which says that a line is not coverable.
    pub(super) fn hits<R: BufRead>(&mut self, json: &mut Cursor<R>) -> Result<Option<u32>, Stop> {
        if let Some(hits) = json.plain_number()? {
            return Ok(Some(saturated(hits)));
        }
        let place = json.place();
        Ok(match json.value()? {
            Value::Null => None,
            value => Some(self.hits_of(&value, place)),
        })
    }

    /// The hit count that `value` is; 0, and noted as odd, when it is none.
    pub(super) fn hits_of(&mut self, value: &Value, place: Place) -> u32 {
        let hits = match value {
            Value::Null => return 0,
            Value::Bool(ran) => return (*ran).into(),
            other => number::hits(other.text().unwrap_or_default()),
        };
        hits.unwrap_or_else(|| {
            self.oddities.note(Oddity::Hits, place, value.text().unwrap_or("[…]"));
            0
        })
    }

    /// The line number that comes next; nothing, and noted as odd, for any other value.
    pub(super) fn line<R: BufRead>(&mut self, json: &mut Cursor<R>) -> Result<Option<u32>, Stop> {
        let place = json.place();
        match json.plain_number()? {
            Some(line) if line > 0 && line <= u32::MAX.into() => Ok(Some(saturated(line))),
            Some(other) => Ok(self.line_of(&other.to_string(), place)),
            None => Ok(self.line_of(json.value()?.text().unwrap_or_default(), place)),
        }
    }

    /// Reads a list that has one hit count per line, where the first element stands for the line `first`.
    pub(super) fn line_list<R: BufRead>(
        &mut self,
        json: &mut Cursor<R>,
        records: &mut Records,
        first: u32,
    ) -> Result<(), Stop> {
        let mut line = first;
        json.list(|json| {
            if let (Some(hits), true) = (self.hits(json)?, line > 0) {
                records.add_line(line, hits);
            }
            line = line.saturating_add(1);
            Ok(())
        })?;
        Ok(())
    }

    /// The line number that `text` is; nothing, and noted as odd, for any other text.
    pub(super) fn line_of(&mut self, text: &str, place: Place) -> Option<u32> {
        let line = number::line(text);
        if line.is_none() {
            self.oddities.note(Oddity::LineNumber, place, text);
        }
        line
    }

    /// What became of the report; `problems` are those of its text.
    pub(super) fn reading(
        self,
        mut problems: Vec<Problem>,
        outcome: Result<(), Stop>,
    ) -> Reading<CoverageReport> {
        let claimed = ClaimedTotals { lines: self.claimed, statements: self.claimed_statements };
        let report = CoverageReport { files: self.files.finish(), roots: Vec::new(), claimed };
        problems.extend(self.oddities.problems());
        if let Err(stop) = outcome {
            let kept = stop.state == InputState::Incomplete && !report.files.is_empty();
            return Reading::stopped(kept.then_some(report), problems, stop);
        }
        problems.extend(reconcile(&report));
        if !report.files.values().any(counts) {
            problems.push(Problem::warning("the report names no coverable line, so it measures nothing"));
            let value = (!report.files.is_empty()).then_some(report);
            return Reading { value, state: InputState::Empty, problems };
        }
        Reading::complete(Some(report), problems)
    }
}

/// Whether anything of a file can be covered.
fn counts(file: &FileCoverage) -> bool {
    file.has_lines() || file.statement_total().is_some_and(|statements| statements.total > 0)
}

/// The whole number that comes next, also when it stands in quotes; nothing for any other value.
pub(super) fn count<R: BufRead>(json: &mut Cursor<R>) -> Result<Option<u64>, Stop> {
    match json.plain_number()? {
        Some(number) => Ok(Some(number)),
        None => Ok(json.value()?.count()),
    }
}

/// The text that comes next; empty for any other value.
pub(super) fn text<R: BufRead>(json: &mut Cursor<R>) -> Result<String, Stop> {
    Ok(json.text()?.unwrap_or_default())
}

/// `covered` of `total`, if there is a total; a producer leaves out zeros and may be inconsistent.
pub(super) fn of(covered: Option<u64>, total: Option<u64>) -> Option<Covered> {
    let total = total?;
    Some(Covered { covered: covered.unwrap_or(0).min(total), total })
}

/// A count as the model keeps it.
pub(super) fn saturated(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
