//! Why the coverage is another one.

use serde::Serialize;

use crate::model::coverage_change::{Change, CoverageChange, Part, ReportSet};

use super::number::Number;

/// The whole, and the files that any part of it is about.
#[derive(Serialize)]
pub(super) struct CoverageMoved<'a> {
    #[serde(flatten)]
    whole: Moved,
    files: Vec<File<'a>>,
}

impl<'a> From<&'a CoverageChange> for CoverageMoved<'a> {
    fn from(change: &'a CoverageChange) -> Self {
        let files = change.files.iter().map(|(path, change)| File { path, change: change.into() });
        Self { whole: (&change.whole).into(), files: files.collect() }
    }
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    #[serde(flatten)]
    change: Moved,
}

/// `patch + removed + indirect + reports = total`.
#[derive(Serialize)]
struct Moved {
    patch: Lines,
    removed: Lines,
    indirect: Lines,
    reports: Lines,
    total: Lines,
}

impl From<&Change> for Moved {
    fn from(change: &Change) -> Self {
        Self {
            patch: change.patch.into(),
            removed: change.removed.into(),
            indirect: change.indirect.into(),
            reports: change.reports.into(),
            total: change.total.into(),
        }
    }
}

#[derive(Serialize)]
struct Lines {
    covered: i64,
    total: i64,
    points: Option<Number>,
}

impl From<Part> for Lines {
    fn from(part: Part) -> Self {
        Self {
            covered: limited(part.lines.covered),
            total: limited(part.lines.total),
            points: part.points.map(Number::from),
        }
    }
}

/// No project has more lines than this holds; what a hostile report states may.
fn limited(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// Coverage reports that only one side has.
#[derive(Serialize)]
pub(super) struct Reports<'a> {
    missing: &'a [String],
    new: &'a [String],
    /// Files of the base that are still there and in no report.
    unnamed: Vec<&'a str>,
    /// Lines outside the change that are no longer measured for want of a report.
    lost_lines: u64,
}

impl<'a> From<&'a ReportSet> for Reports<'a> {
    fn from(set: &'a ReportSet) -> Self {
        Self {
            missing: &set.missing,
            new: &set.new,
            unnamed: set.unnamed.iter().map(String::as_str).collect(),
            lost_lines: set.lost_lines(),
        }
    }
}
