//! Line states as ranges of line numbers, branches and functions as totals.

use std::collections::BTreeMap;

use crate::history::wire::{WireError, v1};
use crate::model::coverage::functions::Functions;
use crate::model::coverage::{
    CoverageReport, Covered, FileCoverage, LineBranches, LineHits, Lines, StatedTotals,
};
use crate::model::order;

/// Line numbers beyond this are not believed: they would only cost memory.
const LINES_MAX: u32 = 10_000_000;
/// As for lines.
const FUNCTIONS_MAX: u64 = 1_000_000;

pub(super) fn to_wire(report: &CoverageReport) -> BTreeMap<String, v1::File> {
    order::map(report.files.iter().map(|(path, file)| (path.clone(), file_to_wire(file))))
}

fn file_to_wire(file: &FileCoverage) -> v1::File {
    let pick = |ran: bool| {
        ranges(file.lines.iter().filter(move |line| (line.hits > 0) == ran).map(|line| line.line))
    };
    let pair = |total: Covered| (total.covered, total.total);
    v1::File {
        hit: pick(true),
        miss: pick(false),
        branches: file.branch_total().map(pair),
        functions: file.function_total().map(pair),
        lines: file.lines.is_empty().then_some(file.stated.lines).flatten().map(pair),
        statements: file.statement_total().map(pair),
    }
}

pub(super) fn from_wire(files: BTreeMap<String, v1::File>) -> Result<CoverageReport, WireError> {
    let mut report = CoverageReport::default();
    for (path, file) in files {
        report.files.insert(path, file_from_wire(&file)?);
    }
    Ok(report)
}

fn file_from_wire(file: &v1::File) -> Result<FileCoverage, WireError> {
    let mut lines = Vec::new();
    read_ranges(&file.hit, |line| lines.push(LineHits { line, hits: 1 }))?;
    read_ranges(&file.miss, |line| lines.push(LineHits { line, hits: 0 }))?;
    let stated = |pair: Option<(u64, u64)>| pair.map(|(covered, total)| Covered { covered, total });
    Ok(FileCoverage {
        lines: Lines::take(&mut lines, u32::max),
        // Which line a branch stands on is not remembered; all of them are kept under line 0, which no file has.
        branches: file
            .branches
            .map(|(covered, total)| vec![(0, LineBranches::Counted(Covered { covered, total }))]),
        functions: file.functions.map(functions).transpose()?,
        statements: None,
        stated: StatedTotals {
            lines: stated(file.lines),
            statements: stated(file.statements),
            ..StatedTotals::default()
        },
    })
}

fn functions((covered, total): (u64, u64)) -> Result<Functions, WireError> {
    if total > FUNCTIONS_MAX || covered > total {
        return Err(WireError::Value { what: "number of functions", value: format!("{covered} of {total}") });
    }
    Ok((0..total).map(|n| (format!("#{n}"), n < covered)).collect())
}

/// Ascending line numbers as `1-5,7`.
fn ranges(lines: impl Iterator<Item = u32>) -> String {
    let mut text = String::new();
    let mut open: Option<(u32, u32)> = None;
    for line in lines {
        match &mut open {
            Some((_, last)) if last.checked_add(1) == Some(line) => *last = line,
            other => {
                close(&mut text, other.take());
                *other = Some((line, line));
            }
        }
    }
    close(&mut text, open);
    text
}

fn close(text: &mut String, range: Option<(u32, u32)>) {
    let Some((first, last)) = range else { return };
    if !text.is_empty() {
        text.push(',');
    }
    text.push_str(&first.to_string());
    if first != last {
        text.push('-');
        text.push_str(&last.to_string());
    }
}

fn read_ranges(text: &str, mut each: impl FnMut(u32)) -> Result<(), WireError> {
    let mut previous = 0;
    for range in text.split(',').filter(|range| !range.is_empty()) {
        let wrong = || WireError::Value { what: "range of lines", value: range.chars().take(40).collect() };
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) else { return Err(wrong()) };
        if first > last || last > LINES_MAX || first <= previous && previous != 0 {
            return Err(wrong());
        }
        (first..=last).for_each(&mut each);
        previous = last;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coverage::{Span, Statements};

    #[test]
    fn line_states_survive_the_round_trip() {
        let lines = [(1, 3), (2, 1), (3, 0), (7, 9), (8, 0)];
        let lines = lines.into_iter().map(|(line, hits)| LineHits { line, hits }).collect();
        let file = FileCoverage {
            lines,
            branches: Some(vec![(2, LineBranches::Counted(Covered { covered: 1, total: 2 }))]),
            functions: Some([("f", true), ("g", false)].into_iter().collect()),
            statements: Some(vec![(Span::default(), Statements { count: 3, ran: true })]),
            stated: StatedTotals::default(),
        };
        let wire = file_to_wire(&file);
        assert_eq!((wire.hit.as_str(), wire.miss.as_str()), ("1-2,7", "3,8"));
        let back = file_from_wire(&wire).unwrap();
        assert_eq!(back.line_total(), file.line_total());
        assert_eq!(back.branch_total(), file.branch_total());
        assert_eq!(back.function_total(), file.function_total());
        assert_eq!(back.statement_total(), file.statement_total());
        let states: Vec<_> = back.lines.iter().map(|line| (line.line, line.hits > 0)).collect();
        assert_eq!(states, [(1, true), (2, true), (3, false), (7, true), (8, false)]);
    }

    #[test]
    fn totals_without_lines_survive_the_round_trip() {
        let stated =
            StatedTotals { lines: Some(Covered { covered: 3, total: 4 }), ..StatedTotals::default() };
        let file = FileCoverage { stated, ..FileCoverage::default() };
        let back = file_from_wire(&file_to_wire(&file)).unwrap();
        assert_eq!(back.line_total(), Covered { covered: 3, total: 4 });
    }

    #[test]
    fn hostile_ranges_are_refused() {
        for wrong in ["5-1", "1-4000000000", "a", "1-5,3", "-3", "1-"] {
            assert!(read_ranges(wrong, |_| {}).is_err(), "{wrong}");
        }
        assert!(functions((0, u64::MAX)).is_err());
    }
}
