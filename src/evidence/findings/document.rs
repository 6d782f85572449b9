//! One JSON document, from its first byte to the report.

use std::io::BufRead;

use super::assembly::Assembly;
use crate::evidence::json::Cursor;
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::FindingsReport;

/// Reads a report of `tool` with `document`.
pub(super) fn read_report<R: BufRead>(
    tool: &str,
    text: R,
    document: impl FnOnce(&mut Cursor<R>, &mut Assembly) -> Result<(), Stop>,
) -> Reading<FindingsReport> {
    let (mut json, mut report) = (Cursor::new(text), Assembly::by(tool));
    let ended = document(&mut json, &mut report);
    report.finish(ended, json.problems())
}

/// Reads statements, which no tool ran for, with `document`.
pub(super) fn read_statements<R: BufRead>(
    text: R,
    document: impl FnOnce(&mut Cursor<R>, &mut Assembly) -> Result<(), Stop>,
) -> Reading<FindingsReport> {
    let (mut json, mut report) = (Cursor::new(text), Assembly::default());
    let ended = document(&mut json, &mut report);
    report.finish_statements(ended, json.problems())
}
