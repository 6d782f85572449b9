//! Istanbul's summary (`coverage-summary.json` of the reporter `json-summary`): totals per file, no lines.
//!
//! <https://github.com/istanbuljs/istanbuljs/blob/main/packages/istanbul-reports/lib/json-summary/index.js>. The
//! percentages are passed over, also where they say `"Unknown"`.

use std::io::BufRead;

use super::found::{Found, read_json};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Covered, StatedTotals};

/// Whether the JSON that `head` begins is such a summary.
pub(crate) fn looks_like(head: &str) -> bool {
    // Other tools put such totals beside a list of files.
    (holds(head, &["*", "lines", "pct"]) || holds(head, &["*", "statements", "pct"]))
        && !holds(head, &["files", "[]"])
}

/// Reads a summary.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| json.object(|json, path| file(json, found, path)).map(drop))
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, path: &str) -> Result<(), Stop> {
    let place = json.place();
    let mut stated = StatedTotals::default();
    json.object(|json, key| {
        match key {
            "lines" => stated.lines = totals(json)?,
            "branches" => stated.branches = totals(json)?,
            "functions" => stated.functions = totals(json)?,
            "statements" => stated.statements = totals(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    if path == "total" {
        (found.claimed, found.claimed_statements) = (stated.lines, stated.statements);
    } else {
        found.add(path, place, Records::stating(stated));
    }
    Ok(())
}

fn totals<R: BufRead>(json: &mut Cursor<R>) -> Result<Option<Covered>, Stop> {
    Pair::named("covered", "total").read(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_in_another_document_are_no_summary() {
        let totals = r#"{"lines": {"total": 2, "covered": 1, "pct": 50}}"#;
        assert!(looks_like(&format!(r#"{{"total": {totals}, "src/a.js": {totals}}}"#)));
        assert!(!looks_like(&format!(
            r#"{{"type": "v8", "summary": {totals}, "files": [{{"sourcePath": "a"}}]}}"#
        )));
    }
}
