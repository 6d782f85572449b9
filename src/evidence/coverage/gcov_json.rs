//! gcov's JSON (`gcov --json-format`, `*.gcov.json.gz`).
//!
//! <https://gcc.gnu.org/onlinedocs/gcc/Invoking-Gcov.html>, section "JSON intermediate format". The same line comes
//! once per template instance. With `--stdout`, one document per object file is written behind the other.

use std::io::BufRead;

use super::found::{Found, text};
use super::gcovr;
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::CoverageReport;

/// Whether the JSON that `head` begins is in this format.
pub(crate) fn looks_like(head: &str) -> bool {
    let is_gcov =
        holds(head, &["gcc_version"]) || holds(head, &["files", "[]", "lines", "[]", "line_number"]);
    is_gcov && !gcovr::looks_like(head)
}

/// Reads one document, or several.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    let mut json = Cursor::new(text);
    let mut found = Found::default();
    let outcome = documents(&mut json, &mut found);
    found.reading(json.problems(), outcome)
}

fn documents<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    while !json.is_at_end()? {
        json.object(|json, key| match key {
            "files" => json.list(|json| file(json, found)).map(drop),
            _ => json.skip(),
        })?;
    }
    Ok(())
}

fn file<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    let (place, mut path, mut records) = (json.place(), String::new(), Records::default());
    json.object(|json, key| match key {
        "file" => text(json).map(|name| path = name),
        "lines" => json.list(|json| line(json, found, &mut records)).map(drop),
        "functions" => json.list(|json| function(json, &mut records)).map(drop),
        _ => json.skip(),
    })?;
    found.add(&path, place, records);
    Ok(())
}

fn line<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, records: &mut Records) -> Result<(), Stop> {
    let place = json.place();
    let record = json.value()?;
    let number = record.get("line_number").text().unwrap_or_default();
    let Some(line) = found.line_of(number, place) else { return Ok(()) };
    records.add_line(line, found.hits_of(record.get("count"), place));
    for (position, branch) in record.get("branches").list().iter().enumerate() {
        records.add_branch(line, &format!("gcov\t{position}"), found.hits_of(branch.get("count"), place) > 0);
    }
    Ok(())
}

fn function<R: BufRead>(json: &mut Cursor<R>, records: &mut Records) -> Result<(), Stop> {
    let function = json.value()?;
    if let Some(name) = function.text_of("name") {
        records.add_function(name, function.get("execution_count").count() > Some(0));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    #[test]
    fn several_documents_are_one_report() {
        let one = |count| {
            format!(r#"{{"files": [{{"file": "a.h", "lines": [{{"line_number": 1, "count": {count}}}]}}]}}"#)
        };
        let text = format!("{}\n{}\n", one(0), one(2));
        assert_eq!(shown(&read(text.as_bytes())), "measured\na.h [(1, 2)]");
    }
}
