//! What the readers of JSON documents share.

use std::io::BufRead;

use super::assembly::Assembly;
use crate::evidence::json::Cursor;
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::TestReport;

/// Reads one document into `report`, as `document` does it.
pub(super) fn read<R: BufRead>(
    text: R,
    mut report: Assembly,
    document: impl FnOnce(&mut Cursor<R>, &mut Assembly) -> Result<(), Stop>,
) -> Reading<TestReport> {
    let mut json = Cursor::new(text);
    let ended = json.find_document().and_then(|()| document(&mut json, &mut report));
    report.finish(ended, json.problems())
}
