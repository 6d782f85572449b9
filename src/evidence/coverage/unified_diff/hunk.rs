//! One hunk: its header and its lines.

use super::error::{DiffProblem, beginning};
use crate::model::diff::FileChange;

/// How much of the current hunk is still to come, and where it stands.
#[derive(Debug, Default)]
pub(super) struct Hunk {
    old_line: u32,
    old_left: u32,
    new_line: u32,
    new_left: u32,
}

impl Hunk {
    /// Reads `@@ -old[,count] +new[,count] @@`; what follows is a heading for people.
    pub(super) fn begin(header: &str) -> Result<Self, DiffProblem> {
        parse_header(header).ok_or_else(|| DiffProblem::HunkHeader(beginning(header)))
    }

    /// Whether lines are announced that did not come yet.
    pub(super) fn is_open(&self) -> bool {
        self.old_left > 0 || self.new_left > 0
    }

    /// The problem of a text that ends here.
    pub(super) fn cut_short(&self) -> DiffProblem {
        DiffProblem::HunkCutShort { old: self.old_left, new: self.new_left }
    }

    /// Takes in one line of the hunk.
    pub(super) fn line(&mut self, line: &str, change: &mut FileChange) -> Result<(), DiffProblem> {
        let wrong = || DiffProblem::HunkLine(beginning(line));
        match line.as_bytes().first() {
            Some(b'+') if self.new_left > 0 => change.added.push(self.next_new()),
            Some(b'-') if self.old_left > 0 => change.removed.push(self.next_old()),
            // Mail programs and editors strip the blank of an empty context line.
            Some(b' ' | b'\r') | None if self.old_left > 0 && self.new_left > 0 => {
                self.next_new();
                self.next_old();
            }
            // `\ No newline at end of file` speaks about the line before it.
            Some(b'\\') => {}
            _ => return Err(wrong()),
        }
        Ok(())
    }

    fn next_new(&mut self) -> u32 {
        self.new_left -= 1;
        take(&mut self.new_line)
    }

    fn next_old(&mut self) -> u32 {
        self.old_left -= 1;
        take(&mut self.old_line)
    }
}

fn take(line: &mut u32) -> u32 {
    let taken = *line;
    *line = taken.saturating_add(1);
    taken
}

fn parse_header(header: &str) -> Option<Hunk> {
    let (ranges, _) = header.strip_prefix("@@ -")?.split_once(" @@")?;
    let (old, new) = ranges.split_once(" +")?;
    let ((old_line, old_left), (new_line, new_left)) = (parse_range(old)?, parse_range(new)?);
    Some(Hunk { old_line, old_left, new_line, new_left })
}

/// `start,count`; a missing count is 1. The range must fit into line numbers; only an empty one may start at 0.
fn parse_range(range: &str) -> Option<(u32, u32)> {
    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
    let (start, count) = (start.parse::<u32>().ok()?, count.parse::<u32>().ok()?);
    start.checked_add(count)?;
    (start > 0 || count == 0).then_some((start, count))
}
