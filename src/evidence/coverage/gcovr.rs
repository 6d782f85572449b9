//! gcovr's own JSON (`gcovr --json`).
//!
//! <https://gcovr.com/en/stable/output/json.html>. The same line comes once per function that holds it (template
//! instances); gcovr 8.4 and later count it as often in their totals, here it is one line, as in all of gcovr's other
//! outputs. What is marked as excluded or as no code is left out. Branches are told apart by the blocks that they join
//! and by their position. Conditions and calls are passed over. `gcovr --json-summary` has the sums of files alone.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::found::{Found, count, of, read_json, text};
use super::records::Records;
use crate::evidence::json::{Cursor, Value, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Covered, StatedTotals};

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["gcovr/format_version"])
        || holds(head, &["gcovr/summary_format_version"])
        || holds(head, &["files", "[]", "lines", "[]", "gcovr/md5"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        let mut sums = Sums::default();
        json.object(|json, key| match key {
            "files" => json.list(|json| file(json, found)).map(drop),
            key => sums.member(json, key),
        })?;
        found.claimed = sums.stated("line");
        Ok(())
    })
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    let mut sums = Sums::default();
    json.object(|json, key| match key {
        "file" | "filename" => text(json).map(|name| path = name),
        "lines" => json.list(|json| line(json, found, &mut records)).map(drop),
        "functions" => functions(json, &mut records),
        key => sums.member(json, key),
    })?;
    records.stated = StatedTotals {
        lines: sums.stated("line"),
        branches: sums.stated("branch"),
        functions: sums.stated("function"),
        statements: None,
    };
    found.add(&path, place, records);
    Ok(())
}

/// The sums of a summary: `line_covered`, `line_total` and the like.
#[derive(Default)]
struct Sums(BTreeMap<String, Option<u64>>);

impl Sums {
    fn member<R: BufRead>(&mut self, json: &mut Cursor<R>, key: &str) -> Result<(), Stop> {
        if !key.ends_with("_covered") && !key.ends_with("_total") {
            return json.skip();
        }
        self.0.insert(key.to_owned(), count(json)?);
        Ok(())
    }

    fn stated(&self, kind: &str) -> Option<Covered> {
        let number = |word| self.0.get(&format!("{kind}_{word}")).copied().flatten();
        of(number("covered"), number("total"))
    }
}

fn is_left_out(record: &Value) -> bool {
    record.get("gcovr/excluded").is_true() || record.get("gcovr/noncode").is_true()
}

fn line<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    let place = json.place();
    let record = json.value()?;
    if is_left_out(&record) {
        return Ok(());
    }
    let number = record.get("line_number").text().unwrap_or_default();
    let Some(line) = found.line_of(number, place) else { return Ok(()) };
    records.add_line(line, found.hits_of(record.get("count"), place));
    for (position, branch) in record.get("branches").list().iter().enumerate() {
        if !is_left_out(branch) {
            let block = |key| branch.get(key).text().unwrap_or("-");
            let (from, to) = (block("source_block_id"), block("destination_block_id"));
            let taken = found.hits_of(branch.get("count"), place) > 0;
            records.add_branch(line, &format!("gcovr\t{from}→{to}, {position}"), taken);
        }
    }
    Ok(())
}

fn functions<R: BufRead>(json: &mut Cursor<R>, records: &mut Records) -> Result<(), Stop> {
    records.expect_functions();
    json.list(|json| {
        let function = json.value()?;
        let name = function.text_of("name").or_else(|| function.text_of("demangled_name"));
        if let (Some(name), false) = (name, is_left_out(&function)) {
            let ran = function.get("execution_count").count() > Some(0);
            records.add_function(
                &format!("gcovr\t{name}, {}", function.get("lineno").text().unwrap_or("-")),
                ran,
            );
        }
        Ok(())
    })
    .map(drop)
}
