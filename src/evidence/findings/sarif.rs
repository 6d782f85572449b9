//! SARIF 2.1.0, the Static Analysis Results Interchange Format.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. Keys of a run come in any order, so what a
//! result leaves to its rule is put right at the end of the run.

use std::io::BufRead;

use super::assembly::{Assembly, without};
use crate::evidence::format::Head;
use crate::evidence::json::Cursor;
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::FindingsReport;

mod invocation;
mod reader;
mod result;
mod rules;
mod run;

/// Whether a file that begins like this is SARIF.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    let shape = &head.shape;
    let says_so = || head.text.to_ascii_lowercase().contains("sarif");
    shape.has("runs[].tool.driver")
        || (shape.has("runs") && (shape.has("runs[].results") || shape.has("version")) && says_so())
}

/// Reads one log.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    let mut json = Cursor::new(text);
    let mut report = Assembly::default();
    let ended = document(&mut json, &mut report);
    report.finish(ended, json.problems())
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut listed, mut runs) = (false, 0_u64);
    json.find_document()?;
    json.object(|json, key| {
        if key != "runs" {
            return json.skip();
        }
        listed |= json.list(|json| {
            runs += 1;
            reader::read(json, report)
        })?;
        Ok(())
    })?;
    json.end()?;
    if !listed {
        return Err(without("runs"));
    }
    if runs == 0 {
        report.set_tool("");
        report.failed("did not run: the log holds no run");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
