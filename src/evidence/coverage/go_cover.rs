//! Go cover profiles (`go test -coverprofile`).
//!
//! <https://pkg.go.dev/golang.org/x/tools/cover#ParseProfiles>: a `mode:` line, then one line per block:
//! `name.go:line.column,line.column statements count`.
//!
//! Go counts statements. Blocks repeat when several packages' tests cover one package, and are united by their place,
//! which gives the total of `go tool cover -func`. Lines are those that a block with statements touches; the end of a
//! block is exclusive. The mode is not needed, since only "more than 0" decides.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::found::Found;
use super::lines::{self, Line};
use super::number;
use super::oddities::Oddity;
use super::ranges::{Range, Room};
use super::records::Records;
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::model::coverage::{CoverageReport, Span, Statements};
use crate::model::input::Problem;

/// Whether a text that begins with `head` is a cover profile: its first line is the mode, or a block.
pub(crate) fn looks_like(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| is_mode(line) || block(line).is_some())
}

/// Reads a profile, or several one behind the other.
pub(crate) fn read(text: impl BufRead) -> Reading<CoverageReport> {
    let mut profile = Profile::default();
    let outcome = lines::for_each(text, |line| profile.line(line));
    let mut found = std::mem::take(&mut profile.found);
    let problems = profile.warning.take().into_iter().collect();
    let outcome = outcome.and(profile.cut.take().map_or(Ok(()), Err));
    let added = profile.add_to(&mut found);
    found.reading(problems, outcome.and(added))
}

#[derive(Default)]
struct Profile {
    files: BTreeMap<String, BTreeMap<Span, Block>>,
    found: Found,
    /// Set when blocks come before any mode.
    warning: Option<Problem>,
    has_mode: bool,
    cut: Option<Stop>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Block {
    statements: u32,
    hits: u32,
}

impl Profile {
    fn line(&mut self, line: Line<'_>) {
        let text = String::from_utf8_lossy(line.text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if is_mode(text) {
            self.has_mode = true;
            return;
        }
        let place = Place { line: line.number, column: 1 };
        match block(text) {
            Some((path, span, block)) => {
                if text.rsplit(' ').next().is_some_and(is_negative) {
                    self.found.oddities.note(Oddity::Hits, place, text);
                }
                self.add(path, span, block, place);
            }
            None if line.is_open => {
                let problem =
                    Problem::error("the file ends in the middle of a block; what came before it is kept");
                self.cut = Some(Stop::incomplete(problem.at(place.line, place.column)));
            }
            None => self.found.oddities.note(Oddity::Malformed, place, text),
        }
    }

    fn add(&mut self, path: &str, span: Span, block: Block, place: Place) {
        if !self.has_mode {
            self.has_mode = true;
            let message = "no `mode:` line before the first block, so `go tool cover` would refuse this profile; \
                           its blocks are read all the same";
            self.warning = Some(Problem::warning(message).at(place.line, place.column));
        }
        let blocks = match self.files.get_mut(path) {
            Some(blocks) => blocks,
            None => self.files.entry(path.to_owned()).or_default(),
        };
        let known = blocks.entry(span).or_default();
        known.statements = known.statements.max(block.statements);
        known.hits = known.hits.max(block.hits);
    }

    fn add_to(self, found: &mut Found) -> Result<(), Stop> {
        let mut room = Room::default();
        for (path, blocks) in self.files {
            let mut records = Records::default();
            for (span, block) in &blocks {
                let statements = Statements { count: block.statements, ran: block.hits > 0 };
                records.add_statements(*span, statements);
            }
            let with_statements = blocks.iter().filter(|(_, block)| block.statements > 0);
            let ranges = with_statements.map(|(span, block)| range(*span, block.hits)).collect();
            room.project(ranges, &mut records)?;
            found.add(&path, Place::START, records);
        }
        Ok(())
    }
}

fn is_mode(line: &str) -> bool {
    let mode = line.strip_prefix("mode:").map(str::trim);
    matches!(mode, Some("set" | "count" | "atomic"))
}

/// The lines of a block. A block that ends before the first column of a line does not touch that line.
fn range(span: Span, hits: u32) -> Range {
    let last = if span.end_column <= 1 { span.end_line.saturating_sub(1) } else { span.end_line };
    Range { first: span.line, last: last.max(span.line), hits }
}

/// Path, place and counts of a block. Paths may hold blanks and colons, so the line is taken apart from its end.
fn block(line: &str) -> Option<(&str, Span, Block)> {
    let (rest, hits) = line.rsplit_once(' ')?;
    let (rest, statements) = rest.rsplit_once(' ')?;
    let (path, span) = rest.rsplit_once(':')?;
    let (start, end) = span.split_once(',')?;
    let ((line, column), (end_line, end_column)) = (point(start)?, point(end)?);
    let span = Span { line, column, end_line, end_column, ordinal: 0 };
    let hits = number::hits(hits).or_else(|| is_negative(hits).then_some(0))?;
    let block = Block { statements: statements.parse().ok()?, hits };
    (line <= end_line && !path.is_empty()).then_some((path, span, block))
}

/// Whether a count is below 0, which is no reason to lose its block.
fn is_negative(count: &str) -> bool {
    let digits = count.strip_prefix('-').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn point(text: &str) -> Option<(u32, u32)> {
    let (line, column) = text.split_once('.')?;
    Some((number::line(line)?, column.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown::shown;

    fn shown_of(text: &str) -> String {
        shown(&read(text.as_bytes()))
    }

    #[test]
    fn repeated_blocks_count_once_and_paths_may_hold_anything() {
        let text = "mode: set\r\nC:/x y/a.go:1.1,2.2 3 0\r\nmode: set\r\nC:/x y/a.go:1.1,2.2 3 1\r\n";
        assert_eq!(shown_of(text), "measured\nC:/x y/a.go [(1, 1), (2, 1)] statements 3/3");
    }

    #[test]
    fn the_end_of_a_block_is_exclusive_and_empty_blocks_touch_no_line() {
        let text = "mode: count\na.go:1.1,3.1 1 4\na.go:7.2,7.3 0 1\na.go:2.5,2.9 1 0\n";
        assert_eq!(shown_of(text), "measured\na.go [(1, 4), (2, 4)] statements 1/2");
    }

    #[test]
    fn odd_lines_and_a_missing_mode_are_said() {
        insta::assert_snapshot!(shown_of("a.go:1.1,2.2 1 1\nwhat\na.go:9.1,2.2 1 1\na.go:0.1,2.2 1 1\n"), @r"
        measured
        a.go [(1, 1), (2, 1)] statements 1/1
        warning 1:1 no `mode:` line before the first block, so `go tool cover` would refuse this profile; its blocks are read all the same
        warning 2:1 `what`: cannot be read; left out (3 times, the first one here)
        ");
    }

    #[test]
    fn a_negative_count_is_not_run_and_said() {
        insta::assert_snapshot!(shown_of("mode: count\na -x/a.go:1.1,2.2 2 -7\na -x/a.go:5.1,5.9 1 3\n"), @r"
        measured
        a -x/a.go [(1, 0), (2, 0), (5, 3)] statements 1/3
        warning 2:1 `a -x/a.go:1.1,2.2 2 -7`: no hit count; taken as not run
        ");
    }

    #[test]
    fn a_profile_cut_in_the_middle_of_a_block_is_incomplete() {
        insta::assert_snapshot!(shown_of("mode: set\na.go:1.1,2.2 1 1\nb.go:1.1,2."), @r"
        incomplete
        a.go [(1, 1), (2, 1)] statements 1/1
        error 3:1 the file ends in the middle of a block; what came before it is kept
        ");
    }

    #[test]
    fn a_profile_without_blocks_is_empty() {
        assert!(shown_of("mode: atomic\n").starts_with("empty\nwarning"));
    }

    #[test]
    fn absurd_ranges_are_refused() {
        let shown = shown_of("mode: set\na.go:1.1,4294967295.2 1 1\n");
        assert!(shown.starts_with("invalid\nerror") && shown.contains("more than 4194304 lines"), "{shown}");
    }
}
