//! coverage.py's JSON report (`coverage json`), and slipcover's, which has the same keys.
//!
//! <https://coverage.readthedocs.io/en/latest/commands/cmd_json.html>: `files.PATH` has `executed_lines`,
//! `missing_lines`, `executed_branches` and `missing_branches` as pairs of lines (a negative target is the exit), and
//! `functions` from version 7.6 on. Contexts and classes are passed over; the total is only compared.
//!
//! Many versions list executed lines that are no statements: excluded ones and the docstring of a module. They are left
//! out where that gives the numbers that the `summary` of every file states, which are those of `coverage report`.

use std::io::BufRead;

use super::found::{Found, read_json};
use super::pair::Pair;
use super::records::Records;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Covered};
use crate::model::order;

/// Whether the JSON that `head` begins is such a report.
pub(crate) fn looks_like(head: &str) -> bool {
    holds(head, &["meta", "show_contexts"]) || holds(head, &["files", "*", "executed_lines"])
}

/// Reads a report.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    read_json(text, |json, found| {
        let mut strays = Strays::default();
        json.object(|json, key| match key {
            "files" => json.object(|json, path| file(json, found, path, &mut strays)).map(drop),
            "totals" => totals(json, found),
            _ => json.skip(),
        })?;
        strays.leave_out(found);
        Ok(())
    })
}

/// Executed lines that are no statements.
#[derive(Default)]
struct Strays {
    of_files: Vec<(String, Vec<u32>)>,
    /// There is a file of which nobody can tell.
    is_unclear: bool,
}

impl Strays {
    fn add(&mut self, path: &str, lines: &Lines) {
        match lines.strays() {
            Some(strays) if strays.is_empty() => {}
            Some(strays) => self.of_files.push((path.to_owned(), strays)),
            None => self.is_unclear = true,
        }
    }

    fn leave_out(self, found: &mut Found) {
        if !self.is_unclear {
            self.of_files.iter().for_each(|(path, lines)| found.leave_out(path, lines));
        }
    }
}

/// The lines of one file.
#[derive(Default)]
struct Lines {
    executed: Vec<u32>,
    missing: Vec<u32>,
    excluded: Vec<u32>,
    /// Covered statements of all, as the summary states them.
    stated: Option<Covered>,
    /// Some number was none.
    is_odd: bool,
}

impl Lines {
    /// Which executed lines are no statements, if that can be told.
    fn strays(&self) -> Option<Vec<u32>> {
        let Some(stated) = self.stated else { return Some(Vec::new()) };
        let more = (self.executed.len() as u64).checked_sub(stated.covered)?;
        let is_sound = stated.covered.checked_add(self.missing.len() as u64) == Some(stated.total);
        if more == 0 {
            return Some(Vec::new());
        }
        let (mut strays, statements): (Vec<u32>, Vec<u32>) =
            self.executed.iter().partition(|line| self.excluded.binary_search(line).is_ok());
        if strays.len() as u64 + 1 == more {
            strays.extend(statements.first());
        }
        order::sort(&mut strays);
        (is_sound && !self.is_odd && strays.len() as u64 == more).then_some(strays)
    }
}

fn file<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    path: &str,
    strays: &mut Strays,
) -> Result<(), Stop> {
    let (place, mut records, mut all) = (json.place(), Records::default(), Lines::default());
    json.object(|json, key| match key {
        "executed_lines" => lines(json, found, &mut all.is_odd).map(|lines| all.executed = lines),
        "missing_lines" => lines(json, found, &mut all.is_odd).map(|lines| all.missing = lines),
        "excluded_lines" => lines(json, found, &mut false).map(|lines| all.excluded = lines),
        "executed_branches" => branches(json, found, &mut records, true),
        "missing_branches" => branches(json, found, &mut records, false),
        "functions" => functions(json, &mut records),
        "summary" => {
            (all.stated, records.stated.branches) = summary(json)?;
            Ok(())
        }
        _ => json.skip(),
    })?;
    all.executed.iter().for_each(|line| records.add_line(*line, 1));
    all.missing.iter().for_each(|line| records.add_line(*line, 0));
    strays.add(path, &all);
    found.add(path, place, records);
    Ok(())
}

fn lines<R: BufRead>(json: &mut Cursor<R>, found: &mut Found, is_odd: &mut bool) -> Result<Vec<u32>, Stop> {
    let mut lines = Vec::new();
    json.list(|json| {
        let line = found.line(json)?;
        *is_odd |= line.is_none();
        lines.extend(line);
        Ok(())
    })?;
    Ok(lines)
}

/// Pairs of the line that is left and the line that is reached; a function may be left at its first line, which is
/// written as the negative line it starts on.
fn branches<R: BufRead>(
    json: &mut Cursor<R>,
    found: &mut Found,
    records: &mut Records,
    taken: bool,
) -> Result<(), Stop> {
    json.list(|json| {
        let place = json.place();
        let pair = json.value()?;
        let mut ends = pair.list().iter().filter_map(|end| end.text());
        let (from, to) = (ends.next().unwrap_or_default(), ends.next().unwrap_or_default());
        if let Some(line) = found.line_of(from.trim_start_matches('-'), place) {
            records.add_branch(line, &format!("py\t{from}→{to}"), taken);
        }
        Ok(())
    })
    .map(drop)
}

/// By qualified name; what stands outside of any function has an empty one.
fn functions<R: BufRead>(json: &mut Cursor<R>, records: &mut Records) -> Result<(), Stop> {
    records.expect_functions();
    json.object(|json, name| {
        let mut ran = false;
        json.object(|json, key| match key {
            "executed_lines" => json
                .list(|json| {
                    ran = true;
                    json.skip()
                })
                .map(drop),
            _ => json.skip(),
        })?;
        if !name.is_empty() {
            records.add_function(name, ran);
        }
        Ok(())
    })
    .map(drop)
}

/// Statements and branches; before version 6.5 the latter are only counted.
fn summary<R: BufRead>(json: &mut Cursor<R>) -> Result<(Option<Covered>, Option<Covered>), Stop> {
    let mut statements = Pair::named("covered_lines", "num_statements");
    let mut branches = Pair::named("covered_branches", "num_branches");
    json.object(|json, key| match key {
        "covered_lines" | "num_statements" => statements.take(json, key),
        _ => branches.take(json, key),
    })?;
    Ok((statements.finish(), branches.finish()))
}

fn totals<R: BufRead>(json: &mut Cursor<R>, found: &mut Found) -> Result<(), Stop> {
    found.claimed = Pair::named("covered_lines", "num_statements").read(json)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    fn file(path: &str, executed: &str, summary: (u32, u32)) -> String {
        let (covered, all) = summary;
        format!(
            r#""{path}": {{"executed_lines": {executed}, "missing_lines": [9], "excluded_lines": [5, 6],
            "summary": {{"covered_lines": {covered}, "num_statements": {all}}}}}"#
        )
    }

    fn shown_of(files: &[String]) -> String {
        shown(&read(
            format!(r#"{{"meta": {{"show_contexts": false}}, "files": {{{}}}}}"#, files.join(",")).as_bytes(),
        ))
    }

    #[test]
    fn docstrings_and_excluded_lines_are_left_out_where_the_summaries_say_so() {
        let (plain, docstring) = (file("a.py", "[2, 3]", (2, 3)), file("b.py", "[1, 2, 5]", (1, 2)));
        assert_eq!(
            shown_of(&[plain.clone(), docstring.clone()]),
            "measured\na.py [(2, 1), (3, 1), (9, 0)]\nb.py [(2, 1), (9, 0)]"
        );
        // Where one file cannot be told, all stay as they are listed.
        for unclear in [file("c.py", "[1, 2, 3, 4]", (1, 2)), file("c.py", "[0, 2, 5]", (1, 2))] {
            let shown = shown_of(&[plain.clone(), docstring.clone(), unclear]);
            assert!(shown.contains("\nb.py [(1, 1), (2, 1), (5, 1), (9, 0)]"), "{shown}");
        }
    }
}
