//! Ranges of lines laid out as lines.
//!
//! A few bytes can name a range of four billion lines, so what is laid out is limited.

use std::collections::BinaryHeap;

use super::records::Records;
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// Most lines of one report that ranges may cover: twice the size of the largest projects.
const MAX_LINES: u32 = 4 << 20;

/// Lines that ran together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: u32,
    /// Not before `first`.
    pub(super) last: u32,
    pub(super) hits: u32,
}

/// How many lines one report may still lay out.
#[derive(Debug)]
pub(super) struct Room(u32);

impl Default for Room {
    fn default() -> Self {
        Self(MAX_LINES)
    }
}

impl Room {
    /// Adds every line of `ranges`, with the largest hit count of the ranges that cover it.
    pub(super) fn project(&mut self, mut ranges: Vec<Range>, records: &mut Records) -> Result<(), Stop> {
        ranges.sort_unstable_by_key(|range| range.first);
        let mut ranges = ranges.into_iter().peekable();
        // Ranges that cover the line, or have ended: the one with most hits on top.
        let mut open: BinaryHeap<(u32, u32)> = BinaryHeap::new();
        let mut line = 0_u32;
        loop {
            while open.peek().is_some_and(|(_, last)| *last < line) {
                open.pop();
            }
            if open.is_empty() {
                let Some(range) = ranges.peek() else { return Ok(()) };
                line = line.max(range.first);
            }
            while let Some(range) = ranges.next_if(|range| range.first <= line) {
                open.push((range.hits, range.last));
            }
            if let Some((hits, last)) = open.peek()
                && *last >= line
            {
                self.0 = self.0.checked_sub(1).ok_or_else(too_many)?;
                records.add_line(line, *hits);
                let Some(next) = line.checked_add(1) else { return Ok(()) };
                line = next;
            }
        }
    }
}

fn too_many() -> Stop {
    Stop::invalid(Problem::error(format!(
        "the ranges of this report cover more than {MAX_LINES} lines, which no project has; write the report anew"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ranges: &[(u32, u32, u32)]) -> Vec<(u32, u32)> {
        let mut records = Records::default();
        let ranges =
            ranges.iter().map(|(first, last, hits)| Range { first: *first, last: *last, hits: *hits });
        Room::default().project(ranges.collect(), &mut records).unwrap();
        records.finish().lines.iter().map(|line| (line.line, line.hits)).collect()
    }

    #[test]
    fn every_line_gets_the_largest_count_of_its_ranges() {
        assert_eq!(lines(&[(3, 5, 1), (5, 6, 0), (1, 1, 7)]), [(1, 7), (3, 1), (4, 1), (5, 1), (6, 0)]);
        assert_eq!(lines(&[(1, 9, 2), (2, 3, 5), (3, 3, 9)])[..4], [(1, 2), (2, 5), (3, 9), (4, 2)]);
        assert_eq!(lines(&[(u32::MAX, u32::MAX, 1)]), [(u32::MAX, 1)]);
        assert_eq!(lines(&[]), []);
    }

    #[test]
    fn absurd_ranges_are_refused_with_the_limit() {
        let all = Range { first: 1, last: u32::MAX, hits: 1 };
        let stop = Room::default().project(vec![all; 3], &mut Records::default()).unwrap_err();
        assert!(stop.problem.message.contains("more than 4194304 lines"), "{}", stop.problem.message);
    }
}
