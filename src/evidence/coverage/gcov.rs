//! gcov's annotated source (`*.gcov`), one or several behind each other.
//!
//! <https://gcc.gnu.org/onlinedocs/gcc/Invoking-Gcov.html>: `count:line:source`. `-` is no code; `#####`, `=====` and,
//! with `--all-blocks`, `$$$$$` and `%%%%%` never ran; `*` behind a count marks a block that did not run in a line
//! that did. Line 0 holds the header. Branches (`--branch-probabilities`) and functions follow or precede their line.
//! Template instances repeat lines, which are united.
//!
//! Up to version 8 of GCC there was an intermediate format, too (`--intermediate-format`): `file:`, `lcount:`,
//! `branch:` and `function:` with their values. It became the JSON.

use std::io::BufRead;

use super::found::Found;
use super::lines::{self, Line};
use super::number;
use super::oddities::Oddity;
use super::records::Records;
use crate::evidence::bytes::Place;
use crate::evidence::reading::Reading;
use crate::model::coverage::CoverageReport;

/// Whether a text that begins with `head` is in this format: its first line is a line 0, or names a source file whose
/// functions or lines follow.
pub(crate) fn looks_like(head: &str) -> bool {
    let mut lines = head.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("version:"));
    let Some(first) = lines.next() else { return false };
    let counts = |line: &str| line.starts_with("function:") || line.starts_with("lcount:");
    annotated(first).is_some_and(|(count, line, _)| line == "0" && count == "-")
        || (first.starts_with("file:") && lines.next().is_some_and(counts))
}

/// Reads annotated sources.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    let mut reader = Reader::default();
    let outcome = lines::for_each(text, |line| reader.line(line));
    reader.end_source();
    reader.found.reading(Vec::new(), outcome)
}

#[derive(Default)]
struct Reader {
    found: Found,
    source: Option<Source>,
    /// It is annotated source, where a class may have the name of any keyword.
    is_annotated: bool,
}

struct Source {
    path: String,
    place: Place,
    records: Records,
    /// The line that branches belong to.
    line: u32,
    /// Branches of that line so far, where they have no numbers of their own.
    branches: u32,
}

impl Reader {
    fn line(&mut self, line: Line<'_>) {
        let text = String::from_utf8_lossy(line.text);
        let text = text.trim_end();
        let place = Place { line: line.number, column: 1 };
        if let Some((count, number, source)) = annotated(text) {
            self.annotated((count, number, source), place);
        } else if let (false, Some(path)) = (self.is_annotated, text.strip_prefix("file:")) {
            self.begin(path, place);
        } else if let (false, Some((number, count))) = (self.is_annotated, intermediate(text, "lcount:")) {
            self.annotated((count, number, text), place);
        } else if let Some(open) = &mut self.source {
            open.addition(text);
        }
    }

    fn annotated(&mut self, (count, number, source): (&str, &str, &str), place: Place) {
        if number == "0" {
            if let Some(path) = source.strip_prefix("Source:") {
                self.is_annotated = true;
                self.begin(path, place);
            }
            return;
        }
        let Some(line) = self.found.line_of(number, place) else { return };
        let Some(open) = &mut self.source else {
            return self.found.oddities.note(Oddity::NoPath, place, source);
        };
        (open.line, open.branches) = (line, 0);
        if count == "-" {
            return;
        }
        let hits = hits(count);
        if hits.is_none() {
            self.found.oddities.note(Oddity::Hits, place, count);
        }
        open.records.add_line(line, hits.unwrap_or(0));
    }

    fn begin(&mut self, path: &str, place: Place) {
        self.end_source();
        let (path, records) = (path.to_owned(), Records::default());
        self.source = Some(Source { path, place, records, line: 0, branches: 0 });
    }

    fn end_source(&mut self) {
        if let Some(source) = self.source.take() {
            self.found.add(&source.path, source.place, source.records);
        }
    }
}

impl Source {
    /// What stands between the lines. Names of template instances and calls say nothing about coverage.
    fn addition(&mut self, text: &str) {
        if let Some((name, ran)) = function(text).or_else(|| intermediate_function(text)) {
            self.records.add_function(name, ran);
        } else if let Some((line, kind)) = intermediate(text, "branch:") {
            if let Some(line) = number::line(line) {
                self.records.add_branch(line, &format!("gcov\t{}", self.branches), kind == "taken");
                self.branches = self.branches.saturating_add(1);
            }
        } else if let Some((number, taken)) = branch(text)
            && self.line > 0
        {
            self.records.add_branch(self.line, &format!("gcov\t{number}"), taken);
        }
    }
}

/// `count:line:source`, where the line is a number.
fn annotated(text: &str) -> Option<(&str, &str, &str)> {
    let (count, rest) = text.split_once(':')?;
    let (line, source) = rest.split_once(':')?;
    let (count, line) = (count.trim(), line.trim());
    let is_number = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    let is_count = count.starts_with(|c: char| c.is_ascii_digit() || "-#=$%".contains(c));
    (is_number && is_count).then_some((count, line, source))
}

/// Line and value of a record of the intermediate format; what version 8 adds behind them is left out.
fn intermediate<'a>(text: &'a str, key: &str) -> Option<(&'a str, &'a str)> {
    let (line, rest) = text.strip_prefix(key)?.split_once(',')?;
    Some((line, rest.split(',').next().unwrap_or(rest)))
}

/// `function:LINE,COUNT,NAME`, from version 8 on `function:LINE,END,COUNT,NAME`.
fn intermediate_function(text: &str) -> Option<(&str, bool)> {
    let (_, rest) = text.strip_prefix("function:")?.split_once(',')?;
    let (mut count, mut name) = rest.split_once(',')?;
    if let Some((next, rest)) = name.split_once(',')
        && next.parse::<u64>().is_ok()
    {
        (count, name) = (next, rest);
    }
    Some((name, hits(count)? > 0))
}

/// A count; with `--human-readable` it may be `1.5k`, and what counts is that it is not 0.
fn hits(count: &str) -> Option<u32> {
    let count = count.trim_end_matches('*');
    if matches!(count, "#####" | "=====" | "$$$$$" | "%%%%%") {
        return Some(0);
    }
    number::hits(count.trim_end_matches(['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']))
}

/// `function NAME called 2 returned 100% blocks executed 75%`
fn function(text: &str) -> Option<(&str, bool)> {
    let (name, rest) = text.strip_prefix("function ")?.rsplit_once(" called ")?;
    Some((name, rest.split(' ').next().and_then(hits)? > 0))
}

/// `branch  0 taken 50% (fallthrough)`, `branch  1 taken 9`, `branch  2 never executed`
fn branch(text: &str) -> Option<(&str, bool)> {
    let (number, rest) = text.strip_prefix("branch ")?.trim_start().split_once(' ')?;
    let taken = rest.trim_start().strip_prefix("taken ").and_then(|rest| rest.split([' ', '%']).next());
    Some((number, taken.and_then(hits).unwrap_or(0) > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    #[test]
    fn template_instances_and_all_kinds_of_counts_are_united_by_line() {
        let text = "        -:    0:Source:./src/a.cpp
        -:    0:Runs:1
function f(int, char) called 2 returned 100% blocks executed 100%
       2*:    3:  one(\"a:b\");
branch  0 taken 50% (fallthrough)
branch  1 never executed
call    0 returned 100%
------------------
file::f<int>:
    =====:    4:  two();
     1.5k:    4:  two();
branch  0 taken 0%
------------------
    $$$$$:    5:  three();
        -:    6:}
        5:    7-block  0
        -:    0:Source:b.cpp
    #####:    1:x
";
        assert_eq!(
            shown(&read(text.as_bytes())),
            "measured\nb.cpp [(1, 0)]\nsrc/a.cpp [(3, 2), (4, 1), (5, 0)] branches 1/3 functions 1/1"
        );
    }

    #[test]
    fn the_intermediate_format_is_read_in_both_versions() {
        let old = "file:src/a.cpp\nfunction:4,0,_Zf\nlcount:4,0\nlcount:5,7\nbranch:5,taken\nbranch:5,nottaken\n\
                   lcount:6,-1\nbranch:6,notexec\nlcount:5,0\nbranch:5,nottaken\nfile:src/b.h\nlcount:1,3\n";
        assert!(looks_like(old));
        insta::assert_snapshot!(shown(&read(old.as_bytes())), @"
        measured
        src/a.cpp [(4, 0), (5, 7), (6, 0)] branches 1/3 functions 0/1
        src/b.h [(1, 3)]
        warning 7:1 `-1`: no hit count; taken as not run
        ");
        let new = "version:8.3.0\nfile:a.cpp\nfunction:4,9,2,f(int, char)\nlcount:4,2,0\nlcount:5,0,1\n";
        assert!(looks_like(new));
        assert_eq!(shown(&read(new.as_bytes())), "measured\na.cpp [(4, 2), (5, 0)] functions 1/1");
        assert!(!looks_like("version: 2\nfile: a\n"));
        assert!(!looks_like("file:a.cpp\n"));
    }

    #[test]
    fn lines_without_a_source_file_are_said() {
        let shown = shown(&read(&b"        1:    1:x\n        1:99999999999:y\n"[..]));
        insta::assert_snapshot!(shown, @r"
        empty
        warning 1:1 `x`: belongs to no source file; left out
        warning 2:1 `99999999999`: no line number from 1 to 4294967295; left out
        warning the report names no coverable line, so it measures nothing
        ");
    }

    #[test]
    fn a_source_without_lines_is_empty() {
        assert!(shown(&read(&b"        -:    0:Source:a.h\n"[..])).starts_with("empty\na.h []\nwarning"));
    }
}
