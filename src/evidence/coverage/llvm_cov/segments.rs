//! From segments to lines.
//!
//! <https://github.com/llvm/llvm-project/blob/main/llvm/lib/ProfileData/Coverage/CoverageMapping.cpp>,
//! `LineCoverageStats` and `LineCoverageIterator`.

use super::super::ranges::Range;

/// From here on a count holds, until the next segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) line: u32,
    pub(super) hits: u32,
    /// Without a count the code is skipped: a comment, or compiled out.
    pub(super) has_count: bool,
    pub(super) starts_region: bool,
    /// White space between statements.
    pub(super) is_gap: bool,
}

impl Segment {
    fn starts_code(self) -> bool {
        self.starts_region && self.has_count && !self.is_gap
    }
}

/// The coverable lines of `segments`, which are in the order of their lines.
pub(super) fn ranges(segments: &[Segment]) -> Vec<Range> {
    let mut ranges = Vec::new();
    let mut wrapped: Option<Segment> = None;
    let mut next = None;
    for line in segments.chunk_by(|one, other| one.line == other.line) {
        let Some((first, last)) = line.first().zip(line.last()) else { continue };
        // Lines without a segment of their own have what holds at the end of the last one that has.
        if let (Some(before), Some(next)) = (wrapped, next)
            && before.has_count
            && next < first.line
        {
            ranges.push(Range { first: next, last: first.line - 1, hits: before.hits });
        }
        if let Some(hits) = hits(line, wrapped) {
            ranges.push(Range { first: first.line, last: first.line, hits });
        }
        wrapped = Some(*last);
        next = first.line.checked_add(1);
    }
    ranges
}

/// The count of the line that `segments` stand on; nothing when it holds no code.
fn hits(segments: &[Segment], wrapped: Option<Segment>) -> Option<u32> {
    let starts = segments.iter().filter(|segment| segment.starts_code()).map(|segment| segment.hits).max();
    let is_skipped = segments.first().is_some_and(|first| !first.has_count && first.starts_region);
    let is_wrapped = wrapped.is_some_and(|wrapped| wrapped.has_count);
    let counts_anew = segments.iter().any(|segment| segment.starts_region && segment.has_count);
    let is_code = (!is_skipped && (is_wrapped || starts.is_some())) || counts_anew;
    let wrapped = wrapped.map_or(0, |wrapped| wrapped.hits);
    is_code.then(|| wrapped.max(starts.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: [bool; 3] = [true, true, false];
    const END: [bool; 3] = [false, false, false];
    const BACK: [bool; 3] = [true, false, false];
    const SKIPPED: [bool; 3] = [false, true, false];
    const GAP: [bool; 3] = [true, true, true];

    fn lines(segments: &[(u32, u32, [bool; 3])]) -> Vec<(u32, u32, u32)> {
        let segment = |(line, hits, [has_count, starts_region, is_gap]): &(u32, u32, [bool; 3])| Segment {
            line: *line,
            hits: *hits,
            has_count: *has_count,
            starts_region: *starts_region,
            is_gap: *is_gap,
        };
        let segments: Vec<_> = segments.iter().map(segment).collect();
        ranges(&segments).iter().map(|range| (range.first, range.last, range.hits)).collect()
    }

    #[test]
    fn a_line_has_the_largest_of_what_reaches_it_and_what_starts_on_it() {
        assert_eq!(
            lines(&[(1, 1, CODE), (2, 0, CODE), (2, 1, BACK), (4, 0, CODE), (5, 0, END)]),
            [(1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 4, 1), (5, 5, 0)]
        );
    }

    #[test]
    fn skipped_code_is_no_line_and_gaps_add_nothing() {
        assert_eq!(lines(&[(7, 0, SKIPPED), (8, 0, END), (10, 3, CODE), (10, 0, END)]), [(10, 10, 3)]);
        assert_eq!(lines(&[(1, 5, CODE), (2, 9, GAP), (3, 0, END)]), [(1, 1, 5), (2, 2, 5), (3, 3, 9)]);
        assert_eq!(lines(&[]), []);
    }
}
